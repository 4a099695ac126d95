//! Retries spread out, never stop, and honour what the server asks.

use crate::support::noon;
use chrono::Duration;
use proptest::prelude::*;
use sync::{
    plan::{Pace, deadline, retry, retry_after},
    receipt::Failure,
};

#[test]
fn f39_waits_double_then_become_one_probe_a_minute() {
    let check = |failures, random, seconds| assert_eq!(retry(failures, random), Duration::seconds(seconds));
    check(0, 1.0, 0);
    check(1, 1.0, 1);
    check(2, 1.0, 2);
    check(4, 1.0, 8);
    check(4, 0.0, 0);
    check(5, 0.0, 60);
    check(5, 1.0, 76);
    check(8, 1.0, 188);
    check(9, 1.0, 300);
    check(u32::MAX, 1.0, 300);
    check(u32::MAX, 0.0, 60);
}

#[test]
fn retry_after_is_read_in_seconds_and_capped() {
    assert_eq!(retry_after(" 7 "), Some(Duration::seconds(7)));
    assert_eq!(retry_after("31536000"), Some(Duration::minutes(15)));
    for other in ["", "-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
        assert_eq!(retry_after(other), None, "{other}");
    }
}

#[test]
fn a_bigger_request_may_take_longer() {
    assert_eq!(deadline(0), Duration::seconds(30));
    assert_eq!(deadline(256 * 1024), Duration::seconds(55));
}

#[test]
fn sign_in_pauses_until_somebody_acts() {
    let mut pace = Pace::default();
    pace.failed(Failure::SignIn, None, noon(), 0.5);
    let next_week = noon() + Duration::days(7);
    assert!(pace.sign_in_needed() && !pace.may_try(next_week) && pace.next_try(next_week).is_none());
    pace.nudge();
    assert!(pace.may_try(noon()));
}

#[test]
fn a_tap_ends_our_own_wait_but_not_the_servers() {
    let mut pace = Pace::default();
    pace.failed(Failure::Server(500), None, noon(), 1.0);
    assert!(!pace.may_try(noon()));
    pace.nudge();
    assert!(pace.may_try(noon()));

    pace.failed(Failure::Busy, Some(Duration::seconds(20)), noon(), 0.0);
    pace.nudge();
    assert_eq!(pace.next_try(noon()), Some(noon() + Duration::seconds(20)));
    assert!(pace.may_try(noon() + Duration::seconds(20)));
}

#[test]
fn success_forgets_the_failures() {
    let mut pace = Pace::default();
    (0..6).for_each(|_| pace.failed(Failure::Offline, None, noon(), 1.0));
    assert_eq!(pace.failures(), 6);
    pace.succeeded();
    assert_eq!(pace, Pace::default());
}

#[test]
fn a_clock_that_goes_back_years_does_not_stop_the_retries() {
    let mut pace = Pace::default();
    pace.failed(Failure::Server(503), Some(Duration::minutes(10)), noon(), 1.0);
    assert!(pace.may_try(noon() - Duration::days(3650)));
}

#[test]
fn f88_five_thousand_phones_that_lost_their_server_at_once_do_not_come_back_at_once() {
    const PHONES: usize = 5_000;
    let (gone, back) = (noon(), noon() + Duration::minutes(10));
    let mut random = 1_u64;
    let mut come_back = vec![0_usize; 400];
    for _ in 0..PHONES {
        let (mut pace, mut now) = (Pace::default(), gone);
        while now < back {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            pace.failed(Failure::Offline, None, now, (random >> 11) as f64 / (1_u64 << 53) as f64);
            now = pace.next_try(now).expect("a next try");
        }
        come_back[usize::try_from((now - back).num_seconds()).expect("later")] += 1;
    }
    assert_eq!(come_back.iter().sum::<usize>(), PHONES);
    let most = come_back.iter().max().expect("some");
    assert!(*most < PHONES / 50, "{most} in one second");
    assert!(come_back[300..].iter().all(|count| *count == 0), "within five minutes all are back");
}

proptest! {
    #[test]
    fn there_is_always_a_next_try_within_bounds(failures in 1_u32..100, random in 0.0..1.0_f64, asked in prop::option::of(0_i64..100_000)) {
        let mut pace = Pace::default();
        for _ in 0..failures {
            pace.failed(Failure::Timeout, asked.map(Duration::seconds), noon(), random);
        }
        let next = pace.next_try(noon()).expect("a next try");
        prop_assert!(next - noon() <= Duration::minutes(15));
        prop_assert!(pace.may_try(next));
        if failures >= 5 {
            prop_assert!(next - noon() >= Duration::seconds(60));
        }
    }
}
