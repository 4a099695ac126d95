//! What is sent next, and that nothing leaves without a receipt.

use crate::support::{OURS, duplicate, entries, noon, outbox_of, reply, request};
use chrono::Duration;
use serde_json::json;
use sync::{
    Entry, Hash,
    conformance::Phone,
    outbox::{Outbox, Trouble},
    receipt::{Failure, Settlement, settle},
    wire::{MAX_BATCH_BYTES, PushRequest, Receipt},
};

fn numbers(request: &PushRequest) -> Vec<u64> {
    request.events.iter().map(|event| Entry::of(event.clone()).expect("entry").dseq).collect()
}

fn succeed(outbox: &mut Outbox, request: &PushRequest) -> usize {
    let body = reply(request, &duplicate()).to_string();
    match settle(request, 200, OURS, body.as_bytes()) {
        Settlement::Delivered(delivery) => outbox.settle(&delivery, noon()).len(),
        other => panic!("not settled: {other:?}"),
    }
}

#[test]
fn events_go_in_the_order_written_however_they_were_added() {
    let mut shuffled = entries(5);
    shuffled.reverse();
    shuffled.swap(0, 3);
    let outbox = outbox_of(&[shuffled.clone(), shuffled].concat());
    assert_eq!(outbox.waiting(), 5);
    assert_eq!(numbers(&request(&outbox, noon())), [1, 2, 3, 4, 5]);
}

#[test]
fn a_batch_keeps_to_200_events_and_256_kb() {
    assert_eq!(request(&outbox_of(&entries(450)), noon()).events.len(), 200);

    let mut phone = Phone::new("phone-a", 1);
    let long: Vec<Entry> = (0..40).map(|_| phone.write(&"\"".repeat(7_000))).collect();
    let mut outbox = outbox_of(&long);
    let mut sent = 0;
    while outbox.waiting() > 0 {
        let request = request(&outbox, noon());
        assert!(serde_json::to_vec(&request).expect("json").len() <= MAX_BATCH_BYTES);
        sent += succeed(&mut outbox, &request);
    }
    assert_eq!(sent, 40);
}

#[test]
fn each_request_is_of_one_device_and_enrolment() {
    let mut outbox = outbox_of(&entries(2));
    outbox.add(Phone::new("phone-a", 2).write("enrolled again"), Trouble::default());
    let first = request(&outbox, noon());
    assert_eq!((first.epoch, first.events.len()), (1, 2));
    succeed(&mut outbox, &first);
    let second = request(&outbox, noon());
    assert_eq!((second.epoch, second.events.len()), (2, 1));
}

#[test]
fn f46_a_batch_that_does_not_get_through_is_halved_down_to_one() {
    for failure in [Failure::TooLarge, Failure::Server(500), Failure::Timeout, Failure::NotUnderstood(422)] {
        let mut outbox = outbox_of(&entries(10));
        let mut sizes = Vec::new();
        for _ in 0..4 {
            let request = request(&outbox, noon());
            sizes.push(request.events.len());
            outbox.failed(&request, failure, noon());
        }
        assert_eq!(sizes, [10, 5, 2, 1], "{failure}");
        assert_eq!(outbox.waiting(), 10);
    }
}

#[test]
fn no_connection_blames_nobody() {
    for failure in [Failure::Offline, Failure::SignIn, Failure::NotOurs, Failure::Busy] {
        let mut outbox = outbox_of(&entries(1));
        let request = request(&outbox, noon());
        assert_eq!(outbox.failed(&request, failure, noon()), None, "{failure}");
        assert_eq!(outbox.items(), outbox_of(&entries(1)).items());
    }
}

#[test]
fn f38_one_bad_event_does_not_block_the_others() {
    for bad in [1_u64, 5, 10] {
        let mut outbox = outbox_of(&entries(10));
        let mut attempts = 0;
        while let Some(batch) = outbox.next_batch(noon()) {
            attempts += 1;
            let request = batch.request("willow-care", None, noon(), "nonce".to_owned());
            if numbers(&request).contains(&bad) {
                outbox.failed(&request, Failure::Server(500), noon());
            } else {
                succeed(&mut outbox, &request);
            }
        }
        assert_eq!(outbox.items().iter().map(|item| item.dseq).collect::<Vec<_>>(), [bad]);
        assert!(attempts < 20, "{attempts} attempts for {bad}");
        let wake = outbox.next_wake(noon()).expect("it is tried again");
        assert!(outbox.next_batch(wake).is_some() && wake - noon() <= Duration::minutes(5));
    }
}

/// A firewall of the network answers a batch with this event, however often; the service takes the rest.
fn with_a_firewall(bad: u64, failure: Failure) -> (Outbox, usize) {
    let mut outbox = outbox_of(&entries(10));
    let mut attempts = 0;
    while let Some(batch) = outbox.next_batch(noon()) {
        attempts += 1;
        assert!(attempts < 30, "event {bad} holds up the others");
        let request = batch.request("willow-care", None, noon(), "nonce".to_owned());
        if numbers(&request).contains(&bad) {
            outbox.failed(&request, failure, noon());
        } else {
            succeed(&mut outbox, &request);
        }
    }
    (outbox, attempts)
}

#[test]
fn f38_a_firewall_that_stops_one_report_does_not_stop_the_others() {
    let request = request(&outbox_of(&entries(1)), noon());
    for (status, body) in [(403, "Forbidden"), (401, "Who are you?"), (200, "<html>"), (404, "<html>")] {
        let Settlement::Failed(failure) = settle(&request, status, Some("text/html"), body.as_bytes()) else {
            panic!("{status} settled something");
        };
        for bad in [1_u64, 5, 10] {
            let (outbox, _) = with_a_firewall(bad, failure);
            assert_eq!(outbox.items().iter().map(|item| item.dseq).collect::<Vec<_>>(), [bad], "{status}");
            assert!(outbox.next_wake(noon()).is_some(), "it is tried again by itself");
        }
    }
}

