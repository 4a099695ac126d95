//! What was written while somebody had a role, and arrives after it was taken away. Decision 054.

use crate::{
    harness::{House, PASSWORD},
    phone::{Phone, accepted, medication, reason},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use sync::Signed;

/// Written so many minutes from now, by the clock of the phone.
fn write(phone: &mut Phone, verb: &str, record: &str, with: Value, minutes: i64) -> Signed {
    let mut envelope = phone.envelope(verb, record, with);
    envelope.recorded_at += TimeDelta::minutes(minutes);
    phone.seal(&envelope)
}

async fn change(house: &House, id: &str, value: Value) {
    let row = json!({ "kind": "staff", "id": id, "value": value });
    house.boss.post("/v1/directory", json!({ "changes": [row], "password": PASSWORD })).await.ok();
}

async fn value_of(house: &House, id: &str) -> Value {
    house.boss.get("/v1/directory").await.ok()["directory"]["staff"][id].clone()
}

#[tokio::test]
async fn the_last_shift_of_somebody_who_was_retired_arrives() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = write(&mut rita, "report", "r1", medication(), -5);
    let note = write(&mut rita, "add_note", "r1", json!({ "text": "He is well." }), -4);
    let withdrawn = write(&mut rita, "withdraw", "r1", json!({ "reason": "It was another day." }), -3);
    change(&house, "rita", Value::Null).await;
    assert_eq!(rita.get("/v1/pull").await.refused(403), "no_role_now", "and reads nothing from then on");
    let outcomes = rita.push(&[report, note, withdrawn]).await;
    accepted(&outcomes[0]);
    accepted(&outcomes[1]);
    assert_eq!(reason(&outcomes[2]), "role_ended", "a decision of somebody who has left");
    let later = rita.report("r2");
    assert_eq!(reason(&rita.push_one(&later).await), "no_role_at_site", "what was written afterwards");
}

#[tokio::test]
async fn somebody_who_was_moved_to_another_site_had_been_at_the_first() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = write(&mut rita, "report", "r1", medication(), -5);
    let mut value = value_of(&house, "rita").await;
    value["roles"] = json!({ "oak": ["reporter"] });
    change(&house, "rita", value).await;
    accepted(&rita.push_one(&report).await);
    let later = rita.report("r2");
    assert_eq!(reason(&rita.push_one(&later).await), "no_role_at_site");

    // Whoever comes back has what they have now; devices are not told what anybody had.
    let mut value = value_of(&house, "rita").await;
    assert_eq!(value["left"], Value::Null);
    value["roles"] = json!({ "elm": ["reporter"] });
    change(&house, "rita", value).await;
    let again = rita.report("r3");
    accepted(&rita.push_one(&again).await);
}
