//! Only a whole reply of ours, for this request, settles anything.

use crate::support::{OURS, duplicate, entries, noon, outbox_of, reply, request};
use proptest::prelude::*;
use serde_json::{Value, json};
use sync::{
    receipt::{Delivery, Failure, Settlement, settle},
    wire::{PushOutcome, PushRequest},
};

fn failure(request: &PushRequest, status: u16, content_type: Option<&str>, body: &str) -> Failure {
    match settle(request, status, content_type, body.as_bytes()) {
        Settlement::Failed(failure) => failure,
        other => panic!("settled: {other:?}"),
    }
}

fn delivered(request: &PushRequest, body: &Value) -> Delivery {
    match settle(request, 200, OURS, body.to_string().as_bytes()) {
        Settlement::Delivered(delivery) => delivery,
        other => panic!("not settled: {other:?}"),
    }
}

#[test]
fn each_outcome_is_read() {
    let request = request(&outbox_of(&entries(1)), noon());
    let judgement = json!({ "seq": 7, "received_at": "2026-11-23T12:00:00Z", "offset_ms": 0,
        "corrected_at": "2026-11-23T12:00:00Z", "version": 1, "result": "applied" });
    let check = |outcome: Value, stored: bool| {
        let delivery = delivered(&request, &reply(&request, &outcome));
        assert_eq!(delivery.receipts[0].outcome.is_stored(), stored, "{outcome}");
        let read = serde_json::to_value(&delivery.receipts[0].outcome).expect("json");
        assert_eq!(read["outcome"], outcome["outcome"]);
    };
    check(json!({ "outcome": "accepted", "judgement": judgement }), true);
    check(json!({ "outcome": "duplicate", "judgement": judgement }), true);
    check(json!({ "outcome": "held", "why": "an earlier event is missing" }), true);
    check(
        json!({ "outcome": "quarantined", "reason": "fork", "sentence": "Two phones wrote at once." }),
        true,
    );
    check(json!({ "outcome": "retry", "after_s": 9 }), false);
}

#[test]
fn content_type_may_carry_parameters() {
    let request = request(&outbox_of(&entries(1)), noon());
    let body = reply(&request, &duplicate()).to_string();
    let content_type = Some("Application/vnd.noticed+json; charset=utf-8");
    assert!(matches!(settle(&request, 200, content_type, body.as_bytes()), Settlement::Delivered(_)));
}

#[test]
fn f36_everything_but_our_whole_receipt_is_a_failure() {
    let request = request(&outbox_of(&entries(2)), noon());
    let good = reply(&request, &duplicate());
    let text = good.to_string();
    let altered = |alter: fn(&mut Value)| {
        let mut reply = good.clone();
        alter(&mut reply);
        failure(&request, 200, OURS, &reply.to_string())
    };
    assert_eq!(failure(&request, 200, Some("text/html"), "<html>Sign in to the wifi"), Failure::NotOurs);
    assert_eq!(failure(&request, 200, Some("application/json"), &text), Failure::NotOurs);
    assert_eq!(failure(&request, 200, None, &text), Failure::NotOurs);
    assert_eq!(failure(&request, 204, OURS, ""), Failure::NotOurs);
    assert_eq!(failure(&request, 206, OURS, &text), Failure::NotOurs);
    assert_eq!(failure(&request, 302, OURS, &text), Failure::NotOurs);
    assert_eq!(failure(&request, 200, OURS, ""), Failure::Mismatch);
    assert_eq!(failure(&request, 200, OURS, &text[..text.len() - 1]), Failure::Mismatch);
    assert_eq!(altered(|reply| reply["nonce"] = json!("nonce-0")), Failure::Mismatch);
    assert_eq!(altered(|reply| reply["receipts"] = json!([])), Failure::Mismatch);
    assert_eq!(altered(|reply| reply["receipts"][0]["hash"] = json!("0".repeat(64))), Failure::Mismatch);
    assert_eq!(altered(|reply| reply["receipts"][0] = reply["receipts"][1].clone()), Failure::Mismatch);
    assert_eq!(altered(|reply| reply["receipts"][0]["outcome"] = json!(null)), Failure::Mismatch);
    assert_eq!(
        altered(|reply| {
            let more = reply["receipts"][0].clone();
            reply["receipts"].as_array_mut().expect("receipts").push(more);
        }),
        Failure::Mismatch
    );
}

