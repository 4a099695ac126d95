//! Pushes that are fine, and every way in which they are not: a clear outcome per event, nothing lost, no 500.

use crate::{
    harness::House,
    phone::{Phone, accepted, all_accepted, environment, held, medication, minutes_ago, reason},
};
use chrono::Duration;
use domain::event::Mark;
use serde_json::json;
use sync::{
    Hash, Signed,
    wire::{PushOutcome, PushReply},
};

/// Providers and bytes of what is quarantined for a reason.
async fn kept(house: &House, reason: &str) -> Vec<(String, Vec<u8>)> {
    let look = house.look().await;
    let rows = look.rows(&format!("SELECT tenant, bytes FROM quarantine WHERE reason = '{reason}'")).await;
    // PostgreSQL takes no zero character: a mark stands before it.
    let bytes = |text: String| text.replace("\u{10FFFE}0", "\0").into_bytes();
    rows.into_iter()
        .map(|mut row| (row[0].take().expect("a provider"), bytes(row[1].take().expect("bytes"))))
        .collect()
}

fn duplicate(outcome: &PushOutcome) -> u32 {
    match outcome {
        PushOutcome::Duplicate { judgement: Some(judgement) } => judgement.deliveries,
        other => panic!("not a duplicate: {other:?}"),
    }
}

#[tokio::test]
async fn events_are_numbered_judged_and_come_back_in_a_pull() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut sean = house.join("sean").await;
    let events = [rita.report("r1"), rita.write("report", "r2", environment())];
    let outcomes = rita.push(&events).await;
    assert_eq!(outcomes.iter().map(accepted).collect::<Vec<_>>(), [1, 2]);
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let review = sean.write("review_risk", "r1", review);
    let PushOutcome::Accepted { judgement } = sean.push_one(&review).await else { panic!("accepted") };
    assert_eq!((judgement.seq, judgement.version), (3, Some(2)));
    let page = sean.pull_all().await;
    assert_eq!(page.rows.iter().map(|row| row.judgement.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(page.rows[0].event.with["text"], medication()["text"]);
    assert_eq!((page.head.seq, page.next, page.more), (3, 3, false));
    assert_ne!(page.head.chain, Hash::ZERO);
}

#[tokio::test]
async fn f34_the_same_bytes_any_number_of_times_are_one_row() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = rita.report("r1");
    let tries = (0..30).map(|_| {
        let (rita, event) = (rita.clone(), event.clone());
        tokio::spawn(async move { rita.push_one(&event).await })
    });
    let mut new = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.expect("no panic") {
            PushOutcome::Accepted { judgement } => {
                new += 1;
                assert_eq!(judgement.seq, 1);
            }
            PushOutcome::Duplicate { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(new, 1);
    let page = rita.pull_all().await;
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].judgement.deliveries, 30);
    let both = rita.push(&[event.clone(), event]).await;
    assert_eq!(both.iter().map(|outcome| duplicate(outcome) > 30).collect::<Vec<_>>(), [true, true]);
}

