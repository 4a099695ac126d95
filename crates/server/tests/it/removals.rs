//! A device that was removed: what it hears, and what of it still arrives.

use crate::{
    ground,
    harness::House,
    letters::{letter, nameless},
    phone::{Phone, accepted, reason},
    photos::{is_complete, jpeg, look, named, report_with, upload},
};
use serde_json::{Value, json};
use server::ops::key::signed;
use sync::{
    wipe::{Verdict, WipeOrder},
    wire::PushOutcome,
};

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
async fn f74_a_phone_that_joins_again_is_another_one_and_the_old_order_is_not_for_it() {
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
    assert_eq!((&item["reason"], &item["by"]), (&json!("in_confidence"), &json!("anonymous")));
    assert_eq!(item["with"]["error_type"], "wrong_dose", "the manager can read it");
    let rows = house.look().await.rows("SELECT device, bytes FROM quarantine").await;
    let text: String = rows.iter().flatten().flatten().cloned().collect();
    assert!(!text.contains(&rita.id) && !text.contains("rita"), "{text}");
    // What it wrote with its name is kept apart as before.
    let mut named = rita.clone();
    let report = named.report("r2");
    assert_eq!(reason(&named.push_one(&report).await), "device_revoked");
}

/// As if so many entries of a device were kept apart already, each of one character, and `last` of so many.
async fn fill(house: &House, device: &str, count: u32, last: u32) {
    let columns = "tenant, hash, reason, device, bytes, sig, received_at, offset_ms";
    let long = if ground::is_postgres() {
        format!("repeat('x', {last})")
    } else {
        format!("replace(hex(zeroblob({last})), '00', 'x')")
    };
    let row = |n: u32| {
        let (hash, bytes) = (house.bytes(&format!("{n:064x}")), if n == 0 { &long } else { "'x'" });
        format!("('{}', {hash}, 'device_revoked', '{device}', {bytes}, '', 0, 0)", house.boss.tenant)
    };
    let rows = (0..count).map(row).collect::<Vec<_>>().join(", ");
    house.look().await.change(&format!("INSERT INTO quarantine ({columns}) VALUES {rows}")).await;
}

fn waits(outcome: &PushOutcome) -> bool {
    matches!(outcome, PushOutcome::Retry { after_s: 3600 })
}

#[tokio::test]
async fn a_removed_phone_sends_its_backlog_and_cannot_fill_the_disk() {
    let house = House::open().await;
    let (mut rita, mut sean) = (house.join("rita").await, house.join("sean").await);
    let before = rita.report("r0");
    accepted(&rita.push_one(&before).await);
    remove(&house, &rita).await;
    fill(&house, &rita.id, 4_998, 1).await;
    let events = [rita.report("r1"), rita.report("r2"), rita.report("r3"), rita.report("r4")];
    let outcomes = rita.push(&events).await;
    assert_eq!([reason(&outcomes[0]), reason(&outcomes[1])], ["device_revoked"; 2], "all that it may have");
    assert!(waits(&outcomes[2]) && waits(&outcomes[3]), "{outcomes:?}");
    // Its receipts were lost: what is here already gets them again, or the phone could never forget.
    let again = rita.push(&[before, events[1].clone(), events[2].clone()]).await;
    assert!(matches!(again[0], PushOutcome::Duplicate { .. }), "{again:?}");
    assert_eq!(reason(&again[1]), "device_revoked");
    assert!(waits(&again[2]), "{again:?}");
    // Nobody else has to wait for that.
    let report = sean.report("r5");
    accepted(&sean.push_one(&report).await);
}

#[tokio::test]
async fn long_entries_of_a_removed_phone_end_sooner_and_what_others_send_in_its_name_does_not_count() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    remove(&house, &rita).await;
    fill(&house, &rita.id, 1, 49_999_999).await;
    let look = house.look().await;
    look.change("UPDATE quarantine SET reason = 'bad_signature'").await;
    let one = rita.report("r1");
    assert_eq!(reason(&rita.push_one(&one).await), "device_revoked");
    look.change("UPDATE quarantine SET reason = 'device_revoked'").await;
    let two = rita.report("r2");
    assert!(waits(&rita.push_one(&two).await));
}

#[tokio::test]
async fn letters_of_removed_devices_share_what_one_device_may_have() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    remove(&house, &rita).await;
    let here = letter(&rita, "report", "key-1", nameless());
    assert_eq!(rita.post("/v1/anonymous", here.clone()).await.refused(409), "letter_kept_apart");
    fill(&house, "anonymous", 5_000, 1).await;
    let full = rita.post("/v1/anonymous", letter(&rita, "report", "key-2", nameless())).await;
    assert_eq!(
        (full.refused(429), &full.headers["retry-after"]),
        ("too_many_tries", &"3600".parse().expect("a number"))
    );
    assert!(full.body["sentence"].as_str().expect("words").contains("stays on the device"));
    assert_eq!(rita.post("/v1/anonymous", here).await.refused(409), "letter_kept_apart", "here before");
}
