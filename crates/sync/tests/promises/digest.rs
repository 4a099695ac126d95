//! What is kept is compared with what was given: every loss shows, nothing is taken over, and nobody asks for ever.

use crate::support::{OURS, at, noon};
use chrono::Duration;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;
use sync::{
    Hash,
    digest::{Compared, Comparing, Digest, DigestReply, Finding, MISSED, STILL_MISSED, read},
    pages::{PAGE_ROWS, look_whole},
    pull::Cursor,
    receipt::Failure,
    stamp::stamped,
    wire::ServerHead,
};

fn given(rows: impl IntoIterator<Item = u64>) -> Digest {
    let mut digest = Digest::default();
    rows.into_iter().for_each(|seq| digest.add(seq, &format!("event-{seq}")));
    digest
}

/// A page as it is kept, with fields that no version of today knows.
fn page(rows: impl IntoIterator<Item = u64>) -> String {
    let row = |seq| json!({ "later": [1], "event": { "of": "v9", "id": format!("event-{seq}") }, "judgement": { "seq": seq } });
    json!(rows.into_iter().map(row).collect::<Vec<_>>()).to_string()
}

fn kept(pages: &[String], upto: u64) -> Digest {
    let mut digest = Digest::default();
    pages.iter().for_each(|page| digest.add_page(page, upto));
    digest
}

fn settled() -> Cursor {
    Cursor {
        server_epoch: Some("epoch-1".into()),
        scope: "all".into(),
        next: 9,
        head: ServerHead { seq: 9, chain: Hash::of(&[b"nine"]) },
        ..Cursor::default()
    }
}

#[test]
fn f52_what_is_kept_is_what_was_given_however_the_pages_are_cut() {
    let all = given(1..=9);
    assert_eq!((all.rows, kept(&[page(1..=9)], 9)), (9, all));
    assert_eq!(kept(&[page(1..=2), page(3..=3), page(4..=9)], 9), all);
    assert_eq!(kept(&[page(1..=12)], 9), all, "what came since is not asked about");
    assert_ne!(kept(&[page(1..=2), page(4..=9)], 9), all, "one is gone");
    assert_ne!(kept(&[page(1..=2), "[{\"spoilt".into(), page(4..=9)], 9), all, "nobody can read one");
    assert_ne!(kept(&[page(1..=9), page(9..=9)], 9), all, "one is there twice");
}

#[test]
fn f54_one_missing_and_one_more_differ_although_the_count_is_right() {
    let other = given((1..=8).chain([10]));
    assert_eq!(other.rows, given(1..=9).rows);
    assert_ne!(other, given(1..=9));
    let mut renumbered = given(1..=8);
    renumbered.add(9, "event-10");
    assert_ne!(renumbered, given(1..=9));
}

#[test]
fn f52_a_device_compares_once_a_day_and_never_with_half_of_it() {
    let (cursor, now) = (settled(), noon());
    let comparing = Comparing::default();
    assert!(comparing.is_due(&cursor, now), "never yet");
    let compared = cursor.after(Finding::Agrees, now);
    assert_eq!((compared.next, compared.compared), (9, Some(Compared { at: now, misses: false })));
    assert!(!comparing.is_due(&compared, now + Duration::hours(23)));
    assert!(comparing.is_due(&compared, now + Duration::hours(24)));
    assert!(comparing.is_due(&compared, now - Duration::days(900)), "a clock that went back");
    assert!(Comparing::at_start(true).is_due(&compared, now), "the start found something odd");
    for not_settled in [
        Cursor { filling: true, ..cursor.clone() },
        Cursor { doubted: true, ..cursor.clone() },
        Cursor { server_epoch: None, ..cursor.clone() },
        Cursor { scope: String::new(), ..cursor.clone() },
    ] {
        assert!(!Comparing::at_start(true).is_due(&not_settled, now), "{not_settled:?}");
    }
    let mut in_vain = Comparing::default();
    in_vain.in_vain(now);
    assert!(
        !in_vain.is_due(&cursor, now + Duration::minutes(59))
            && in_vain.is_due(&cursor, now + Duration::minutes(60))
    );
}