#[tokio::test]
async fn f43_events_out_of_order_wait_and_are_taken_in_order() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let one = rita.report("r1");
    let two = rita.write("add_note", "r1", json!({ "text": "two" }));
    let three = rita.write("add_note", "r1", json!({ "text": "three" }));
    let four = rita.write("add_note", "r1", json!({ "text": "four" }));
    assert!(held(&rita.push_one(&four).await));
    assert!(held(&rita.push_one(&two).await));
    assert!(held(&rita.push_one(&two).await), "still waits, still kept once");
    assert_eq!(rita.pull_all().await.rows.len(), 0);
    let waiting = house.boss.get("/v1/attention").await.ok();
    assert_eq!(waiting["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(waiting["items"][0]["kind"], "held");
    accepted(&rita.push_one(&one).await);
    assert_eq!(texts(&rita).await, ["", "two"]);
    accepted(&rita.push_one(&three).await);
    assert_eq!(texts(&rita).await, ["", "two", "three", "four"], "the last one followed by itself");
    assert_eq!(duplicate(&rita.push_one(&four).await), 2);
    assert_eq!(house.boss.get("/v1/attention").await.ok()["items"], json!([]));
}

async fn texts(phone: &Phone) -> Vec<String> {
    let rows = phone.pull_all().await.rows;
    let text = |row: &sync::wire::PulledRow| match row.event.verb.as_str() {
        "add_note" => row.event.text("text").unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    rows.iter().map(text).collect()
}

#[tokio::test]
async fn one_request_may_hold_its_events_in_any_order() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut events = vec![rita.report("r1")];
    events.extend((0..20).map(|n| rita.write("add_note", "r1", json!({ "text": n.to_string() }))));
    let mut shuffled = events.clone();
    shuffled.reverse();
    shuffled.swap(3, 17);
    all_accepted(&rita.push(&shuffled).await);
    let order: Vec<u64> = rita.pull_all().await.rows.iter().map(|row| row.judgement.seq).collect();
    assert_eq!(order, (1..=21).collect::<Vec<_>>());
    assert_eq!(texts(&rita).await[1..3], ["0", "1"]);
}

#[tokio::test]
async fn a_signature_vouches_for_the_linked_events_before_it() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut one = rita.report("r1");
    let two = rita.write("add_note", "r1", json!({ "text": "two" }));
    one.sig = "damaged on the way".into();
    let outcomes = rita.push(&[one, two]).await;
    assert_eq!(outcomes.iter().map(accepted).collect::<Vec<_>>(), [1, 2]);

    let mut three = rita.write("add_note", "r1", json!({ "text": "three" }));
    let four = rita.write("add_note", "r1", json!({ "text": "four" }));
    let good = three.clone();
    three.sig = four.sig.clone();
    assert_eq!(reason(&rita.push_one(&three).await), "bad_signature");
    assert_eq!(kept(&house, "bad_signature").await.len(), 1);
    accepted(&rita.push_one(&four).await);
    assert_eq!(texts(&rita).await, ["", "two", "three", "four"], "the next one proves what was doubted");
    assert_eq!(duplicate(&rita.push_one(&good).await), 2);
}

#[tokio::test]
async fn what_is_not_from_the_device_does_not_move_its_chain() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut forger = rita.clone();
    forger.key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("a key");
    let forged = forger.report("r9");
    assert_eq!(reason(&rita.push_one(&forged).await), "bad_signature");
    let mut unsigned = rita.clone().report("r8");
    unsigned.sig = String::new();
    assert_eq!(reason(&rita.push_one(&unsigned).await), "bad_signature");
    let own = rita.report("r1");
    accepted(&rita.push_one(&own).await);
    assert_eq!(rita.pull_all().await.rows.len(), 1);
}

#[tokio::test]
async fn malformed_events_are_kept_byte_for_byte_and_block_nothing() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let one = rita.report("r1");
    let junk: Vec<Signed> = ["", "{}", "not json", "\u{0}\u{1}🙂", "{\"v\":1}", "[[[[", "null"]
        .map(|bytes| Signed { bytes: bytes.into(), sig: "?".into() })
        .to_vec();
    let two = rita.write("add_note", "r1", json!({ "text": "two" }));
    let mut events = junk.clone();
    events.insert(3, one);
    events.push(two);
    let outcomes = rita.push(&events).await;
    for (event, outcome) in events.iter().zip(&outcomes) {
        match junk.contains(event) {
            true => assert_eq!(reason(outcome), "malformed", "{}", event.bytes),
            false => assert!(accepted(outcome) > 0),
        }
    }
    let stored: Vec<Vec<u8>> = kept(&house, "malformed").await.into_iter().map(|(_, bytes)| bytes).collect();
    assert!(junk.iter().all(|event| stored.iter().any(|bytes| bytes == event.bytes.as_bytes())));
    let again = rita.push(&junk).await;
    assert!(again.iter().all(|outcome| reason(outcome) == "malformed"));
    assert_eq!(kept(&house, "malformed").await.len(), junk.len(), "the same junk is kept once");
}

