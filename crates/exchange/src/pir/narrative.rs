//! The draft in words: numbers and our own labels only, never what somebody typed.

use super::{Line, MOST_WORDS};
use crate::Pack;
use domain::record::Record;
use std::collections::BTreeMap;

/// How many of the most frequent kinds are named.
const MOST_FREQUENT: usize = 3;
/// Id of the sum of all types.
pub(super) const ALL_MEDICINES: &str = "medicines_reached";
/// Id of the number of medicine records of which nobody has said yet what it was.
pub(super) const OPEN_MEDICINES: &str = "medicines_not_answered";
/// Id of the number of changes that looked better and did not hold.
pub(super) const BETTER_CAME_BACK: &str = "better_came_back";
/// Id of the number of audits that were signed by the day on which they were due.
pub(super) const AUDITS_IN_TIME: &str = "audits_signed_in_time";

/// Id of the number of near misses that are among those without harm too.
pub(super) const NO_HARM_TOO: &str = "near_misses_no_harm";
/// Ids of the records about which it is decided who must be told, of those about which it was, and with a reason.
pub(super) const DECIDED_OF: &str = "to_decide";
pub(super) const DECIDED: &str = "decided";
pub(super) const DECIDED_WITH_REASON: &str = "decided_with_reason";

pub(super) fn draft(pack: &Pack<'_>, lines: &[Line]) -> String {
    let value =
        |id: &str| lines.iter().find(|line| line.id == id).and_then(|line| line.value).unwrap_or_default();
    let (from, to) = (pack.selection.from.format("%-d %B %Y"), pack.selection.to.format("%-d %B %Y"));
    let records = pack.records();
    let live: Vec<&Record> = records.into_iter().filter(|record| record.state.is_live()).collect();
    if live.is_empty() {
        return format!("From {from} to {to} no near miss or incident was recorded in Noticed.");
    }
    let mut parts = vec![format!(
        "From {from} to {to} our staff recorded {}. {} did harm. \
         We ask staff to record near misses, because each one shows a weakness before somebody is hurt; a higher number \
         means that people speak up.",
        near_misses(value("near_misses"), value("no_harm"), value(NO_HARM_TOO)),
        capital(&things(value("incidents"), "event", "events")),
    )];
    if let Some(frequent) = frequent(&live) {
        parts.push(format!("What was recorded most often: {frequent}."));
    }
    let medicines = value(ALL_MEDICINES);
    let types: Vec<String> = lines
        .iter()
        .filter(|line| {
            line.id.starts_with("medicines_") && line.id.ends_with("_reached") && line.id != ALL_MEDICINES
        })
        .filter(|line| line.value.is_some_and(|value| value > 0.0))
        .map(|line| {
            format!(
                "{} ({})",
                line.label.trim_end_matches(": reached a person").to_lowercase(),
                line.value.unwrap_or_default()
            )
        })
        .collect();
    let open = match value(OPEN_MEDICINES) {
        0.0 => String::new(),
        many => format!(
            " For {} nobody has said yet what it was.",
            things(many, "other medicine record", "other medicine records")
        ),
    };
    parts.push(match (types.is_empty(), open.is_empty()) {
        (true, true) => "No medicine error reached a person.".to_owned(),
        (true, false) => format!("No medicine error is known to have reached a person.{open}"),
        (false, _) => format!(
            "{} reached a person: {}.{open}",
            capital(&things(medicines, "medicine error", "medicine errors")),
            types.join(", ")
        ),
    });
    parts.push(format!(
        "{} {} had to be reported to the Care Quality Commission, {} to council safeguarding, and \
         {} to the police.",
        decisions(value(DECIDED_OF), value(DECIDED), value(DECIDED_WITH_REASON)),
        capital(&things(value("cqc_needed"), "record", "records")),
        value("council_safeguarding_needed"),
        value("police_needed"),
    ));
    let came_back = match value(BETTER_CAME_BACK) {
        0.0 => String::new(),
        many => format!(
            " {} looked better at first, and then the same happened again.",
            capital(&things(many, "other record", "other records"))
        ),
    };
    parts.push(format!(
        "We planned {} and finished {}. {} changed the place, the equipment or the steps, which works better than \
         reminding people. For {} we have shown with evidence that it got better.{} {}",
        things(value("actions_planned"), "action", "actions"),
        value("actions_done"),
        capital(&things(value("actions_stronger"), "action", "actions")),
        things(value("better"), "record", "records"),
        came_back,
        audits(value("audits_expected"), value("audits_signed"), value(AUDITS_IN_TIME)),
    ));
    let imported = value("imported");
    if imported > 0.0 {
        parts.push(format!(
            "{} brought in from our earlier list; decisions about them are kept there.",
            capital(&things(imported, "of these events was", "of these events were"))
        ));
    }
    parts.push(
        "[Add one example of what you noticed, what you changed, and what is different now. Name nobody.]"
            .to_owned(),
    );
    shortened(&parts.join("\n\n"))
}

