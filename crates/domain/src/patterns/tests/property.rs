//! Any log: the indexed rules say what the naive ones say, and extra looks at the clock change nothing.

use super::{
    naive::{Naive, Simple, by_name},
    *,
};
use crate::{pathway, patterns::Rule};
use chrono::Duration;
use proptest::prelude::*;

/// One thing that happens: what, to which record, in which shape, after how many hours, how many hours late.
type Step = (u8, u8, u32, u16, u16);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..14u8, 0..10u8, any::<u32>(), 0..40u16, 0..60u16), 1..90)
}

/// Plays the steps; what does not fit is set aside, as a server would.
fn play(steps: &[Step], mut each: impl FnMut(&Register, &Received)) -> Home {
    let mut home = Home::new();
    let mut now = noon("2026-03-20");
    for (kind, record, shape, hours, late) in steps {
        now += Duration::hours(i64::from(*hours));
        let record = format!("r{record}");
        let (verb, record, with) = what(&home, *kind, &record, *shape, now);
        let late = if shape.is_multiple_of(5) { i64::from(*late) * 5 } else { 0 };
        let event = home.event("boss", now - Duration::hours(late), verb, &record, with);
        home.arrives(event, now);
        if let Some(received) = home.log.last() {
            each(&home.register, received);
        }
    }
    home
}

