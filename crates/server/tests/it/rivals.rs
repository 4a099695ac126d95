//! Two people write about the same thing without having seen each other: both stay, the same on every device.

use crate::{
    harness::House,
    phone::{Phone, accepted, medication},
};
use domain::event::Outcome;
use serde_json::{Value, json};
use sync::{Signed, wire::PulledRow};

/// As somebody writes who has seen the report and nothing after it.
fn unaware(phone: &mut Phone, verb: &str, with: Value) -> Signed {
    let mut envelope = phone.envelope(verb, "r1", with);
    envelope.seen = 1;
    phone.seal(&envelope)
}

/// The words of each entry of that verb, and what became of it.
fn of(rows: &[PulledRow], verb: &str) -> Vec<(String, Outcome)> {
    let rows = rows.iter().filter(|row| row.event.verb == verb);
    rows.map(|row| (json!(row.event.with).to_string(), row.judgement.result)).collect()
}

#[tokio::test]
async fn f61_two_who_correct_the_same_answer_are_both_in_the_history() {
    let house = House::open().await;
    let (mut rita, mut mara) = (house.join("rita").await, house.join("mara").await);
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    let words = |text: &str| json!({ "changes": { "text": text }, "reason": "More exactly." });
    let (one, other) = (
        unaware(&mut rita, "amend", words("The words of Rita.")),
        unaware(&mut mara, "amend", words("The words of Mara.")),
    );
    accepted(&mara.push_one(&other).await);
    accepted(&rita.push_one(&one).await);
    let (at_rita, at_mara) = (rita.pull_all().await.rows, mara.pull_all().await.rows);
    assert_eq!(at_rita, at_mara);
    let both = of(&at_mara, "amend");
    assert!(both.len() == 2 && both[0].0.contains("Mara") && both[1].0.contains("Rita"), "{both:?}");
    assert!(both.iter().all(|(_, result)| *result == Outcome::Applied), "{both:?}");
    let first = of(&at_mara, "report");
    let original = medication()["text"].as_str().map(str::to_owned).expect("words");
    assert!(first[0].0.contains(&original), "what was told first is never written over");
}

#[tokio::test]
async fn f66_a_conflict_is_the_services_and_the_same_on_every_device() {
    let house = House::open().await;
    let (mut mara, mut dora) = (house.join("mara").await, house.join("dora").await);
    let report = mara.report("r1");
    accepted(&mara.push_one(&report).await);
    let risk = |likelihood: u8, note: &str| json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": likelihood, "note": note });
    let (one, other) = (
        unaware(&mut mara, "review_risk", risk(2, "Of Mara")),
        unaware(&mut dora, "review_risk", risk(4, "Of Dora")),
    );
    accepted(&dora.push_one(&other).await);
    accepted(&mara.push_one(&one).await);
    // Also on a device that was not there, and after the one that lost is wiped.
    let path = format!("/v1/devices/{}/revoke", mara.id);
    house.boss.post(&path, json!({})).await.ok();
    let (at_dora, at_new) = (dora.pull_all().await.rows, house.join("mara").await.pull_all().await.rows);
    assert_eq!(at_dora, at_new);
    let reviews = of(&at_new, "review_risk");
    assert_eq!(
        reviews.iter().map(|(_, result)| *result).collect::<Vec<_>>(),
        [Outcome::Applied, Outcome::Conflict]
    );
    assert!(reviews[0].0.contains("Of Dora") && reviews[1].0.contains("Of Mara"), "{reviews:?}");
}
