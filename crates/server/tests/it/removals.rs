//! A device that was removed: what it hears, and what of it still arrives.

use crate::{
    harness::House,
    letters::{letter, nameless},
    phone::{Phone, accepted, reason},
    photos::{is_complete, jpeg, look, named, report_with, upload},
};
use serde_json::{Value, json};
use server::ops::key::signed;
use sync::wipe::{Verdict, WipeOrder};

async fn remove(house: &House, phone: &Phone) {
    house.boss.post(&format!("/v1/devices/{}/revoke", phone.id), json!({})).await.ok();
}

/// The order in an answer, and is it good for this phone and signed by this key?
fn order(body: &Value) -> Option<WipeOrder> {
    WipeOrder::in_answer(&body.to_string())
}

fn is_good(order: &WipeOrder, phone: &Phone, key: &str) -> bool {
    order.judge(&phone.id, phone.epoch, Some(key)) == Verdict::SignedBy(key)
        && signed(key, &order.text(), &order.sig)
}

#[tokio::test]
async fn a_removed_device_is_told_to_forget_beside_each_receipt_and_each_refusal() {
    let house = House::open().await;
    let (mut rita, sean) = (house.join("rita").await, house.join("sean").await);
    let key = rita.get("/v1/me").await.ok()["server_key"].as_str().expect("a key").to_owned();
    assert_eq!(rita.get("/v1/directory").await.ok()["server_key"], key, "for those who joined before");
    let one = rita.report("r1");
    let before = rita.push_raw(&rita.push_request(std::slice::from_ref(&one))).await.ok();
    assert_eq!(order(&before), None, "nobody removed it");
    remove(&house, &rita).await;

    let two = rita.report("r2");
    let receipt = rita.push_raw(&rita.push_request(&[two])).await.ok();
    assert_eq!(receipt["receipts"][0]["reason"], "device_revoked", "kept apart first");
    let told = order(&receipt).expect("an order");
    assert!(is_good(&told, &rita, &key));
    let pull = rita.get("/v1/pull").await;
    assert_eq!(pull.refused(401), "session_over");
    assert_eq!(order(&pull.body), Some(told.clone()), "the same for ever");
    let chain = rita.post("/v1/chain", json!({})).await;
    assert_eq!(chain.refused(403), "device_revoked");
    assert_eq!(order(&chain.body), Some(told.clone()));
    let sign_in = rita.post("/v1/sign-in", rita.sign_in_body("rita", crate::harness::PASSWORD)).await;
    assert_eq!(order(&sign_in.body), Some(told.clone()));

    // Nobody else hears it, and it is good for nobody else.
    assert_eq!(order(&sean.get("/v1/pull").await.body), None);
    let mut stranger = sean.clone();
    stranger.cookie = None;
    assert_eq!(order(&stranger.get("/v1/pull").await.body), None, "only signed out");
    assert!(!is_good(&told, &sean, &key));
    let elsewhere = House::open().await;
    let other_key = elsewhere.boss.get("/v1/me").await.ok()["server_key"].as_str().expect("a key").to_owned();
    assert!(!is_good(&told, &rita, &other_key), "another server did not sign it");
    let forged = WipeOrder { device: sean.id.as_str().into(), epoch: sean.epoch, ..told };
    assert!(!is_good(&forged, &sean, &key), "changed for another phone");
}

#[tokio::test]
async fn a_phone_that_joins_again_is_another_one_and_the_old_order_is_not_for_it() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let key = rita.get("/v1/me").await.ok()["server_key"].as_str().expect("a key").to_owned();
    remove(&house, &rita).await;
    let told = order(&rita.get("/v1/pull").await.body).expect("an order");
    let again = house.join("rita").await;
    assert_eq!(again.get("/v1/pull").await.status, 200);
    assert!(!is_good(&told, &again, &key));
}

#[tokio::test]
async fn the_photos_of_a_removed_device_still_arrive_and_are_proven() {
    let house = House::open().await;
    let (mut rita, sean) = (house.join("rita").await, house.join("sean").await);
    let (full, thumb) = (jpeg(7, 300_000, &[]), jpeg(7, 900, &[]));
    let report = rita.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&rita.push_one(&report).await);
    remove(&house, &rita).await;
    assert!(is_complete(&upload(&rita, &thumb).await));
    assert!(is_complete(&upload(&rita, &full).await));
    assert_eq!(look(&sean, "r1", &full).await.status, 200);
    assert_ne!(look(&rita, "r1", &full).await.status, 200, "it reads nothing");
    let mut forger = sean.clone();
    forger.id.clone_from(&rita.id);
    let other = jpeg(8, 500, &[]);
    assert_eq!(upload(&forger, &other).await.refused(401), "wrong_proof");
}

#[tokio::test]
async fn a_letter_of_a_removed_device_is_kept_apart_for_the_manager_and_changes_nothing() {
    let house = House::open().await;
    let (rita, mara) = (house.join("rita").await, house.join("mara").await);
    remove(&house, &rita).await;
    let body = letter(&rita, "report", "key-1", nameless());
    for _ in 0..2 {
        assert_eq!(rita.post("/v1/anonymous", body.clone()).await.refused(409), "letter_kept_apart");
    }
    assert!(mara.pull_all().await.rows.is_empty());
    let items = mara.get("/v1/attention").await.ok();
    assert_eq!(items["items"].as_array().map(Vec::len), Some(1), "{items}");
    let item = &items["items"][0];
    assert_eq!((&item["reason"], &item["by"]), (&json!("device_revoked"), &json!("anonymous")));
    assert_eq!(item["with"]["error_type"], "wrong_dose", "the manager can read it");
    let rows = house.look().await.rows("SELECT device, bytes FROM quarantine").await;
    let text: String = rows.iter().flatten().flatten().cloned().collect();
    assert!(!text.contains(&rita.id) && !text.contains("rita"), "{text}");
    // What it wrote with its name is kept apart as before.
    let mut named = rita.clone();
    let report = named.report("r2");
    assert_eq!(reason(&named.push_one(&report).await), "device_revoked");
}
