//! Words about this device: sending, storage, settings, help, and what to do when it cannot run.

use crate::text::common::{count, when};
use domain::time::Instant;

// Sending
pub const SYNC: &str = "Sending";
pub const ALL_SENT: &str = "Everything is sent";
pub const TRY_NOW: &str = "Try now";
pub const SENDING: &str = "Sending";
pub const WAITING_LIST: &str = "Only on this device";
pub const LAST_SENT: &str = "Last sent";
pub const NEVER_SENT: &str = "Nothing was sent yet";
pub const NOTHING_WAITS_WORDS: &str = "What you save stands here until it is sent.";
pub const BY_HAND: &str = "If this device cannot send";
pub const BY_HAND_WORDS: &str = "Save what is on it as a file and give that to your manager. The file is encrypted. It takes nothing away from this device.";
pub const LETTER: &str = "A report without a name";
pub const REFUSED_LIST: &str = "Not accepted";
pub const REFUSED_WORDS: &str = "Record it again, or tell your senior.";
const REPORT_KEPT_APART: &str =
    "A report arrived, and is kept for the Registered Manager, who decides what becomes of it.";
const REMOVED_KEPT: &str = "A manager removed this device. What you recorded on it was sent and is kept for the Registered Manager to look at.";
pub const WAITS_FOR_TURN: &str = "Waits for its turn.";
pub const WAITS_FOR_SIGNAL: &str = "Waits for signal.";

/// What somebody is told when the service keeps an entry and does not use it.
pub fn kept_apart(reason: &str, sentence: &str, is_judged_report: bool) -> String {
    match reason {
        "device_revoked" => REMOVED_KEPT.to_owned(),
        _ if is_judged_report => format!("{REPORT_KEPT_APART} {sentence}"),
        _ => sentence.to_owned(),
    }
}

pub fn waiting(number: usize) -> String {
    format!("{} waiting to send", number)
}

/// A verb of the event as a thing that waits.
pub fn thing(verb: &str) -> &'static str {
    match verb {
        "report" => "Near miss report",
        "import_past" => "Past incident",
        "amend" => "Correction",
        "add_note" => "Note",
        "answer" => "Answer to a question",
        "ask" => "Question to the reporter",
        "resubmit" => "Corrected report",
        "withdraw" => "Taking back a report",
        "review_risk" => "Senior review",
        "return_for_correction" => "Report sent back",
        "assess_notification" | "revise_notification" => "Manager decision",
        "plan_action" => "New action",
        "complete_action" => "Action done",
        "verify_action" => "Action checked",
        "finish_actions" | "no_action_needed" => "Actions finished",
        "record_outcome" => "Outcome",
        "close" => "Closing",
        "tell_reporter" => "Message to the reporter",
        "add_feedback" => "Feedback",
        "share_story" => "Story for the team",
        "unshare_story" => "Taking down a story",
        _ => "Entry",
    }
}

/// "The clock of this device is 3 days fast." `off_ms`: the clock of the device minus that of the service.
pub fn clock_is_off(off_ms: i64) -> String {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let amount = |unit: i64| usize::try_from((off_ms.abs() + unit / 2) / unit).unwrap_or_default();
    let long = match off_ms.abs() {
        ms if ms < HOUR => count(amount(MINUTE), "minute", "minutes"),
        ms if ms < 2 * DAY => count(amount(HOUR), "hour", "hours"),
        _ => count(amount(DAY), "day", "days"),
    };
    let way = if off_ms > 0 { "fast" } else { "slow" };
    format!(
        "The clock of this device is {long} {way}. Times are put right when they are sent. Set the clock in the device's settings."
    )
}

pub fn written(at: Instant, now: Instant) -> String {
    format!("Saved {}", when(at, now))
}

