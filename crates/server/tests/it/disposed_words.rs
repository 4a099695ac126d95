//! Of a record that was disposed of no word stays beside the log either, and none comes back with what arrives later;
//! what somebody does while a disposal waits for the lock is seen by it.

use crate::{
    ground::{Look, on_postgres, words},
    harness::{House, Running, config},
    letters::{letter, nameless},
    log_disposal::{SECRET, about, holds_words, of_2014, report, said},
    phone::{Phone, accepted, all_accepted, held, medication, reason},
    photos::{ask, is_complete, jpeg, named, upload},
    photos_let_go::{comes_down_to, files},
};
use serde_json::json;
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use sync::{Hash, Head, Sealed, Signed};

const DISPOSED: &str = "disposed";

fn note() -> serde_json::Value {
    json!({ "text": SECRET })
}

/// Longer than an entry may be.
fn too_long(phone: &mut Phone, record: &str) -> Signed {
    let long = phone.envelope("add_note", record, json!({ "text": SECRET.repeat(2_000) }));
    let bytes = serde_json::to_string(&long).expect("JSON");
    let sealed = Sealed { hash: Hash::of_event(&bytes), bytes };
    phone.head = Some(Head { dseq: long.dseq, hash: sealed.hash });
    phone.signed(sealed)
}

/// What a device sent that is apart from the record it is about, each entry with the words of `SECRET`.
async fn beside(house: &House, record: &str) -> (Phone, Signed, Vec<Signed>) {
    let mut sean = house.join("sean").await;
    let mut newer = sean.envelope("add_note", record, note());
    newer.v = 2;
    let newer = sean.seal(&newer);
    assert_eq!(reason(&sean.push_one(&newer).await), "newer_version");
    let long = too_long(&mut sean, record);
    assert_eq!(reason(&sean.push_one(&long).await), "event_too_large");
    let mut elsewhere = sean.envelope("add_note", record, note());
    elsewhere.site = "oak".into();
    let elsewhere = sean.seal(&elsewhere);
    reason(&sean.push_one(&elsewhere).await);
    let missing = sean.report("s1");
    let waits = [sean.write("add_note", record, note()), sean.write("add_note", record, note())];
    assert!(sean.push(&waits).await.iter().all(held));
    let items = house.boss.get("/v1/attention").await.ok();
    let item = items["items"].as_array().expect("a list").iter().find(|item| item["kind"] == "held");
    let told = json!({ "kind": "held", "id": item.expect("one that waits")["id"], "said": SECRET });
    house.boss.post("/v1/attention", told).await.ok();
    (sean, missing, [newer, long, elsewhere].into_iter().chain(waits).collect())
}

#[tokio::test]
async fn f59_what_waits_or_was_set_apart_loses_its_words_too_and_its_chain_goes_on() {
    let (house, _, _) = of_2014().await;
    let (mut sean, missing, sent) = beside(&house, "r1").await;
    for hold in [true, false] {
        let why = json!({ "hold": hold, "reason": SECRET });
        house.boss.post("/v1/records/r1/hold", why).await.ok();
    }
    let House { server, folder, mut boss } = house;
    server.stop().await;
    let data = folder.path().join("data");
    let done = said(&about(&data, "dispose", &["--by", "Mara"]));
    assert!(!holds_words(&data).await);
    assert!(done.contains("r1: 8 entries. near_miss") && done.contains("1 record was"), "{done}");
    assert!(about(&data, "verify", &[]).status.success());

    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    for phone in [&mut sean, &mut boss] {
        phone.url.clone_from(&server.url);
    }
    let again = sean.push(&sent).await;
    assert!(again[3..].iter().all(held), "{again:?}");
    accepted(&sean.push_one(&missing).await);
    let next = sean.report("s2");
    accepted(&sean.push_one(&next).await);
    let again = sean.push(&sent).await;
    assert_eq!([&again[3], &again[4]].map(reason), [DISPOSED; 2]);
    let rows = boss.pull_all().await.rows;
    assert!(!serde_json::to_string(&rows).expect("JSON").contains(SECRET));
    let holds = boss.get("/v1/records/r1/hold").await.ok();
    assert_eq!(holds["holds"][0]["set_by"], "Bo");
    server.stop().await;
    assert!(!holds_words(&data).await, "neither what was released nor what was sent again");
    let verified = about(&data, "verify", &[]);
    assert!(verified.status.success(), "{verified:?}");
}

