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
async fn f85_a_request_that_is_too_big_is_refused_whole_and_a_bomb_stops_early() {
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
    // Each entry is one, in however few requests they come.
    for n in 0..4 {
        let many: Vec<Signed> = (0..148).map(|m| junk(n * 148 + m)).collect();
        assert!(rita.push(&many).await.iter().all(|outcome| reason(outcome) == "malformed"));
    }
    let report = rita.report("r1");
    let many: Vec<Signed> = (1_000..1_010).map(junk).chain([report]).collect();
    let outcomes = rita.push(&many).await;
    let waits = |outcome: &PushOutcome| matches!(outcome, PushOutcome::Retry { .. });
    assert!(outcomes[..8].iter().all(|outcome| reason(outcome) == "malformed"), "{outcomes:?}");
    assert!(outcomes[8..10].iter().all(waits), "{outcomes:?}");
    accepted(&outcomes[10]);
}

#[tokio::test]
async fn what_was_dealt_with_or_is_proven_leaves_room_for_what_is_not() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let look = house.look().await;
    let junk = |n: usize| Signed { bytes: format!("junk {n}"), sig: String::new() };
    // As many as there may be, of removed devices and in the name of others.
    let hash = if crate::ground::is_postgres() {
        "decode(lpad(to_hex(n), 64, '0'), 'hex')"
    } else {
        "CAST(printf('%032d', n) AS BLOB)"
    };
    let row = |reason: &str| {
        format!(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000) \
             INSERT INTO quarantine (tenant, hash, reason, device, bytes, sig, received_at, offset_ms) \
             SELECT '{}', {hash}, '{reason}', 'd', 'x', '', 0, 0 FROM many",
            house.boss.tenant
        )
    };
    look.change(&row("device_revoked")).await;
    assert_eq!(reason(&rita.push_one(&junk(1)).await), "malformed", "nobody waits for those");
    look.change(&row("unknown_device")).await;
    assert!(matches!(rita.push_one(&junk(2)).await, PushOutcome::Retry { .. }));
    accepted(&rita.push_one(&rita.clone().report("r1")).await);
    look.change(
        "INSERT INTO dealt_with (tenant, kind, hash, site, said, staff, dealt_at) \
         SELECT tenant, 'quarantined', hash, NULL, 'Junk.', 'mara', 0 FROM quarantine \
         WHERE reason = 'unknown_device'",
    )
    .await;
    assert_eq!(reason(&rita.push_one(&junk(2)).await), "malformed");
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
