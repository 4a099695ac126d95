//! Of what leads on, written on a device of several people, it is said when its author was not signed in there.

use crate::{
    harness::{House, PASSWORD},
    phone::{Phone, all_accepted},
};
use serde_json::json;
use sync::Signed;

/// A review in the name of Mara, written on any device.
fn review(tablet: &mut Phone, record: &str) -> Signed {
    let with = json!({ "potential_most_likely": 2, "potential_worst": 3, "likelihood": 2 });
    let mut envelope = tablet.envelope("review_risk", record, with);
    envelope.actor = "mara".into();
    envelope.seen = 1;
    tablet.seal(&envelope)
}

async fn away(boss: &Phone) -> Vec<(String, bool)> {
    let rows = boss.pull_all().await.rows;
    rows.into_iter().map(|row| (row.event.verb.clone(), row.judgement.author_away)).collect()
}

#[tokio::test]
async fn a_review_in_the_name_of_somebody_who_is_not_signed_in_is_kept_and_said_to_be_so() {
    let house = House::open().await;
    house.join("mara").await;
    let mut rita = house.join("rita").await;
    let reports = ["r1", "r2", "r3"].map(|record| rita.report(record));
    all_accepted(&rita.push(&reports).await);
    let mut tablet = house.shared_device().await;
    tablet.sign_in("mara", PASSWORD).await.expect("she signs in");
    let alone = review(&mut tablet, "r1");
    all_accepted(&tablet.push(&[alone]).await);
    tablet.post("/v1/sign-out", json!({})).await.ok();
    tablet.sign_in("rita", PASSWORD).await.expect("then Rita");
    // Rita has the device, and with it its key.
    let forged = review(&mut tablet, "r2");
    all_accepted(&tablet.push(&[forged]).await);
    let own = tablet.report("r4");
    all_accepted(&tablet.push(&[own]).await);
    tablet.sign_in("mara", PASSWORD).await.expect("Mara is back");
    let hers = review(&mut tablet, "r3");
    all_accepted(&tablet.push(&[hers]).await);
    let told: Vec<bool> = away(&house.boss)
        .await
        .into_iter()
        .filter(|(verb, _)| verb == "review_risk")
        .map(|(_, away)| away)
        .collect();
    assert_eq!(told, [false, true, false]);
    assert!(away(&house.boss).await.iter().filter(|(verb, _)| verb == "report").all(|(_, away)| !away));
}