fn what(home: &Home, kind: u8, record: &str, shape: u32, now: Instant) -> (&'static str, String, Value) {
    let pick = |of: &[&'static str], by: u32| pick(of, shape / by);
    let id = record.to_owned();
    let known = home.register.record(record);
    match kind {
        0..=3 if known.is_none() => ("report", id, some_report(shape, now)),
        0..=5 => match known.map(|record| record.state) {
            None => ("report", id, some_report(shape, now)),
            Some(pathway::State::AwaitingRiskReview) => {
                let mut review = risk(1 + (shape % 5) as u8, 1 + (shape / 5 % 5) as u8);
                review["factors"] = json!([pick(&["task", "team"], 25)]);
                ("review_risk", id, review)
            }
            Some(pathway::State::AwaitingNotificationDecision) => {
                ("assess_notification", id.clone(), no_to_all(home.record(&id)))
            }
            Some(pathway::State::AwaitingAction) if shape.is_multiple_of(3) => {
                let due = time_date(now + Duration::days(i64::from(shape / 3 % 5)));
                ("plan_action", id, json!({"text": "x", "owner": "boss", "due": due, "strength": "weaker"}))
            }
            Some(pathway::State::AwaitingAction) => {
                let open =
                    known.and_then(|record| record.actions.iter().find(|action| action.done.is_none()));
                match open {
                    Some(action) => ("complete_action", id, json!({"action": action.id})),
                    None => (
                        "no_action_needed",
                        id,
                        json!({"reason": "x", "factors": [pick(&["task", "team"], 2)]}),
                    ),
                }
            }
            Some(pathway::State::AwaitingOutcome) if shape.is_multiple_of(2) => {
                let count = json!({"count": 1});
                let verdict = json!({"measure": "m", "baseline": count, "value": count, "review": "28d", "verdict": pick(&["worse", "too_early"], 2)});
                ("record_outcome", id, verdict)
            }
            Some(pathway::State::AwaitingOutcome) => {
                ("close", id, json!({"reason": "x", "weak_reason": "x"}))
            }
            Some(pathway::State::Returned) => ("resubmit", id, json!({"text": "x"})),
            Some(_) => ("reopen", id, json!({"reason": "x"})),
        },
        6 => ("amend", id, json!({"reason": "x", "changes": some_changes(shape, now)})),
        7 => ("withdraw", id, json!({"reason": "x"})),
        8 => ("add_note", id, json!({"text": "x"})),
        9 => ("mark_duplicate", id, json!({"of": pick(&["r0", "r1", "r2", "r3"], 1)})),
        10 => (
            "start_outage",
            id,
            json!({"what": "fire_alarm", "started_at": now - Duration::hours(i64::from(shape % 30))}),
        ),
        11 => {
            let outage = known.and_then(|record| record.outages.last()).map(|outage| outage.id.clone());
            ("end_outage", id, json!({"outage": outage, "ended_at": now}))
        }
        _ => {
            let names: Vec<String> = home.register.alerts("meadow").map(Alert::name).collect();
            let alert = names.get(shape as usize % names.len().max(1)).cloned();
            match shape / 64 % 3 {
                0 => {
                    ("snooze_alert", String::new(), json!({"alert": alert, "until": now + Duration::days(3)}))
                }
                _ => ("dismiss_alert", String::new(), json!({"alert": alert, "reason": "x"})),
            }
        }
    }
}

fn pick(of: &[&'static str], shape: u32) -> &'static str {
    of[shape as usize % of.len()]
}

fn time_date(now: Instant) -> String {
    crate::time::london_date(now).to_string()
}

fn some_report(shape: u32, now: Instant) -> Value {
    let mut with = report(pick(&["medication", "environment", "behaviour"], shape), json!({}));
    let own = match shape % 3 {
        0 => json!({"risk_group": pick(&["lithium", "insulin", "other"], shape / 3)}),
        1 if (shape / 3).is_multiple_of(2) => json!({"asset": pick(&["H-1", "H-2"], shape / 6)}),
        1 => json!({}),
        _ => json!({"hands_on": pick(&["yes", "no"], shape / 3), "triggers": ["noise", "unknown"]}),
    };
    for (name, value) in own
        .as_object()
        .into_iter()
        .flatten()
        .chain(some_changes(shape / 9, now).as_object().into_iter().flatten())
    {
        with[name] = value.clone();
    }
    with
}

fn some_changes(shape: u32, now: Instant) -> Value {
    let ago = Duration::hours(i64::from(shape / 7 % 1200));
    let all = json!({
        "location": pick(&["hall", "stairs"], shape),
        "people": [pick(&["R-1", "R-2"], shape / 2)],
        "occurred_at": now - ago,
        "caught_by": pick(&["chance", "colleague"], shape / 4),
    });
    let fields = all.as_object().cloned().unwrap_or_default().into_iter().enumerate();
    let kept = fields.filter(|(place, _)| ((shape / 8400) >> place) & 1 == 1).map(|(_, field)| field);
    Value::Object(kept.collect())
}

fn simple(alert: &Alert) -> Simple {
    Simple {
        name: alert.name(),
        records: alert.records().cloned().collect(),
        raised_at: alert.raised_at,
        settled: alert.is_settled(),
    }
}

/// Raised by events alone; a repair can also be late by its date, so it is compared apart.
fn is_by_events(alert: &Alert) -> bool {
    !matches!(
        alert.rule,
        Rule::DelayedRepair | Rule::LackOfImprovement | Rule::AuditFinding | Rule::Silence | Rule::Outage24h
    )
}

fn alerts_of(register: &Register) -> Vec<Alert> {
    register.alerts("meadow").cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn indexed_rules_say_what_the_model_words(steps in steps()) {
        let mut naive = Naive::default();
        let home = play(&steps, |register, received| naive.take(register, received));
        let expected = by_name(naive.alerts.into_iter().filter(|alert| !alert.name.starts_with("delayed_repair")));
        let got = by_name(home.register.alerts("meadow").filter(|alert| is_by_events(alert)).map(simple));
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn a_repair_asked_for_again_is_found_as_the_model_words_it(steps in steps()) {
        let mut naive = Naive::default();
        // Without planned actions no date can make a repair late.
        let steps: Vec<Step> = steps.into_iter().map(|(kind, record, shape, hours, late)| {
            let shape = if kind < 6 { shape / 9 * 9 + 1 } else { shape };
            (kind, record, shape, hours, late)
        }).collect();
        let home = play(&steps, |register, received| naive.take(register, received));
        let of_repairs = |alert: &Simple| alert.name.starts_with("delayed_repair");
        let expected = by_name(naive.alerts.into_iter().filter(of_repairs));
        let got = by_name(home.register.alerts("meadow").map(simple).filter(of_repairs));
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn what_waits_for_somebody_who_asks_comes_to_the_same(steps in steps(), asks in any::<u64>()) {
        let home = play(&steps, |_, _| {});
        let lists = home.register.shared_directory();
        let [mut always, mut never, mut sometimes] = [(); 3].map(|()| Register::new(lists.clone()));
        for (place, received) in home.log.iter().enumerate() {
            for register in [&mut always, &mut never, &mut sometimes] {
                register.take(received.clone());
            }
            alerts_of(&always);
            if asks >> (place % 64) & 1 == 1 {
                alerts_of(&sometimes);
            }
        }
        prop_assert_eq!(alerts_of(&never), alerts_of(&always));
        prop_assert_eq!(alerts_of(&sometimes), alerts_of(&always));
        let last = home.log.last().map(|received| received.judgement.received_at);
        let end = last.unwrap_or_default() + Duration::days(400);
        [&mut always, &mut never, &mut sometimes].into_iter().for_each(|register| register.settle(end));
        let records = |register: &Register| register.records().cloned().collect::<Vec<_>>();
        prop_assert_eq!(alerts_of(&never), alerts_of(&always));
        prop_assert_eq!(records(&never), records(&always));
        prop_assert_eq!(records(&sometimes), records(&always));
    }

    #[test]
    fn extra_looks_at_the_clock_change_nothing(steps in steps(), looks in prop::collection::vec(0..2000u32, 0..40)) {
        let home = play(&steps, |_, _| {});
        let mut other = Register::new(home.register.shared_directory());
        let mut looks = looks.into_iter();
        let mut last: Option<Instant> = None;
        for received in &home.log {
            let next = received.judgement.received_at;
            if let Some(last) = last.filter(|last| *last < next) {
                // Any moment after one contact and before the next.
                let between = (next - last).num_minutes();
                for look in looks.by_ref().take(2) {
                    other.settle(last + Duration::minutes(i64::from(look).rem_euclid(between.max(1))));
                }
            }
            other.take(received.clone());
            last = Some(next);
        }
        let end = last.unwrap_or_default() + Duration::days(400);
        let mut here = home.register;
        here.settle(end);
        other.settle(end);
        prop_assert_eq!(alerts_of(&here), alerts_of(&other));
        prop_assert_eq!(here.records().collect::<Vec<_>>(), other.records().collect::<Vec<_>>());
    }
}
