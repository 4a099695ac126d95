//! Limits on tries: too many failures in a while, and the next one has to wait.
//! In memory: a restart forgives, which is fine for a server that hashes passwords slowly.
//! Nobody is shut out by what a stranger does: tries of a device count once it has proven itself, and tries from an
//! address count only against doors that a stranger may knock at.

use super::secrets;
use crate::error::{AppError, Why};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// What is counted. Held in memory only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Wrong passwords for a sign-in name on a device that has proven itself.
    SignIn(sync::Hash),
    /// Wrong passwords on a device that has proven itself, whatever the name.
    Device(sync::Hash),
    /// Failed tries at any door from an address.
    Address(IpAddr),
    /// Entries from an address that no known device stands behind.
    Unproven(IpAddr),
    /// Letters without a name from an address.
    Letters(IpAddr),
    /// Letters without a name from a device, whose id is no secret.
    LettersOf(sync::Hash),
    /// Openings of one link or one calendar, by the hash of its secret.
    Opened(sync::Hash),
}

const MINUTE: Duration = Duration::from_secs(60);
/// Each takes less than a hundred bytes.
const MOST_KEPT: usize = 50_000;

#[derive(Debug, Default)]
pub struct Limits {
    counts: Mutex<Counts>,
}

/// How often, since when.
type Counts = HashMap<Counted, (u32, Instant)>;

/// As one caller: whoever has an IPv6 address has all that begin alike.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

impl Counted {
    pub fn sign_in(device: &str, name: &str) -> Self {
        Counted::SignIn(secrets::hash(device, &name.trim().to_lowercase()))
    }

    pub fn device(device: &str) -> Self {
        Counted::Device(secrets::hash(device, ""))
    }

    pub fn letters_of(device: &str) -> Self {
        Counted::LettersOf(secrets::hash(device, "letters"))
    }

    /// This long after the first, it begins anew.
    fn window(&self) -> Duration {
        match self {
            Counted::LettersOf(_) | Counted::Opened(_) => 60 * MINUTE,
            _ => 15 * MINUTE,
        }
    }

    fn allowed(&self) -> u32 {
        match self {
            Counted::SignIn(_) => 5,
            Counted::Device(_) => 20,
            Counted::Address(_) => 30,
            // A phone that wrote for weeks before its home was put back from a copy has fewer.
            Counted::Unproven(_) => 600,
            Counted::Letters(_) => 120,
            Counted::LettersOf(_) => 20,
            // Several people of one office, or several calendar programs of one person.
            Counted::Opened(_) => 60,
        }
    }
}

impl Limits {
    /// # Errors  `too_many_tries` with the seconds to wait.
    pub fn check(&self, counted: &Counted) -> Result<(), AppError> {
        check(&self.counts(), counted)
    }

    pub fn count(&self, counted: Counted) {
        count(&mut self.counts(), counted);
    }

    /// Counts a try, if there is one left.
    /// # Errors  `too_many_tries` with the seconds to wait.
    pub fn try_once(&self, counted: Counted) -> Result<(), AppError> {
        let mut counts = self.counts();
        check(&counts, &counted)?;
        count(&mut counts, counted);
        Ok(())
    }

    /// Counts as many of `wanted` as are left, and gives how many.
    pub fn take_some(&self, counted: &Counted, wanted: u32) -> u32 {
        let mut counts = self.counts();
        let used = counts.get(counted).filter(|(_, since)| since.elapsed() < counted.window());
        let left = counted.allowed().saturating_sub(used.map_or(0, |(count, _)| *count));
        let taken = wanted.min(left);
        (0..taken).for_each(|_| count(&mut counts, counted.clone()));
        taken
    }

    /// A try that turned out well was none.
    pub fn take_back(&self, counted: &Counted) {
        if let Some((count, _)) = self.counts().get_mut(counted) {
            *count = count.saturating_sub(1);
        }
    }

