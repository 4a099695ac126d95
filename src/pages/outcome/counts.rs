//! Counts of similar records before and after, worked out here so that nobody has to count by hand.

use crate::{
    pages::record::form::Entry,
    state::use_app,
    text::{
        common,
        review::record::{lower_first, title},
    },
};
use chrono::NaiveDate;
use domain::{
    record::Record,
    register::Register,
    time::{Instant, add_days, days_between, london_date, take_days},
};
use markup::prelude::*;
use serde_json::{Map, Value};
use std::{ops::RangeInclusive, sync::Arc};

/// The days before the report that make the count before.
const BEFORE_DAYS: u64 = 28;

struct Counted {
    before: usize,
    after: usize,
    /// Whole days from the end of step 4 to today, both included.
    after_days: u64,
    from: NaiveDate,
}

/// Live records of the same category and subtype at the site: up to the report, and since step 4 ended.
fn count(record: &Record, register: &Register, now: Instant) -> Counted {
    let reported = record.facts.occurred_on();
    let today = london_date(now);
    let from = record.outcome_since.map_or(today, london_date);
    let same = |other: &&Record| {
        other.state.is_live()
            && other.facts.category() == record.facts.category()
            && other.facts.subtype() == record.facts.subtype()
    };
    let dates: Vec<NaiveDate> =
        register.of_site(&record.site).filter(same).map(|other| other.facts.occurred_on()).collect();
    let within = |days: RangeInclusive<NaiveDate>| dates.iter().filter(|date| days.contains(date)).count();
    Counted {
        before: within(take_days(reported, BEFORE_DAYS - 1)..=reported),
        // What was counted before, this record first of all, is not a repeat.
        after: within(from.max(add_days(reported, 1))..=today),
        after_days: u64::try_from(days_between(from, today) + 1).unwrap_or(1),
        from,
    }
}

/// The form with the counts filled in; every number can be changed.
pub fn start(record: &Record, register: &Register, now: Instant) -> Map<String, Value> {
    let counted = count(record, register, now);
    let days = domain::time::days_between(counted.from, london_date(now));
    let review = match days {
        80.. => "90d",
        26.. => "28d",
        _ => "other",
    };
    [
        ("measure", format!("Reports of {}", lower_first(&title(record)))),
        ("baseline.count", counted.before.to_string()),
        ("baseline.per", BEFORE_DAYS.to_string()),
        ("value.count", counted.after.to_string()),
        ("value.per", counted.after_days.to_string()),
        ("unit", "days".to_owned()),
        ("review", review.to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.into()))
    .collect()
}

/// Where the numbers in the boxes come from.
#[component]
pub fn Counts(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let app = use_app();
    let counted = count(&record, &app.register.read_untracked(), app.instant());
    let words = format!(
        "Counted here: {} in the {BEFORE_DAYS} days up to this report, {} in the {} since {}. You can change the numbers.",
        common::count(counted.before, "similar record", "similar records"),
        counted.after,
        common::count(usize::try_from(counted.after_days).unwrap_or_default(), "day", "days"),
        common::day(counted.from),
    );
    let early = (counted.after_days < BEFORE_DAYS).then(|| {
        view! { <p>"Fewer than 28 days have passed. It may be too early to say."</p> }
    });
    // With a few days after, fewer means nothing yet.
    let is_early = counted.after_days < BEFORE_DAYS;
    let rate = move || {
        if is_early {
            return None;
        }
        let number = |name: &str| entry.code(name).trim().parse::<f64>().ok();
        let before = number("baseline.count")? / number("baseline.per").filter(|per| *per > 0.0)?;
        let after = number("value.count")? / number("value.per").filter(|per| *per > 0.0)?;
        let same = match entry.code("unit").as_str() {
            "" | "days" => "For the same length of time",
            _ => "Out of the same number",
        };
        Some(match after {
            after if after < before => format!("{same}, there were fewer after."),
            after if after > before => format!("{same}, there were more after."),
            _ => format!("{same}, there were as many after as before."),
        })
    };
    view! {
        <section class="stack">
            <p>{words}</p>
            {early}
            <p class="muted" aria-live="polite">{rate}</p>
        </section>
    }
}
