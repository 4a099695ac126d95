//! Sessions: one to a device, over when nobody uses them, over after a working day, never over for a report.

use crate::{
    harness::{House, PASSWORD},
    phone::{Phone, accepted, reason},
};
use serde_json::json;
use sqlx::SqlitePool;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn database(house: &House) -> SqlitePool {
    let file = house.data().join("noticed.db");
    SqlitePool::connect(&format!("sqlite:{}", file.display())).await.expect("the database")
}

/// Start and end of the one session of a device, in microseconds.
async fn times(database: &SqlitePool, phone: &Phone) -> (i64, i64) {
    sqlx::query_as("SELECT started_at, expires_at FROM session WHERE device = ?")
        .bind(&phone.id)
        .fetch_one(database)
        .await
        .expect("one session")
}

async fn shift(database: &SqlitePool, phone: &Phone, start: i64, end: i64) {
    sqlx::query(
        "UPDATE session SET started_at = started_at + ?, expires_at = expires_at + ? WHERE device = ?",
    )
    .bind(start)
    .bind(end)
    .bind(&phone.id)
    .execute(database)
    .await
    .expect("moved");
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_ends_the_one_before() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let before = rita.clone();
    rita.sign_in("rita", PASSWORD).await.expect("signed in");
    assert_ne!(before.cookie, rita.cookie);
    assert_eq!(before.get("/v1/me").await.refused(401), "session_over");
    assert_eq!(rita.get("/v1/me").await.status, 200);
    house.join("sean").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    let of_rita = tablet.clone();
    tablet.sign_in("sean", PASSWORD).await.expect("Sean");
    assert_eq!(of_rita.get("/v1/me").await.refused(401), "session_over", "the next person ends it too");
    assert_eq!(rita.get("/v1/me").await.status, 200, "her phone is another device");
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_after_a_working_day_in_any_case() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    let rita = {
        let mut again = rita;
        again.sign_in("rita", PASSWORD).await.expect("Rita");
        again
    };
    let database = database(&house).await;
    let (start, end) = times(&database, &tablet).await;
    assert_eq!(end - start, 30 * MINUTE, "a tablet that nobody touches");
    let (start, end) = times(&database, &rita).await;
    assert_eq!(end - start, 240 * MINUTE, "a phone of one's own");

    shift(&database, &rita, -100 * MINUTE, -100 * MINUTE).await;
    let (_, aged) = times(&database, &rita).await;
    assert_eq!(rita.get("/v1/me").await.status, 200);
    let (_, end) = times(&database, &rita).await;
    assert!(end - aged > 99 * MINUTE, "its use moves the end on");
    shift(&database, &rita, -600 * MINUTE, -230 * MINUTE).await;
    assert_eq!(rita.get("/v1/me").await.status, 200);
    let (start, end) = times(&database, &rita).await;
    assert_eq!(end, start + 720 * MINUTE, "twelve hours are the most");
    shift(&database, &tablet, -31 * MINUTE, -31 * MINUTE).await;
    assert_eq!(tablet.get("/v1/me").await.refused(401), "session_over");
}

#[tokio::test]
async fn f74_a_session_of_sixty_days_ago_keeps_nobody_from_reporting() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let before = rita.report("r1");
    accepted(&rita.push_one(&before).await);
    shift(&database(&house).await, &rita, -60 * DAY, -60 * DAY).await;
    let after = rita.report("r2");
    accepted(&rita.push_one(&after).await);
    let refused = rita.get("/v1/pull").await;
    assert_eq!(refused.refused(401), "session_over", "only a password, never an order to forget");
    assert!(refused.body["sentence"].as_str().expect("words").contains("Sign in again"));
    rita.sign_in("rita", PASSWORD).await.expect("signed in");
    assert_eq!(rita.pull_all().await.rows.len(), 2);
}

#[tokio::test]
async fn f47_what_was_written_before_a_sign_out_or_the_end_of_every_role_still_arrives() {
    let house = House::open().await;
    let (mut rita, mut sean) = (house.join("rita").await, house.join("sean").await);
    let (of_rita, of_sean) = (rita.report("r1"), sean.report("r2"));
    rita.post("/v1/sign-out", json!({})).await.ok();
    let gone = json!({ "changes": [{ "kind": "staff", "id": "sean", "value": null }] });
    house.boss.post("/v1/directory", gone).await.ok();
    assert_eq!(rita.get("/v1/me").await.refused(401), "session_over");
    assert_eq!(sean.get("/v1/me").await.refused(403), "no_role_now");
    // Neither answer is a receipt, and both entries get one: each was written while its author had a role.
    accepted(&rita.push_one(&of_rita).await);
    accepted(&sean.push_one(&of_sean).await);
    let rows = house.boss.pull_all().await.rows;
    assert_eq!(
        rows.iter().map(|row| row.hash).collect::<Vec<_>>(),
        [Some(of_rita.hash()), Some(of_sean.hash())]
    );
}