    pub fn forget(&self, counted: &Counted) {
        self.counts().remove(counted);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(counts: &Counts, counted: &Counted) -> Result<(), AppError> {
    match counts.get(counted) {
        Some((count, since)) if *count >= counted.allowed() && since.elapsed() < counted.window() => {
            let wait = counted.window().saturating_sub(since.elapsed()).as_secs().max(1);
            Err(AppError::from(Why::TooMany).retry_after(wait))
        }
        _ => Ok(()),
    }
}

fn count(counts: &mut Counts, counted: Counted) {
    if counts.len() >= MOST_KEPT && !counts.contains_key(&counted) {
        make_room(counts);
    }
    let window = counted.window();
    let entry = counts.entry(counted).or_insert((0, Instant::now()));
    if entry.1.elapsed() >= window {
        *entry = (0, Instant::now());
    }
    entry.0 = entry.0.saturating_add(1);
}

/// What is over goes first; under a flood of senders, so does the half that has used up least of what it may, the older
/// of them first. So a count of wrong passwords goes only when as many others have tried as often.
fn make_room(counts: &mut Counts) {
    counts.retain(|counted, (_, since)| since.elapsed() < counted.window());
    if counts.len() >= MOST_KEPT {
        let used = |counted: &Counted, count: u32| u64::from(count) * 1_000 / u64::from(counted.allowed());
        let mut all: Vec<_> =
            counts.iter().map(|(counted, (count, since))| (used(counted, *count), *since)).collect();
        let middle = all.len() / 2;
        let (_, middle, _) = all.select_nth_unstable(middle);
        let middle = *middle;
        counts.retain(|counted, (count, since)| (used(counted, *count), *since) > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_senders_takes_no_more_memory() {
        let limits = Limits::default();
        for n in 0..60_000_u32 {
            limits.count(Counted::Address(IpAddr::V4(n.into())));
        }
        assert!(limits.counts().len() <= MOST_KEPT);
        let last = Counted::Address(IpAddr::V4(59_999.into()));
        assert!(limits.counts().contains_key(&last), "the newest are kept");
    }

    #[test]
    fn a_flood_of_senders_washes_no_count_of_wrong_passwords_away() {
        let limits = Limits::default();
        let guessed = || Counted::SignIn(secrets::hash("mara", ""));
        (0..5).for_each(|_| limits.count(guessed()));
        for n in 0..120_000_u32 {
            limits.count(Counted::Address(IpAddr::V4(n.into())));
        }
        assert!(limits.check(&guessed()).is_err());
    }

    #[test]
    fn addresses_of_one_network_are_one_caller() {
        let of = |text: &str| network_of(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    #[test]
    fn the_sixth_wrong_password_has_to_wait() {
        let limits = Limits::default();
        let ada = Counted::sign_in("phone", "ada");
        for _ in 0..5 {
            assert!(limits.check(&ada).is_ok());
            limits.count(ada.clone());
        }
        assert_eq!(limits.check(&ada).expect_err("too many").code(), "too_many_tries");
        let ben = Counted::sign_in("phone", "ben");
        assert!(limits.check(&ben).is_ok());
        limits.forget(&ada);
        assert!(limits.check(&ada).is_ok());
    }

    #[test]
    fn of_many_at_once_only_as_many_as_are_left_are_taken() {
        let (limits, here) = (Limits::default(), Counted::Unproven([192, 0, 2, 7].into()));
        assert_eq!([200, 300, 200, 1].map(|wanted| limits.take_some(&here, wanted)), [200, 300, 100, 0]);
        assert_eq!(limits.take_some(&Counted::Unproven([192, 0, 2, 8].into()), 1), 1);
    }

    #[test]
    fn a_try_that_turns_out_well_was_none() {
        let limits = Limits::default();
        let ada = Counted::sign_in("phone", " Ada");
        for _ in 0..20 {
            assert!(limits.try_once(ada.clone()).is_ok());
            limits.take_back(&ada);
        }
        (0..5).for_each(|_| limits.try_once(ada.clone()).expect("a try is left"));
        assert!(limits.try_once(ada).is_err());
    }
}