#[test]
fn f35_a_status_says_what_to_do_and_never_what_to_delete() {
    let request = request(&outbox_of(&entries(1)), noon());
    let body = reply(&request, &duplicate()).to_string();
    let check = |status, expected| assert_eq!(failure(&request, status, OURS, &body), expected);
    check(401, Failure::SignIn);
    check(403, Failure::SignIn);
    check(408, Failure::Timeout);
    check(413, Failure::TooLarge);
    check(422, Failure::NotUnderstood(422));
    check(429, Failure::Busy);
    check(503, Failure::Server(503));
    check(511, Failure::NotOurs);
    for status in [401, 403] {
        assert_eq!(
            failure(&request, status, Some("text/html"), "Forbidden"),
            Failure::NotOurs,
            "anybody can say it"
        );
    }
    for status in (100..600).filter(|status| *status != 200) {
        assert!(matches!(settle(&request, status, OURS, body.as_bytes()), Settlement::Failed(_)), "{status}");
    }
}

#[test]
fn a_judgement_of_a_newer_server_does_not_keep_the_event_waiting() {
    let request = request(&outbox_of(&entries(1)), noon());
    let newer = json!({ "outcome": "accepted", "judgement": { "result": "applied_twice" } });
    let delivery = delivered(&request, &reply(&request, &newer));
    assert_eq!(delivery.receipts[0].outcome, PushOutcome::Duplicate { judgement: None });
    let unknown = json!({ "outcome": "postponed" });
    assert!(!delivered(&request, &reply(&request, &unknown)).receipts[0].outcome.is_stored());
}

#[test]
fn a_server_of_another_epoch_settles_nothing() {
    let known = Some("epoch-0".to_owned());
    let request = PushRequest { server_epoch: known, ..request(&outbox_of(&entries(1)), noon()) };
    let body = reply(&request, &duplicate()).to_string();
    let settlement = settle(&request, 200, OURS, body.as_bytes());
    assert_eq!(settlement, Settlement::OtherEpoch { server_epoch: "epoch-1".to_owned() });
}

/// A whole reply, or one with something wrong.
fn any_answer(request: PushRequest) -> impl Strategy<Value = (u16, Option<String>, Vec<u8>)> {
    let good = reply(&request, &duplicate()).to_string().into_bytes();
    let (cut, changed) = (good.clone(), good.clone());
    let body = prop_oneof![
        Just(good),
        any::<prop::sample::Index>().prop_map(move |end| cut[..end.index(cut.len())].to_vec()),
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(move |(place, byte)| {
            let mut body = changed.clone();
            let place = place.index(body.len());
            body[place] = byte;
            body
        }),
        prop::collection::vec(any::<u8>(), 0..200),
        "<html>.{0,40}</html>".prop_map(String::into_bytes),
    ];
    let status = prop_oneof![3 => Just(200_u16), 1 => 100_u16..600];
    let ours = OURS.map(str::to_owned);
    let content_type = prop_oneof![3 => Just(ours), 1 => Just(None), 1 => Just(Some("text/html".to_owned()))];
    (status, content_type, body)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn f35_no_answer_shrinks_the_outbox_without_a_valid_receipt((status, content_type, body) in any_answer(request(&outbox_of(&entries(3)), noon()))) {
        let mut outbox = outbox_of(&entries(3));
        let request = request(&outbox, noon());
        match settle(&request, status, content_type.as_deref(), &body) {
            Settlement::Delivered(delivery) => {
                let text = String::from_utf8_lossy(&body).into_owned();
                prop_assert!(status == 200 && content_type.as_deref() == OURS);
                prop_assert!(text.contains(&request.nonce));
                for (item, outcome) in outbox.settle(&delivery, noon()) {
                    prop_assert!(outcome.is_stored() && text.contains(&item.hash.to_string()));
                }
            }
            Settlement::Failed(failure) => {
                outbox.failed(&request, failure, noon());
                prop_assert_eq!(outbox.waiting(), 3);
            }
            Settlement::OtherEpoch { .. } => prop_assert!(false, "no epoch was known"),
        }
    }
}
