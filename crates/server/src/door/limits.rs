//! Limits on tries: too many failures in a while, and the next one has to wait.
//! In memory: a restart forgives, which is fine for a server that hashes passwords slowly.

use crate::error::{AppError, Why};
use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
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
    counts: Mutex<HashMap<Counted, (u32, Instant)>>,
}

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
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get(counted) {
            Some((count, since)) if *count >= counted.allowed() && since.elapsed() < WINDOW => {
                let wait = WINDOW.saturating_sub(since.elapsed()).as_secs().max(1);
                Err(AppError::from(Why::TooMany).retry_after(wait))
            }
            _ => Ok(()),
        }
    }

    pub fn count(&self, counted: Counted) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST_KEPT {
            counts.retain(|_, (_, since)| since.elapsed() < WINDOW);
        }
        let entry = counts.entry(counted).or_insert((0, Instant::now()));
        if entry.1.elapsed() >= WINDOW {
            *entry = (0, Instant::now());
        }
        entry.0 = entry.0.saturating_add(1);
    }

    pub fn forget(&self, counted: &Counted) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(counted);
    }
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
}
