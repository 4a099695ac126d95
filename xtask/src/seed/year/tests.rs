//! What somebody who reads the year may count on: as a manager, an inspector or a commissioner would.

use crate::seed::{LongStory, Options, SEED, YEAR_DAYS, YEAR_RECORDS, play::Play, rehearsal};
use domain::{
    event::Event,
    pathway,
    patterns::State,
    record::{DecisionBody, Kind, Notification, OutcomeReview, Record},
    time::london_date,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The year as it is written by `cargo xtask seed --year`, but for the server.
static YEAR: LazyLock<Play> = LazyLock::new(|| {
    let long = LongStory { records: YEAR_RECORDS, site: None };
    let options = Options { seed: SEED, ..Options::of_year("".into(), long, YEAR_DAYS) };
    rehearsal::rehearsed(&options, rehearsal::end())
});

fn site_events(verb: &str) -> impl Iterator<Item = &'static Event> {
    let events = YEAR.register.site_events();
    events.map(|received| &received.event).filter(move |event| event.verb == verb)
}

fn results(record: &Record) -> impl Iterator<Item = &OutcomeReview> {
    record.decisions.iter().filter_map(|decision| match &decision.body {
        DecisionBody::Outcome(result) => Some(result),
        _ => None,
    })
}

fn notifications() -> impl Iterator<Item = (&'static Record, &'static Notification)> {
    let of = |record: &'static Record| {
        record.decisions.iter().filter_map(move |decision| match &decision.body {
            DecisionBody::Notification(said) => Some((record, said)),
            _ => None,
        })
    };
    YEAR.register.records().flat_map(of)
}

#[test]
fn each_site_tells_stories_of_what_got_better_and_one_is_taken_down() {
    let shared: Vec<&Event> = site_events("share_story").collect();
    assert!((6..=12).contains(&shared.len()), "{} stories", shared.len());
    assert_eq!(site_events("unshare_story").count(), 1);
    for site in YEAR.cast.sites() {
        assert!(YEAR.register.stories(&site).count() >= 2, "{site}");
    }
    for event in &shared {
        let record = event.text("record").and_then(|id| YEAR.register.record(id)).expect("its record");
        assert!(
            results(record).any(|result| result.value.count * 2.0 <= result.baseline.count),
            "{}",
            record.id
        );
        assert!(!event.text("different").expect("a text").contains('{'));
    }
    let words: BTreeSet<_> = shared.iter().map(|event| event.text("changed")).collect();
    assert_eq!(words.len(), shared.len(), "no two say the same");
    assert!(shared.iter().any(|event| event.text("credit").is_some()), "some reporters are named");
}

#[test]
fn most_alerts_are_settled_and_what_is_open_is_new() {
    let (mut open, mut new) = (0, 0);
    for site in YEAR.cast.sites() {
        let alerts = YEAR.register.alerts(&site).filter(|alert| alert.state(rehearsal::end()) == State::Open);
        let ages: Vec<i64> = alerts.map(|alert| (rehearsal::end() - alert.raised_at).num_days()).collect();
        // One report of something that goes on and on may raise twenty at once.
        assert!((3..=40).contains(&ages.len()), "{site}: {} are open", ages.len());
        open += ages.len();
        new += ages.iter().filter(|days| **days <= 28).count();
    }
    assert!((20..=70).contains(&open), "{open} are open");
    assert!(new * 10 >= open * 6 && new < open, "{new} of {open} are new");
    let reasons: BTreeSet<_> = site_events("dismiss_alert").map(|event| event.text("reason")).collect();
    assert!(reasons.len() >= 20, "{} reasons", reasons.len());
    assert!(site_events("snooze_alert").next().is_some());
}

