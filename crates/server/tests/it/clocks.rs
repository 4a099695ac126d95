//! Clocks that show no time of our days: whatever they say, the phone is heard again afterwards.

use crate::{
    harness::House,
    phone::{accepted, medication, minutes_ago, reason},
};
use domain::time::Instant;
use serde_json::json;
use sync::wire::{PushOutcome, PushReply};

#[tokio::test]
async fn a_clock_beyond_every_calendar_stops_no_phone() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let far: Instant = "+262142-12-31T00:00:00Z".parse().expect("the last year there is");
    let absurd = [
        (minutes_ago(1), Some(i64::MAX)),
        (minutes_ago(1), Some(i64::MIN)),
        (far, Some(-1_000_000_000_000)),
        (Instant::MIN_UTC, Some(1)),
    ];
    for (number, (recorded_at, offset_ms)) in absurd.into_iter().enumerate() {
        let mut envelope = rita.envelope("report", &format!("absurd-{number}"), medication());
        (envelope.recorded_at, envelope.offset_ms) = (recorded_at, offset_ms);
        let event = rita.seal(&envelope);
        assert_eq!(reason(&rita.push_one(&event).await), "malformed");
    }
    let mut envelope = rita.envelope("report", "r1", medication());
    envelope.offset_ms = None;
    let event = rita.seal(&envelope);
    let mut request = rita.push_request(&[event]);
    request.sent_at = far;
    let reply: PushReply = serde_json::from_value(rita.push_raw(&request).await.ok()).expect("a reply");
    let PushOutcome::Accepted { judgement } = &reply.receipts[0].outcome else { panic!("{reply:?}") };
    assert_eq!(judgement.corrected_at, judgement.received_at, "nothing else is known");
    let later = rita.write("add_note", "r1", json!({ "text": "still heard" }));
    accepted(&rita.push_one(&later).await);
}