#[test]
fn f52_a_difference_is_pulled_again_once_and_the_number_of_the_server_is_not_taken_over() {
    let (now, mut comparing) = (noon(), Comparing::at_start(true));
    let finding = comparing.found(given(1..=7), given(1..=9));
    assert_eq!((finding, finding.code()), (Finding::Differs, Some(MISSED)));
    let again = settled().after(finding, now);
    assert_eq!((again.next, again.filling), (0, true));
    assert_eq!(
        (&again.server_epoch, &again.scope, again.head),
        (&settled().server_epoch, &settled().scope, settled().head)
    );
    assert!(!comparing.is_due(&again, now), "not before everything was pulled");
    let pulled = Cursor { next: 9, filling: false, ..again };
    assert!(comparing.is_due(&pulled, now), "then at once");
    let finding = comparing.found(given(1..=7), given(1..=9));
    assert_eq!((finding, finding.code()), (Finding::StillDiffers, Some(STILL_MISSED)));
    let tomorrow = pulled.after(finding, now);
    assert_eq!((tomorrow.next, tomorrow.filling), (9, false), "no second time");
    assert!(tomorrow.misses_rows() && !pulled.misses_rows(), "it is said in the settings");
    assert!(!comparing.is_due(&tomorrow, now) && comparing.is_due(&tomorrow, now + Duration::hours(24)));
    assert_eq!(comparing.found(given(1..=7), given(1..=9)), Finding::Differs, "and then as on the first day");
    let mended = comparing.found(given(1..=9), given(1..=9));
    assert_eq!((mended, mended.code()), (Finding::Mended, None));
    assert!(!tomorrow.after(mended, now).misses_rows());
    assert_eq!(comparing.found(given(1..=9), given(1..=9)), Finding::Agrees);
}

#[test]
fn f52_only_a_whole_answer_to_this_question_says_anything() {
    let reply = DigestReply {
        server_epoch: "epoch-1".into(),
        server_time: at("2026-11-23T12:00:02Z"),
        ask: "ask-1".into(),
        given: Some(given(1..=9)),
    };
    let text = |reply: &DigestReply| stamped(json!(reply).to_string());
    let answer = |text: &str| read(&settled(), "ask-1", 200, OURS, text.as_bytes());
    let told = answer(&text(&reply)).expect("an answer").expect("a digest");
    assert_eq!((told.digest, told.at), (given(1..=9), reply.server_time));
    let of_another_life = DigestReply { server_epoch: "epoch-0".into(), ..reply.clone() };
    let of_another_scope = DigestReply { given: None, ..reply.clone() };
    for says_nothing in [of_another_life, of_another_scope] {
        assert_eq!(answer(&text(&says_nothing)), Ok(None));
    }
    let to_another_question = DigestReply { ask: "ask-0".into(), ..reply.clone() };
    assert_eq!(answer(&text(&to_another_question)), Err(Failure::Mismatch));
    assert_eq!(answer(&json!(reply).to_string()), Err(Failure::Mismatch), "without the hash of its own text");
    let changed = text(&reply).replacen("\"rows\":9", "\"rows\":8", 1);
    assert_ne!(changed, text(&reply));
    assert_eq!(answer(&changed), Err(Failure::Mismatch));
    let portal = read(&settled(), "ask-1", 200, Some("text/html"), text(&reply).as_bytes());
    assert_eq!(portal, Err(Failure::NotOurs));
}

#[test]
fn f52_pages_with_a_gap_are_seen_at_the_start() {
    let full = PAGE_ROWS;
    for whole in [vec![], vec![(0, 3)], vec![(0, full)], vec![(0, full), (1, full), (2, 7)]] {
        assert!(look_whole(&whole), "{whole:?}");
    }
    for odd in [vec![(1, 3)], vec![(0, full), (2, 7)], vec![(0, full - 1), (1, 7)]] {
        assert!(!look_whole(&odd), "{odd:?}");
    }
}

proptest! {
    #[test]
    fn f52_whatever_is_lost_shows(gone in proptest::collection::btree_set(1_u64..=60, 1..60)) {
        let left = (1..=60).filter(|seq| !gone.contains(seq));
        let left: BTreeSet<u64> = left.collect();
        let rows = kept(&[page(left)], 60);
        prop_assert_ne!(rows, given(1..=60));
        // The count aside.
        prop_assert_ne!(rows.xor, given(1..=60).xor);
    }
}
