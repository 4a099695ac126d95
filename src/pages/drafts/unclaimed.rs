//! What was begun while nobody was signed in, on the doors of the device.
//! Category and age only: anybody who passes can read it.

use super::{Look, details::resume};
use crate::{
    state::{Draft, use_app},
    text::capture as text,
    ui::{Buttons, Card, Kind, LinkButton},
};
use domain::category;
use markup::prelude::*;

#[component]
pub fn Unclaimed() -> impl IntoView {
    let drafts = use_app().drafts.unclaimed;
    live(move || {
        let cards: Vec<Node> =
            drafts.get().into_iter().map(|draft| view! { <li><Begun draft /></li> }).collect();
        (!cards.is_empty()).then(|| {
            view! {
                <section class="stack">
                    <h2>{text::UNCLAIMED}</h2>
                    <p>{text::UNCLAIMED_WORDS}</p>
                    <ul class="cards">{cards}</ul>
                </section>
            }
        })
    })
}

#[component]
fn Begun(draft: Draft) -> impl IntoView {
    let now = use_app().now;
    let started_at = draft.started_at;
    let look = Look::of(&draft);
    let title = category::find(&draft.category).map_or(look.title, |spec| spec.name.to_owned());
    let hidden = title.clone();
    view! {
        <Card title icon=look.icon tone=look.category>
            <p class="card__meta">{move || text::started(started_at, now.get().max(started_at))}</p>
            <Buttons>
                <LinkButton href=resume(&draft) kind=Kind::Secondary>
                    {text::CONTINUE_DRAFT} <span class="visually-hidden">" "{hidden}</span>
                </LinkButton>
            </Buttons>
        </Card>
    }
}
