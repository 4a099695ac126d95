//! Learning and oversight: the way to everything that follows the record, each section for those whom it serves.

pub mod differs;
pub mod late;
pub mod sections;
pub mod untold;
pub mod waiting;

use super::alerts::use_needs_you;
use crate::{
    routes,
    state::use_app,
    text::{alerts::several, oversee as text},
    ui::{EmptyState, Kind, LinkButton, Page, TileLink},
};
use domain::roles::Roles;
use markup::prelude::*;
use sections::SECTIONS;

/// Holds a role that any section serves.
pub fn oversees(roles: Roles) -> bool {
    SECTIONS.iter().any(|section| roles.meets(section.roles))
}

#[component]
pub fn OverseePage() -> impl IntoView {
    let app = use_app();
    let alerts = use_needs_you();
    let work = waiting::use_work();
    live(move || {
        let roles = app.roles();
        let (needing, untold) = (alerts.get(), app.site().and_then(|site| work.untold(&site)));
        let audits = work.audits();
        if !oversees(roles) {
            return view! { <NotYours heading=text::OVERSEE /> };
        }
        let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
        let tiles = SECTIONS.iter().filter(move |section| roles.meets(section.roles)).map(move |section| {
            let (href, label, icon) = (section.href, section.label, section.icon);
            let hint = match needing.alerts {
                1.. if href == routes::ALERTS => several::need_you(needing.alerts, needing.patterns),
                _ => match (&untold, &audits) {
                    (Some(untold), _) if href == routes::DECISIONS => format!("{untold}."),
                    (_, Some(audits)) if href == routes::AUDITS => format!("{audits}."),
                    _ => section.hint.to_owned(),
                },
            };
            view! { <li><TileLink href label hint icon /></li> }
        });
        view! {
            <Page title=text::OVERSEE heading=text::OVERSEE caption=site wide=true>
                <p class="lede">{text::OVERSEE_WORDS}</p>
                <ul class="tiles" data-columns="2">{tiles.collect_view()}</ul>
            </Page>
        }
    })
}

/// For a person whose roles a page of oversight does not serve.
#[component]
pub fn NotYours(
    #[prop(into)] heading: String,
    /// Who looks after it.
    #[prop(into, default = text::NOT_YOURS.to_owned())]
    words: String,
) -> impl IntoView {
    view! {
        <Page title=heading.clone() heading=heading back=routes::HOME>
            <EmptyState title=words icon="lock">
                <LinkButton href=routes::HOME kind=Kind::Secondary>"Go home"</LinkButton>
            </EmptyState>
        </Page>
    }
}
