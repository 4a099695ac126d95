//! The one question that is asked before a result is saved that may not be right.

use super::counts::number_of;
use crate::text::{common::count, review::record::upper_first};
use domain::{learning::LAST_LOOK_DAYS, vocabulary::REVIEW_POINT};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// From how many days on a look may be called so. They are a little fewer than its name says: a look may come early.
const EARLIEST: [(&str, i64); 2] = [("28d", 21), ("90d", 80)];

/// One question where the verdict says otherwise than the counts, or where it is too early for what was chosen; both
/// may be right, so yes is an answer too. None where they go together, or where the counts cannot be put beside each
/// other. Out of a number, as checks of all checks, more is often better: there nothing is asked about the counts.
/// `passed`: whole days since step 4 ended.
pub fn doubt(with: &Map<String, Value>, passed: i64) -> Option<String> {
    against_counts(with).or_else(|| too_early(with, passed))
}

/// It lasted, before anybody can know; or a look is called by a number of days that have not passed.
fn too_early(with: &Map<String, Value>, passed: i64) -> Option<String> {
    let said = |name: &str| with.get(name).and_then(Value::as_str);
    let since = match usize::try_from(passed) {
        Ok(days @ 1..) => {
            let verb = if days == 1 { "has" } else { "have" };
            format!("Only {} {verb} passed since the actions were finished.", count(days, "day", "days"))
        }
        _ => "The actions were finished today.".to_owned(),
    };
    if said("verdict") == Some("sustained") && u64::try_from(passed).unwrap_or_default() < LAST_LOOK_DAYS {
        return Some(format!(
            "{since} Before {LAST_LOOK_DAYS} days nobody can know that it lasted. Save it like this?"
        ));
    }
    let (review, _) =
        EARLIEST.into_iter().find(|(review, least)| said("review") == Some(*review) && passed < *least)?;
    Some(format!("{since} You chose \u{201c}{}\u{201d}. Save it like this?", REVIEW_POINT.label(review)))
}

fn against_counts(with: &Map<String, Value>) -> Option<String> {
    with.get("unit").is_none_or(|unit| unit == "days").then_some(())?;
    let (before, after) = (number_of(with, "baseline", "count")?, number_of(with, "value", "count")?);
    let (per_before, per_after) = (number_of(with, "baseline", "per"), number_of(with, "value", "per"));
    let (left, right) = match (per_before, per_after) {
        (Some(per_before), Some(per_after)) => (after * per_before, before * per_after),
        (None, None) => (after, before),
        _ => return None,
    };
    let went = match left.partial_cmp(&right)? {
        Ordering::Greater => "the count went up",
        Ordering::Equal => "the count is the same",
        Ordering::Less => "the count went down",
    };
    let still = match with.get("verdict").and_then(Value::as_str)? {
        "improved" | "sustained" if left >= right => "better",
        "worse" if left <= right => "worse",
        _ => return None,
    };
    let went = match per_before == per_after {
        true => went.to_owned(),
        false => format!("for the same number of days, {went}"),
    };
    Some(format!("{}. Is it still {still}?", upper_first(&went)))
}

#[cfg(test)]
mod tests {
    use super::{super::counts::tests::with, *};
    use serde_json::json;

    #[test]
    fn a_verdict_against_its_counts_is_asked_about() {
        let asked = |verdict: &str, numbers| doubt(&with(verdict, "days", numbers), 90);
        let same_days = |before, after| [before, 28.0, after, 28.0];
        assert_eq!(
            asked("sustained", same_days(1.0, 9.0)).as_deref(),
            Some("The count went up. Is it still better?")
        );
        assert_eq!(
            asked("improved", same_days(2.0, 2.0)).as_deref(),
            Some("The count is the same. Is it still better?")
        );
        assert_eq!(
            asked("worse", same_days(2.0, 0.0)).as_deref(),
            Some("The count went down. Is it still worse?")
        );
        assert_eq!(
            asked("improved", [3.0, 28.0, 2.0, 7.0]).as_deref(),
            Some("For the same number of days, the count went up. Is it still better?"),
            "fewer, in fewer days"
        );
        for fits in ["no_change", "too_early", "worse"] {
            assert_eq!(asked(fits, same_days(1.0, 9.0)), None, "{fits}");
        }
        assert_eq!(asked("sustained", same_days(3.0, 1.0)), None);
        assert_eq!(
            doubt(&with("improved", "doses", [6.0, 9.0, 9.0, 9.0]), 90),
            None,
            "more checks done are better"
        );
        let mut open = with("improved", "days", same_days(1.0, 9.0));
        open.insert("value".into(), json!({"count": 9}));
        assert_eq!(doubt(&open, 90), None, "one of them has no days");
    }

    #[test]
    fn what_it_is_too_early_for_is_asked_about_by_the_days_that_passed() {
        let asked = |verdict: &str, review: &str, passed| {
            let mut with = with(verdict, "days", [3.0, 28.0, 1.0, 28.0]);
            with.insert("review".into(), json!(review));
            doubt(&with, passed)
        };
        for review in ["28d", "90d", "other"] {
            for passed in [23, 89] {
                let words = asked("sustained", review, passed).unwrap_or_else(|| panic!("{review} {passed}"));
                assert_eq!(
                    words,
                    format!(
                        "Only {passed} days have passed since the actions were finished. Before 90 days nobody can \
                         know that it lasted. Save it like this?"
                    )
                );
            }
            assert_eq!(asked("sustained", review, 90), None, "{review}");
        }
        assert_eq!(
            asked("improved", "90d", 79).as_deref(),
            Some(
                "Only 79 days have passed since the actions were finished. You chose \u{201c}At 90 days\u{201d}. \
                 Save it like this?"
            )
        );
        let one = asked("no_change", "28d", 1).expect("a question");
        assert!(
            one.starts_with("Only 1 day has passed") && one.contains("\u{201c}At 28 days\u{201d}"),
            "{one}"
        );
        assert!(asked("improved", "28d", 20).is_some());
        let today = asked("improved", "28d", 0).expect("a question");
        assert!(today.starts_with("The actions were finished today. You chose"), "{today}");
        for (review, passed) in [("90d", 80), ("28d", 21), ("28d", 200), ("other", 0)] {
            assert_eq!(asked("improved", review, passed), None, "{review} {passed}");
        }
    }
}
