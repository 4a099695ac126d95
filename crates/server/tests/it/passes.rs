//! Somebody from an agency: let in by whoever leads the shift, for some days, to report and for nothing else.

use crate::{
    harness::{House, PASSWORD},
    phone::{Phone, accepted, reason},
};
use chrono::Duration;
use domain::time::{Instant, add_days, london_date, take_days};
use serde_json::{Value, json};
use server::clock::{Clock, real_now};
use std::fs;

fn pass(days: u64, name: &str) -> Value {
    json!({ "site": "elm", "until": add_days(london_date(real_now()), days), "name": name })
}

async fn let_in(house: &House, pass: &Value) -> Phone {
    let code = pass["code"].as_str().expect("a code");
    Phone::enrol(&house.server.url, code, Some(PASSWORD)).await.expect("the code is good")
}

#[tokio::test]
async fn a_senior_lets_somebody_report_and_nothing_else() {
    let mut house = House::open().await;
    let sean = house.join("sean").await;
    let own = house.boss.report("of-the-house");
    accepted(&house.boss.push_one(&own).await);
    let made = sean.post("/v1/passes", pass(1, " Night shift ")).await.ok();
    assert!(made["link"].as_str().expect("a link").contains("/join#"));
    let mut agency = let_in(&house, &made).await;
    assert!(agency.staff.starts_with("agency-"), "{}", agency.staff);
    assert_eq!(agency.get("/v1/me").await.ok()["roles"], json!({ "elm": ["reporter"] }));
    let event = agency.report("of-the-agency");
    accepted(&agency.push_one(&event).await);
    assert_eq!(agency.pull_all().await.rows.len(), 1, "their own report, and nothing of others");
    agency.post("/v1/passes", pass(0, "")).await.refused(403);
    let again = Phone::enrol(&house.server.url, made["code"].as_str().expect("a code"), Some(PASSWORD)).await;
    assert_eq!(again.err().expect("for one use").refused(410), "invite_used");

    let lists = house.boss.get("/v1/directory").await.ok();
    let line = &lists["directory"]["staff"][agency.staff.as_str()];
    let today = london_date(real_now());
    assert_eq!(line["name"], "Night shift");
    assert_eq!((&line["from"], &line["to"]), (&json!(today), &json!(add_days(today, 1))));
    let by = format!(
        "SELECT COUNT(*) FROM directory_change WHERE kind = 'staff' AND id = '{}' AND changed_by = 'sean'",
        agency.staff
    );
    assert_eq!(house.look().await.number(&by).await, 1, "who let them in is kept");
}

#[tokio::test]
async fn a_pass_is_for_a_few_days_at_a_site_of_ones_own() {
    let house = House::open().await;
    let sean = house.join("sean").await;
    sean.post("/v1/passes", pass(6, "")).await.ok();
    for wrong in [pass(7, ""), json!({ "site": "elm", "until": take_days(london_date(real_now()), 1) })] {
        let refused = sean.post("/v1/passes", wrong).await;
        assert_eq!(refused.refused(422), "bad_value");
        assert_eq!(refused.body["field"], "until");
    }
    let long = sean.post("/v1/passes", pass(0, &"x".repeat(500))).await;
    assert_eq!((long.refused(422), &long.body["field"]), ("bad_value", &json!("name")));
    let mut elsewhere = pass(0, "");
    elsewhere["site"] = json!("oak");
    assert_eq!(sean.post("/v1/passes", elsewhere).await.refused(403), "not_of_site");
}

#[tokio::test]
async fn when_the_days_are_over_only_what_was_written_in_them_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = folder.path().join("clock");
    let set = |at: Instant| fs::write(&clock, at.to_rfc3339()).expect("written");
    let then = real_now() - Duration::days(3);
    set(then);
    let house = House::with(|config| config.clock = Clock::of_file(clock.clone())).await;
    let until = json!({ "site": "elm", "until": london_date(then) });
    let made = house.boss.post("/v1/passes", until).await.ok();
    let mut agency = let_in(&house, &made).await;
    agency.get("/v1/me").await.ok();
    set(real_now());
    assert_eq!(agency.get("/v1/me").await.refused(403), "no_role_now");
    let mut in_time = agency.envelope("report", "in-time", crate::phone::medication());
    in_time.recorded_at = then;
    let in_time = agency.seal(&in_time);
    accepted(&agency.push_one(&in_time).await);
    let late = agency.report("late");
    assert_eq!(reason(&agency.push_one(&late).await), "no_role_at_site");
}
