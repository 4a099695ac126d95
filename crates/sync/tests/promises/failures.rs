//! Failures of failures.md that are met in the core, each named by its id.

use crate::support::{OURS, at, duplicate, entries, noon, outbox_of, reply, request};
use chrono::Duration;
use proptest::prelude::*;
use serde_json::{Value, json};
use sync::{
    Envelope, Memory, Stored,
    chain::{Link, run_of},
    own::{Own, OwnEvent},
    pages::{PAGE_ROWS, Tail},
    pull::{Cursor, Pulled, read},
    receipt::{Failure, Settlement, settle},
    stamp::stamped,
    wire::{DealtEntry, PushOutcome},
};

fn own_of(count: usize) -> Own {
    let mut own = Own::default();
    own.load((1..).zip(entries(count)).map(|(seq, entry)| Stored { seq, entry }).collect());
    own
}

fn delivered(own: &mut Own, count: usize, time: domain::time::Instant) {
    let mut outbox = outbox_of(&entries(count));
    let request = request(&outbox, noon());
    let text = reply(&request, &duplicate()).to_string();
    let Settlement::Delivered(delivery) = settle(&request, 200, OURS, text.as_bytes()) else {
        panic!("a good reply is taken")
    };
    let settled = outbox.settle(&delivery, noon());
    assert_eq!(own.settle(&settled, time).len(), count);
}

#[test]
fn f41_age_alone_lets_nothing_go() {
    let (mut own, mut outbox) = (own_of(3), outbox_of(&entries(3)));
    let mut now = noon();
    for _ in 0..40 {
        // A quarter of a year without any signal, and every try fails.
        now += Duration::days(91);
        if let Some(batch) = outbox.next_batch(now) {
            let request = batch.request("t", None, now, "n".to_owned());
            outbox.failed(&request, Failure::Offline, now);
        }
        assert_eq!((outbox.waiting(), own.old(now).len()), (3, 0), "{now}");
    }
    delivered(&mut own, 3, now);
    assert!(own.old(now).is_empty(), "delivered after ten years, it is kept as long as any other");
}

#[test]
fn f44_two_edits_offline_are_two_entries() {
    let outbox = outbox_of(&entries(2));
    assert_eq!(outbox.waiting(), 2, "nothing replaces anything");
}

#[test]
fn f45_a_second_attempt_has_the_same_bytes() {
    let mut outbox = outbox_of(&entries(3));
    let first = request(&outbox, noon());
    outbox.failed(&first, Failure::TooLarge, noon());
    let second = request(&outbox, noon());
    assert!(second.events.len() < first.events.len());
    assert!(second.events.iter().all(|event| first.events.contains(event)));
}

#[test]
fn f62_a_clock_that_jumps_ten_years_forgets_nothing() {
    let mut own = own_of(3);
    delivered(&mut own, 3, noon());
    assert!(own.old(noon() + Duration::days(29)).is_empty(), "by the clock of the server");
    assert_eq!(own.old(noon() + Duration::days(32)), vec![1_u64, 2], "never the end of the chain");
}

#[test]
fn f51_after_a_restore_everything_kept_waits_again() {
    let mut own = own_of(3);
    delivered(&mut own, 3, noon());
    assert_eq!(own.iter().filter(|own| own.is_waiting()).count(), 0);
    let waiting = own.to_wait_again();
    assert_eq!(waiting.len(), 3);
    // The store may refuse; then the next try must offer all of them once more.
    assert_eq!(own.to_wait_again(), waiting, "nothing waits before it is written");
    own.wait_again(&waiting);
    assert_eq!(own.iter().filter(|own| own.is_waiting()).count(), 3);
    assert_eq!(own.to_wait_again(), Vec::new());
}

fn row(seq: u64, received_at: &str) -> Value {
    json!({
        "event": { "id": format!("e{seq}"), "do": "add_note", "site": "s", "record": "r", "by": "a", "device": "d",
            "device_time": received_at },
        "judgement": { "seq": seq, "received_at": received_at, "offset_ms": 0, "corrected_at": received_at,
            "version": seq, "result": "applied" },
    })
}

fn page(rows: &[u64], next: u64, more: bool, received_at: &str) -> String {
    let rows: Vec<Value> = rows.iter().map(|seq| row(*seq, received_at)).collect();
    json!({
        "server_epoch": "e", "server_time": received_at, "scope": "", "reset": false, "rows": rows, "next": next,
        "more": more, "head": { "seq": 9, "chain": sync::Hash::ZERO }, "directory_version": 1,
    })
    .to_string()
}

#[test]
fn f49_equal_times_and_a_clock_that_goes_back_skip_no_row() {
    let mut cursor = Cursor::default();
    let mut seen = 0;
    let pages = [
        (vec![1, 2, 3], "2026-03-02T10:00:00Z"),
        (vec![4, 5], "2026-03-02T10:00:00Z"),
        (vec![6], "2020-01-01T00:00:00Z"),
    ];
    for (rows, time) in pages {
        let last = rows.last().copied().unwrap_or(0);
        let Pulled::Page(taken) = read(&cursor, "", 200, OURS, page(&rows, last, true, time).as_bytes())
        else {
            panic!("a page")
        };
        seen += taken.rows.len();
        cursor = taken.cursor;
    }
    assert_eq!((seen, cursor.next), (6, 6));
}

