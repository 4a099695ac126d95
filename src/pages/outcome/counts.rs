//! Counts of similar records before and after, worked out here so that nobody has to count by hand.

use crate::{
    pages::record::form::{Ask, Entry},
    state::use_app,
    text::{
        common,
        measures::chance,
        review::{
            errors::of_field,
            record::{lower_first, title},
        },
    },
    ui::FieldError,
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

/// Live records of the same category and subtype at the site: up to the report, and since step 4 ended. None where the
/// subtype is "something else": nothing says what is similar to it.
fn count(record: &Record, register: &Register, now: Instant) -> Option<Counted> {
    let subtype = record.facts.particular_subtype()?;
    let reported = record.facts.occurred_on();
    let today = london_date(now);
    let from = record.outcome_since.map_or(today, london_date);
    let same = |other: &&Record| {
        other.state.is_live()
            && other.facts.category() == record.facts.category()
            && other.facts.subtype() == Some(subtype)
    };
    let dates: Vec<NaiveDate> =
        register.of_site(&record.site).filter(same).map(|other| other.facts.occurred_on()).collect();
    let within = |days: RangeInclusive<NaiveDate>| dates.iter().filter(|date| days.contains(date)).count();
    Some(Counted {
        before: within(take_days(reported, BEFORE_DAYS - 1)..=reported),
        // What was counted before, this record first of all, is not a repeat.
        after: within(from.max(add_days(reported, 1))..=today),
        after_days: u64::try_from(days_between(from, today) + 1).unwrap_or(1),
        from,
    })
}

/// Whole days from the end of step 4 to today; 0 on that day.
pub fn days_passed(record: &Record, now: Instant) -> i64 {
    let since = record.outcome_since.unwrap_or(now);
    days_between(london_date(since), london_date(now))
}

/// The form with the counts filled in, where there are some; every number can be changed.
pub fn start(record: &Record, register: &Register, now: Instant) -> Map<String, Value> {
    let review = match days_passed(record, now) {
        80.. => "90d",
        26.. => "28d",
        _ => "other",
    };
    let mut start = Map::new();
    start.insert("review".into(), review.into());
    let Some(counted) = count(record, register, now) else { return start };
    let numbers = [
        ("measure", format!("Reports of {}", lower_first(&title(record)))),
        ("baseline.count", counted.before.to_string()),
        ("baseline.per", BEFORE_DAYS.to_string()),
        ("value.count", counted.after.to_string()),
        ("value.per", counted.after_days.to_string()),
        ("unit", "days".to_owned()),
    ];
    start.extend(numbers.map(|(name, value)| (name.to_owned(), value.into())));
    start
}

/// A number of a group: `value.per`.
pub(super) fn number_of(with: &Map<String, Value>, group: &str, field: &str) -> Option<f64> {
    with.get(group)?.get(field)?.as_f64()
}

/// Counts in no time, or out of nothing, say nothing. `asks`: the two questions of out of how many, before and after.
/// The page asks for more than model.md, which gives `per` no least value; records that have 0 stay as they are.
pub fn out_of_nothing(with: &Map<String, Value>, asks: [Ask; 2]) -> Vec<FieldError> {
    let days = with.get("unit").is_none_or(|unit| unit == "days");
    let least = if days { 1.0 } else { f64::MIN_POSITIVE };
    ["baseline", "value"]
        .into_iter()
        .zip(asks)
        .filter(|(group, _)| number_of(with, group, "per").is_some_and(|per| per < least))
        .map(|(_, ask)| FieldError::new(ask.name, least_of(&ask, days)))
        .collect()
}

fn least_of(ask: &Ask, days: bool) -> String {
    let words = match days {
        true => "type 1 or a higher number, for example 28",
        false => "type a number above 0, for example 100",
    };
    of_field(ask.label, words)
}

/// The same words where such a number could not be read at all.
pub fn say_least(errors: &mut [FieldError], asks: [Ask; 2], days: bool) {
    for error in errors {
        if let Some(ask) = asks.iter().find(|ask| ask.name == error.id) {
            error.message = least_of(ask, days);
        }
    }
}

/// What two rates say beside each other, with how far chance alone may bring such a difference. `unit`: code of what
/// the counts are out of. None where a number is missing or makes no rate.
fn compared(unit: &str, [before, per_before, after, per_after]: [f64; 4]) -> Option<String> {
    let fits = [before, after].iter().all(|count| *count >= 0.0 && count.is_finite() && count.fract() == 0.0);
    if !fits || ![per_before, per_after].iter().all(|per| *per > 0.0 && per.is_finite()) {
        return None;
    }
    let same = match unit {
        "" | "days" => "For the same length of time",
        _ => "Out of the same number",
    };
    // Not divided: 3 in 30 and 2 in 20 are the same.
    let (left, right) = (after * per_before, before * per_after);
    let told = match (left < right, left > right) {
        (true, _) => format!("{same}, there were fewer after."),
        (_, true) => format!("{same}, there were more after."),
        _ => format!("{same}, there were as many after as before."),
    };
    Some(format!("{told} {}", chance(before as u64, per_before, after as u64, per_after)))
}

/// Where the numbers in the boxes come from.
#[component]
pub fn Counts(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let app = use_app();
    let Some(counted) = count(&record, &app.register.read_untracked(), app.instant()) else {
        return view! {
            <p>
                "The type of this report is \u{201c}something else\u{201d}, so nothing here can say which other reports are similar. Count them yourself."
            </p>
        };
    };
    let words = format!(
        "Counted here: {} in the {BEFORE_DAYS} days up to this report, which is one of them, and {} in the {} since {}. You can change the numbers.",
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
        let numbers = [
            number("baseline.count")?,
            number("baseline.per")?,
            number("value.count")?,
            number("value.per")?,
        ];
        compared(&entry.code("unit"), numbers)
    };
    view! {
        <section class="stack">
            <p>{words}</p>
            {early}
            <p class="muted" aria-live="polite">{rate}</p>
        </section>
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::pages::outcome::{ALL_AFTER, ALL_BEFORE, DAYS_AFTER, DAYS_BEFORE};
    use serde_json::json;

    /// What the form sends.
    pub fn with(
        verdict: &str,
        unit: &str,
        [before, per_before, after, per_after]: [f64; 4],
    ) -> Map<String, Value> {
        let all = json!({
            "verdict": verdict,
            "unit": unit,
            "baseline": {"count": before, "per": per_before},
            "value": {"count": after, "per": per_after},
        });
        all.as_object().cloned().expect("a map")
    }

    #[test]
    fn a_count_in_no_days_is_refused_beside_its_box() {
        let told = |unit: &str, numbers, asks| {
            let told = out_of_nothing(&with("sustained", unit, numbers), asks);
            told.into_iter().map(|error| (error.id, error.message)).collect::<Vec<_>>()
        };
        let days = [DAYS_BEFORE, DAYS_AFTER];
        assert_eq!(
            told("days", [1.0, 28.0, 9.0, 0.0], days),
            [(
                "value.per".to_owned(),
                "In how many days after? Type 1 or a higher number, for example 28".to_owned()
            )]
        );
        assert_eq!(told("days", [1.0, 0.5, 9.0, 0.0], days).len(), 2);
        assert!(told("days", [1.0, 28.0, 0.0, 28.0], days).is_empty());
        let all = told("doses", [1.0, 0.0, 0.0, 0.5], [ALL_BEFORE, ALL_AFTER]);
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(out_of_nothing(&Map::new(), days).is_empty(), "out of how many may stay open");
        let mut unread =
            [FieldError::new("value.per", "Type 0 or a higher number"), FieldError::new("note", "x")];
        say_least(&mut unread, days, true);
        assert!(unread[0].message.contains("Type 1 or a higher number"), "{unread:?}");
        assert_eq!(unread[1].message, "x");
    }

    #[test]
    fn one_and_then_none_says_too_little() {
        assert_eq!(
            compared("days", [1.0, 28.0, 0.0, 28.0]).as_deref(),
            Some(
                "For the same length of time, there were fewer after. These numbers are too small to say whether \
                 something changed."
            )
        );
    }

    #[test]
    fn enough_numbers_say_how_far_chance_goes() {
        let words = compared("doses", [40.0, 1000.0, 5.0, 1000.0]).expect("numbers");
        assert!(
            words.starts_with("Out of the same number, there were fewer after. A difference this large is")
        );
        let same = compared("days", [6.0, 30.0, 4.0, 20.0]).expect("numbers");
        assert!(same.contains("as many after as before") && same.contains("may be chance"), "{same}");
    }

    #[test]
    fn what_makes_no_rate_says_nothing() {
        for wrong in [
            [1.0, 0.0, 1.0, 28.0],
            [1.5, 28.0, 1.0, 28.0],
            [f64::NAN, 28.0, 1.0, 28.0],
            [1.0, 28.0, -1.0, 28.0],
        ] {
            assert_eq!(compared("days", wrong), None);
        }
    }
}
