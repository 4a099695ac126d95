//! What holds for any log, in any order.

use super::*;
use proptest::prelude::*;

/// Any verb by anybody with any fields, valid or not.
fn anything() -> impl Strategy<Value = (usize, usize, u8, u32, u32)> {
    (0..crate::verbs::VERBS.len(), 0..13usize, any::<u8>(), 0..6u32, 0..4u32)
}

const PEOPLE: [&str; 13] = [
    "care",
    "care2",
    "senior",
    "lead",
    "manager",
    "meds",
    "repairs",
    "calm",
    "deputy",
    "provider",
    "admin",
    "inspector",
    "anonymous",
];

fn some_fields(verb: &str, shape: u8) -> Value {
    let odd = shape.is_multiple_of(3);
    match verb {
        "report" => report(["medication", "environment", "behaviour"][usize::from(shape % 3)]),
        "review_risk" => {
            json!({"potential_most_likely": shape % 6, "potential_worst": 5, "likelihood": 1 + shape % 5, "confirms_near_miss": "y"})
        }
        "return_for_correction" => json!({"question": "which?"}),
        "resubmit" => json!({"changes": {"reached": if odd { "unsure" } else { "no" }}, "text": "so"}),
        "amend" => {
            json!({"changes": {"reached": "yes", "harm": if odd { "some" } else { "none" }}, "reason": "x"})
        }
        "assess_notification" | "revise_notification" => {
            json!({"answers": {"death": "y"}, "outcome": "seek_advice", "reason": "x"})
        }
        "plan_action" => json!({"text": "x", "owner": "meds", "due": "2026-12-01", "strength": "weaker"}),
        "record_outcome" => {
            json!({"measure": "m", "baseline": {"count": 1}, "value": {"count": 0}, "review": "28d", "verdict": if odd { "worse" } else { "too_early" }})
        }
        "no_action_needed" | "withdraw" | "reopen" | "close" => json!({"reason": "x"}),
        "resolve" => json!({"step": 2, "keep": format!("p{}", shape % 20), "reason": "x"}),
        "mark_duplicate" => json!({"of": format!("r{}", shape % 4)}),
        _ => json!({"text": "x"}),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nothing panics, versions are gapless, and a second place that takes the same log holds the same register.
    #[test]
    fn any_log_folds_the_same_everywhere(script in prop::collection::vec(anything(), 1..60)) {
        let mut home = Home::new();
        let mut log = Vec::new();
        for (number, (verb, person, shape, seen, record)) in script.into_iter().enumerate() {
            let verb = crate::verbs::VERBS[verb].name;
            let mut event = home.event(PEOPLE[person], verb, &format!("r{record}"), some_fields(verb, shape));
            event.id = EventId::new(format!("p{number}"));
            event.seen = seen;
            let before = home.register.record(&format!("r{record}")).map_or(0, |record| record.version);
            let judgement = home.arrive(event.clone());
            if let Some(version) = judgement.version {
                prop_assert_eq!(version, before + 1);
            }
            log.push(Arc::new(Received { event, judgement }));
        }
        let mut elsewhere = super::home();
        log.into_iter().for_each(|received| elsewhere.take(received));
        let here: Vec<&Record> = home.register.records().collect();
        let there: Vec<&Record> = elsewhere.records().collect();
        prop_assert_eq!(here, there);
    }

    /// Two rival decisions can always be settled, and never leave two in force.
    #[test]
    fn at_most_one_decision_of_a_step_is_new_in_force(first in 1..6u8, second in 1..6u8, keep_second: bool) {
        let mut home = Home::reported("medication");
        let review = |likely: u8| json!({"potential_most_likely": likely, "potential_worst": 5, "likelihood": 2});
        let one = home.event("senior", "review_risk", "r", review(first));
        let other = home.event("deputy", "review_risk", "r", review(second));
        let (one_id, other_id) = (one.id.clone(), other.id.clone());
        prop_assert_eq!(home.arrive(one).result, Outcome::Applied);
        prop_assert_eq!(home.arrive(other).result, Outcome::Conflict);
        prop_assert_eq!(home.record("r").risk().map(|risk| risk.potential_most_likely), Some(first));
        let keep = if keep_second { other_id } else { one_id };
        home.does("manager", "resolve", "r", json!({"step": 2, "keep": keep, "reason": "it fits"}));
        let record = home.record("r");
        prop_assert!(record.conflicts.is_empty());
        prop_assert_eq!(record.decisions.iter().filter(|decision| decision.is_effective()).count(), 1);
        let expected = if keep_second { second } else { first };
        prop_assert_eq!(record.risk().map(|risk| risk.potential_most_likely), Some(expected));
    }
}
