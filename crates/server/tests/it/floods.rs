//! Pushes that are too big or too many: refused whole, stopped early, and never in the way of proven events.

use crate::{
    harness::{Answer, House},
    phone::{accepted, all_accepted, reason},
};
use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use std::io::Write;
use sync::{
    Signed,
    wire::{CONTENT_TYPE, PushOutcome},
};

#[tokio::test]
async fn a_request_that_is_too_big_is_refused_whole_and_a_bomb_stops_early() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = rita.report("r1");
    let many = rita.push_request(&vec![event.clone(); 201]);
    assert_eq!(rita.push_raw(&many).await.refused(413), "too_large");
    let packed = async |bytes: Vec<u8>, encoding: &str| {
        let request = rita.request(Method::POST, "/v1/push").header("content-type", CONTENT_TYPE);
        Answer::of(request.header("content-encoding", encoding).body(bytes).send().await.expect("an answer"))
            .await
    };
    let bomb = gzip(&vec![b' '; 4 * 1024 * 1024]);
    assert!(bomb.len() < 256 * 1024);
    assert_eq!(packed(bomb.clone(), "gzip").await.refused(413), "too_large");
    assert_eq!(packed(gzip(&bomb), "gzip").await.refused(400), "bad_json");
    assert_eq!(packed(b"not gzip".to_vec(), "gzip").await.refused(400), "bad_request");
    assert_eq!(packed(vec![1], "br").await.refused(415), "unknown_encoding");
    assert_eq!(packed(vec![1], "gzip, gzip").await.refused(415), "unknown_encoding");
    let good = serde_json::to_vec(&rita.push_request(&[event])).expect("JSON");
    assert_eq!(packed(gzip(&good), "gzip").await.status, 200);
    let mut newer = rita.push_request(&[]);
    newer.protocol = 9;
    assert_eq!(rita.push_raw(&newer).await.refused(400), "protocol_unknown");
    assert_eq!(rita.push(&[]).await, [], "a push of nothing measures the clock");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[tokio::test]
async fn a_flood_of_unproven_events_has_to_wait_and_proven_ones_do_not() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let junk = |n: usize| Signed { bytes: format!("junk {n}"), sig: String::new() };
    for n in 0..60 {
        assert_eq!(reason(&rita.push_one(&junk(n)).await), "malformed");
    }
    let report = rita.report("r1");
    let outcomes = rita.push(&[junk(99), report]).await;
    assert!(matches!(outcomes[0], PushOutcome::Retry { .. }), "{outcomes:?}");
    accepted(&outcomes[1]);
}

#[tokio::test]
async fn fifty_devices_at_once_make_one_order_without_gaps() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut tasks = Vec::new();
    for device in 0..12 {
        let mut tablet = house.shared_device().await;
        tablet.sign_in("rita", crate::harness::PASSWORD).await.expect("Rita");
        tasks.push(tokio::spawn(async move {
            for n in 0..5 {
                let events: Vec<Signed> =
                    (0..10).map(|m| tablet.report(&format!("r-{device}-{n}-{m}"))).collect();
                all_accepted(&tablet.push(&events).await);
            }
        }));
    }
    for task in tasks {
        task.await.expect("no panic");
    }
    let page = rita.pull_all().await;
    let order: Vec<u64> = page.rows.iter().map(|row| row.judgement.seq).collect();
    assert_eq!(order, (1..=600).collect::<Vec<_>>());
}