// Storage
pub const STORAGE: &str = "Data on this device";
pub const UP_TO_DATE: &str = "Up to date";
pub const MISSES_ROWS: &str = "No. Some entries that the service has are missing here. This device asks for them again tomorrow. What was saved on it stays.";
pub const KEPT_SAFE: &str = "Kept safe by the browser";
pub const SEALED: &str = "Encrypted on this device";
pub const SEALED_LESS: &str = "Yes, but this browser offers less";
pub const SEALED_LOST: &str = "Yes, and the key is missing";
pub const NOT_SEALED: &str = "No, this browser cannot";
pub const OFFERS_LESS: &str = "This browser cannot keep a key that nobody can read. Whoever copies its data can read it. Set a PIN, or use another browser.";
pub const PHONE_LOCK: &str = "The screen lock of the device itself protects it best. Turn that on, too. On a computer, lock the screen.";
pub const YES: &str = "Yes";
pub const NOT_YET: &str = "Not promised yet. When space is short, the browser may delete what is here.";
pub const NOT_SAID: &str = "This browser does not say";
pub const ASK_TO_KEEP: &str = "Ask the browser to keep it";
pub const NOT_KEPT: &str = "The browser did not agree. Install Noticed on the home screen, or ask again after you have used it more.";
pub const SPACE_USED: &str = "Space used";
pub const VERSION: &str = "App version";
pub const DEVICE: &str = "This device";
pub const PRIVATE_WINDOW: &str =
    "Do not use a private window. Removing the app or clearing browser data deletes what was not sent.";

/// "3 MB of 2 GB".
pub fn space(used: Option<u64>, quota: Option<u64>) -> String {
    match (used, quota) {
        (Some(used), Some(quota)) => format!("{} of {}", bytes(used), bytes(quota)),
        (Some(used), None) => bytes(used),
        _ => NOT_SAID.to_owned(),
    }
}

fn bytes(number: u64) -> String {
    const KB: u64 = 1024;
    match number {
        ..KB => "less than 1 KB".to_owned(),
        n if n < KB * KB => format!("{} KB", n / KB),
        n if n < KB * KB * KB => format!("{} MB", n / KB / KB),
        n => format!("{} GB", n / KB / KB / KB),
    }
}

// Settings
pub const ME: &str = "You";
pub const SITE: &str = "Site";
pub const SITE_CHOSEN: &str = "Site changed";
pub const TEXT_SIZE: &str = "Text size";
pub const TEXT_SIZES: [(&str, &str); 3] =
    [("normal", "Normal"), ("large", "Large"), ("largest", "Very large")];
pub const THEME: &str = "Colours";
pub const THEMES: [(&str, &str); 3] =
    [("system", "Same as this device"), ("light", "Light"), ("dark", "Dark")];
pub const TAPS: &str = "Answering questions";
pub const TAP_MOVES: &str = "One tap answers and moves on";
pub const TAP_CONTINUE: &str = "Ask me to press Continue";
pub const LOOK: &str = "Look";
pub const LOCK: &str = "Screen lock";
pub const LOCK_WITHOUT: &str = "Without a PIN, whoever opens this device can read what you can read here. With a PIN of 6 digits they cannot. Recording works without it.";
pub const LOCK_WITH: &str = "What you can read here opens with your PIN. Your PIN is kept nowhere. If you forget it, sign in with your password: nothing is lost. Recording works without it.";
pub const LOCK_HIDES: &str = "Your PIN hides the page now. Sign in with your password once more, and your data on this device opens with the PIN only.";
pub const NEW_PIN: &str = "Choose a PIN";
pub const PIN_AGAIN: &str = "The same PIN again";
pub const PIN_DIFFERS: &str = "Enter the same PIN twice";
pub const PIN_WRONG: &str = "Enter 6 digits";
pub const LOCK_SET: &str = "Turn the lock on";
pub const LOCK_NOW: &str = "Lock now";
pub const LOCK_REMOVE: &str = "Turn the lock off";
pub const YOUR_PIN: &str = "Your PIN";
pub const LOCK_AFTER: &str = "Lock after";
pub const LOCK_IS_ON: &str = "The lock is on now.";
pub const LOCK_IS_OFF: &str = "The lock is off now.";

