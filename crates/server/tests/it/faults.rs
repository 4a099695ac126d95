//! The order of the log and its one row per event, when many write at once: on whichever database the tests run.

use crate::{
    ground,
    harness::House,
    phone::{Phone, accepted},
};
use serde_json::json;
use server::{
    clock::real_now,
    store::{EventRow, Store, Tenant, TenantLog},
};
use std::time::Duration;
use sync::{Appended, Entry, EventLog, Hash, Signed, wire::PushOutcome};
use tokio::time::{sleep, timeout};

/// Two servers' views of one database, and a provider in it.
async fn two_stores(folder: &tempfile::TempDir) -> (Store, Store, Tenant) {
    let place = ground::place(folder.path());
    let (one, other) = (place.open().await.expect("a database"), place.open().await.expect("the same"));
    let tenant = one.door().add_provider(Hash::of(&[b"set up"]), real_now()).await.expect("a provider");
    (one, other, tenant)
}

fn entry(device: &str, dseq: u64) -> Entry {
    let signed = Signed { bytes: format!("{{\"of\":\"{device}\",\"n\":{dseq}}}"), sig: "s".into() };
    Entry { device: device.into(), epoch: 1, dseq, hash: signed.hash(), signed, note: None }
}

fn seq_of(answer: &Appended) -> u64 {
    match answer {
        Appended::New { seq } => *seq,
        other => panic!("not new: {other:?}"),
    }
}

async fn numbers(store: &Store, tenant: &Tenant) -> Vec<u64> {
    let rows = store.read(tenant).events(0, 10_000).await.expect("rows");
    rows.iter().map(|row| row.seq).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f50_a_number_is_never_seen_before_the_ones_below_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other, tenant) = two_stores(&folder).await;
    // The first to take a number is slow to commit.
    let mut slow = one.write(&tenant).await.expect("the lock");
    let mut head = slow.log_head().await.expect("a head");
    let Entry { device, epoch, dseq, hash, signed, note } = entry("slow", 1);
    let (seq, device) = (head.seq + 1, device.to_string());
    let (received_at, chain) = (real_now().timestamp_micros(), head.chain);
    let mut row =
        EventRow { seq, device, epoch, dseq, hash, signed, received_at, note, chain, deliveries: 1 };
    row.chain = row.chained(head.chain);
    (head.seq, head.chain) = (row.seq, row.chain);
    slow.append(vec![row]).await.expect("appended");
    slow.move_head(head).await.expect("moved");
    let quick = TenantLog::new(other.clone(), tenant.clone());
    let quick = tokio::spawn(async move { quick.append(vec![entry("quick", 1)]).await });
    for _ in 0..10 {
        sleep(Duration::from_millis(20)).await;
        assert_eq!(numbers(&other, &tenant).await, [0_u64; 0], "nothing is committed yet");
        assert!(!quick.is_finished(), "the second waits for the first");
    }
    slow.commit().await.expect("committed");
    let answers = quick.await.expect("no panic").expect("appended");
    assert_eq!(seq_of(&answers[0]), 2);
    assert_eq!(numbers(&other, &tenant).await, [1, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f83_twenty_writers_make_one_chain_that_verifies_from_what_is_stored() {
    const WRITERS: u64 = 20;
    const EACH: u64 = 5;
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other, tenant) = two_stores(&folder).await;
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let store = if writer % 2 == 0 { &one } else { &other };
        let log = TenantLog::new(store.clone(), tenant.clone());
        writers.push(tokio::spawn(async move {
            for dseq in 1..=EACH {
                log.append(vec![entry(&format!("device-{writer}"), dseq)]).await.expect("appended");
            }
        }));
    }
    // Whoever looks meanwhile sees a beginning of the log without a gap, and never less than before.
    let mut seen = 0;
    while !writers.iter().all(|writer| writer.is_finished()) {
        let all = numbers(&other, &tenant).await;
        assert!(all.iter().copied().eq(1..=all.len() as u64), "a gap: {all:?}");
        assert!(all.len() >= seen, "a row went away");
        seen = all.len();
        sleep(Duration::from_millis(5)).await;
    }
    for writer in writers {
        writer.await.expect("each of them is taken");
    }
    let again = ground::place(folder.path()).open().await.expect("opened again");
    let reading = again.read(&tenant);
    let mut chain = Hash::ZERO;
    for row in reading.events(0, 10_000).await.expect("rows") {
        assert_eq!(row.chained(chain), row.chain, "row {}", row.seq);
        chain = row.chain;
    }
    let head = reading.log_head().await.expect("a head");
    assert_eq!((head.seq, head.chain), (WRITERS * EACH, chain));
}

#[tokio::test]
async fn f34_fifty_identical_pushes_at_once_are_one_row() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = rita.report("r1");
    let mut tries = Vec::new();
    for _ in 0..50 {
        let (rita, event) = (rita.clone(), event.clone());
        tries.push(tokio::spawn(async move { rita.push_one(&event).await }));
    }
    let (mut new, mut again) = (0, 0);
    for attempt in tries {
        match attempt.await.expect("no panic") {
            PushOutcome::Accepted { judgement } => {
                assert_eq!(judgement.seq, 1);
                new += 1;
            }
            PushOutcome::Duplicate { judgement: Some(judgement) } => {
                assert_eq!(judgement.seq, 1);
                again += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((new, again), (1, 49));
    let look = house.look().await;
    assert_eq!(look.number("SELECT COUNT(*) FROM event").await, 1);
    assert_eq!(look.number("SELECT deliveries FROM event").await, 50);
}

#[tokio::test]
async fn f81_fifty_writers_at_once_are_all_taken() {
    let house = House::open().await;
    let mut phones = [house.join("rita").await, house.join("sean").await, house.join("lena").await];
    let mut tasks = Vec::new();
    for number in 0..24 {
        let event = phones[number % 3].report(&format!("r{number}"));
        let phone = phones[number % 3].clone();
        tasks.push(tokio::spawn(async move { keep_trying(&phone, event).await }));
    }
    for number in 0..26 {
        let boss: Phone = house.boss.clone();
        tasks.push(tokio::spawn(async move {
            let body = json!({ "device_label": format!("Tablet {number}"), "site": "elm" });
            boss.post("/v1/invites", body).await.ok();
        }));
    }
    for task in tasks {
        timeout(Duration::from_secs(60), task).await.expect("soon").expect("no panic");
    }
    let look = house.look().await;
    assert_eq!(look.number("SELECT COUNT(*) FROM event").await, 24);
    assert_eq!(look.number("SELECT COUNT(*) FROM invite WHERE device_label LIKE 'Tablet %'").await, 26);
    assert_eq!(look.number("SELECT COUNT(*) FROM held").await, 0, "what came early was taken in its turn");
}

/// Events of one phone arrive in any order: those that come early are held, and taken later.
async fn keep_trying(phone: &Phone, event: Signed) {
    match phone.push_one(&event).await {
        PushOutcome::Held { .. } => {}
        outcome => assert!(accepted(&outcome) > 0),
    }
}
