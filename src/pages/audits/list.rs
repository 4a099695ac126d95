//! Audits as a list, by when they are due.

use super::{calendar::Slot, href, next::Open};
use crate::{
    state::use_app,
    text::audits as text,
    ui::{Button, Card, Kind, StatusTag, before_print},
};
use domain::ids::SiteId;
use markup::prelude::*;

/// A list is drawn in pieces of this size; the year, beside it where there is room, holds them all.
const PIECE: usize = 12;

#[component]
pub fn Lines(
    title: &'static str,
    slots: Memo<Vec<Slot>>,
    site: SiteId,
    /// Said where there is none; without it the part is left out.
    empty: &'static str,
) -> impl IntoView {
    let count = RwSignal::new(PIECE);
    before_print(move || count.set(usize::MAX));
    let show_more = Callback::new(move |()| count.update(|count| *count = count.saturating_add(PIECE)));
    live(move || {
        let slots = slots.get();
        if slots.is_empty() && empty.is_empty() {
            return Node::Nothing;
        }
        let total = slots.len();
        let none = (total == 0).then(|| view! { <p class="muted">{empty}</p> });
        let site = site.clone();
        let more = move || {
            more_words(total, count.get())
                .map(|words| view! { <Button kind=Kind::Secondary on_press=show_more>{words}</Button> })
        };
        let each = move || slots.iter().take(count.get()).cloned().collect::<Vec<_>>();
        view! {
            <section class="stack">
                <h2 class="inbox-group">{title} " " <span class="number muted">{total}</span></h2>
                {none}
                <ul class="cards">
                    <For each key=Slot::key let:slot>
                        <Line slot site=site.clone() />
                    </For>
                </ul>
                {more}
            </section>
        }
    })
}

/// "Show 12 more"; none where every one of `total` is shown.
fn more_words(total: usize, shown: usize) -> Option<String> {
    let more = total.saturating_sub(shown);
    (more > 0).then(|| format!("Show {} more", more.min(PIECE)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audit_of_a_long_list_can_be_reached() {
        let mut shown = PIECE;
        let mut said = Vec::new();
        while let Some(words) = more_words(27, shown) {
            said.push(words);
            shown += PIECE;
        }
        assert_eq!(said, ["Show 12 more", "Show 3 more"]);
        assert_eq!(more_words(12, PIECE), None);
        assert_eq!(more_words(27, usize::MAX), None);
    }
}
