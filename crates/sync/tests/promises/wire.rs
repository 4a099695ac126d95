//! What travels looks exactly like this. An app of last year reads it too.

use crate::support::noon;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;
use sync::{
    Hash, Signed,
    wire::{
        AnonymousReply, AnonymousRequest, CheckReply, Problem, PullQuery, PullReply, PushOutcome, PushReply,
        PushRequest, Receipt,
    },
};

/// The JSON reads as `T` and is written back the same.
fn check<T: Serialize + DeserializeOwned + Debug>(json: Value) -> T {
    let read: T = serde_json::from_value(json.clone()).expect("readable");
    assert_eq!(serde_json::to_value(&read).expect("writable"), json);
    read
}

fn judgement() -> Value {
    json!({ "seq": 7, "received_at": "2026-11-23T12:00:00Z", "offset_ms": 0, "corrected_at": "2026-11-23T12:00:00Z",
        "version": 1, "result": "applied", "marks": ["late_sync"], "deliveries": 1 })
}

fn event() -> Value {
    json!({ "id": "event-1", "do": "report", "site": "willow-house", "record": "record-1", "by": "ada",
        "device": "phone-a", "with": { "what": "A trip hazard." }, "seen": 0, "device_time": "2026-11-23T12:00:00Z" })
}

#[test]
fn a_push() {
    let hash = Hash::of_event("{}").to_string();
    let request: PushRequest =
        check(json!({ "protocol": 1, "tenant": "willow-care", "device": "phone-a", "epoch": 1,
        "server_epoch": null, "sent_at": "2026-11-23T12:00:00Z", "nonce": "nonce-1",
        "events": [{ "bytes": "{}", "sig": "c2ln" }] }));
    assert_eq!(request.events, [Signed { bytes: "{}".to_owned(), sig: "c2ln".to_owned() }]);

    let reply: PushReply = check(json!({ "nonce": "nonce-1", "server_epoch": "epoch-1",
        "server_time": "2026-11-23T12:00:00Z", "receipts": [
            { "hash": hash, "outcome": "accepted", "judgement": judgement() },
            { "hash": hash, "outcome": "duplicate", "judgement": null },
            { "hash": hash, "outcome": "held", "why": "an earlier event is missing" },
            { "hash": hash, "outcome": "quarantined", "reason": "fork", "sentence": "Two wrote at once.",
              "judgement": judgement() },
            { "hash": hash, "outcome": "retry", "after_s": 30 },
        ] }));
    assert_eq!(reply.server_time, noon());
    let retry = Receipt { hash: Hash::of_event("{}"), outcome: PushOutcome::Retry { after_s: 30 } };
    assert_eq!(reply.receipts[4], retry);
}

#[test]
fn a_pull() {
    let reply: PullReply = check(json!({ "server_epoch": "epoch-1", "server_time": "2026-11-23T12:00:00Z",
        "scope": "all", "reset": true, "rows": [{ "event": event(), "judgement": judgement() }], "next": 7,
        "more": false, "head": { "seq": 7, "chain": "0".repeat(64) }, "directory_version": 3 }));
    assert_eq!((reply.rows[0].judgement.seq, reply.head.chain), (7, Hash::ZERO));
    let first: PullQuery = serde_json::from_value(json!({})).expect("all have defaults");
    assert_eq!(
        first,
        PullQuery { cursor: 0, scope: String::new(), limit: 500, witness: None, ask: String::new() }
    );
}

#[test]
fn a_check() {
    assert!(check::<CheckReply>(json!({ "ok": true, "event": event() })).into_result().is_ok());
    let refusal =
        json!({ "ok": false, "code": "text_missing", "sentence": "Say what happened.", "field": "what" });
    let problem = check::<CheckReply>(refusal).into_result().expect_err("refused");
    assert_eq!((problem.code.as_str(), problem.field.as_deref()), ("text_missing", Some("what")));
    let reply = CheckReply::refused(Problem { field: None, ..problem });
    assert_eq!(check::<CheckReply>(serde_json::to_value(&reply).expect("json")), reply);
    assert_eq!(check::<CheckReply>(json!({ "ok": true })).into_result(), Err(Problem::default()));
}

#[test]
fn an_anonymous_report() {
    check::<AnonymousRequest>(json!({ "tenant": "willow-care", "verb": "report", "site": "willow-house",
        "record": null, "token": null, "with": { "what": "A trip hazard." }, "written_at": "2026-11-23T12:00:00Z",
        "sent_at": "2026-11-23T12:00:09Z", "offline": false, "key": "event-1" }));
    check::<AnonymousReply>(
        json!({ "record": "record-1", "event": event(), "token": "token-1", "judgement": judgement() }),
    );
}

#[test]
fn f57_only_a_stamped_word_of_ours_says_that_every_role_has_ended() {
    let told =
        |code: &str| sync::stamp::stamped(format!(r#"{{"code":"{code}","sentence":"You have no role."}}"#));
    let is_told = |status, content_type: &str, body: &str| {
        sync::wire::has_no_role(status, content_type, body.as_bytes())
    };
    let (ours, body) = (sync::wire::CONTENT_TYPE, told("no_role_now"));
    assert!(is_told(403, ours, &body));
    assert!(!is_told(200, ours, &body));
    assert!(!is_told(403, "text/html", &body));
    assert!(!is_told(403, ours, &told("device_unknown")));
    assert!(!is_told(403, ours, r#"{"code":"no_role_now","sentence":"You have no role."}"#), "no stamp");
    assert!(!is_told(403, ours, &body.replace("no role", "no rule")), "changed on the way");
}