#[tokio::test]
async fn f59_what_was_written_before_and_arrives_later_brings_no_words_back() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let token = {
        let mut with = nameless();
        with["people"] = json!(["R-14"]);
        rita.post("/v1/anonymous", letter(&rita, "report", "key-1", with)).await.ok()
    };
    let nameless_record = token["record"].as_str().expect("a record").to_owned();
    let events =
        [report(&mut rita, "r1", SECRET), rita.write("withdraw", "r1", json!({ "reason": "Not so." }))];
    all_accepted(&rita.push(&events).await);
    let mut boss = house.boss.clone();
    let withdraw = boss.write("withdraw", &nameless_record, json!({ "reason": "Not so." }));
    accepted(&boss.push_one(&withdraw).await);
    let mut sean = house.join("sean").await;
    let late = rita.write("add_note", "r1", note());
    let gap = sean.report("s1");
    let waits = sean.write("add_note", "r1", note());
    let mut more = letter(&rita, "add_note", "key-2", note());
    (more["record"], more["token"]) = (json!(nameless_record), token["token"].clone());
    more["offline"] = json!(true);
    let mut removed = house.join("lena").await;
    let shut_out = removed.write("add_note", "r1", note());
    house.boss.post(&format!("/v1/devices/{}/revoke", removed.id), json!({})).await.ok();
    let House { server, folder, .. } = house;
    server.stop().await;
    let data = folder.path().join("data");
    let done = said(&about(&data, "dispose", &["--person", "R-14", "--by", "Mara"]));
    assert!(done.contains("2 records were disposed of"), "{done}");
    assert!(!holds_words(&data).await);

    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    for phone in [&mut rita, &mut sean, &mut removed, &mut boss] {
        phone.url.clone_from(&server.url);
    }
    assert_eq!(reason(&rita.push_one(&late).await), DISPOSED);
    assert_eq!(reason(&rita.push_one(&late).await), DISPOSED, "the same answer again");
    assert!(held(&sean.push_one(&waits).await));
    accepted(&sean.push_one(&gap).await);
    assert_eq!(reason(&removed.push_one(&shut_out).await), "device_revoked");
    rita.post("/v1/anonymous", more.clone()).await.ok();
    rita.post("/v1/anonymous", more.clone()).await.ok();
    more["key"] = json!("key-3");
    removed.post("/v1/anonymous", more).await;
    let mut after = rita.envelope("add_note", "r1", json!({ "text": "This was written later." }));
    // Clocks of phones are corrected to the millisecond.
    after.recorded_at += chrono::Duration::seconds(1);
    let after = rita.seal(&after);
    accepted(&rita.push_one(&after).await);
    let shown = boss.get("/v1/attention").await.ok();
    assert!(!shown.to_string().contains(SECRET), "{shown}");
    let rows = serde_json::to_string(&boss.pull_all().await.rows).expect("JSON");
    assert!(rows.contains("This was written later.") && !rows.contains(SECRET));
    server.stop().await;
    assert!(!holds_words(&data).await);
    let verified = about(&data, "verify", &[]);
    assert!(verified.status.success(), "{verified:?}");
}