pub fn minutes(number: u32) -> String {
    count(number as usize, "minute", "minutes")
}

// Installing
pub const INSTALL: &str = "Put Noticed on your phone";
pub const INSTALL_WORDS: &str = "Then it opens without signal and keeps your reports safe.";
pub const INSTALL_ONCE: &str = "Put Noticed on this device";
pub const INSTALL_HOW: &str = "See how to do it";
pub const INSTALLS: [(&str, &[&str]); 3] = [
    (
        "iPhone or iPad",
        &[
            "Open this page in Safari.",
            "Press the Share button: a square with an arrow.",
            "Press Add to Home Screen.",
            "Keep Open as Web App on. Press Add.",
            "Open Noticed from its new icon. It asks for a code: your manager gives you a new one.",
        ],
    ),
    (
        "Android phone or tablet",
        &[
            "Open this page in Chrome or Samsung Internet.",
            "Press the menu: three dots or three lines.",
            "Press Install app, or Add to Home screen.",
            "Press Install.",
        ],
    ),
    (
        "Computer",
        &[
            "Open this page in Chrome or Edge.",
            "Press the install symbol at the end of the address line.",
            "Press Install.",
        ],
    ),
];

// Help
pub const HELP: &str = "Help";
pub const WHAT_IS: &str = "What is a near miss?";
pub const WHAT_IS_WORDS: &str = "A near miss is something that could have hurt someone, but did not.";
pub const WHAT_COUNTS: &str =
    "It counts when you stopped it in time, when it went well by luck, and when you only saw the danger.";
pub const WHY: &str = "What happens to me?";
pub const WHY_WORDS: &str = "You are thanked. A report is about what happened, not about who is at fault. You can keep your name sealed or leave it out.";
pub const HURT: &str = "Somebody was hurt";
pub const HURT_WORDS: &str = "Get help first. In danger of life call 999. Tell your senior. Then record it: Noticed asks if it reached somebody.";
pub const WHO_TO_CALL: &str = "Who to call";
pub const NO_NUMBER: &str = "No number is saved for this site. Ask your manager to add it.";
pub const CALL_999: &str = "Call 999 in danger of life";
pub const CALL_111: &str = "Call 111 for medical advice";
pub const MISTAKE: &str = "I made a mistake in a record";
pub const MISTAKE_WORDS: &str = "Open it in My reports. You can add something at any time. Until your senior has looked at it, you can also take it back.";
pub const EXAMPLES: &str = "These count:";
pub const NOT_EXAMPLES: &str =
    "These are more than a near miss. Tell your senior at once and record them too:";
pub const PRACTISE: &str = "Practise: is it a near miss?";
pub const ABOUT_ME: &str = "What does Noticed keep about me?";
pub const ABOUT_ME_WORDS: &str = "Your words, the time and this device. People who work on a report see who wrote it. If you seal your name, readers do not see it. The Registered Manager can open it, but must write down why, and you read that in My reports. If you leave it out, nothing that is kept says it was you, but place and time may tell. Noticed does not know where you are or how long you work.";
pub const OFFLINE: &str = "No signal";
pub const OFFLINE_WORDS: &str =
    "Record as usual. It is kept on this phone and sent by itself when there is signal.";

// Removed by a manager
pub const REMOVED: &str = "This phone was removed";
pub const REMOVED_SENDS: &str = "A manager took this phone off the list. It sends what is only on it, and then forgets everything. Keep Noticed open and stay where there is signal.";
pub const REMOVED_WRONG: &str = "If this is not right, tell your manager.";
pub const FORGOTTEN: &str = "A manager took this phone off the list. Every report that was saved on it was sent first. Nothing of Noticed is on this phone now.";
pub const FORGOTTEN_DRAFTS: &str =
    "Reports that were not finished are gone. Record them again on another phone.";
