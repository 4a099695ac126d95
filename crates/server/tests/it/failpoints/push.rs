//! A push. What had a receipt is there afterwards, what had none is sent again, each once, numbered without gaps.

use super::NO_ANSWER;
use crate::{harness::set_up, phone::Phone, program::Served};
use std::collections::BTreeSet;
use sync::{
    Hash, Signed,
    wire::{CONTENT_TYPE, PushOutcome, PushReply},
};
use tokio::time::timeout;

/// In the order in which a push comes by them.
const PLACES: [&str; 7] = [
    "change::locked",
    "change::made",
    "append::before_head",
    "intake::before_chain_heads",
    "intake::written",
    "change::before_commit",
    "change::after_commit",
];

/// Answers whether there was a whole receipt for each event.
async fn push(phone: &Phone, events: &[Signed]) -> bool {
    let body = serde_json::to_vec(&phone.push_request(events)).expect("JSON");
    let request = phone.request(reqwest::Method::POST, "/v1/push").header("content-type", CONTENT_TYPE);
    let answer = async {
        let response = request.body(body).send().await.ok()?.error_for_status().ok()?;
        serde_json::from_slice::<PushReply>(&response.bytes().await.ok()?).ok()
    };
    match timeout(NO_ANSWER, answer).await {
        Ok(Some(reply)) => {
            let settled = |outcome: &PushOutcome| {
                matches!(outcome, PushOutcome::Accepted { .. } | PushOutcome::Duplicate { .. })
            };
            assert!(reply.receipts.iter().all(|receipt| settled(&receipt.outcome)), "{reply:?}");
            reply.receipts.len() == events.len()
        }
        _ => false,
    }
}

/// The ids of the events that the server has, checked for gaps.
async fn kept(phone: &Phone) -> BTreeSet<String> {
    let rows = phone.pull_all().await.rows;
    assert!(rows.iter().map(|row| row.judgement.seq).eq(1..=rows.len() as u64), "a gap");
    let ids: BTreeSet<String> = rows.iter().map(|row| row.event.id.to_string()).collect();
    assert_eq!(ids.len(), rows.len(), "an event is there twice");
    ids
}

fn id_of(event: &Signed) -> String {
    let envelope: serde_json::Value = serde_json::from_str(&event.bytes).expect("JSON");
    envelope["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn f33_killed_at_any_place_of_a_push_nothing_with_a_receipt_is_lost_and_nothing_is_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    served.kill_hard();
    let (mut all, mut after): (Vec<Signed>, usize) = (Vec::new(), 1);
    for place in PLACES {
        // It takes a few pushes, and stands still in the next one.
        let served = Served::start_to_stop_at(folder.path(), &format!("{place}={after}*off->pause"));
        boss.url = served.url.clone();
        let mut receipts = BTreeSet::new();
        let mut unanswered = Vec::new();
        while unanswered.is_empty() {
            let events: Vec<Signed> =
                (0..3).map(|n| boss.report(&format!("{place}-{}-{n}", all.len()))).collect();
            all.extend(events.clone());
            match push(&boss, &events).await {
                true => receipts.extend(events.iter().map(id_of)),
                false => unanswered = events,
            }
        }
        assert_eq!(receipts.len(), after * 3, "{place} was come by once in each push");
        served.kill_hard();

        let again = Served::start_again(folder.path());
        boss.url = again.url.clone();
        let there = kept(&boss).await;
        assert!(receipts.is_subset(&there), "{place}: something with a receipt is gone");
        let committed = unanswered.iter().filter(|event| there.contains(&id_of(event))).count();
        let expected = if place == "change::after_commit" { unanswered.len() } else { 0 };
        assert_eq!(committed, expected, "{place}: all of a push or nothing");
        // Sent again, as a phone does that heard nothing, and once more.
        assert!(push(&boss, &unanswered).await);
        assert!(push(&boss, &unanswered).await);
        assert_eq!(kept(&boss).await.len(), all.len(), "{place}: each is there once");
        again.kill_hard();
        after = 3 - after;
    }
    let hashes: BTreeSet<Hash> = all.iter().map(Signed::hash).collect();
    assert_eq!(hashes.len(), all.len());
}
