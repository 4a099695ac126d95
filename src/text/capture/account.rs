//! Words of the doors: set-up, joining, signing in and out, the lock.

use crate::text::common::count;

pub const SETTINGS: &str = "Settings";
pub const NAME: &str = "Your name";
pub const NAME_HINT: &str = "What colleagues call you at work";
pub const SIGN_IN_NAME: &str = "Sign-in name";
pub const SIGN_IN_NAME_HINT: &str = "Short, without spaces, for example mary.b";
pub const PASSWORD: &str = "Password";
pub const NEW_PASSWORD: &str = "Choose a password";
pub const PASSWORD_HINT: &str = "At least 10 characters. Three words that only you put together are good";
pub const PASSWORD_MIN: usize = 10;
pub const PASSWORD_SHORT: &str = "Choose a password of at least 10 characters";
pub const YOUR_PASSWORD: &str = "Your password";
pub const PASSWORD_MISSING: &str = "Enter your password";
pub const PASSWORD_NOW: &str = "Your password now";
pub const CHANGE_PASSWORD: &str = "Change your password";
pub const CHANGE_PASSWORD_WORDS: &str = "You need signal. You are signed out on all your other devices.";
pub const PASSWORD_CHANGED: &str = "Your password is changed.";
pub const SIGN_IN_MISSING: &str = "Enter your sign-in name";
pub const SIGN_IN_SPACES: &str = "Leave out the spaces in your sign-in name";
pub const NAME_MISSING: &str = "Enter your name";

// Set-up
pub const SET_UP: &str = "Set up Noticed";
pub const SET_UP_LEDE: &str = "Once, for the first person. You can change everything later.";
pub const PROVIDER: &str = "Name of your organisation";
pub const PROVIDER_HINT: &str = "For example, Rowan Care";
pub const PROVIDER_MISSING: &str = "Enter the name of your organisation";
pub const SITE: &str = "Name of your first site";
pub const SITE_HINT: &str = "A home, a branch or a service, for example Rose House";
pub const SITE_MISSING: &str = "Enter the name of your first site";
pub const SET_UP_BUTTON: &str = "Set up";
pub const SETTING_UP: &str = "Setting up";
pub const NO_TOKEN: &str = "Open the set-up link";
pub const NO_TOKEN_WORDS: &str =
    "The service printed a link when it started. Open that link in this browser. It works once.";
pub const IS_SET_UP: &str = "Noticed is set up already";
pub const IS_SET_UP_WORDS: &str = "Join with a code from your manager, or sign in.";
pub const SET_UP_DONE: &str = "Noticed is ready.";

// Joining
pub const JOIN: &str = "Join on this device";
pub const JOIN_LEDE: &str = "Your manager gives you a code. It works once, for 30 minutes.";
pub const CODE: &str = "Code";
pub const CODE_HINT: &str = "8 letters and numbers";
pub const CODE_MISSING: &str = "Enter the code";
pub const CODE_LENGTH: usize = 8;
pub const CODE_SHORT: &str = "Enter all 8 letters and numbers of the code";
pub const LABEL: &str = "Name of this device (optional)";
pub const LABEL_HINT: &str = "So that your manager knows it, for example Blue tablet";
pub const JOIN_BUTTON: &str = "Join";
pub const JOINING: &str = "Joining";
pub const JOINED: &str = "This device has joined.";
pub const NEW_CODE: &str = "How to get another code";
pub const NEW_CODE_WORDS: &str =
    "Ask your manager. They open Manage, then Staff, and press Invite beside your name.";
pub const WAS_HERE: &str = "I have used Noticed on this device";
pub const WAS_HERE_WORDS: [&str; 2] = [
    "A browser, and the app on the Home Screen, each keep their own drafts and reports. If you used the other one, open that: everything is still there.",
    "If it was here, the browser or somebody in the settings of the device deleted what was kept. Ask your manager for a new code. Reports that were sent come back. Record again what was not sent.",
];
pub const ALREADY_JOINED: &str = "This device has joined already";
pub const ALREADY_JOINED_WORDS: &str = "Sign in. Use a new code only when you do not know your password.";
pub const SEND_FIRST: &str = "Some reports are only on this phone. Send them first, then use the code.";
pub const NEXT_STEP: &str = "Continue";
pub const CHOOSE_PASSWORD: &str = "Choose your password";
pub const OTHER_CODE: &str = "Use another code";
pub const WELCOME: &str = "Welcome to Noticed";
pub const WELCOME_WORDS: &str = "A near miss is something that could have hurt someone, but did not.";