#[tokio::test]
async fn a_proven_event_that_cannot_be_folded_uses_up_its_place() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let first = rita.report("r1");
    accepted(&rita.push_one(&first).await);
    let mut newer = rita.envelope("report", "r2", medication());
    newer.v = 2;
    let newer = rita.seal(&newer);
    let mut foreign = rita.envelope("report", "r3", medication());
    foreign.tenant = "somebody-else".into();
    let foreign = rita.seal(&foreign);
    let mut other_author = rita.envelope("report", "r4", medication());
    other_author.actor = "sean".into();
    let other_author = rita.seal(&other_author);
    let mut nameless = rita.envelope("report", "r5", medication());
    nameless.actor = "anonymous".into();
    let nameless = rita.seal(&nameless);
    let mut long = rita.envelope("report", "r6", medication());
    long.payload.insert("text".into(), json!("long ".repeat(7_000)));
    let bytes = serde_json::to_string(&long).expect("JSON");
    let sealed = sync::Sealed { hash: Hash::of_event(&bytes), bytes };
    rita.head = Some(sync::Head { dseq: long.dseq, hash: sealed.hash });
    let long = rita.signed(sealed);
    let last = rita.write("add_note", "r1", json!({ "text": "still heard" }));
    let outcomes = rita.push(&[newer, foreign, other_author.clone(), nameless, long, last]).await;
    let reasons: Vec<&str> = outcomes[..5].iter().map(reason).collect();
    assert_eq!(
        reasons,
        ["newer_version", "wrong_tenant", "actor_not_on_device", "actor_not_on_device", "event_too_large"]
    );
    assert_eq!(accepted(&outcomes[5]), 2);
    assert_eq!(reason(&rita.push_one(&other_author).await), "actor_not_on_device", "the same answer again");
    let tenants = kept(&house, "wrong_tenant").await;
    assert_eq!(tenants[0].0, rita.tenant, "kept with the provider whose device sent it");
}

#[tokio::test]
async fn f55_two_copies_of_a_phone_are_both_heard_and_told_apart() {
    let house = House::open().await;
    let mut phone = house.join("rita").await;
    let first = phone.report("r2");
    let mut copy = phone.clone();
    let ours = phone.write("add_note", "r2", json!({ "text": "on the phone" }));
    let theirs = copy.write("add_note", "r2", json!({ "text": "on the copy" }));
    let theirs_next = copy.write("add_note", "r2", json!({ "text": "on the copy, later" }));
    all_accepted(&phone.push(&[first, ours.clone()]).await);
    assert_eq!(reason(&copy.push_one(&theirs).await), "forked");
    let ours_next = phone.write("add_note", "r2", json!({ "text": "on the phone, later" }));
    assert_eq!(reason(&copy.push_one(&theirs_next).await), "forked", "its chain is not ours");
    accepted(&phone.push_one(&ours_next).await);
    assert_eq!(kept(&house, "forked").await.len(), 2);
    assert_eq!(duplicate(&phone.push_one(&ours).await), 2);
}

#[tokio::test]
async fn unknown_devices_lose_nothing() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut stranger = rita.clone();
    stranger.id = "11111111-2222-3333-4444-555555555555".into();
    let event = stranger.report("r1");
    assert_eq!(reason(&stranger.push_one(&event).await), "unknown_device");
    assert_eq!(kept(&house, "unknown_device").await[0].0, rita.tenant);
    assert_eq!(house.boss.get("/v1/attention").await.ok()["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rita.pull_all().await.rows.len(), 0);
}

#[tokio::test]
async fn f58_a_server_without_the_provider_gives_no_receipt_that_lets_a_phone_forget() {
    let house = House::open().await;
    let mut lost = house.join("rita").await;
    lost.id = "11111111-2222-3333-4444-555555555555".into();
    lost.tenant = "no-such-provider".into();
    let events = [lost.report("r1"), lost.report("r2")];
    for outcome in lost.push(&events).await {
        assert!(matches!(outcome, PushOutcome::Retry { after_s } if after_s > 0), "{outcome:?}");
        assert!(!outcome.is_stored(), "it stays on the phone");
    }
    assert!(kept(&house, "unknown_device").await.is_empty(), "nobody here could look at it");
}

#[tokio::test]
async fn a_device_cannot_send_for_another_device_or_provider() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut sean = house.join("sean").await;
    let written_by_sean = sean.report("r1");
    assert_eq!(reason(&rita.push_one(&written_by_sean).await), "wrong_device");
    accepted(&sean.push_one(&written_by_sean).await);

    let mut claimed = rita.push_request(&[rita.clone().report("r2")]);
    claimed.device = sean.id.as_str().into();
    assert_eq!(rita.push_raw(&claimed).await.refused(400), "bad_request");

    let other = house.another_provider().await;
    let mut into_theirs = rita.clone();
    into_theirs.tenant = other.tenant.clone();
    let event = into_theirs.report("r3");
    assert_eq!(reason(&into_theirs.push_one(&event).await), "wrong_tenant");
    assert_eq!(other.pull_all().await.rows.len(), 0);
    assert_eq!(other.get("/v1/attention").await.ok()["items"], json!([]));

    let mut other_epoch = rita.clone();
    other_epoch.epoch = 2;
    other_epoch.head = None;
    let event = other_epoch.report("r4");
    assert_eq!(reason(&other_epoch.push_one(&event).await), "wrong_epoch");
}

