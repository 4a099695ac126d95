//! Audits as a list, by when they are due.

use super::{calendar::Slot, href, next::Open};
use crate::{
    state::use_app,
    text::audits as text,
    ui::{Card, Kind, StatusTag},
};
use domain::ids::SiteId;
use markup::prelude::*;

/// Older ones stand in the year.
const SHOWN: usize = 12;

#[component]
pub fn Lines(
    title: &'static str,
    slots: Memo<Vec<Slot>>,
    site: SiteId,
    /// Said where there is none; without it the part is left out.
    empty: &'static str,
) -> impl IntoView {
    live(move || {
        let slots = slots.get();
        if slots.is_empty() && empty.is_empty() {
            return Node::Nothing;
        }
        let total = slots.len();
        let more = total.saturating_sub(SHOWN);
        let lines = slots
            .into_iter()
            .take(SHOWN)
            .map(|slot| view! { <Line slot site=site.clone() /> })
            .collect_view();
        let none = (total == 0).then(|| view! { <p class="muted">{empty}</p> });
        let more = (more > 0).then(|| view! { <p class="muted">{format!("{more} more in the year.")}</p> });
        view! {
            <section class="stack">
                <h2 class="inbox-group">{title} " " <span class="number muted">{total}</span></h2>
                {none}
                <ul class="cards">{lines}</ul>
                {more}
            </section>
        }
    })
}

#[component]
fn Line(slot: Slot, site: SiteId) -> impl IntoView {
    let app = use_app();
    let (status, label) = (slot.stand.status(), slot.stand.words());
    let detail = slot.stand.detail(app.today());
    let title = text::title(slot.spec, slot.period);
    let (icon, tone) = (slot.spec.icon, slot.spec.id);
    let href = href(&slot);
    let open = (href.is_none() && slot.stand.waits())
        .then(|| view! { <Open site slot=slot.clone() kind=Kind::Secondary /> });
    let body = view! {
        <p class="cluster">
            <StatusTag status label />
            <span class="card__meta">{detail}</span>
        </p>
        {open}
    };
    let card = match href {
        Some(href) => view! { <Card title href icon tone>{body}</Card> },
        None => view! { <Card title icon tone>{body}</Card> },
    };
    view! { <li>{card}</li> }
}
