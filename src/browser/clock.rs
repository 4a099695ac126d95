//! The clock of the device: evidence, not authority.

use chrono::DateTime;
use domain::time::Instant;

pub fn now() -> Instant {
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Milliseconds since the page was opened; not moved by a change of the clock.
pub fn monotonic_ms() -> f64 {
    super::js::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
