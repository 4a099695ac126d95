//! Letters without a name: which answer settles one, and when one is offered again.

use crate::support::{OURS, at, noon};
use chrono::Duration;
use domain::event::{Author, Event, Fields};
use serde_json::{Value, json};
use sync::{
    again::Taken,
    letter::{Answer, id_of, knew_older_lists, read},
    receipt::Failure,
    stamp::stamped,
    wire::{AnonymousRequest, Problem},
};

fn letter() -> AnonymousRequest {
    AnonymousRequest {
        tenant: "willow-care".into(),
        verb: "report".into(),
        site: "elm".into(),
        record: Some("record-1".into()),
        token: None,
        with: Fields::default(),
        written_at: noon(),
        sent_at: noon(),
        offline: false,
        key: "key-1".into(),
    }
}

fn reply() -> Value {
    json!({
        "record": "record-1",
        "event": Event {
            id: id_of("event", "key-1").into(),
            verb: "report".into(),
            site: "elm".into(),
            record: Some("record-1".into()),
            by: Author::Anonymous,
            device: "anonymous".into(),
            with: Fields::default(),
            seen: 0,
            device_time: noon(),
            offset_ms: Some(0),
        },
        "token": "token-1",
        "judgement": { "seq": 7, "received_at": "2026-11-23T12:00:00Z", "offset_ms": 0,
            "corrected_at": "2026-11-23T12:00:00Z", "version": 1, "result": "applied" },
    })
}

fn answer(status: u16, content_type: Option<&str>, body: &str) -> Answer {
    read(&letter(), status, content_type, body.as_bytes())
}

fn failure(status: u16, content_type: Option<&str>, body: &str) -> Failure {
    match answer(status, content_type, body) {
        Answer::Failed(failure, _) => failure,
        other => panic!("{status} settled a letter: {other:?}"),
    }
}

#[test]
fn a_letter_is_taken_by_a_whole_reply_about_it() {
    let taken = Answer::Taken { token: Some("token-1".into()), at: Some(noon()) };
    assert_eq!(answer(200, OURS, &stamped(reply().to_string())), taken);
    let mut newer = reply();
    newer["judgement"] = json!({ "result": "applied_twice" });
    assert_eq!(
        answer(200, OURS, &newer.to_string()),
        Answer::Taken { token: Some("token-1".into()), at: None },
        "what a newer server adds keeps no letter waiting"
    );
}

#[test]
fn f35_no_status_without_words_of_ours_settles_a_letter() {
    let page = "<html>Blocked by the firewall</html>";
    for status in (100..600).filter(|status| *status != 200) {
        for content_type in [None, Some("text/html"), Some("application/json"), OURS] {
            assert!(
                matches!(answer(status, content_type, page), Answer::Failed(..)),
                "{status} {content_type:?}"
            );
        }
        let theirs = r#"{"code":"not_allowed","sentence":"Blocked."}"#;
        assert!(matches!(answer(status, Some("application/json"), theirs), Answer::Failed(..)), "{status}");
        assert!(
            matches!(answer(status, OURS, r#"{"code":"","sentence":""}"#), Answer::Failed(..)),
            "{status}"
        );
    }
    assert_eq!(failure(403, Some("text/html"), page), Failure::NotOurs);
    assert_eq!(failure(503, OURS, page), Failure::Server(503));
    assert_eq!(failure(429, OURS, page), Failure::Busy);
}

#[test]
fn f36_no_page_no_half_and_no_other_letter_is_a_receipt() {
    let whole = stamped(reply().to_string());
    let with = |alter: fn(&mut Value)| {
        let mut reply = reply();
        alter(&mut reply);
        failure(200, OURS, &stamped(reply.to_string()))
    };
    assert_eq!(failure(200, Some("text/html"), "<html>Sign in to the Wi-Fi"), Failure::NotOurs);
    assert_eq!(failure(200, Some("application/json"), &whole), Failure::NotOurs);
    assert_eq!(failure(200, OURS, &whole[..whole.len() - 9]), Failure::Mismatch);
    assert_eq!(failure(200, OURS, &whole.replace("token-1", "token-2")), Failure::Mismatch);
    assert_eq!(with(|reply| reply["event"]["id"] = json!(id_of("event", "key-2"))), Failure::Mismatch);
    assert_eq!(with(|reply| reply["event"]["do"] = json!("add_note")), Failure::Mismatch);
    assert_eq!(with(|reply| reply["record"] = json!("record-2")), Failure::Mismatch);
}

#[test]
fn a_refusal_of_ours_is_told_apart_from_a_letter_that_is_kept_or_was_here() {
    let refused = |status, code: &str| {
        answer(status, OURS, &json!({ "code": code, "sentence": "Say why.", "field": "text" }).to_string())
    };
    assert!(matches!(refused(422, "bad_value"), Answer::Refused(problem) if problem.sentence == "Say why."));
    assert!(matches!(refused(409, "letter_kept_apart"), Answer::KeptApart(_)));
    assert!(refused(409, "id_reused").is_here_before());
    assert!(!refused(422, "bad_value").is_here_before());
    for (status, code) in
        [(400, "bad_request"), (403, "device_unknown"), (413, "too_large"), (500, "server_failed")]
    {
        assert!(
            matches!(refused(status, code), Answer::Failed(_, Some(_))),
            "{status}: it may heal by itself"
        );
    }
}

#[test]
fn only_a_report_of_a_unit_that_is_gone_goes_again_as_written_without_contact() {
    let told = |code: &str, field: &str| -> Problem {
        serde_json::from_value(json!({"code": code, "sentence": "No.", "field": field})).expect("a problem")
    };
    let unit = told("unknown_code", "unit");
    assert!(knew_older_lists(&letter(), &unit));
    // Once is enough: what comes after that is said to the person.
    assert!(!knew_older_lists(&AnonymousRequest { offline: true, ..letter() }, &unit));
    assert!(!knew_older_lists(&AnonymousRequest { verb: "amend".into(), ..letter() }, &unit));
    assert!(!knew_older_lists(&letter(), &told("unknown_code", "concern")));
    assert!(!knew_older_lists(&letter(), &told("bad_value", "unit")));
}

#[test]
fn f51_what_was_taken_is_offered_once_after_each_restore_and_for_30_days() {
    let taken = Taken { at: noon(), round: 2 };
    assert!(!taken.is_offered_again(2, noon()), "nothing was restored since");
    assert!(taken.is_offered_again(3, noon() + Duration::days(30)));
    assert!(!taken.is_offered_again(3, noon() + Duration::days(31)));
    assert!(!Taken { round: 3, ..taken }.is_offered_again(3, noon()), "the restored server has it");
    assert!(taken.is_over(at("2026-12-25T12:00:00Z")) && !taken.is_over(noon()));
}
