//! Words about passkeys: in the settings, and in the second step of a sign-in.

use super::common::day;
use domain::time::{Instant, london_date};

pub const PASSKEY: &str = "Passkey";
pub const WORDS: &str = "A passkey is a second lock. After your password you unlock your phone with your finger, your face or its code. Somebody who only knows your password cannot sign in.";
pub const NEVER_NEEDED: &str = "Recording, and opening the screen lock, never need it.";
pub const URGED: &str = "You can read and change a lot here. A passkey keeps others out of your account.";
pub const ONE_MORE: &str = "Add another one on a second phone or computer, in case you lose this one.";
pub const LOST: &str = "If you lose it, your manager gives you a new code. When you use the code, your passkeys are removed and you can add a new one.";
pub const OPENS_LOCK: &str = "It opens the screen lock of this device too, also without signal.";
pub const NEEDS_SIGNAL: &str = "You need signal to see your passkeys.";
pub const NO_NAME: &str = "Passkeys do not work at this address. They need an address with a name and https, not a number. Ask whoever runs the service.";
pub const NOT_THIS_BROWSER: &str = "This phone cannot keep passkeys. Your password is enough.";

pub const ADD: &str = "Add a passkey";
pub const ADDING: &str = "Waiting for your phone";
pub const ADD_WORDS: &str =
    "You need signal. Your phone asks you to unlock it. From then on you are asked for it when you sign in.";
pub const NAME: &str = "Name of this passkey";
pub const NAME_HINT: &str = "So that you know it again, for example My phone";
pub const NAME_MISSING: &str = "Give this passkey a name";
pub const ADDED: &str = "Your passkey is added.";

pub const REMOVE: &str = "Remove";
pub const REMOVE_WORDS: &str = "You are not asked for it any more. It may stay in your phone's own list of passkeys: you can delete it there.";
pub const REMOVED: &str = "The passkey is removed.";

pub const USE: &str = "Use your passkey";
pub const USE_WORDS: &str =
    "Your password is right. Now press the button and unlock your phone when it asks.";
pub const USING: &str = "Waiting for your phone";
pub const START_AGAIN: &str = "Start again";
pub const NO_PASSKEY: &str = "I do not have my passkey";
pub const NO_PASSKEY_WORDS: &str = "Ask your manager for a new code. Then open Join on this device. You choose a new password, and your passkeys are removed.";

/// For whoever gives out a code.
pub const CODE_REMOVES: &str =
    "If they have passkeys, using the code removes them, so that a lost one shuts nobody out.";
/// The same, for oneself.
pub const OWN_CODE_KEEPS: &str = "Your password and your passkeys stay.";

pub fn at(host: &str) -> String {
    format!("Passkeys work when you open Noticed at {host}.")
}

pub fn remove_what(name: &str) -> String {
    format!("Remove {name}")
}

pub fn facts(added_at: Instant, last_used_at: Option<Instant>) -> String {
    let on = |instant| day(london_date(instant));
    match last_used_at {
        Some(used) => format!("Added on {}. Last used on {}.", on(added_at), on(used)),
        None => format!("Added on {}. Not used yet.", on(added_at)),
    }
}
