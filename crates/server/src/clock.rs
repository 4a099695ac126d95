//! What time it is for the people: the server's clock, or the instant in a file for rehearsals.
//! Never used for the end of a session or for rate limits.

use chrono::DateTime;
use domain::time::{self, Instant};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// A file with an RFC 3339 instant that stands in for the clock.
const CLOCK_FILE: &str = "NOTICED_CLOCK_FILE";

#[derive(Clone, Debug, Default)]
pub struct Clock {
    file: Option<PathBuf>,
    /// Whole microseconds since 1970.
    hand: Option<Arc<AtomicI64>>,
}

impl Clock {
    pub fn from_environment() -> Self {
        Self { file: std::env::var_os(CLOCK_FILE).map(PathBuf::from), hand: None }
    }

    pub fn of_file(file: PathBuf) -> Self {
        Self { file: Some(file), hand: None }
    }

    /// Shows what somebody sets, in whole microseconds since 1970: for simulations.
    pub fn of_hand(hand: Arc<AtomicI64>) -> Self {
        Self { file: None, hand: Some(hand) }
    }

    /// Whole microseconds, as they are stored.
    pub fn now(&self) -> Instant {
        match &self.hand {
            Some(hand) => from_micros(hand.load(Ordering::Relaxed)),
            None => self.rehearsed().unwrap_or_else(real_now),
        }
    }

    fn rehearsed(&self) -> Option<Instant> {
        let text = std::fs::read_to_string(self.file.as_ref()?).ok()?;
        time::parse_instant(text.trim())
    }
}

/// The clock of the machine.
pub fn real_now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// As stored: whole microseconds since 1970.
pub fn micros(instant: Instant) -> i64 {
    instant.timestamp_micros()
}

pub fn from_micros(micros: i64) -> Instant {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
}
