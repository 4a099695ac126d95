//! Words of recording a near miss: the questions that every report has, and the pages around the flow.
//! What a category asks is content and lives in `domain::category`.

pub mod account;
pub mod device;
pub mod home;
pub mod photos;
pub mod reports;

use super::common::{clock, count, due, when};
use domain::{
    category::CategorySpec,
    directory::Settings,
    identifying::{Found, Looks},
    roles::Role,
    time::{Instant, hours_after},
};

// Home
pub const HOME: &str = "What did you notice?";
pub const HOME_JUST: &str = "We look for causes, not blame.";
/// For somebody who reads and records nothing.
pub const HOME_OUTSIDE: &str = "What this service noticed";
pub const QUICK_RECORD: &str = "Quick record";
pub const MY_WORK: &str = "My work";

// The flow
pub const SOMETHING_ELSE: &str = "Something else";
pub const CONTINUE: &str = "Continue";
pub const SKIP: &str = "Skip this question";
pub const CLEAR: &str = "Remove this answer";
pub const FINISH_LATER: &str = "Save and finish later";
pub const GO_BACK: &str = "Go back";
pub const SELECT_ONE: &str = "Select an answer";
pub const SELECT_SOME: &str = "Select at least one answer";
pub const CHOOSE_ONE: &str = "Choose one";
pub const FILTER: &str = "Find in this list";
pub const NOTHING_FOUND: &str = "Nothing in the list has these words. Try other words.";
pub const NO_SITE: &str = "Choose a site in Settings first.";
pub const SIGN_IN_ONCE: &str = "Somebody must sign in first";
pub const SIGN_IN_ONCE_WORDS: &str =
    "This device does not know your site yet. After the first time, recording works without signing in.";
pub const OTHER_ANSWERS: &str = "All answers";

/// Where a report is found again that was left in the middle.
pub fn finish_later_said(is_mine: bool) -> &'static str {
    match is_mine {
        true => "Saved on this device only. Finish it from Home.",
        false => "Saved on this device only. It stands under Not finished on this page.",
    }
}

pub fn caption(category: &str, number: usize, of: usize) -> String {
    format!("{category} - Question {number} of {of}")
}

/// "Tell us what happened (optional)".
pub fn optional(heading: &str) -> String {
    format!("{heading} (optional)")
}

// Get help first
pub const HELP_FIRST: &str = "Get help first";
pub const HELP_NOW: &str = "Tell your senior or the person on call now.";
pub const MAY_BE_INCIDENT: &str = "This may be an incident, not a near miss. Your answers are kept.";
pub const ADVICE: &str = "Make it safe first";
pub const SAVE_WHAT_I_KNOW: &str = "Send what I know now";

pub fn press(button: &str) -> String {
    format!("Press {button}.")
}

pub fn call(number: &str) -> String {
    format!("Call {number}")
}

// People, places, equipment
pub const NO_ONE: &str = "No one person";
pub const FIND_PERSON: &str = "Find someone";
pub const FIND_PLACE: &str = "Find a place";
pub const FIND_ASSET: &str = "Find equipment";
pub const FIND_PERSON_LABEL: &str = "Code or room";
pub const FIND_PLACE_LABEL: &str = "Name of the place";
pub const FIND_ASSET_LABEL: &str = "Name or number";
pub const NO_PEOPLE: &str = "Nobody is on the list yet";
pub const NO_PLACES: &str = "No place is on the list yet";
pub const NO_ASSETS: &str = "No equipment is on the list yet";
pub const MANAGER_ADDS: &str = "Your manager can add it. You can go on without.";

// When
pub const WHEN: &str = "When did it happen?";
pub const WHEN_SHORT: &str = "When";
pub const JUST_NOW: &str = "Just now";
pub const HALF_HOUR: &str = "About 30 minutes ago";
pub const ONE_HOUR: &str = "About 1 hour ago";
pub const EARLIER_TODAY: &str = "Earlier today";
pub const YESTERDAY: &str = "Yesterday";
pub const ANOTHER_DAY: &str = "Another day";
pub const WHAT_DAY: &str = "What day was it?";
pub const DAY_HINT: &str = "For example, 27 11 2026";
pub const ABOUT_WHAT_TIME: &str = "About what time?";
pub const TIME_HINT: &str = "Your best guess is enough";
pub const TIME_MISSING: &str = "Enter a time, for example 2:05pm";
pub const DAY_WRONG: &str = "Type a real date: day, month and year";
pub const LONG_AGO: &str = "Choose a day in the last 12 months";
pub const IN_FUTURE: &str = "Choose a time that has passed";

// Whose name
pub const NAME: &str = "Who sees your name?";
pub const NAME_SHORT: &str = "Your name";
pub const AUTHOR: &str = "Who are you?";
pub const AUTHOR_SHORT: &str = "Who you are";
pub const AUTHOR_HINT: &str = "Nobody is signed in, or the screen is locked";
pub const NAME_MISSES: &str = "My name is not here";
pub const NAME_MISSES_WORDS: &str = "Only people who have signed in on this device can be chosen.";
pub const NO_NAMES: &str = "No name can be chosen yet, because nobody has signed in on this device. Sign in, or leave your name out.";
pub const CHOOSE_NAME: &str = "Choose your name";

