//! The inputs of a form, in order.

use super::{Ask, Entry, Look, choices, date_answer, factors, of_evidence, of_list, typed::time_name, whys};
use crate::{
    text::review::levels::Level,
    ui::{
        Bound, Checkboxes, Choice, DateField, DateParts, Details, Radios, Select, TextArea, TextField, Width,
    },
};
use domain::time::add_days;
use markup::prelude::*;
use serde_json::Value;

/// More choices than this stand in a list that opens.
const RADIOS: usize = 9;

#[component]
pub fn Fields(asks: Vec<Ask>, entry: Entry) -> impl IntoView {
    // Neighbours under the same words stand behind one line.
    let groups = asks.chunk_by(|one, next| !one.under.is_empty() && one.under == next.under);
    groups
        .map(|group| {
            let inputs = group.iter().map(|ask| show(*ask, entry)).collect_view();
            match group {
                [first, ..] if !first.under.is_empty() => {
                    let summary = format!("{} (optional)", first.under);
                    view! { <Details summary><div class="stack">{inputs}</div></Details> }
                }
                _ => inputs.into_node(),
            }
        })
        .collect_view()
}

fn show(ask: Ask, entry: Entry) -> Node {
    let (id, label, hint, error) = (ask.name, ask.words(), ask.hint, entry.error(ask.name));
    let picked = move |source| {
        Signal::derive(move || {
            entry.record.with_value(|record| {
                entry.site.with_value(|site| choices(entry.app, source, site, record.as_ref()))
            })
        })
    };
    match ask.look {
        Look::Words => view! { <TextArea id label hint error value=entry.text(ask.name) limit=ask.most /> },
        Look::Lines => view! { <TextArea id label hint error value=entry.text(ask.name) rows=3 /> },
        Look::Line => {
            view! { <TextField id label hint error value=entry.text(ask.name) spellcheck=true /> }
        }
        Look::Number | Look::Whole => view! {
            <TextField
                id
                label
                hint=ask.hint_words()
                error
                value=entry.text(ask.name)
                inputmode="decimal"
                width=Width::Short
            />
        },
        Look::Date => view! { <DateField id legend=label hint error value=entry.date(ask.name) /> },
        Look::Due => view! { <Due ask entry /> },
        Look::Moment => view! {
            <DateField id legend=label hint error value=entry.date(ask.name) />
            <TextField
                id=time_name(id)
                label="Time"
                kind="time"
                width=Width::Short
                value=entry.text(time_name(id))
            />
        },
        Look::YesNo => {
            let options = vec![Choice::new("y", "Yes"), Choice::new("n", "No")];
            view! { <Radios id legend=label hint error options value=entry.one(ask.name) chips=true /> }
        }
        Look::One(list) if list.codes.len() > RADIOS => {
            view! { <Select id label hint error options=of_list(list) value=entry.text(ask.name) /> }
        }
        Look::One(list) => {
            view! { <Radios id legend=label hint error options=of_list(list) value=entry.one(ask.name) /> }
        }
        Look::Level(levels) => {
            let options = of_levels(levels);
            view! { <Radios id legend=label hint error options value=entry.one(ask.name) /> }
        }
        Look::Many(list) => {
            view! { <Checkboxes id legend=label hint error options=of_list(list) value=entry.many(ask.name) /> }
        }
        Look::Factors => factors::show(ask, entry),
        Look::Whys => whys::show(ask, entry),
        Look::Evidence => {
            let options = of_evidence(entry);
            view! { <Checkboxes id legend=label hint error options value=entry.many(ask.name) /> }
        }
        Look::Pick(source) => {
            view! { <Select id label hint error options=picked(source) value=entry.text(ask.name) /> }
        }
        Look::PickMany(source) => {
            view! { <Checkboxes id legend=label hint error options=picked(source) value=entry.many(ask.name) /> }
        }
    }
}

fn of_levels(levels: &'static [Level; 5]) -> Vec<Choice> {
    let choice =
        |(index, level): (usize, &Level)| Choice::new((index + 1).to_string(), level.label).hint(level.hint);
    levels.iter().enumerate().map(choice).collect()
}

/// Three usual dates, and the boxes for any other.
#[component]
fn Due(ask: Ask, entry: Entry) -> impl IntoView {
    const USUAL: [(u64, &str); 3] = [(0, "Today"), (3, "In 3 days"), (7, "In 7 days")];
    let name = ask.name;
    let options: Vec<Choice> =
        USUAL.iter().map(|(days, label)| Choice::new(days.to_string(), *label)).collect();
    let answer = move |days: u64| date_answer(add_days(entry.app.today(), days));
    let chosen = move || {
        let typed = entry.answers.with(|answers| answers.get(name).cloned().unwrap_or(Value::Null));
        USUAL.iter().find(|(days, _)| answer(*days) == typed).map(|(days, _)| days.to_string())
    };
    let choose = move |days: Option<String>| {
        if let Some(days) = days.and_then(|days| days.parse().ok()) {
            entry.set(name, untrack(|| answer(days)));
        }
    };
    let date: Bound<DateParts> = entry.date(name);
    view! {
        <Radios id=format!("{name}-usual") legend=ask.words() options value=Bound::new(chosen, choose) chips=true />
        <DateField id=name legend="Or on another date" hint=ask.hint error=entry.error(name) value=date />
    }
}
