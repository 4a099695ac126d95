//! A hybrid clock: never goes back on a device, stays close to real time.
//! For display and for ties among unsent events. The order of arrival decides everything else.

use domain::time::Instant;
use serde::{Deserialize, Serialize, de::Error};
use std::{fmt, str::FromStr};

/// How far a clock may be ahead before it is not followed.
const DRIFT_CAP_MS: u64 = 10 * 60 * 1000;
const COUNTER_BITS: u32 = 16;

/// Milliseconds since 1970, then a counter of 16 bits. Text in JSON: it does not fit a JavaScript number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc(pub u64);

/// The reading, and whether a clock is more than ten minutes out. Suspect clocks never stop a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub hlc: Hlc,
    pub clock_suspect: bool,
}

impl Hlc {
    /// The clock of the next event. `now` is the device clock less the offset known from the server.
    pub fn tick(self, now: Instant) -> Reading {
        let real = Hlc::at(now);
        let hlc = real.max(Hlc(self.0.saturating_add(1)));
        Reading { hlc, clock_suspect: hlc.millis() > real.millis() + DRIFT_CAP_MS }
    }

    /// After hearing another clock. One that is more than ten minutes ahead of `now` is not followed.
    pub fn hear(self, other: Hlc, now: Instant) -> Reading {
        if other.millis() > Hlc::at(now).millis() + DRIFT_CAP_MS {
            return Reading { clock_suspect: true, ..self.tick(now) };
        }
        self.max(other).tick(now)
    }

    pub fn millis(self) -> u64 {
        self.0 >> COUNTER_BITS
    }

    fn at(now: Instant) -> Hlc {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        Hlc(millis << COUNTER_BITS)
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl FromStr for Hlc {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Hlc, Self::Err> {
        text.parse().map(Hlc)
    }
}

impl Serialize for Hlc {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> Instant {
        Instant::from_timestamp_millis(millis).expect("instant")
    }

    #[test]
    fn a_clock_far_ahead_is_not_followed() {
        let now = at(1_800_000_000_000);
        let ahead = Hlc::at(now + chrono::Duration::minutes(11));
        let reading = Hlc::at(now).hear(ahead, now);
        assert!(reading.clock_suspect && reading.hlc < ahead);
        let close = Hlc::at(now + chrono::Duration::minutes(9));
        let reading = Hlc::at(now).hear(close, now);
        assert!(!reading.clock_suspect && reading.hlc > close);
    }

    proptest! {
        #[test]
        fn it_never_goes_back_whatever_the_clock_does(moves in prop::collection::vec((any::<bool>(), 0_i64..4_000_000_000_000, any::<u64>()), 1..50)) {
            let mut last = Hlc::default();
            for (hears, millis, other) in moves {
                let reading = if hears { last.hear(Hlc(other), at(millis)) } else { last.tick(at(millis)) };
                prop_assert!(reading.hlc > last);
                last = reading.hlc;
                prop_assert_eq!(last.to_string().parse(), Ok(last));
            }
        }
    }
}
