//! Similar records of the last 90 days, as a list and not only a number.

use crate::{
    pages::record::seen,
    routes,
    state::use_app,
    text::{
        common,
        review::{
            alike::{SAME_PERSON, in_common},
            record as words,
        },
    },
    ui::Details,
};
use domain::{
    ids::RecordId,
    record::Record,
    register::Register,
    time::{london_date, take_days},
};
use markup::prelude::*;
use std::sync::Arc;

const DAYS: u64 = 90;
/// The rest stands behind a line to press: on a phone the first question is near.
const SHOWN: usize = 6;
const SHOWN_ON_A_PHONE: usize = 2;

#[component]
pub fn Similar(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let found = untrack(|| similar(&app.register.read(), &record));
    let total = found.len();
    let line = move |(id, why): (RecordId, String)| {
        let other = untrack(|| seen(app, &id))?;
        let (_, state) = words::state(other.state);
        let when = common::moment(other.facts.occurred_at());
        Some(view! {
            <li>
                <a href=routes::record(&id)>{words::title(&other)}</a>
                <br />
                <span class="small muted">{format!("{when}. {why}. {state}.")}</span>
            </li>
        })
    };
    let mut found = found.into_iter();
    let shown = if app.has_two_columns() { SHOWN } else { SHOWN_ON_A_PHONE };
    let first: Vec<_> = found.by_ref().take(shown).filter_map(line).collect();
    let rest: Vec<_> = found.filter_map(line).collect();
    let head = match total {
        0 => "No similar records in the last 90 days.".to_owned(),
        total => {
            format!("{} in the last 90 days.", common::count(total, "similar record", "similar records"))
        }
    };
    view! {
        <section class="stack">
            <h2>"Similar records"</h2>
            <p>{head}</p>
            <ul class="plain-list stack">{first}</ul>
            {(!rest.is_empty())
                .then(|| {
                    view! {
                        <Details summary=format!("{} more", rest.len())>
                            <ul class="plain-list stack">{rest}</ul>
                        </Details>
                    }
                })}
        </section>
    }
}

/// One line each: "Wrong dose, 3 November 2026 (same person)". Where the record is about people, only theirs.
pub fn lines(register: &Register, record: &Record) -> Vec<String> {
    let named = |(id, why): (RecordId, String)| {
        let other = register.record(&id)?;
        let day = common::day(london_date(other.facts.occurred_at()));
        Some(format!("{}, {day} ({})", words::title(other), words::lower_first(&why)))
    };
    let is_about_people = record.facts.people().next().is_some();
    let theirs = |(_, why): &(RecordId, String)| !is_about_people || why.to_lowercase().contains(SAME_PERSON);
    similar(register, record).into_iter().filter(theirs).filter_map(named).collect()
}

/// Live records of the same site and category with the same subtype, place, person or equipment, newest first.
fn similar(register: &Register, record: &Record) -> Vec<(RecordId, String)> {
    let last = record.facts.occurred_on();
    let first = take_days(last, DAYS);
    let mut found: Vec<(&Record, String)> = register
        .of_site(&record.site)
        .filter(|other| other.id != record.id && other.state.is_live())
        .filter(|other| other.facts.category() == record.facts.category())
        .filter(|other| (first..=last).contains(&london_date(other.facts.occurred_at())))
        .filter_map(|other| {
            let same_kind =
                record.facts.particular_subtype().is_some_and(|code| other.facts.subtype() == Some(code));
            let why: Vec<&str> =
                same_kind.then_some("same kind").into_iter().chain(in_common(record, other)).collect();
            (!why.is_empty()).then(|| (other, words::upper_first(&common::list(&why))))
        })
        .collect();
    found.sort_by_key(|(other, _)| std::cmp::Reverse(other.facts.occurred_at()));
    found.into_iter().map(|(other, why)| (other.id.clone(), why)).collect()
}
