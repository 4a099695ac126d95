//! Words of the hub of learning and oversight.

pub const OVERSEE: &str = "Learning and oversight";
/// In the bar, where there is room for one word.
pub const OVERSIGHT: &str = "Oversight";
/// After a number, for those who only hear it.
pub const ALERTS_NEED_YOU: &str = "alerts need you";
pub const OVERSEE_WORDS: &str =
    "What the near misses say together, what was decided, and what changed because of them.";
pub const FILLING_WORDS: &str = "Numbers and lists stand here when every record is on this device, so that none is counted too low. It goes on by itself when there is signal.";
pub const FILLING_NOW: &str = "Try now";
pub const NOT_YOURS: &str = "The Registered Manager, the deputy, the leads and the provider use this part.";
