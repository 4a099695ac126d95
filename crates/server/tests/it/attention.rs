//! What a registered manager is shown of what arrived and was not folded.

use crate::{
    harness::House,
    phone::{accepted, held, reason},
};
use serde_json::{Value, json};
use server::clock::real_now;

fn count(items: &Value, kind: &str, reason: &str) -> usize {
    let all = items["items"].as_array().expect("items");
    all.iter().filter(|item| item["kind"] == kind && item["reason"] == reason).count()
}

#[tokio::test]
async fn a_flood_of_strangers_hides_nothing_that_a_device_of_the_home_sent() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let review = rita.write("review_risk", "r1", review);
    assert_eq!(reason(&rita.push_one(&review).await), "role_not_allowed");
    let mut other = rita.envelope("add_note", "r1", json!({ "text": "hello" }));
    other.actor = "sean".into();
    let other = rita.seal(&other);
    assert_eq!(reason(&rita.push_one(&other).await), "actor_not_on_device");
    rita.write("add_note", "r1", json!({ "text": "lost" }));
    let waits = rita.write("add_note", "r1", json!({ "text": "waits" }));
    assert!(held(&rita.push_one(&waits).await));

    // Newer than all of these: many from strangers, and as many of another home.
    let mut elsewhere = rita.envelope("report", "r9", json!({}));
    elsewhere.site = "oak".into();
    let elsewhere = elsewhere.seal().expect("it fits").bytes;
    let at = real_now().timestamp_micros() + 60_000_000;
    let tenant = &rita.tenant;
    let flood = (0..600_u32).flat_map(|number| {
        [("unknown_device", "no event"), ("malformed", elsewhere.as_str())].map(|(reason, bytes)| {
            let hash = house.bytes(&format!("{number:064x}"));
            format!("('{tenant}', {hash}, '{reason}', 'x', '{bytes}', '', {at}, 0)")
        })
    });
    let rows = flood.collect::<Vec<_>>().join(", ");
    let columns = "tenant, hash, reason, device, bytes, sig, received_at, offset_ms";
    house.look().await.change(&format!("INSERT INTO quarantine ({columns}) VALUES {rows}")).await;
    let items = house.join("mara").await.get("/v1/attention").await.ok();
    assert_eq!(count(&items, "set_aside", "role_not_allowed"), 1);
    assert_eq!(count(&items, "held", "waits"), 1);
    assert_eq!(count(&items, "quarantined", "actor_not_on_device"), 1);
    assert_eq!(count(&items, "quarantined", "malformed"), 0, "those are of another home");
    assert_eq!(count(&items, "quarantined", "unknown_device"), 499, "strangers fill what is left");
}