#[tokio::test]
async fn f79_a_token_is_void_once_the_server_hears_of_the_sign_out() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let replay = rita.clone();
    // The app tells it with its next contact; until then only whoever holds the device has the token.
    assert_eq!(rita.post("/v1/sign-out", json!({})).await.status, 200);
    for path in ["/v1/me", "/v1/pull", "/v1/directory", "/v1/hints"] {
        assert_eq!(replay.get(path).await.refused(401), "session_over", "{path}");
    }
    assert_eq!(replay.post("/v1/sign-out", json!({})).await.refused(401), "session_over", "told twice");
}

#[tokio::test]
async fn a_person_changes_the_password_with_the_one_of_before_and_is_signed_out_elsewhere() {
    const NEW: &str = "seven blue buckets";
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    let ask = |current: &str, new: &str| json!({ "current": current, "new": new });
    let wrong = rita.post("/v1/password", ask("not this one at all", NEW)).await;
    assert_eq!((wrong.refused(422), wrong.body["field"].as_str()), ("wrong_current", Some("current")));
    let weak = rita.post("/v1/password", ask(PASSWORD, "WillowCare26")).await;
    assert_eq!((weak.refused(422), weak.body["field"].as_str()), ("password_weak", Some("new")));
    assert_eq!(tablet.get("/v1/me").await.status, 200, "nothing was changed");
    let before = rita.clone();
    let changed = rita.post("/v1/password", ask(PASSWORD, NEW)).await;
    rita.enter(changed);
    assert_eq!(rita.get("/v1/me").await.status, 200);
    assert_eq!(before.get("/v1/me").await.refused(401), "session_over", "a new token");
    assert_eq!(tablet.get("/v1/me").await.refused(401), "session_over");
    assert_eq!(tablet.sign_in("rita", PASSWORD).await.expect_err("old").refused(401), "wrong_password");
    tablet.sign_in("rita", NEW).await.expect("the new one");
    for _ in 0..5 {
        assert_eq!(rita.post("/v1/password", ask("a guess of mine", NEW)).await.status, 422);
    }
    assert_eq!(rita.post("/v1/password", ask(NEW, PASSWORD)).await.refused(429), "too_many_tries");
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_it_elsewhere() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let sean = house.join("sean").await;
    let mut tablets = [house.shared_device().await, house.shared_device().await];
    for tablet in &mut tablets {
        tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    }
    let seen = async |phone: &Phone| {
        let list = phone.get("/v1/sessions").await.ok();
        let lines = list["sessions"].as_array().expect("a list").clone();
        lines.iter().map(|line| (line["device"].clone(), line["this"] == true)).collect::<Vec<_>>()
    };
    let here = |phone: &Phone| (json!(phone.id), true);
    let there = |phone: &Phone| (json!(phone.id), false);
    assert_eq!(seen(&rita).await, [here(&rita), there(&tablets[1]), there(&tablets[0])], "the latest first");
    assert_eq!(seen(&sean).await, [here(&sean)], "nobody else's");

    let first = tablets[0].id.clone();
    let one = |password: &str| json!({ "password": password, "device": first });
    let wrong = rita.post("/v1/sessions/end", one("not this one at all")).await;
    assert_eq!((wrong.refused(422), wrong.body["field"].as_str()), ("wrong_current", Some("password")));
    assert_eq!(tablets[0].get("/v1/me").await.status, 200, "nothing was ended");
    rita.post("/v1/sessions/end", one(PASSWORD)).await.ok();
    assert_eq!(tablets[0].get("/v1/me").await.refused(401), "session_over");
    assert_eq!(seen(&rita).await, [here(&rita), there(&tablets[1])]);

    // Another person on the tablet is not touched, by name or by all.
    tablets[0].sign_in("sean", PASSWORD).await.expect("Sean");
    rita.post("/v1/sessions/end", one(PASSWORD)).await.ok();
    rita.post("/v1/sessions/end", json!({ "password": PASSWORD })).await.ok();
    assert_eq!(tablets[1].get("/v1/me").await.refused(401), "session_over");
    assert_eq!(tablets[0].get("/v1/me").await.status, 200);
    assert_eq!(seen(&rita).await, [here(&rita)], "the one that asks stays");
    // Naming oneself ends nothing: that is signing out.
    rita.post("/v1/sessions/end", json!({ "password": PASSWORD, "device": rita.id })).await.ok();
    assert_eq!(rita.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn a_revoked_device_ends_every_session_on_it() {
    let house = House::open().await;
    house.join("rita").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    house.boss.post(&format!("/v1/devices/{}/revoke", tablet.id), json!({})).await.ok();
    assert_eq!(tablet.get("/v1/me").await.refused(401), "session_over");
    let late = tablet.report("r1");
    assert_eq!(reason(&tablet.push_one(&late).await), "device_revoked", "kept apart, not lost");
}