#[test]
fn that_it_lasted_is_said_after_ninety_days_and_never_against_the_counts() {
    let mut closed = (0, 0);
    let mut verdicts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for record in YEAR.register.records() {
        for result in results(record) {
            *verdicts.entry((result.review.as_str(), result.verdict.as_str())).or_default() += 1;
            let better = matches!(result.verdict.as_str(), "improved" | "sustained");
            assert_eq!(better, result.value.count < result.baseline.count, "{}", record.id);
            assert!(!result.evidence.is_empty());
        }
        if record.state == pathway::State::Closed {
            closed.0 += 1;
            closed.1 += usize::from(results(record).any(|result| result.review == "90d"));
        }
    }
    assert!(!verdicts.contains_key(&("28d", "sustained")) && !verdicts.contains_key(&("90d", "improved")));
    assert!(closed.1 * 100 >= closed.0 * 15 && closed.1 * 100 <= closed.0 * 35, "{closed:?}");
    for seen in [("28d", "no_change"), ("28d", "worse"), ("90d", "sustained"), ("90d", "no_change")] {
        assert!(verdicts.contains_key(&seen), "{seen:?} of {verdicts:?}");
    }
}

#[test]
fn a_decision_gives_a_reason_that_its_facts_bear_out() {
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for (record, notification) in notifications() {
        all += 1;
        *said.entry(notification.reason.as_str()).or_default() += 1;
        let says = |words: &str| notification.reason.to_lowercase().contains(words);
        assert!(!notification.reason.is_empty() && !says("{"), "{}", notification.reason);
        if matches!(record.kind, Kind::Incident | Kind::NoHarmIncident) {
            assert!(!says("stopped") && !says("nothing reached"), "{}", notification.reason);
        }
        if notification.outcome == "notify_now" {
            assert!(says("told") || says("hears") || says("tell") || says("goes"), "{}", notification.reason);
            assert!(!says("nobody needs to be told"), "{}", notification.reason);
        }
    }
    let most = said.values().max().copied().unwrap_or_default();
    assert!(
        said.len() > 100 && most * 100 < all * 8,
        "{} reasons, one of them {most} of {all} times",
        said.len()
    );
    let told: BTreeSet<&str> = notifications()
        .flat_map(|(_, notification)| &notification.bodies)
        .filter(|(_, body)| body.needed)
        .map(|(body, _)| body.as_str())
        .collect();
    for body in ["cd_accountable_officer", "commissioner", "council_safeguarding", "cqc"] {
        assert!(told.contains(body), "{body} is never told");
    }
}

#[test]
fn a_gap_in_a_record_is_no_danger_to_life_and_insulin_may_be() {
    let worst = |fits: fn(&Record) -> bool| {
        let fitting = YEAR.register.records().filter(move |record| fits(record));
        fitting.filter_map(|record| record.risk()).map(|risk| risk.potential_worst).max()
    };
    let is_plain_gap = |record: &Record| {
        record.facts.subtype() == Some("mar_gap")
            && !record.facts.has("risk_group")
            && record.conflicts.is_empty()
            && record.decisions.iter().filter(|decision| decision.step == 2).count() == 1
    };
    assert_eq!(worst(is_plain_gap), Some(3));
    assert_eq!(worst(|record| record.facts.code("risk_group") == Some("insulin")), Some(5));
}

#[test]
fn what_shows_an_action_goes_with_the_thing() {
    for record in YEAR.register.records() {
        let evidence =
            record.actions.iter().filter_map(|action| action.done.as_ref()).flat_map(|done| &done.evidence);
        for code in evidence {
            let foreign = match record.facts.category() {
                "environment" => ["mar_chart", "medication_audit", "support_plan", "behaviour_log"],
                "medication" => ["maintenance_log", "support_plan", "behaviour_log", "feedback_family"],
                _ => ["mar_chart", "medication_audit", "maintenance_log", "photo_document"],
            };
            assert!(!foreign.contains(&code.as_str()), "{} by {code}", record.facts.category());
        }
    }
}

#[test]
fn the_council_and_the_contract_are_examples_and_hold_at_each_site() {
    let directory = YEAR.register.directory();
    for site in YEAR.cast.sites() {
        let council = directory.council_of(&site).expect("a council");
        assert!(council.name.contains("(example)") && council.text.starts_with("EXAMPLE ONLY."));
        let today = london_date(rehearsal::end());
        let contract = directory.contracts_of(&site, today).next().expect("a contract");
        assert!(contract.name.contains("(example)") && contract.tell.starts_with("EXAMPLE ONLY."));
        assert_eq!(directory.settings(&site).contract_hours, contract.hours);
    }
}