#[test]
fn f52_a_page_with_one_changed_letter_is_not_taken() {
    let whole = stamped(page(&[1, 2], 2, false, "2026-03-02T10:00:00Z"));
    assert!(matches!(read(&Cursor::default(), "", 200, OURS, whole.as_bytes()), Pulled::Page(_)));
    let changed = whole.replacen("\"next\":2", "\"next\":7", 1);
    assert_ne!(changed, whole);
    let failed = Pulled::Failed(Failure::Mismatch);
    assert_eq!(
        read(&Cursor::default(), "", 200, OURS, changed.as_bytes()),
        failed,
        "rows would be skipped for ever"
    );
}

#[test]
fn f54_one_missing_and_one_more_shows_although_the_count_is_right() {
    let mut events = entries(4);
    events[1] = entries(4).remove(2);
    let links: Vec<_> = events.iter().map(|entry| Link::of(&entry.signed).ok()).collect();
    assert!(!run_of(&links).breaks.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn f33_a_lost_reply_and_any_number_of_repeats_is_one_entry(repeats in 1_usize..20) {
        use sync::EventLog;
        let log = Memory::default();
        for _ in 0..repeats {
            crate::support::run(log.append(entries(3))).expect("memory");
        }
        prop_assert_eq!(crate::support::run(log.read(0, 100)).expect("memory").len(), 3);
    }

    #[test]
    fn f43_any_split_into_batches_keeps_the_order(count in 1_usize..40, failures in prop::collection::vec(any::<bool>(), 0..12)) {
        let mut outbox = outbox_of(&entries(count));
        let mut sent = Vec::new();
        let (mut now, mut failures) = (noon(), failures.into_iter());
        while outbox.waiting() > 0 {
            now += Duration::minutes(6);
            let request = request(&outbox, now);
            if failures.next() == Some(true) && request.events.len() > 1 {
                outbox.failed(&request, Failure::Timeout, now);
                continue;
            }
            let text = reply(&request, &duplicate()).to_string();
            let Settlement::Delivered(delivery) = settle(&request, 200, OURS, text.as_bytes()) else {
                return Err(TestCaseError::fail("a good reply is taken"));
            };
            for (item, outcome) in outbox.settle(&delivery, now) {
                let stored = matches!(outcome, PushOutcome::Duplicate { .. });
                prop_assert!(stored);
                sent.push(Envelope::open(&item.signed.bytes).expect("open").dseq);
            }
        }
        let in_order: Vec<u64> = (1..=count as u64).collect();
        prop_assert_eq!(sent, in_order);
    }

    #[test]
    fn f48_pages_and_their_tail_hold_every_row_once(sizes in prop::collection::vec(0_usize..450, 1..6)) {
        let (mut kept, mut tail, mut next) = (std::collections::BTreeMap::new(), Tail::default(), 0);
        for size in sizes {
            let rows: Vec<String> = (next..next + size).map(|row| row.to_string()).collect();
            next += size;
            let (pages, after) = tail.filled(rows);
            tail = after;
            // Some starts later the last page is read again: what is added goes on from there.
            if let Some(page) = pages.last().filter(|_| size.is_multiple_of(2)) {
                tail = Tail::after(page.number, &page.rows().expect("rows"));
            }
            pages.into_iter().for_each(|page| drop(kept.insert(page.number, page.rows)));
        }
        let all: Vec<usize> = kept.values().flat_map(|rows| serde_json::from_str::<Vec<usize>>(rows).expect("JSON")).collect();
        prop_assert_eq!(all, (0..next).collect::<Vec<_>>());
        prop_assert!(kept.values().all(|rows| serde_json::from_str::<Vec<usize>>(rows).expect("JSON").len() <= PAGE_ROWS));
    }

    #[test]
    fn f62_any_clock_of_the_phone_keeps_what_the_server_took_lately(years in -12_i64..12, days in 0_i64..30) {
        let mut own = own_of(2);
        delivered(&mut own, 2, noon());
        let phone = at("2026-11-23T12:00:00Z") + Duration::days(years * 366);
        let mut outbox = outbox_of(&[]);
        outbox.offer_again(own.iter().map(|own| own.entry.clone()));
        prop_assert!(outbox.next_batch(phone).is_some());
        prop_assert!(own.old(noon() + Duration::days(days)).is_empty());
    }
}

#[test]
fn what_a_manager_dealt_with_is_heard_once_and_kept() {
    let (mut own, outbox) = (own_of(2), outbox_of(&entries(2)));
    let apart =
        PushOutcome::Quarantined { reason: "forked".into(), sentence: String::new(), judgement: None };
    let taken = PushOutcome::Duplicate { judgement: None };
    let settled: Vec<_> = outbox.items().iter().cloned().zip([apart, taken]).collect();
    own.settle(&settled, noon());
    let ids = own.iter().filter_map(|own| Some(own.event.as_ref()?.id.clone()));
    let told: Vec<DealtEntry> = ids.map(|id| DealtEntry { id, at: noon() }).collect();
    let written = own.hear_dealt_with(&told);
    assert_eq!((told.len(), written.len()), (2, 1), "what was taken is nobody's to deal with");
    assert_eq!(OwnEvent::new(written[0].clone()).fate.dealt_at, Some(noon()), "also after a restart");
    assert!(own.hear_dealt_with(&told).is_empty());
}
