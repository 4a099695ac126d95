//! A device finds out whether it still has all that it was given: the server's digest is that of a new device.

use crate::{
    harness::{Answer, House},
    phone::{Phone, accepted, all_accepted, environment},
};
use serde_json::json;
use sync::{
    digest::{Digest, DigestReply, MISSED, read},
    pull::Cursor,
    wire::{CONTENT_TYPE, PullReply, PulledRow, ServerHead},
};

fn kept(rows: &[PulledRow], upto: u64) -> Digest {
    let mut digest = Digest::default();
    digest.add_page(&serde_json::to_string(rows).expect("JSON"), upto);
    digest
}

async fn ask(phone: &Phone, upto: u64, scope: &str) -> Answer {
    phone.get(&format!("/v1/pull/digest?upto={upto}&scope={scope}&ask=ask-1")).await
}

async fn given(phone: &Phone, upto: u64, scope: &str) -> Option<Digest> {
    let reply: DigestReply = serde_json::from_value(ask(phone, upto, scope).await.ok()).expect("a reply");
    reply.given
}

/// A few people of different sight, and what they see.
async fn scene() -> (House, Phone, Vec<Phone>) {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut lena = house.join("lena").await;
    let early = lena.write("add_note", "nowhere", json!({ "text": "About a record that nobody knows" }));
    lena.push_one(&early).await;
    let mut sealed = environment();
    sealed["identity"] = json!("confidential");
    let events = [
        rita.report("r1"),
        rita.write("report", "r2", environment()),
        rita.write("report", "r3", sealed),
        rita.write("add_note", "r1", json!({ "text": "and then" })),
    ];
    all_accepted(&rita.push(&events).await);
    let mut readers = vec![lena];
    for staff in ["medi", "main", "mara", "inga", "cora", "pru", "adam"] {
        readers.push(house.join(staff).await);
    }
    (house, rita, readers)
}

#[tokio::test]
async fn f52_the_digest_is_that_of_a_new_device_at_every_place_for_every_reader() {
    let (_house, rita, readers) = scene().await;
    let mut seen = Vec::new();
    for reader in readers.iter().chain([&rita]) {
        let all: PullReply = reader.pull_all().await;
        seen.push(all.rows.len());
        for upto in 0..=all.next {
            let mine = kept(&all.rows, upto);
            assert_eq!(given(reader, upto, &all.scope).await, Some(mine), "{} at {upto}", reader.staff);
        }
    }
    assert_eq!(seen, [1, 2, 2, 5, 4, 4, 4, 0, 4], "each sees something else");
}

#[tokio::test]
async fn f52_what_a_device_lost_shows_and_what_came_since_does_not() {
    let (_house, mut rita, _) = scene().await;
    let all = rita.pull_all().await;
    let later = rita.report("r4");
    accepted(&rita.push_one(&later).await);
    let theirs = given(&rita, all.next, &all.scope).await.expect("a digest");
    assert_eq!(kept(&all.rows, all.next), theirs, "the cursor is the bound");
    for lost in 0..all.rows.len() {
        let mut rows = all.rows.clone();
        rows.remove(lost);
        assert_ne!(kept(&rows, all.next), theirs);
    }
}

#[tokio::test]
async fn f52_nothing_is_said_about_another_sight_or_rows_that_are_not_there() {
    let (house, _, readers) = scene().await;
    let lena = &readers[0];
    let all = lena.pull_all().await;
    assert_eq!(given(lena, all.next + 1, &all.scope).await, None);
    assert_eq!(given(lena, all.next, "").await, None, "a device that was told nothing yet");
    let roles = json!({ "changes": [{ "kind": "staff", "id": "lena",
        "value": { "name": "Lena", "roles": { "elm": ["shift_lead", "senior"] } } }], "password": crate::harness::PASSWORD });
    house.boss.post("/v1/directory", roles).await.ok();
    assert_eq!(given(lena, all.next, &all.scope).await, None, "the next pull brings what she sees now");
    let answer = ask(lena, all.next, &all.scope).await;
    let cursor = Cursor { server_epoch: Some(all.server_epoch), ..Cursor::default() };
    assert_eq!(read(&cursor, "ask-1", 200, Some(CONTENT_TYPE), answer.text.as_bytes()), Ok(None));
    assert_eq!(lena.get("/v1/pull/digest?upto=lots&scope=x").await.refused(400), "bad_request");
}

#[tokio::test]
async fn f52_a_long_log_is_counted_in_parts_and_whoever_goes_away_holds_up_nobody() {
    let (house, rita, _) = scene().await;
    let all = rita.pull_all().await;
    let asking = (0..20).map(|_| async {
        let asked = ask(&rita, all.next, &all.scope);
        drop(tokio::time::timeout(std::time::Duration::from_micros(300), asked).await);
    });
    futures_util::future::join_all(asking).await;
    assert_eq!(given(&rita, all.next, &all.scope).await, Some(kept(&all.rows, all.next)));
    house.server.stop().await;
}

#[tokio::test]
async fn f52_the_office_hears_of_a_device_that_missed_rows() {
    let (house, rita, _) = scene().await;
    let seen = ServerHead { seq: 4, chain: sync::Hash::ZERO };
    let report = json!({ "doubt": MISSED, "server_epoch": null, "seen": seen });
    rita.post("/v1/log/doubt", report).await.ok();
    let state = house.boss.get("/v1/log").await.ok();
    let told = &state["doubts"][0];
    assert_eq!((&told["doubt"], &told["name"]), (&json!("kept_rows_missed"), &json!("Rita")));
    let other = json!({ "doubt": "kept_rows", "server_epoch": null, "seen": seen });
    assert_eq!(rita.post("/v1/log/doubt", other).await.refused(422), "bad_value");
}

#[tokio::test]
async fn a_doubt_names_its_device_to_those_who_look_after_it_and_is_told_twenty_times_a_day() {
    let house = House::open().await;
    let (rita, oki) = (house.join("rita").await, house.join("oki").await);
    let seen = serde_json::to_value(rita.pull_all().await.head).expect("JSON");
    let tell = async |doubt: &str| {
        rita.post("/v1/log/doubt", json!({ "doubt": doubt, "server_epoch": null, "seen": seen })).await
    };
    tell(MISSED).await.ok();
    tell("rewritten").await.ok();
    let doubts = async |phone: &Phone| phone.get("/v1/log").await.ok()["doubts"].clone();
    let of_elm = doubts(&house.boss).await;
    assert_eq!(of_elm.as_array().map(Vec::len), Some(2));
    assert!(of_elm.as_array().into_iter().flatten().all(|told| told["name"] == "Rita"), "{of_elm}");
    let elsewhere = doubts(&oki).await;
    assert_eq!(elsewhere.as_array().map(Vec::len), Some(1), "{elsewhere}");
    let told = &elsewhere[0];
    assert_eq!((&told["doubt"], &told["seq"]), (&json!("rewritten"), &of_elm[0]["seq"]));
    assert_eq!(
        (&told["device"], &told["device_label"], &told["name"]),
        (&json!(""), &json!(null), &json!(""))
    );
    for _ in 2..20 {
        tell(MISSED).await.ok();
    }
    assert_eq!(tell(MISSED).await.refused(429), "too_many_tries");
    let rows = house.look().await.rows("SELECT device FROM doubt").await;
    assert_eq!(rows.len(), 20);
    let other = json!({ "doubt": MISSED, "server_epoch": null, "seen": seen });
    oki.post("/v1/log/doubt", other).await.ok();
}
