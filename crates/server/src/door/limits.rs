//! Limits on tries: too many failures in a while, and the next one has to wait.
//! In memory: a restart forgives, which is fine for a server that hashes passwords slowly.

use crate::error::{AppError, Why};
use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// What is counted. Held in memory only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Wrong passwords for a sign-in name on a device.
    SignIn { device: String, name: String },
    /// Failed tries at any door from an address.
    Address(IpAddr),
    /// Pushes from an address that no known device stands behind.
    Unproven(IpAddr),
    /// Letters without a name from an address.
    Letters(IpAddr),
}

const WINDOW: Duration = Duration::from_secs(15 * 60);
const MOST_KEPT: usize = 50_000;

#[derive(Debug, Default)]
pub struct Limits {
    counts: Mutex<Counts>,
}

/// How often, since when.
type Counts = HashMap<Counted, (u32, Instant)>;

impl Counted {
    fn allowed(&self) -> u32 {
        match self {
            Counted::SignIn { .. } => 5,
            Counted::Address(_) => 30,
            Counted::Unproven(_) => 60,
            Counted::Letters(_) => 120,
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
        Some((count, since)) if *count >= counted.allowed() && since.elapsed() < WINDOW => {
            let wait = WINDOW.saturating_sub(since.elapsed()).as_secs().max(1);
            Err(AppError::from(Why::TooMany).retry_after(wait))
        }
        _ => Ok(()),
    }
}

fn count(counts: &mut Counts, counted: Counted) {
    if counts.len() >= MOST_KEPT {
        counts.retain(|_, (_, since)| since.elapsed() < WINDOW);
    }
    let entry = counts.entry(counted).or_insert((0, Instant::now()));
    if entry.1.elapsed() >= WINDOW {
        *entry = (0, Instant::now());
    }
    entry.0 = entry.0.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_wrong_password_has_to_wait() {
        let limits = Limits::default();
        let ada = Counted::SignIn { device: "phone".into(), name: "ada".into() };
        for _ in 0..5 {
            assert!(limits.check(&ada).is_ok());
            limits.count(ada.clone());
        }
        assert_eq!(limits.check(&ada).expect_err("too many").code(), "too_many_tries");
        let ben = Counted::SignIn { device: "phone".into(), name: "ben".into() };
        assert!(limits.check(&ben).is_ok());
        limits.forget(&ada);
        assert!(limits.check(&ada).is_ok());
    }

    #[test]
    fn a_try_that_turns_out_well_was_none() {
        let limits = Limits::default();
        let ada = Counted::SignIn { device: "phone".into(), name: "ada".into() };
        for _ in 0..20 {
            assert!(limits.try_once(ada.clone()).is_ok());
            limits.take_back(&ada);
        }
        (0..5).for_each(|_| limits.try_once(ada.clone()).expect("a try is left"));
        assert!(limits.try_once(ada).is_err());
    }
}