/// A code of `identity` in words: what it is, what it means, and its symbol.
pub const IDENTITIES: [(&str, &str, &str, &str); 3] = [
    ("named", "Use my name", "People who review it see who you are", "user-round"),
    (
        "confidential",
        "Keep my name sealed",
        "Only the Registered Manager can open it, and must tell you why",
        "lock",
    ),
    ("anonymous", "Do not store my name", "Nobody can find out who you are", "eye"),
];

/// What a report without a name means for its author, on this kind of device.
pub fn nameless_hint(is_shared: bool) -> &'static str {
    match is_shared {
        true => "Nobody can find out. This device is shared, so it does not show it again",
        false => "Nobody can find out. Only this phone shows it to you again",
    }
}

/// The code of a report without a name.
pub const NAMELESS: &str = "anonymous";

pub fn identity(code: &str) -> &'static str {
    IDENTITIES.iter().find(|known| known.0 == code).map_or(IDENTITIES[0].1, |known| known.1)
}

// Check answers
pub const CHECK: &str = "Check your answers";
pub const SAVE: &str = "Save near miss";
pub const SAVE_DETAILS: &str = "Save the details";
pub const NOT_PROVIDED: &str = "Not provided";
pub const ANSWER_THIS: &str = "Answer this";
pub const ADD_IF_KNOWN: &str = "Add if you know it";
pub const DETAILS_REASON: &str = "Details added to a quick record";
pub const REPEATS: &str = "You record again what somebody wrote";
pub const REPEATS_WORDS: &str =
    "It becomes a new report under your name. Check each answer before you save it.";
pub const DRAFT_GONE: &str = "This report is not in your drafts";
pub const DRAFT_GONE_WORDS: &str = "It was saved or deleted. Look in My reports.";
pub const NO_SUCH_KIND: &str = "There is no such kind of report here";
pub const NO_SUCH_KIND_WORDS: &str = "Check the address. If somebody gave it to you, close Noticed and open it again: the app here may be older.";
pub const NOT_KNOWN_HERE: &str = "This kind of report is newer than the app on this phone";
pub const UPDATE_TO_SEE: &str = "Close Noticed and open it again to update it.";

pub fn answer_more(missing: usize) -> String {
    format!("Answer {}", count(missing, "more question", "more questions"))
}

/// When it happened: "just now", "10 minutes ago", "yesterday at 2:05pm".
pub fn happened(at: Instant, now: Instant) -> String {
    capitalised(&when(at, now))
}

// Saved
pub const SAVED: &str = "Saved. Thank you.";
pub const SAVED_QUICK: &str = "Saved. Details needed.";
pub const KEPT_HERE: &str = "Kept on this phone. It will be sent when there is signal.";
pub const SENT: &str = "Sent.";
/// No senior sees it.
pub const KEPT_APART: &str =
    "It arrived, and is kept for the Registered Manager, who decides what becomes of it.";
pub const NEXT: &str = "What happens next";
pub const SEE_MY_REPORTS: &str = "You will see what was decided in My reports.";
pub const SEE_ON_THIS_PHONE: &str =
    "Nobody knows it was you. See what happens in My reports, on this phone only.";
pub const NOT_SEEN_AGAIN: &str =
    "Nobody knows it was you. This device is shared, so it does not show the report again.";
pub const SEE_REPORT: &str = "See this report in My reports";
pub const SEE_AFTER_SIGN_IN: &str = "Sign in to see what was decided, in My reports.";
pub const AT_ONCE: &str = "The Registered Manager sees it at once.";
pub const AT_ONCE_WHEN_SENT: &str = "The Registered Manager sees it as soon as it is sent.";
pub const DETAILS_LATER: &str = "Add the details when you have time.";
pub const ADD_DETAILS: &str = "Add the details now";
pub const FIRST_STANDS: &str =
    "The first entry still stands in your inbox. Say what was done, and it leaves the list.";
pub const MARK_FIRST: &str = "Mark the first entry as dealt with";
pub const RECORD_ANOTHER: &str = "Record another";
pub const GO_HOME: &str = "Go to Home";

pub fn sent_at(at: Instant) -> String {
    format!("Sent at {}.", clock(at))
}

/// "Reference A1B2 - use it when you talk to your senior".
pub fn reference(short: &str) -> String {
    format!("Reference {short}. Use it when you talk about this report.")
}

/// "Your senior looks at it by 8pm today, within 12 hours."
pub fn reviewed_by(role: Role, settings: &Settings, reported_at: Instant, now: Instant) -> String {
    let by = due(hours_after(reported_at, settings.step2_hours), now);
    format!(
        "{} looks at it within {}: {by}.",
        your(role),
        count(hours(settings.step2_hours), "hour", "hours")
    )
}

