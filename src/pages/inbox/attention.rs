//! What arrived and was kept, but could not be used: the registered manager looks at it and deals with it; a deputy
//! knows of it.

use crate::{
    pages::apart::{Found, Kept, may_be_incident, use_apart},
    routes,
    state::use_app,
    text::review::kept as text,
    ui::{Button, Kind},
};
use domain::roles::Role;
use markup::prelude::*;

/// The first of them stand open; more of them would hide what is overdue.
const FIRST: usize = 3;
/// Added with each press.
const MORE: usize = 20;

const LEDE: &str = "Nothing is lost. Record again what is missing, or say what was done.";
const PARTLY: &str = "There is no connection now. Some of these may be dealt with already, and others may be at the service. To mark one as dealt with you need a connection.";

#[component]
pub fn Attention() -> impl IntoView {
    let app = use_app();
    let apart = use_apart();
    apart.ask();
    let found = apart.found();
    let is_any = Memo::new(move |_| !found.read().items.is_empty());
    let is_manager = Memo::new(move |_| app.roles().has(Role::RegisteredManager));
    view! {
        {move || is_any.get().then(|| view! { <List found /> })}
        {move || (!is_manager.get()).then(|| for_manager(found.read().for_manager))}
    }
}

/// The way to what was dealt with, at the end of the inbox.
#[component]
pub fn DealtWith() -> impl IntoView {
    let found = use_apart().found();
    live(move || dealt(found.read().dealt_with))
}

fn dealt(number: usize) -> Option<Node> {
    (number > 0).then(|| {
        let words = format!("Show {number} that {} dealt with", if number == 1 { "was" } else { "were" });
        view! { <p class="small"><a class="lone" href=routes::APART>{words}</a></p> }
    })
}

fn for_manager(number: usize) -> Option<Node> {
    (number > 0).then(|| {
        view! {
            <section class="stack">
                <h2 class="inbox-group">{text::TITLE} " " <span class="number muted">{number}</span></h2>
                <p>{text::for_manager(number)}</p>
            </section>
        }
    })
}

#[component]
fn List(found: Memo<Found>) -> impl IntoView {
    let shown = RwSignal::new(FIRST);
    let total = Memo::new(move |_| found.read().items.len());
    let newest = move || found.read().items.iter().take(shown.get()).cloned().collect::<Vec<_>>();
    let more = move || {
        let left = total.get().saturating_sub(shown.get());
        (left > 0).then(|| {
            let grave =
                found.read().items.iter().skip(shown.get()).filter(|item| may_be_incident(item)).count();
            let grave = match grave {
                0 => String::new(),
                1 => ", 1 may be an incident".into(),
                grave => format!(", {grave} may be incidents"),
            };
            let words = format!("Show {} more kept but not used{grave}", left.min(MORE));
            let press = Callback::new(move |()| shown.update(|shown| *shown += MORE));
            view! { <Button kind=Kind::Secondary on_press=press>{words}</Button> }
        })
    };
    let partly = move || (!found.read().is_whole).then(|| view! { <p>{PARTLY}</p> });
    view! {
        <section class="stack">
            <h2 class="inbox-group">{text::TITLE} " " <span class="number muted">{total}</span></h2>
            <p>{LEDE}</p>
            {partly}
            <ul class="cards">
                <For each=newest key=|item| (item.kind.clone(), item.id.clone(), item.received_at) let:item>
                    <li><Kept item acts=true level=3 /></li>
                </For>
            </ul>
            {more}
        </section>
    }
}
