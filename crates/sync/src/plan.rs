//! When to try again: full jitter from a second to five minutes, slower probes while nothing works.
//! Nothing here counts towards deleting anything.

use crate::receipt::Failure;
use chrono::Duration;
use domain::time::Instant;

const LONGEST_S: f64 = 300.0;
/// After this many failures in a row, one attempt a minute at most.
pub const CIRCUIT_OPENS_AT: u32 = 5;
const PROBE_EVERY_S: f64 = 60.0;
/// A captive portal can send any `Retry-After`, and clocks jump: no wait is longer than this.
const LONGEST_ASKED: Duration = Duration::minutes(15);

/// How long to wait after this many failures in a row. `random` is from 0 up to 1.
/// Below five failures anything from nothing to 2^n seconds; from five on, one to five minutes.
pub fn retry(failures: u32, random: f64) -> Duration {
    if failures == 0 {
        return Duration::zero();
    }
    let ceiling = 2_f64.powi(i32::try_from(failures - 1).unwrap_or(i32::MAX).min(30));
    let floor = if failures < CIRCUIT_OPENS_AT { 0.0 } else { PROBE_EVERY_S };
    let seconds = floor + random.clamp(0.0, 1.0) * ceiling.min(LONGEST_S - floor);
    Duration::milliseconds((seconds * 1000.0) as i64)
}

/// The wait that a `Retry-After` header asks for, in whole seconds. Its date form is not read.
pub fn retry_after(header: &str) -> Option<Duration> {
    let seconds = header.trim().parse::<u32>().ok()?;
    Some(Duration::seconds(i64::from(seconds)).min(LONGEST_ASKED))
}

/// How long one request may take: 30 seconds, and one more for each 10 KB.
pub fn deadline(bytes: usize) -> Duration {
    Duration::seconds(30 + i64::try_from(bytes / 10_240).unwrap_or(0))
}

/// Whether `until` still lies ahead. A wait longer than any we give means that the clock went back.
pub(crate) fn is_waiting(until: Option<Instant>, now: Instant) -> bool {
    until.is_some_and(|until| now < until && until - now <= LONGEST_ASKED)
}

/// The pace of one connection. Kept in memory: after a restart the first attempt is free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    wait_until: Option<Instant>,
    server_asked_until: Option<Instant>,
    sign_in_needed: bool,
}

impl Pace {
    pub fn may_try(&self, now: Instant) -> bool {
        !self.sign_in_needed && !is_waiting(self.wait_until, now) && !is_waiting(self.server_asked_until, now)
    }

    /// When to look again; `None` while a person has to sign in first.
    pub fn next_try(&self, now: Instant) -> Option<Instant> {
        if self.sign_in_needed {
            return None;
        }
        let waits =
            [self.wait_until, self.server_asked_until].into_iter().filter(|until| is_waiting(*until, now));
        Some(waits.flatten().max().unwrap_or(now))
    }

    pub fn sign_in_needed(&self) -> bool {
        self.sign_in_needed
    }

    pub fn failures(&self) -> u32 {
        self.failures
    }

    pub fn succeeded(&mut self) {
        *self = Pace::default();
    }

    /// `asked` is what `retry_after` read from the reply.
    pub fn failed(&mut self, failure: Failure, asked: Option<Duration>, now: Instant, random: f64) {
        self.failures = self.failures.saturating_add(1);
        self.wait_until = Some(now + retry(self.failures, random));
        self.server_asked_until = asked.map(|wait| now + wait.min(LONGEST_ASKED));
        self.sign_in_needed = failure == Failure::SignIn;
    }

    /// Somebody tapped "Send now" or signed in, the network came back, or the page became visible.
    /// What the server asked for still holds.
    pub fn nudge(&mut self) {
        *self = Pace { server_asked_until: self.server_asked_until, ..Pace::default() };
    }
}
