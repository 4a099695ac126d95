//! What the server has taken stays on the device for a while, to be offered again after a restore of the server: letters
//! without a name and photos, as `own` does it with events.

use crate::own::KEPT_DAYS;
use domain::time::Instant;
use serde::{Deserialize, Serialize};

/// When the server took something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// By the clock of the server, because that of the device may jump.
    pub at: Instant,
    /// How often this device had offered everything again by then.
    #[serde(default)]
    pub round: u64,
}

impl Taken {
    /// The server was restored since, and may have lost it. `now`: the clock of the server.
    pub fn is_offered_again(&self, round: u64, now: Instant) -> bool {
        self.round < round && !self.is_over(now)
    }

    /// So long ago that it is not offered any more.
    pub fn is_over(&self, now: Instant) -> bool {
        (now - self.at).num_days() > KEPT_DAYS
    }
}