#[tokio::test]
async fn who_was_signed_in_on_a_device_may_still_send_after_another_person_came() {
    let house = House::open().await;
    house.join("rita").await;
    house.join("sean").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", crate::harness::PASSWORD).await.expect("Rita");
    let hers = tablet.report("r1");
    tablet.sign_in("sean", crate::harness::PASSWORD).await.expect("Sean");
    let his = tablet.report("r2");
    all_accepted(&tablet.push(&[hers, his]).await);
    let rows = tablet.pull_all().await.rows;
    assert_eq!(rows.iter().map(|row| row.event.by.code()).collect::<Vec<_>>(), ["rita", "sean"]);
}

#[tokio::test]
async fn f37_a_role_that_is_missing_sets_an_event_aside_for_the_manager() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = rita.report("r1");
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let review = rita.write("review_risk", "r1", review);
    let outcomes = rita.push(&[report, review]).await;
    accepted(&outcomes[0]);
    assert_eq!(reason(&outcomes[1]), "role_not_allowed");
    let items = house.boss.get("/v1/attention").await.ok();
    assert_eq!(items["items"][0]["kind"], "set_aside");
    assert_eq!(items["items"][0]["by_name"], "Rita");
    let mut elsewhere = rita.envelope("report", "r2", medication());
    elsewhere.site = "oak".into();
    let elsewhere = rita.seal(&elsewhere);
    assert_eq!(reason(&rita.push_one(&elsewhere).await), "no_role_at_site");
    let unknown = rita.envelope("fly_to_the_moon", "r1", json!({}));
    let unknown = rita.seal(&unknown);
    assert_eq!(reason(&rita.push_one(&unknown).await), "unknown_code");
    // Fields of a newer app could mean something else: kept apart, in no record.
    let mut newer = rita.envelope("report", "r3", medication());
    newer.kschema = 2;
    let newer = rita.seal(&newer);
    assert_eq!(reason(&rita.push_one(&newer).await), "newer_version");
    let after = rita.report("r4");
    accepted(&rita.push_one(&after).await);
    assert!(!house.boss.get("/v1/pull").await.ok().to_string().contains("\"r3\""));
}

#[tokio::test]
async fn an_id_used_twice_keeps_both_and_tells() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let first = rita.envelope("report", "r1", medication());
    let one = rita.seal(&first);
    let mut second = rita.envelope("report", "r1", environment());
    second.id = first.id.clone();
    let two = rita.seal(&second);
    let outcomes = rita.push(&[one, two]).await;
    accepted(&outcomes[0]);
    assert_eq!(reason(&outcomes[1]), "id_reused");
}

#[tokio::test]
async fn the_clock_of_a_phone_is_measured_and_never_decides() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut envelope = rita.envelope("report", "r1", medication());
    envelope.recorded_at = minutes_ago(10) + Duration::days(3650);
    envelope.offset_ms = None;
    let event = rita.seal(&envelope);
    let mut request = rita.push_request(&[event]);
    request.sent_at = minutes_ago(0) + Duration::days(3650);
    let reply: PushReply = serde_json::from_value(rita.push_raw(&request).await.ok()).expect("a reply");
    let PushOutcome::Accepted { judgement } = &reply.receipts[0].outcome else { panic!("{reply:?}") };
    let late = (judgement.received_at - judgement.corrected_at).num_seconds();
    assert!((590..=620).contains(&late), "ten minutes before it arrived, not in ten years: {late}");
    assert_eq!(judgement.marks, [Mark::ClockSkew]);
}