pub const JOIN_AGAIN: &str = "To use Noticed on this phone again, ask your manager for a new code.";
pub const ENTER_CODE: &str = "Enter a code";

/// What is still on a removed phone.
pub fn still_sends(entries: usize, photos: usize) -> String {
    match (entries, photos) {
        (0, 0) => "Everything is sent. This phone forgets it now.".to_owned(),
        (0, _) => format!(
            "{} still to send. What is not sent after 10 minutes is deleted.",
            count(photos, "photo is", "photos are")
        ),
        _ => {
            format!("{} still to send. Nothing is deleted before.", count(entries, "entry is", "entries are"))
        }
    }
}

pub fn photos_lost(photos: usize) -> String {
    format!("{} could not be sent in time. The words are kept.", count(photos, "photo", "photos"))
}

// Cannot run, not found
pub const CANNOT_RUN: &str = "Noticed cannot run here";
pub const CANNOT_RUN_WORDS: &str = "This browser is too old, or a setting stops the app.";
pub const CANNOT_RUN_STEPS: [&str; 4] = [
    "Update the browser, or use Chrome, Edge, Safari 16.4 or Samsung Internet 22.",
    "Open Noticed outside a private window.",
    "On an iPhone in Lockdown Mode, press aA in the address line and turn it off for this site.",
    "Until it works, use the paper form of your home and tell your senior.",
];
pub const RESCUE: &str = "Save the reports as a file";
pub const BROKEN: &str = "Noticed cannot open its data";
pub const BROKEN_PAPER: &str =
    "Do not wait for the app. Tell your senior what you noticed, or write it on paper.";
pub const BROKEN_STAYS: &str = "It stays like this";
pub const BROKEN_STAYS_WORDS: [&str; 2] = [
    "First restart the phone, and try the file below. Tell your manager, because reports that were not sent may be lost.",
    "When your manager agrees, delete the data of Noticed in the settings of the browser, and join again with a new code. Reports that were sent come back. Record again what was not sent.",
];
pub const TRY_AGAIN: &str = "Try again";
pub const PAPER: &str = "Print a paper form";
pub const MORE: &str = "Getting the rest of Noticed";
pub const MORE_WORDS: &str =
    "This device gets the pages for your work. It happens once and takes a few seconds.";
pub const MORE_FAILED: &str = "The pages for your work did not come. Check the signal, then try again.";
pub const MORE_LATER: &str = "Only record for now";

pub const NOT_FOUND: &str = "Page not found";
pub const NOT_FOUND_WORDS: &str = "The address may be wrong or old. Nothing you saved is lost.";
pub const MANAGE: &str = "Manage";
pub const LET_AGENCY_IN: &str = "Let agency staff report";
pub const MANAGE_LISTS: &str = "Manage sites, people and staff";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_said_in_words() {
        let check = |off_ms: i64, words: &str| {
            let said = clock_is_off(off_ms);
            assert!(
                said.starts_with(&format!("The clock of this device is {words}. Times")),
                "{off_ms}: {said}"
            );
        };
        check(11 * 60_000, "11 minutes fast");
        check(-61 * 60_000, "1 hour slow");
        check(-26 * 3_600_000, "26 hours slow");
        check(3 * 86_400_000 + 40_000, "3 days fast");
    }

    #[test]
    fn what_is_kept_apart_has_a_subject_and_promises_no_senior() {
        let removed = kept_apart("device_revoked", "It comes from a device that a manager removed.", false);
        assert_eq!(removed, REMOVED_KEPT);
        assert!(removed.contains("What you recorded on it was sent"));
        let no_role = kept_apart("no_role_at_site", "You have no role at this site on this date.", true);
        assert!(no_role.starts_with("A report arrived, and is kept for the Registered Manager"), "{no_role}");
        assert!(no_role.ends_with("You have no role at this site on this date."));
        let review = kept_apart("stale", "Somebody else decided this first.", false);
        assert_eq!(review, "Somebody else decided this first.", "of what is no report, the reason alone");
    }
}