/// Each event once: where a site counts what did no harm as a near miss, one number is part of the other.
fn near_misses(near: f64, no_harm: f64, both: f64) -> String {
    let events = things(near, "event", "events");
    let reached = |number: f64| things(number, "event", "events");
    match no_harm - both {
        rest if both == 0.0 => {
            format!("{events} as near misses and {} that reached a person without harm", reached(rest))
        }
        0.0 => format!("{events} as near misses, {both} of which reached a person without harm"),
        rest => format!(
            "{events} as near misses, {both} of which reached a person without harm, and {rest} more that reached a \
             person without harm"
        ),
    }
}

/// What the records show, and nothing that they do not.
fn decisions(of: f64, decided: f64, reasoned: f64) -> String {
    if of == 0.0 {
        return "No record of this time needed a decision in Noticed about who must be told.".to_owned();
    }
    let of = things(of, "record", "records");
    let why = match reasoned {
        _ if decided == 0.0 => String::new(),
        all if all == decided => ", each time with a written reason".to_owned(),
        some => format!(", {some} of them with a written reason"),
    };
    match decided {
        0.0 => format!("For none of our {of} it is decided yet who must be told."),
        decided => format!("For {decided} of our {of} it was decided who must be told{why}."),
    }
}

/// Late is not the same as signed.
fn audits(expected: f64, signed: f64, in_time: f64) -> String {
    let of = things(expected, "expected audit", "expected audits");
    let were = if signed == 1.0 { "was" } else { "were" };
    let when = match signed - in_time {
        0.0 if signed == 1.0 => "in time".to_owned(),
        0.0 => "all in time".to_owned(),
        late if late == signed => "but late".to_owned(),
        late => format!("{in_time} in time and {late} late"),
    };
    match (expected, signed) {
        (0.0, _) => "No audit was expected.".to_owned(),
        (_, 0.0) => format!("None of our {of} was signed."),
        _ => format!("{signed} of our {of} {were} signed, {when}."),
    }
}

fn things(number: f64, one: &str, many: &str) -> String {
    if number == 0.0 {
        return format!("no {many}");
    }
    let word = if (number - 1.0).abs() < f64::EPSILON { one } else { many };
    format!("{number} {word}")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn frequent(records: &[&Record]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let Some((spec, subtype)) = record.spec().zip(record.facts.particular_subtype()) else { continue };
        *counts.entry(format!("{} - {}", spec.name, spec.subtypes.label(subtype))).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = counts.iter().take(MOST_FREQUENT).map(|(name, count)| format!("{name} ({count})"));
    let named = named.collect::<Vec<_>>().join(", ");
    (!named.is_empty()).then_some(named)
}

fn shortened(text: &str) -> String {
    if text.split_whitespace().count() < MOST_WORDS {
        return text.to_owned();
    }
    text.split_whitespace().take(MOST_WORDS - 1).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{audits, decisions, near_misses};

    #[test]
    fn what_is_counted_twice_is_told_once() {
        assert_eq!(
            near_misses(2.0, 1.0, 0.0),
            "2 events as near misses and 1 event that reached a person without harm"
        );
        assert_eq!(
            near_misses(3.0, 1.0, 1.0),
            "3 events as near misses, 1 of which reached a person without harm"
        );
        assert!(near_misses(3.0, 3.0, 1.0).ends_with(", and 2 more that reached a person without harm"));
    }

    #[test]
    fn only_decisions_that_were_made_are_told() {
        for (of, decided, reasoned, words) in [
            (0.0, 0.0, 0.0, "No record of this time needed a decision in Noticed about who must be told."),
            (4.0, 0.0, 0.0, "For none of our 4 records it is decided yet who must be told."),
            (
                4.0,
                2.0,
                2.0,
                "For 2 of our 4 records it was decided who must be told, each time with a written reason.",
            ),
            (
                4.0,
                3.0,
                1.0,
                "For 3 of our 4 records it was decided who must be told, 1 of them with a written reason.",
            ),
        ] {
            assert_eq!(decisions(of, decided, reasoned), words);
        }
    }

    #[test]
    fn audits_are_told_with_those_that_were_late() {
        for (expected, signed, in_time, words) in [
            (0.0, 0.0, 0.0, "No audit was expected."),
            (3.0, 0.0, 0.0, "None of our 3 expected audits was signed."),
            (3.0, 1.0, 1.0, "1 of our 3 expected audits was signed, in time."),
            (3.0, 1.0, 0.0, "1 of our 3 expected audits was signed, but late."),
            (3.0, 3.0, 3.0, "3 of our 3 expected audits were signed, all in time."),
            (27.0, 27.0, 4.0, "27 of our 27 expected audits were signed, 4 in time and 23 late."),
        ] {
            assert_eq!(audits(expected, signed, in_time), words);
        }
    }
}
