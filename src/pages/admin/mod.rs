//! The provider's lists, devices and log; `:section` is sites, places, people, assets, staff, councils, contracts,
//! ideas, frameworks, devices, log, changes or rescue.
//! `?edit=` opens one entry, `?new=1` a new one, `?import=1` a CSV file, `?invite=` an invitation.

mod changed;
mod changes;
mod csv;
mod devices;
mod edit;
mod ends;
mod first_steps;
mod frameworks;
mod ideas;
mod import;
mod invite;
mod list;
mod lists;
mod log;
mod proof;
mod rescue;
mod values;

pub use csv::cells;
pub use invite::InviteMade;

use super::{address::address, not_found::NotFoundPage};
use crate::{
    routes,
    state::use_app,
    text::{frameworks as loads, rescue as text},
    ui::{EmptyState, LinkButton, Page, TileLink},
};
use changes::ChangesPage;
use devices::DevicesPage;
use edit::EditPage;
use first_steps::FirstSteps;
use frameworks::{FrameworksPage, LoadPage};
use ideas::{IdeaPage, IdeasPage};
use import::ImportPage;
use invite::InvitePage;
use list::ListPage;
use log::LogPage;
use markup::prelude::*;
use rescue::RescuePage;

#[component]
pub fn AdminPage() -> impl IntoView {
    let app = use_app();
    live(move || {
        if app.is_manager() {
            let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
            view! {
                <Page title="Manage" heading="Manage" caption=site back=routes::SETTINGS>
                    <FirstSteps />
                    <ul class="tiles">{tiles()}</ul>
                </Page>
            }
        } else {
            view! { <NotYours /> }
        }
    })
}

fn tiles() -> Node {
    let sections = lists::LISTS.iter().map(|list| (list.section, list.title, list.icon, list.intro));
    let frameworks = (frameworks::SECTION, loads::TITLE, "clipboard-list", loads::HINT);
    let devices = (devices::SECTION, "Devices", "smartphone", "Phones and tablets that have joined.");
    let changes = (changes::SECTION, changes::TITLE, "clipboard-list", changes::HINT);
    let rescue = ("rescue", text::TITLE, "upload", text::HINT);
    sections
        .chain([frameworks, devices, ("log", log::TITLE, "check", log::HINT), changes, rescue])
        .map(|(section, label, icon, hint)| {
            view! { <li><TileLink href=routes::admin(section) label hint icon /></li> }
        })
        .collect_view()
        .into_node()
}

#[derive(Clone, PartialEq)]
enum Open {
    List,
    Edit(Option<String>),
    Import,
    Invite(String),
}

#[component]
pub fn AdminSectionPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let section = Memo::new(move |_| address.read().of.clone());
    let open = Memo::new(move |_| {
        let address = address.read();
        let query = &address.query;
        if let Some(id) = query.get("edit") {
            Open::Edit(Some(id))
        } else if query.get("new").is_some() {
            Open::Edit(None)
        } else if query.get("import").is_some() {
            Open::Import
        } else {
            query.get("invite").map_or(Open::List, Open::Invite)
        }
    });
    let allowed = Memo::new(move |_| app.is_manager());
    live(move || {
        let section = section.get();
        if !allowed.get() {
            return view! { <NotYours /> };
        }
        match (open.get(), lists::find(&section)) {
            (Open::Invite(who), _) if invite::is_from(&section) => view! { <InvitePage section who /> },
            (Open::Edit(None), None) if section == frameworks::SECTION => view! { <LoadPage /> },
            (_, None) if section == frameworks::SECTION => view! { <FrameworksPage /> },
            (_, None) if section == "log" => view! { <LogPage /> },
            (_, None) if section == changes::SECTION => view! { <ChangesPage /> },
            (_, None) if section == "rescue" => view! { <RescuePage /> },
            (_, None) if section == devices::SECTION => view! { <DevicesPage /> },
            (_, None) => view! { <NotFoundPage /> },
            (Open::List | Open::Invite(_), Some(_)) if section == ideas::SECTION => view! { <IdeasPage /> },
            (Open::Edit(_), Some(_)) if section == ideas::SECTION => view! { <IdeaPage /> },
            (Open::List | Open::Invite(_), Some(list)) => view! { <ListPage list /> },
            (Open::Edit(id), Some(list)) => view! { <EditPage list id /> },
            (Open::Import, Some(list)) => view! { <ImportPage list /> },
        }
    })
}

#[component]
fn NotYours() -> impl IntoView {
    view! {
        <Page title="Manage" heading="Manage" back=routes::HOME>
            <EmptyState title="An administrator or the Registered Manager looks after the lists." icon="lock">
                <LinkButton href=routes::HOME kind=crate::ui::Kind::Secondary>"Go home"</LinkButton>
            </EmptyState>
        </Page>
    }
}
