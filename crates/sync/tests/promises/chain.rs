//! A chain shows any one-byte change, swap, gap or addition; one signature vouches for what it links to.

use crate::support::{at, entries};
use proptest::prelude::*;
use sync::{
    Envelope, Hash, Signed,
    chain::{self, Break, verify_run, verify_whole},
    conformance::Phone,
    log::Head,
};

fn signed(count: usize) -> Vec<Signed> {
    entries(count).into_iter().map(|entry| entry.signed).collect()
}

fn end_of(events: &[Signed]) -> Head {
    Head { dseq: events.len() as u64, hash: events.last().map_or(Hash::ZERO, Signed::hash) }
}

#[test]
fn one_good_signature_at_the_tail_vouches_for_the_whole_run() {
    let mut asked = Vec::new();
    let vouched = verify_run(&signed(5)).vouched(5, |index| {
        asked.push(index);
        true
    });
    assert_eq!(vouched, [true; 5]);
    assert_eq!(asked, [4]);
}

#[test]
fn a_bad_signature_at_the_tail_leaves_the_earlier_ones_to_vouch() {
    let run = verify_run(&signed(5));
    assert_eq!(run.vouched(5, |index| index < 3), [true, true, true, false, false]);
    assert_eq!(run.vouched(5, |_| false), [false; 5]);
}

#[test]
fn a_gap_cuts_the_run_and_each_part_needs_its_own_signature() {
    let mut events = signed(5);
    events.remove(2);
    let run = verify_run(&events);
    assert_eq!(run.segments, [0..2, 2..4]);
    assert_eq!(run.breaks, [(2, Break::Number { expected: 3, found: 4 })]);
    assert_eq!(run.tail(4), 2..4);
    assert_eq!(run.vouched(4, |index| index == 3), [false, false, true, true]);
}

/// A sample of the fuzzer, changed by hand: anybody may send a number that nobody counts to.
#[test]
fn nothing_follows_the_largest_number_that_there_is() {
    let numbered = |dseq: u64, prev: Hash| {
        let mut envelope = Envelope::open(&signed(1)[0].bytes).expect("an event");
        (envelope.dseq, envelope.prev) = (dseq, prev);
        Signed { bytes: serde_json::to_string(&envelope).expect("JSON"), sig: "s".to_owned() }
    };
    for dseq in [0, 1, u64::MAX] {
        let last = numbered(u64::MAX, Hash::ZERO);
        let next = numbered(dseq, last.hash());
        let run = verify_run(&[last, next]);
        assert_eq!(run.segments, [0..1, 1..2]);
        assert_eq!(run.breaks, [(1, Break::Number { expected: u64::MAX, found: dseq })]);
    }
}

#[test]
fn an_unreadable_event_is_vouched_for_by_nobody() {
    let mut events = signed(3);
    events[1].bytes = "<html>".to_owned();
    let run = verify_run(&events);
    assert_eq!(run.breaks, [(1, Break::Unreadable)]);
    assert_eq!(run.vouched(3, |_| true), [true, false, true]);
    events.truncate(2);
    assert_eq!(verify_run(&events).tail(2), 2..2);
}

#[test]
fn events_of_another_device_or_enrolment_do_not_link() {
    let again = Phone::new("phone-a", 2).write("enrolled again").signed;
    let run = verify_run(&[signed(1), vec![again]].concat());
    assert_eq!(run.breaks, [(1, Break::OtherDevice)]);
}

#[test]
fn an_event_of_another_device_does_not_fit_even_with_the_right_number_and_hash() {
    let mut events = signed(2);
    let stranger = Envelope { device: "phone-b".into(), ..Envelope::open(&events[1].bytes).expect("open") };
    events[1] = stranger.seal().expect("sealed").signed("c2ln".to_owned());
    assert_eq!(verify_whole(None, &events, end_of(&events)), Err((1, Break::OtherDevice)));
    assert_eq!(verify_run(&events).breaks, [(1, Break::OtherDevice)]);
}

#[test]
fn the_first_event_starts_at_one_with_nothing_before_it() {
    assert_eq!(chain::next(None), Head { dseq: 1, hash: Hash::ZERO });
    let events = signed(3);
    let middle = Head { dseq: 1, hash: events[0].hash() };
    assert_eq!(verify_whole(Some(middle), &events[1..], end_of(&events)), Ok(()));
    let no_start = verify_whole(None, &events[1..], end_of(&events));
    assert_eq!(no_start, Err((0, Break::Number { expected: 1, found: 2 })));
}

#[test]
fn a_cut_off_tail_shows_at_the_known_end() {
    let events = signed(3);
    assert_eq!(verify_whole(None, &events[..2], end_of(&events)), Err((2, Break::WrongEnd)));
    assert_eq!(verify_whole(None, &[], end_of(&events)), Err((0, Break::WrongEnd)));
}

#[test]
fn a_row_of_the_server_depends_on_all_that_is_stored_with_it() {
    let (event, time) = (Hash::of_event("{}"), at("2026-11-23T12:00:00Z"));
    let row = chain::server_step(Hash::ZERO, 1, event, time, "applied");
    let others = [
        chain::server_step(row, 1, event, time, "applied"),
        chain::server_step(Hash::ZERO, 2, event, time, "applied"),
        chain::server_step(Hash::ZERO, 1, Hash::ZERO, time, "applied"),
        chain::server_step(Hash::ZERO, 1, event, time + chrono::Duration::microseconds(1), "applied"),
        chain::server_step(Hash::ZERO, 1, event, time, "set_aside"),
    ];
    assert!(others.iter().all(|other| *other != row));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_one_byte_change_shows(count in 1_usize..8, which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), letter in 0x20_u8..0x7f) {
        let events = signed(count);
        let (event, end) = (which.index(count), end_of(&events));
        let mut changed = events.clone();
        let mut bytes = changed[event].bytes.clone().into_bytes();
        let byte = place.index(bytes.len());
        prop_assume!(bytes[byte] != letter);
        bytes[byte] = letter;
        changed[event].bytes = String::from_utf8(bytes).expect("plain letters");

        prop_assert!(verify_whole(None, &changed, end).is_err());
        let good_signatures = |index: usize| changed[index].hash() == events[index].hash();
        let vouched = verify_run(&changed).vouched(count, good_signatures);
        prop_assert!(!vouched[event], "nobody stands behind the changed event");
    }

    #[test]
    fn any_swap_gap_or_repeat_shows(count in 2_usize..8, first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(), how in 0..3) {
        let events = signed(count);
        let (first, second) = (first.index(count), second.index(count));
        let mut changed = events.clone();
        match how {
            0 => changed.swap(first, second),
            1 => { changed.remove(first); }
            _ => changed.insert(second, events[first].clone()),
        }
        prop_assume!(changed != events);
        prop_assert!(verify_whole(None, &changed, end_of(&events)).is_err());
        // Only a cut at either end leaves a run without a break, and the numbers show that one.
        let cut_at_an_end = how == 1 && (first == 0 || first == count - 1);
        prop_assert_eq!(verify_run(&changed).breaks.is_empty(), cut_at_an_end);
    }

    #[test]
    fn a_forged_event_in_the_middle_is_not_vouched_for(count in 3_usize..8, which in any::<prop::sample::Index>()) {
        let mut events = signed(count);
        let forged = which.index(count - 1);
        let mut forger = Phone::new("phone-a", 1);
        events[forged] = (0..=forged).map(|_| forger.write("forged")).last().expect("an event").signed;
        let vouched = verify_run(&events).vouched(count, |index| index != forged);
        prop_assert!(!vouched[forged]);
    }
}
