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

/// A moment by both clocks. The page's own is not moved by a change of the time, and may stand still while the device
/// sleeps; that of the device goes on, and can be set.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    page_ms: f64,
    device_ms: f64,
}

impl Moment {
    pub fn now() -> Self {
        Self { page_ms: monotonic_ms(), device_ms: js_sys::Date::now() }
    }

    /// The longer of what either clock says: one that was set back takes nothing away.
    pub fn ms_since(self, earlier: Self) -> f64 {
        (self.page_ms - earlier.page_ms).max(self.device_ms - earlier.device_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_passed_is_what_the_faster_clock_says() {
        let earlier = Moment { page_ms: 500.0, device_ms: 10_000.0 };
        let since = |page_ms, device_ms| Moment { page_ms, device_ms }.ms_since(earlier);
        assert_eq!(since(560.0, 10_060.0), 60.0);
        assert_eq!(since(500.0, 310_000.0), 300_000.0, "the device slept");
        assert_eq!(since(300_500.0, 0.0), 300_000.0, "its clock was set back");
    }
}
