//! The numbers with which the form begins, what two of them say beside each other, and which of them say nothing.

use super::counted::{BEFORE_DAYS, Counted};
use crate::{
    pages::record::form::{Ask, Entry},
    state::use_app,
    text::{
        measures::chance,
        review::{
            errors::of_field,
            record::{lower_first, title},
        },
    },
    ui::FieldError,
};
use domain::{
    record::Record,
    register::Register,
    time::{Instant, days_between, london_date},
};
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

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
    let Some(counted) = Counted::of(record, register, now) else { return start };
    let [before, after] = counted.similar;
    let numbers = [
        ("measure", format!("Other reports of {}", lower_first(&title(record)))),
        ("value.count", after.to_string()),
        ("value.per", counted.after_days.to_string()),
        ("unit", "days".to_owned()),
    ];
    let earlier = [("baseline.count", before.to_string()), ("baseline.per", counted.before_days.to_string())];
    let earlier = earlier.into_iter().filter(|_| counted.before_days > 0);
    start.extend(numbers.into_iter().chain(earlier).map(|(name, value)| (name.to_owned(), value.into())));
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

/// What two rates say beside each other.
#[derive(Debug, PartialEq)]
struct Compared {
    fell: bool,
    words: String,
}

/// With how far chance alone may bring such a difference. `unit`: code of what the counts are out of. None where a
/// number is missing or makes no rate.
fn compared(unit: &str, [before, per_before, after, per_after]: [f64; 4]) -> Option<Compared> {
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
        _ if after == 0.0 => "There were none before and none after.".to_owned(),
        _ => format!("{same}, there were as many after as before."),
    };
    let chance = chance(before as u64, per_before, after as u64, per_after);
    Some(Compared { fell: left < right, words: format!("{told} {chance}") })
}

/// Where the numbers in the boxes come from, and how much was reported in all. Beside a fall it says whether people
/// report as much as before, so that fewer reports are not taken for less risk. Source: background.md section 3.7.
#[component]
pub fn Counts(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let app = use_app();
    let Some(counted) = Counted::of(&record, &app.register.read_untracked(), app.instant()) else {
        return view! {
            <p>
                "The type of this report is \u{201c}something else\u{201d}, so nothing here can say which other reports are similar. Count them yourself."
            </p>
        };
    };
    // With a few days after, fewer means nothing yet.
    let is_early = counted.after_days < BEFORE_DAYS;
    let early = is_early.then(|| {
        view! { <p>"Fewer than 28 days have passed. It may be too early to say."</p> }
    });
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
        let Compared { fell, words } = compared(&entry.code("unit"), numbers)?;
        Some(match counted.volume().filter(|_| fell) {
            Some(volume) => format!("{words} {}", volume.beside_a_fall()),
            None => words,
        })
    };
    view! {
        <section class="stack">
            <p>{counted.words()}</p>
            {counted.volume_words().map(|words| view! { <p>{words}</p> })}
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
            compared("days", [1.0, 28.0, 0.0, 28.0]),
            Some(Compared {
                fell: true,
                words:
                    "For the same length of time, there were fewer after. These numbers are too small to say \
                        whether something changed."
                        .into()
            })
        );
    }

    #[test]
    fn enough_numbers_say_how_far_chance_goes() {
        let words = |unit, numbers| compared(unit, numbers).expect("numbers").words;
        let none = words("days", [0.0, 28.0, 0.0, 30.0]);
        assert_eq!(none, "There were none before and none after. There is nothing to compare.");
        let same = words("days", [6.0, 30.0, 4.0, 20.0]);
        assert!(same.contains("as many after as before") && same.contains("may be chance"), "{same}");
        let words = words("doses", [40.0, 1000.0, 5.0, 1000.0]);
        assert!(
            words.starts_with("Out of the same number, there were fewer after. A difference this large is")
        );
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