// Signing in
pub const SIGN_IN: &str = "Sign in";
pub const SIGNING_IN: &str = "Signing in";
pub const FORGOT: &str = "I do not know my password";
pub const FORGOT_WORDS: &str = "Ask your manager for a new code. Then open Join on this device.";
pub const WITHOUT_SIGN_IN: &str = "Record without signing in";
pub const WITHOUT_SIGN_IN_WORDS: &str =
    "At the end you choose your name, or leave it out. It is sent when there is signal.";
pub const JOIN_WITH_CODE: &str = "Join with a code";

// The lock
pub const LOCKED: &str = "Noticed is locked";
pub const PIN: &str = "PIN";
pub const PIN_HINT: &str = "6 digits";
pub const PIN_MISSING: &str = "Enter your PIN";
pub const UNLOCK: &str = "Unlock";
pub const UNLOCKING: &str = "Unlocking";
pub const USE_PASSWORD: &str = "Use my password";
pub const NOT_YOU: &str = "Not you? Sign out";
pub const WHILE_LOCKED: &str = "Record a near miss";
pub const WHILE_LOCKED_WORDS: &str =
    "Recording works while it is locked, and reports are sent. What you can read opens with the lock.";
pub const TRIED_OUT: &str = "The PIN was wrong too often. Sign in with your password. Nothing was deleted.";
pub const TRIED_OUT_PASSKEY: &str =
    "The PIN was wrong too often. Use your passkey, or sign in with your password. Nothing was deleted.";
pub const PIN_TAKEN_OFF: &str = "Your PIN was taken off after ten wrong tries.";
pub const NEW_PIN_LINK: &str = "Choose a new one";
pub const NO_NEW_PIN: &str = "Stay without a PIN";
pub const USE_PASSKEY: &str = "Use my passkey";
pub const LONG_AWAY: &str = "This device was not in contact for 14 days. To read what is here, go where there is signal and sign in with your password. You can record now; it is sent when there is signal.";
pub const ONLY_PASSWORD: &str = "Sign in with your password to open what you have on this device.";
pub const DRAFT_IS_SAFE: &str = "Your draft is safe.";

pub fn locked_for(name: &str) -> String {
    format!("Signed in as {name}.")
}

// Signing out
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_OUT_TITLE: &str = "Sign out of this device?";
pub const SIGN_OUT_YES: &str = "Sign out";
pub const STAY: &str = "Stay signed in";
pub const SIGN_OUT_WORDS: &str =
    "Drafts stay on this device and come back when the same person signs in here again.";

pub fn waiting_words(waiting: usize) -> String {
    format!(
        "{} still only on this phone. This phone sends it later, also after you sign out. Do not clear the browser's data.",
        count(waiting, "report is", "reports are")
    )
}

pub fn drafts_words(drafts: usize) -> String {
    format!("{} on this device.", count(drafts, "draft is", "drafts are"))
}

pub fn forms_words(forms: usize) -> String {
    let forms = count(forms, "form that is not finished", "forms that are not finished");
    format!("You have {forms}. What you typed stays on this device for you.")
}

// An iPhone or iPad before joining
pub const ADD_FIRST: &str = "Add Noticed to the Home Screen first";
pub const ADD_FIRST_WORDS: &str =
    "On this device the app on the Home Screen cannot see what a browser keeps, and a code works only once.";
pub const ADD_FIRST_STEPS: [&str; 5] = [
    "Open this page in Safari.",
    "Press the Share button: a square with an arrow.",
    "Press Add to Home Screen.",
    "Keep Open as Web App on. Press Add.",
    "Open Noticed from its new icon and type your code there.",
];
pub const YOUR_CODE: &str = "Your code";
pub const IN_BROWSER: &str = "Use the code in this browser";

/// What the first device is called in the list of devices.
pub fn first_device(name: &str) -> String {
    format!("First device of {name}")
}
