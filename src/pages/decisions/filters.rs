//! What of the register is wanted. It stands in the address, so that it is still there after a look at a record.

use super::lines::{Line, Wanted};
use crate::{
    pages::record::form::of_list,
    routes,
    state::use_app,
    text::review::people,
    ui::{Bound, Button, Buttons, Choice, Kind, Select, TextField, Width},
};
use domain::vocabulary::{BODY, CATEGORY, NOTIFICATION_OUTCOME};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use markup::prelude::*;

/// Of `only` in the address.
pub const ONLY: [(&str, &str); 3] = [
    ("untold", "Needed, but not told yet"),
    ("changed", "Only changes of a decision"),
    ("differs", "Not as suggested"),
];

#[component]
pub fn Filters(wanted: Memo<Wanted>, all: Memo<Vec<Line>>) -> impl IntoView {
    let app = use_app();
    let navigate = StoredValue::new(use_navigate());
    let go = move |wanted: Wanted| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        let address = [routes::DECISIONS, &wanted.query()].concat();
        navigate.with_value(|navigate| navigate(&address, options));
    };
    let part = move |name: &'static str| -> Bound<String> {
        let get = move || wanted.get().field(name).clone();
        Bound::new(get, move |value: String| {
            let mut next = wanted.get_untracked();
            *next.field(name) = value;
            go(next);
        })
    };
    let people = Memo::new(move |_| {
        let directory = app.directory.read();
        let mut people: Vec<(String, String)> = Vec::new();
        for line in all.read().iter() {
            let Some(decision) = line.decision() else { continue };
            let code = decision.by.code();
            if !people.iter().any(|(known, _)| known == code) {
                people.push((code.to_owned(), people::author(&decision.by, &directory, &line.record.site)));
            }
        }
        people.sort_by(|one, other| one.1.cmp(&other.1));
        people
    });
    let who = Signal::derive(move || {
        people.get().into_iter().map(|(code, name)| Choice::new(code, name)).collect::<Vec<_>>()
    });
    let only = ONLY.map(|(code, words)| Choice::new(code, words)).to_vec();
    let order = vec![Choice::new("oldest", "Order of arrival")];
    let turned = Signal::derive(move || wanted.read().turned());
    let clear = move |()| go(Wanted::default());
    let is_any = Memo::new(move |_| wanted.get() != Wanted::default());
    view! {
        <form class="decision-filters" role="search" aria-label="Filter the decisions" on:submit=|event| event.prevent_default()>
            <Select id="only" label="Show" options=only empty="All decisions" value=part("only") />
            <Select id="outcome" label="Decision" options=of_list(&NOTIFICATION_OUTCOME) empty="Any" value=part("outcome") />
            <Select id="body" label="Must be told" options=of_list(&BODY) empty="Anybody or nobody" value=part("body") />
            <Select id="category" label="Category" options=of_list(&CATEGORY) empty="All" value=part("category") />
            <Select id="by" label="Decided by" options=who empty="Anybody" value=part("by") />
            <TextField id="from" label="First date" kind="date" width=Width::Medium value=part("from") />
            <TextField id="to" label="Last date" kind="date" width=Width::Medium error=turned value=part("to") />
            <Select id="order" label="Order" options=order empty="Newest first" value=part("order") />
            {move || {
                is_any
                    .get()
                    .then(|| {
                        view! {
                            <Buttons>
                                <Button kind=Kind::Quiet on_press=Callback::new(clear)>"Clear the filters"</Button>
                            </Buttons>
                        }
                    })
            }}
        </form>
    }
}