#[tokio::test]
async fn a_photo_of_what_is_gone_goes_with_the_next_look_and_not_after_thirty_days() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let (full, thumb, arriving) = (jpeg(1, 900, &[]), jpeg(1, 300, &[]), jpeg(2, 900, &[]));
    for bytes in [&full, &thumb] {
        assert!(is_complete(&upload(&rita, bytes).await));
    }
    let mut with = medication();
    (with["photos"], with["people"]) = (json!([named(&full, &thumb)]), json!(["R-14"]));
    let events = [
        rita.write("report", "r1", with),
        rita.write("withdraw", "r1", json!({ "reason": "Not so." })),
        rita.report("r2"),
    ];
    all_accepted(&rita.push(&events).await);
    // Otherwise what its device brought stays.
    house.boss.post("/v1/records/r2/hold", json!({ "hold": true, "reason": "A claim is open." })).await.ok();
    assert!(is_complete(&upload(&rita, &arriving).await));
    let House { server, folder, .. } = house;
    server.stop().await;
    let data = folder.path().join("data");
    let done = said(&about(&data, "dispose", &["--person", "R-14", "--by", "Mara"]));
    assert!(done.contains("1 record was disposed of"), "{done}");
    assert_eq!(files(&data), 3);
    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    rita.url.clone_from(&server.url);
    comes_down_to(1, &data).await;
    assert!(is_complete(&ask(&rita, Hash::of(&[&arriving])).await), "its words may still come");
    server.stop().await;
}

/// Other programs that wait for a lock of this database.
async fn waiting(look: &Look, number: i64) {
    let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
               AND wait_event_type = 'Lock'";
    for _ in 0..400 {
        if look.number(sql).await == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{number} should wait");
}

/// A data folder of its own, as every program on one PostgreSQL has it.
fn dispose_on(database: &str, data: &Path) -> Child {
    let place = server::place::Place { database: Some(database.to_owned()), data: data.to_owned() };
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticed"));
    command.arg("dispose").args(words(&place)).args(["--person", "R-14", "--by", "Mara"]);
    command.stdout(Stdio::piped()).spawn().expect("the program runs")
}

#[tokio::test]
async fn a_hold_that_is_set_and_a_record_that_is_opened_while_it_waits_are_seen_by_a_disposal() {
    let house = House::with(|config| config.place = on_postgres(&config.place.data)).await;
    let (mut rita, mut boss) = (house.join("rita").await, house.boss.clone());
    for record in ["r1", "r2", "r3"] {
        let events = [
            report(&mut rita, record, SECRET),
            rita.write("withdraw", record, json!({ "reason": "Not so." })),
        ];
        all_accepted(&rita.push(&events).await);
    }
    let place = on_postgres(&house.data());
    let look = Look::into(&place).await;
    let Look::Postgres(pool) = &look else { panic!("PostgreSQL") };
    let mut lock = pool.begin().await.expect("a transaction");
    sqlx::query("SELECT seq FROM provider FOR UPDATE").fetch_all(&mut *lock).await.expect("the lock");

    let holder = boss.clone();
    let hold = json!({ "hold": true, "reason": "A claim is open." });
    let holding = tokio::spawn(async move { holder.post("/v1/records/r1/hold", hold).await });
    waiting(&look, 1).await;
    let reopen = boss.write("reopen", "r2", json!({ "reason": "It was so." }));
    let opener = boss.clone();
    let opening = tokio::spawn(async move { opener.push_one(&reopen).await });
    waiting(&look, 2).await;
    let disposing =
        dispose_on(place.database.as_deref().expect("a database"), &house.folder.path().join("other"));
    waiting(&look, 3).await;
    lock.rollback().await.expect("let go");
    holding.await.expect("no panic").ok();
    accepted(&opening.await.expect("no panic"));
    let done = said(&disposing.wait_with_output().expect("it ends"));
    assert!(done.contains("r1: kept. It is on legal hold: A claim is open."), "{done}");
    assert!(done.contains("r2: kept. It is still open."), "{done}");
    assert!(done.contains("1 record was disposed of"), "{done}");
    let rows = boss.pull_all().await.rows;
    let has_words = |record: &str| {
        let mut of_it = rows.iter().filter(|row| row.event.record.as_deref() == Some(record));
        of_it.any(|row| json!(row.event.with).to_string().contains(SECRET))
    };
    assert_eq!(["r1", "r2", "r3"].map(has_words), [true, true, false]);
    house.server.stop().await;
}
