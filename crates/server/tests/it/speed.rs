//! How fast pushes are beside a raw insert of the same rows. Never fails for being slow:
//! `cargo test --release -p server --test it speed -- --ignored --nocapture` prints the figures.

use crate::{
    harness::{House, PASSWORD},
    phone::Phone,
};
use serde_json::json;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::time::{Duration, Instant};
use sync::Signed;

const DEVICES: usize = 50;
const EVENTS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, not a check"]
async fn ten_thousand_events_from_fifty_devices() {
    let house = House::open().await;
    house.join("rita").await;
    let mut batches: Vec<(Phone, Vec<Signed>, Vec<u8>)> = Vec::new();
    for device in 0..DEVICES {
        let mut phone = house.shared_device().await;
        phone.sign_in("rita", PASSWORD).await.expect("Rita");
        let events: Vec<Signed> =
            (0..EVENTS).map(|n| phone.report(&format!("record-{device}-{n}"))).collect();
        let body = serde_json::to_vec(&phone.push_request(&events)).expect("JSON");
        batches.push((phone, events, body));
    }
    domain_alone(&batches);
    let raw = raw_insert(house.folder.path(), &batches).await;
    let started = Instant::now();
    let mut sending = Vec::new();
    for (phone, _, body) in &batches {
        let request = phone.request(reqwest::Method::POST, "/v1/push");
        let request = request.header("content-type", sync::wire::CONTENT_TYPE).body(body.clone());
        sending.push(tokio::spawn(async move {
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status(), 200);
            response.bytes().await.expect("a body").len()
        }));
    }
    for sent in sending {
        sent.await.expect("no panic");
    }
    let pushed = started.elapsed();
    let rows = house.boss.pull_all().await.rows.len();
    assert_eq!(rows, DEVICES * EVENTS);
    let rate = |took: Duration| (DEVICES * EVENTS) as f64 / took.as_secs_f64();
    println!(
        "{}",
        json!({
            "events": DEVICES * EVENTS,
            "push_events_per_s": rate(pushed).round(),
            "raw_insert_rows_per_s": rate(raw).round(),
            "ratio": (rate(pushed) / rate(raw) * 1000.0).round() / 1000.0,
        })
    );
}

/// The same rows, 200 in a transaction, as durable, one prepared statement.
async fn raw_insert(folder: &std::path::Path, batches: &[(Phone, Vec<Signed>, Vec<u8>)]) -> Duration {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("raw.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("a database");
    sqlx::raw_sql(include_str!("../../migrations/0001_start.sql"))
        .execute(&mut connection)
        .await
        .expect("tables");
    let note = "{\"seq\":1,\"received_at\":\"2026-06-11T08:29:00Z\",\"offset_ms\":0,\"corrected_at\":\
                \"2026-06-11T08:29:00Z\",\"version\":1,\"result\":\"applied\",\"marks\":[],\"deliveries\":1}";
    let started = Instant::now();
    let mut seq = 0_i64;
    for (phone, events, _) in batches {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.expect("a transaction");
        for (index, event) in events.iter().enumerate() {
            seq += 1;
            let hash = event.hash();
            sqlx::query(
                "INSERT INTO event (tenant, seq, device, epoch, dseq, hash, bytes, sig, received_at, note, chain) \
                 VALUES (?, ?, ?, 1, ?, ?, ?, ?, 0, ?, ?)",
            )
            .bind(&phone.tenant)
            .bind(seq)
            .bind(&phone.id)
            .bind(index as i64)
            .bind(hash.as_bytes().as_slice())
            .bind(&event.bytes)
            .bind(&event.sig)
            .bind(note)
            .bind(hash.as_bytes().as_slice())
            .execute(&mut *transaction)
            .await
            .expect("a row");
        }
        transaction.commit().await.expect("durable");
    }
    started.elapsed()
}

fn domain_alone(batches: &[(Phone, Vec<Signed>, Vec<u8>)]) {
    use domain::{
        decide::{Arrival, judge},
        event::Received,
        register::Register,
    };
    let started = Instant::now();
    let opened: Vec<domain::event::Event> = batches
        .iter()
        .flat_map(|(_, events, _)| events)
        .map(|event| sync::Envelope::open(&event.bytes).expect("opens").event())
        .collect();
    println!("open {:?}", started.elapsed());
    let mut directory = domain::directory::Directory::default();
    directory.sites.insert("elm".into(), Default::default());
    let roles = [("elm".into(), vec![domain::roles::Role::Reporter])].into();
    directory.staff.insert("rita".into(), domain::directory::Staff { roles, ..Default::default() });
    let mut register = Register::new(std::sync::Arc::new(directory));
    let received_at = server::clock::real_now();
    let (mut judging, mut taking) = (Duration::ZERO, Duration::ZERO);
    for (index, event) in opened.into_iter().enumerate() {
        let arrival =
            Arrival { seq: index as u64 + 1, received_at, offset_ms: 0, token_for: None, online: false };
        let started = Instant::now();
        let judgement = judge(&register, &event, &arrival);
        judging += started.elapsed();
        let started = Instant::now();
        register.take(std::sync::Arc::new(Received { event, judgement }));
        taking += started.elapsed();
    }
    println!("judge {judging:?} take {taking:?}");
}
