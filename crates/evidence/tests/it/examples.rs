//! Which records are told all the way through: the best of what was caught, and one that did not last, named as such.

use crate::life::{HOMES, Life, SECRET, at, event, request, staff_of};
use chrono::Duration;
use domain::{
    category::CATEGORIES,
    learning,
    record::{Kind, Record},
};
use evidence::{PackKind, Request, examples_of, html};
use serde_json::{Value, json};

fn picked<'a>(life: &'a Life, request: &Request) -> Vec<&'a Record> {
    let ids = examples_of(&life.register, request);
    ids.iter().map(|id| life.register.record(id).expect("a record of the register")).collect()
}

fn is_near(record: &Record) -> bool {
    matches!(record.kind, Kind::Hazard | Kind::NearMiss)
}

fn is_whole(record: &Record) -> bool {
    let done = record.actions.iter().any(|action| action.done.is_some());
    record.notification().is_some() && done && record.outcome().is_some() && !record.told.is_empty()
}

#[test]
fn an_example_is_a_near_miss_that_went_the_whole_way_and_lasted() {
    let life = Life::of(150);
    let request = request(PackKind::Inspector);
    let picked = picked(&life, &request);
    for (record, spec) in picked.iter().zip(CATEGORIES) {
        assert_eq!(record.facts.category(), spec.id);
        assert!(is_near(record) && is_whole(record), "{}", record.id);
        assert!(learning::is_better(record, &life.register), "{} came back", record.id);
        let as_good = life.register.records().filter(|other| {
            other.facts.category() == spec.id
                && is_near(other)
                && is_whole(other)
                && learning::is_better(other, &life.register)
        });
        let highest = as_good.map(Record::band).max().flatten();
        assert_eq!(record.band(), highest, "{}: the higher risk tells more", spec.id);
    }
}

#[test]
fn what_reached_somebody_stands_behind_a_near_miss_however_far_it_went() {
    let life = Life::of(150);
    let mut request = request(PackKind::Inspector);
    // The newest near miss has not gone the whole way yet; incidents of the same days may have.
    for back in 0..60 {
        request.from = request.to - Duration::days(back);
        for record in picked(&life, &request).into_iter().take(1) {
            let category = record.facts.category();
            let mut others = life.register.records().filter(|other| {
                other.facts.category() == category && other.facts.occurred_on() >= request.from
            });
            let has_near = others.any(|other| is_near(other) && other.is_in_play());
            assert!(is_near(record) || !has_near, "{back} days: {}", record.id);
        }
    }
}

#[test]
fn a_record_of_which_the_reporter_has_heard_nothing_waits_behind_one_that_is_done() {
    let mut life = Life::of(150);
    let when = at("2026-09-05T10:00+01:00");
    let home = HOMES[0];
    let mut tell = |verb: &str, role: &str, minutes: i64, with: Value| {
        let moment = when + Duration::minutes(minutes);
        life.arrive(
            event(&format!("new-{minutes}"), verb, home, "new", &staff_of(role, home), moment, with),
            moment,
        );
    };
    tell(
        "report",
        "reporter",
        0,
        json!({"category": "behaviour", "happened": "something_happened", "reached": "no",
        "hands_on": "no", "behaviour_type": "shouting_or_threats", "triggers": ["toilet"], "people": [format!("P-{home}-1")], "outcome": "settled_with_support", "concern": "fairly",
        "identity": "named", "text": SECRET, "location": format!("{home}-lounge")}),
    );
    let risk =
        json!({"potential_most_likely": 5, "potential_worst": 5, "likelihood": 5, "confirms_near_miss": "y"});
    tell("review_risk", "shift_lead", 60, risk);
    tell("assess_notification", "registered_manager", 120, json!({}));
    let action = json!({"text": SECRET, "owner": staff_of("behaviour_lead", home), "due": "2026-09-12",
        "strength": "stronger", "kind": "preventive"});
    tell("plan_action", "behaviour_lead", 180, action);
    tell("complete_action", "behaviour_lead", 240, json!({"action": "new-180", "evidence": ["audit"]}));
    tell("verify_action", "senior", 300, json!({"action": "new-180", "result": "fixed"}));
    let plan = json!({"section": SECRET, "changed": "2026-09-05", "person_involved": true});
    tell("finish_actions", "behaviour_lead", 360, json!({"factors": ["task"], "plan": plan}));
    let result = json!({"measure": SECRET, "baseline": {"count": 4, "per": 30, "unit": "days"},
        "value": {"count": 1, "per": 30, "unit": "days"}, "review": "28d", "verdict": "improved",
        "evidence": ["audit", "feedback_staff"]});
    tell("record_outcome", "deputy_manager", 40_000, result);
    let new = life.register.record("new").expect("known");
    assert!(learning::is_better(new, &life.register) && new.told.is_empty());
    let picked = picked(&life, &request(PackKind::Inspector));
    assert!(
        picked.iter().all(|record| *record.id != *"new"),
        "extreme, better, and nobody told the reporter"
    );
}

#[test]
fn one_that_came_back_is_told_last_and_named_as_such() {
    let life = Life::of(150);
    let request = request(PackKind::Inspector);
    let picked = picked(&life, &request);
    let came_back = |record: &Record| !learning::came_back(record, &life.register).is_empty();
    let (last, before) = picked.split_last().expect("examples");
    assert!(came_back(last) && !before.iter().any(|record| came_back(record)));
    let page = html(&life.register, &request, None);
    assert_eq!(page.matches("One that did not last: ").count(), 1, "the way in says which one it is");
    let way_in = page.find("One that did not last: ").expect("named");
    let first = page.find("href=\"#story-").expect("examples");
    assert!(first < way_in, "it is never the first");
}

#[test]
fn a_pack_of_counts_or_about_one_person_has_no_examples() {
    let life = Life::of(40);
    for kind in [PackKind::Commissioner, PackKind::AboutOnePerson] {
        assert_eq!(examples_of(&life.register, &request(kind)), Vec::new());
    }
}
