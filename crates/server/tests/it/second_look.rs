//! The server's own suggestions beside a decision: kept where they differ, read by whoever sees the record.

use crate::{
    harness::{House, set_up},
    phone::{Phone, accepted, minutes_ago},
    program::Served,
};
use domain::{category, event::Outcome, notification, register::Register, time::Instant, vocabulary::BODY};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Every question of the category answered with no, and what a phone without any alert suggests: nobody.
fn no_to_all(category: &str) -> Value {
    let spec = category::find(category).expect("a category");
    let answers: Map<String, Value> =
        notification::questions_for(spec).map(|question| (question.id.clone(), "n".into())).collect();
    let suggests: Map<String, Value> =
        BODY.codes.iter().map(|body| (body.code.to_owned(), "not_needed".into())).collect();
    json!({
        "answers": answers, "suggests": suggests, "rules": notification::rules().version,
        "outcome": "potential_risk_monitor", "reason": "Watched for now",
    })
}

fn at_place(occurred_at: Instant) -> Value {
    json!({
        "category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface",
        "location": "bathroom", "occurred_at": occurred_at.to_rfc3339(),
    })
}

async fn reviewed(boss: &mut Phone, record: &str, report: Value) {
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    for (verb, with) in [("report", report), ("review_risk", risk)] {
        let event = boss.write(verb, record, with);
        accepted(&boss.push_one(&event).await);
    }
}

async fn decided(boss: &mut Phone, record: &str, with: Value) {
    let event = boss.write("assess_notification", record, with);
    accepted(&boss.push_one(&event).await);
}

/// Through a process of its own, killed and started again: what it kept is read from the disk.
#[tokio::test]
async fn an_alert_that_the_phone_did_not_know_is_kept_beside_the_decision() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let place = json!({ "kind": "place", "id": "bathroom", "value": { "site": "elm", "name": "Bathroom" } });
    boss.post("/v1/directory", json!({ "changes": [place] })).await.ok();
    // Two at the same place are known to the phone; others at the same place came from other people.
    for n in 0..4 {
        let event = boss.write("report", &format!("r{n}"), at_place(minutes_ago(60 + n)));
        accepted(&boss.push_one(&event).await);
    }
    reviewed(&mut boss, "mine", at_place(minutes_ago(5))).await;
    decided(&mut boss, "mine", no_to_all("environment")).await;
    served.kill_hard();
    let again = Served::start_again(folder.path());
    boss.url = again.url.clone();
    let rows = boss.pull_all().await.rows;
    let decision = rows.iter().find(|row| row.event.verb == "assess_notification").expect("the decision");
    assert_eq!(decision.judgement.result, Outcome::Applied);
    let second = decision.judgement.second.as_ref().expect("the server knew of the alert");
    assert_eq!(second.suggests, [("council_safeguarding".to_owned(), "consider".to_owned())].into());
    assert_eq!(second.rows, ["P1"]);
    // The author's own stand; the fold shows the other beside them.
    assert_eq!(decision.event.with["suggests"]["council_safeguarding"], "not_needed");
    let directory = serde_json::from_value(boss.get("/v1/directory").await.ok()["directory"].clone());
    let mut register = Register::new(Arc::new(directory.expect("lists")));
    rows.into_iter().for_each(|row| register.take(Arc::new(row.into())));
    let folded = register.record("mine").and_then(|record| record.notification_decision()).expect("folded");
    assert_eq!(folded.second.as_ref().map(|second| second.suggests.len()), Some(1));
}

#[tokio::test]
async fn a_longer_outage_is_told_and_the_same_view_is_not() {
    let house = House::open().await;
    let mut boss = house.boss.clone();
    reviewed(&mut boss, "alarm", at_place(minutes_ago(10))).await;
    let started = json!({ "what": "fire_alarm", "started_at": minutes_ago(25 * 60).to_rfc3339() });
    let event = boss.write("start_outage", "alarm", started);
    accepted(&boss.push_one(&event).await);
    decided(&mut boss, "alarm", no_to_all("environment")).await;
    reviewed(
        &mut boss,
        "calm",
        json!({ "category": "environment", "happened": "nothing_yet", "hazard": "hoist" }),
    )
    .await;
    decided(&mut boss, "calm", no_to_all("environment")).await;
    let rows = boss.pull_all().await.rows;
    let second = |record: &str| {
        let of = |row: &&sync::wire::PulledRow| {
            row.event.verb == "assess_notification" && row.event.record.as_deref() == Some(record)
        };
        rows.iter().find(of).expect("a decision").judgement.second.clone()
    };
    let alarm = second("alarm").expect("more than 24 hours");
    assert_eq!(alarm.suggests.get("cqc").map(String::as_str), Some("needed"));
    assert!(alarm.rows.contains(&"Q15".to_owned()), "{:?}", alarm.rows);
    assert_eq!(second("calm"), None);
    // Only those who see the record read it.
    let medi = house.join("medi").await;
    let read = medi.pull_all().await.rows;
    assert!(read.iter().all(|row| row.judgement.second.is_none()));
}
