//! Words about where a person is signed in, in the settings.

use super::common::when;
use domain::time::Instant;

pub const WHERE: &str = "Where you are signed in";
pub const ONLY_HERE: &str = "You are signed in on this device only.";
pub const THIS: &str = "This device";
pub const SHARED: &str = "Shared device";
pub const OWN: &str = "Your own device";
pub const NEEDS_SIGNAL: &str = "You need signal to see where you are signed in.";
pub const END_WORDS: &str = "You are signed out there when that device next has signal. Reports that it has not sent yet are kept, and are sent. If you do not know the device, change your password too, and tell your manager.";
pub const END: &str = "Sign out there";
pub const END_ALL: &str = "Sign out on all other devices";
pub const ENDED: &str = "You are signed out there.";

pub fn end_on(label: &str) -> String {
    format!("Sign out on {label}")
}

pub fn facts(this: bool, shared: bool, started_at: Instant, now: Instant) -> String {
    let what = match (this, shared) {
        (true, _) => THIS,
        (false, true) => SHARED,
        (false, false) => OWN,
    };
    format!("{what}. Signed in {}.", when(started_at, now))
}