#[test]
fn f38_the_page_of_a_network_blames_nobody_twice_and_not_for_long() {
    let mut outbox = outbox_of(&entries(3));
    let before = outbox.clone();
    for _ in 0..2 {
        let request = request(&outbox, noon());
        assert_eq!(outbox.failed(&request, Failure::NotOurs, noon()), None);
        assert_eq!(outbox.items(), before.items());
        assert_eq!(request.events.len(), 3, "all together");
    }
    // Somebody signs in to the network.
    let all = request(&outbox, noon());
    assert_eq!(succeed(&mut outbox, &all), 3);
    outbox.offer_again(entries(3));
    let again = request(&outbox, noon());
    outbox.failed(&again, Failure::NotOurs, noon());
    assert_eq!(request(&outbox, noon()).events.len(), 3, "it counts from the start after a success");
}

#[test]
fn an_event_with_trouble_lets_the_others_go_first() {
    let written = entries(3);
    let trouble = Trouble { failures: 1, since: Some(noon()), rest_until: None };
    let mut outbox = outbox_of(&written[1..]);
    outbox.add(written[0].clone(), trouble);
    let others = request(&outbox, noon());
    assert_eq!(numbers(&others), [2, 3]);
    succeed(&mut outbox, &others);
    assert_eq!(numbers(&request(&outbox, noon())), [1]);
}

#[test]
fn batches_grow_again_when_they_get_through() {
    let mut outbox = outbox_of(&entries(40));
    for _ in 0..5 {
        let request = request(&outbox, noon());
        outbox.failed(&request, Failure::Timeout, noon());
    }
    let mut sizes = Vec::new();
    while outbox.waiting() > 0 {
        let request = request(&outbox, noon());
        sizes.push(request.events.len());
        succeed(&mut outbox, &request);
    }
    assert_eq!(sizes, [1, 2, 4, 8, 16, 9]);
}

#[test]
fn f42_a_stubborn_event_is_offered_as_a_file_and_stays() {
    let mut outbox = outbox_of(&entries(1));
    let mut now = noon();
    let mut hours_of_failures = |hours: i64, outbox: &mut Outbox| {
        now += Duration::hours(hours);
        let request = request(outbox, now);
        outbox.failed(&request, Failure::TooLarge, now).map(|item| item.trouble.offers_rescue(now))
    };
    assert_eq!(hours_of_failures(0, &mut outbox), Some(false));
    assert_eq!(hours_of_failures(25, &mut outbox), Some(false), "a day, but only twice");
    let early: Vec<_> = (0..5).map(|_| hours_of_failures(1, &mut outbox)).collect();
    assert_eq!(early, [Some(false); 5]);
    assert_eq!(hours_of_failures(1, &mut outbox), Some(true), "the eighth time");
    assert_eq!(outbox.waiting(), 1, "it stays here too");

    let often = Trouble { failures: 100, since: Some(now - Duration::hours(23)), rest_until: None };
    assert!(!often.offers_rescue(now), "often, but not for a day");
}

#[test]
fn trouble_survives_a_restart() {
    let mut outbox = outbox_of(&entries(1));
    let request = request(&outbox, noon());
    let trouble = outbox.failed(&request, Failure::TooLarge, noon()).expect("item").trouble.clone();
    let stored = serde_json::to_string(&trouble).expect("json");
    let mut restarted = Outbox::default();
    restarted.add(entries(1).remove(0), serde_json::from_str(&stored).expect("trouble"));
    assert_eq!(restarted.items(), outbox.items());
}

#[test]
fn a_rest_ends_by_time_by_a_tap_and_when_the_clock_goes_back() {
    let resting = || {
        let mut outbox = outbox_of(&entries(1));
        let request = request(&outbox, noon());
        outbox.failed(&request, Failure::TooLarge, noon());
        assert_eq!(outbox.next_batch(noon()), None);
        outbox
    };
    assert!(resting().next_batch(noon() + Duration::minutes(5)).is_some());
    assert!(resting().next_batch(noon() - Duration::days(3650)).is_some());
    let mut tapped = resting();
    tapped.nudge();
    assert!(tapped.next_batch(noon()).is_some());
}

#[test]
fn retry_keeps_the_event_and_the_rest_go() {
    let mut outbox = outbox_of(&entries(2));
    let request = request(&outbox, noon());
    let mut body = reply(&request, &duplicate());
    body["receipts"][0] = json!({ "hash": request.events[0].hash(), "outcome": "retry", "after_s": 30 });
    let Settlement::Delivered(delivery) = settle(&request, 200, OURS, body.to_string().as_bytes()) else {
        panic!("not settled");
    };
    assert_eq!(outbox.settle(&delivery, noon()).len(), 1);
    assert_eq!((outbox.waiting(), outbox.next_batch(noon())), (1, None));
    assert!(outbox.next_batch(noon() + Duration::seconds(30)).is_some());
    let unknown = Receipt { hash: Hash::ZERO, ..delivery.receipts[1].clone() };
    let strange = sync::receipt::Delivery { receipts: vec![unknown], ..delivery };
    assert_eq!(outbox.settle(&strange, noon()), [], "a receipt for something else");
}

#[test]
fn f62_after_a_restore_everything_kept_is_offered_whatever_the_clock_says() {
    let mut outbox = outbox_of(&entries(3)[2..]);
    outbox.offer_again(entries(3));
    assert_eq!(outbox.items().iter().map(|item| item.dseq).collect::<Vec<_>>(), [1, 2, 3]);
}