fn hours(hours: u64) -> usize {
    usize::try_from(hours).unwrap_or(usize::MAX)
}

/// "Your senior", "The Registered Manager".
pub fn your(role: Role) -> String {
    match role {
        Role::RegisteredManager | Role::DeputyManager => format!("The {}", role_name(role)),
        _ => format!("Your {}", role_name(role)),
    }
}

pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Reporter => "reporter",
        Role::Senior => "senior",
        Role::ShiftLead => "shift lead",
        Role::RegisteredManager => "Registered Manager",
        Role::MedicationLead => "medication lead",
        Role::MaintenanceLead => "maintenance lead",
        Role::BehaviourLead => "behaviour lead",
        Role::DeputyManager => "Deputy Manager",
        Role::Provider => "provider",
        Role::Administrator => "administrator",
        Role::Inspector => "inspector",
        Role::Commissioner => "commissioner",
    }
}

// Quick record
pub const QUICK_WHAT: &str = "What is it about?";
pub const QUICK_WHAT_HINT: &str = "You can add the details later";
pub const QUICK_WORDS: &str = "What nearly happened?";
pub const QUICK_HINT: &str = "Do not write names";
pub const QUICK_SAVE: &str = "Save and send now";
pub const QUICK_SAVE_OFFLINE: &str = "Save now";
pub const QUICK_MISSING: &str = "Say in a few words what nearly happened";
pub const NOT_SAVED_YET: &str = "Not saved yet";
pub const QUICK_HONEST: &str =
    "What you leave out stands as \"not answered yet\". You will be asked about it.";

pub fn quick_caption(category: &str) -> String {
    format!("Quick record - {category}")
}

// Drafts
pub const DRAFTS: &str = "Drafts";
pub const DRAFTS_LEDE: &str = "Only here, where you began them. Nobody else can see them yet.";
pub const NO_DRAFTS: &str = "No drafts";
pub const NO_DRAFTS_WORDS: &str = "A report that you start and do not finish is kept here.";
pub const NO_DRAFTS_ELSEWHERE: &str = "A draft stays where you began it: on that device, and in that browser or in the app on the Home Screen. Open Noticed there to finish it.";
pub const CONTINUE_DRAFT: &str = "Continue";
pub const DELETE: &str = "Delete";
pub const DELETE_TITLE: &str = "Delete this draft?";
pub const DELETE_WORDS: &str = "Its answers cannot be brought back.";
pub const DELETE_YES: &str = "Delete the draft";
pub const DELETE_NO: &str = "Keep it";
pub const DELETED: &str = "Draft deleted";
pub const UNCLAIMED: &str = "Not finished";
pub const UNCLAIMED_WORDS: &str = "Begun on this device while nobody was signed in.";
pub const OLD_DRAFT: &str = "Over a day old";
pub const READY: &str = "Ready to save";
pub const DETAILS_NEEDED: &str = "Details needed";

/// "2 answers needed: Person, What you did".
pub fn needed(missing: &[&str]) -> String {
    match missing {
        [] => READY.to_owned(),
        _ => format!("{} needed: {}", count(missing.len(), "answer", "answers"), missing.join(", ")),
    }
}

pub fn started(at: Instant, now: Instant) -> String {
    format!("Started {}", when(at, now))
}

pub fn draft_title(spec: &CategorySpec, subtype: Option<&str>) -> String {
    subtype.map_or_else(|| spec.name.to_owned(), |subtype| format!("{}: {subtype}", spec.name))
}

/// The first letter as a capital.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
pub const FIND: &str = "Find";

pub const MAY_NAME: &str = "This may name somebody";
pub const MAY_NAME_WORDS: &str =
    "Use the code of the person, and no names. You can change your words, or keep them if they are needed.";

/// One line for each thing found.
pub fn may_name(found: &Found) -> String {
    let what = match found.looks {
        Looks::NhsNumber => "An NHS number",
        Looks::Phone => "A phone number",
        Looks::Birthday => "A date of birth",
        Looks::Name => "A name",
    };
    format!("{what}: {}", found.text)
}

/// Home of an inspector or a commissioner.
pub mod outside {
    pub const LEDE: &str = "You can read what you were invited to see. You cannot change anything.";
    pub const CANNOT_RECORD: &str = "You cannot record here";
    pub const NOTHING_TO_DO: &str = "Your role reads and changes nothing.";
    pub const NOTHING_WAITS: &str = "Nothing waits for you";
    pub const EVIDENCE: &str = "Evidence pack";
    pub const EVIDENCE_HINT: &str =
        "One file with examples from start to end, and a check that nothing was changed.";
    pub const MEASURES: &str = "Measures";
    pub const MEASURES_HINT: &str = "Numbers and charts, each with the records behind it.";
    pub const ALL: &str = "Learning and oversight";
    pub const ALL_HINT: &str = "Decisions, outcomes, audits and alerts.";
}
