//! Words of the evidence pages.

use super::common::{count, grouped};
use evidence::PackKind;

pub const EVIDENCE: &str = "Evidence";
pub const EVIDENCE_HINT: &str =
    "Make a pack for an inspector, a commissioner or a person who asks, or check one.";
pub const LEDE: &str = "A pack is one file. It holds a page that prints well, a PDF, a first part of a few pages that stands alone, tables, and the log, and it can be checked for changes. \
     It is made on this device and works without signal.";
pub const NOT_YOURS: &str =
    "The Registered Manager, the deputy, the provider, and inspectors and commissioners use this part.";

pub const KIND: &str = "What is the pack for?";
pub const PERIOD: &str = "Which period?";
pub const PERIOD_HINT: &str = "By the day on which it happened";
pub const FROM: &str = "First day";
pub const TO: &str = "Last day";
pub const SITES: &str = "Which sites?";
pub const CATEGORIES: &str = "Which categories?";
pub const CATEGORIES_HINT: &str = "Tick none for all of them";
pub const FRAMEWORK: &str = "Laid out by";
pub const FRAMEWORK_HINT: &str = "The newest version that was loaded takes the place of an older one";
pub const LOAD_FRAMEWORK: &str = "Load a newer one for everybody";
pub const CHOOSE_FRAMEWORK: &str = "Choose what it is laid out by.";
pub const FILE_ONCE: &str = "A file, for this pack only";
pub const FILE_ONCE_HINT: &str = "It is kept nowhere but in the pack";
pub const FRAMEWORK_FILE: &str = "Framework file";
pub const FRAMEWORK_FILE_HINT: &str =
    "A JSON file of the same shape as framework.json, which is in every pack.";
pub const STAFF: &str = "Whose supervision?";
pub const PERSON: &str = "Which person?";
pub const PERSON_HINT: &str = "By the code in the list of people";
pub const CHOOSE_PERSON: &str = "Choose which person it is about.";
pub const UNKNOWN_PERSON: &str = "This person is not in the list any more. Choose a person from the list.";
pub const NOT_HERE_NOW: &str = "not in the list now";
pub const ALL_DAYS: &str = "Everything, from the first record on";
pub const STAFF_NAMES: &str = "Names of staff";
pub const WITHOUT_STAFF_HINT: &str =
    "Staff become roles. Words that were typed stay in, and other people become letters.";
pub const WITH_STAFF_HINT: &str = "Only where the person needs them. You must write why.";
pub const STAFF_REASON: &str = "Why are the names of staff needed?";
pub const WHY_STAFF: &str = "Write why the names of staff are needed, or leave them out.";
pub const WHY_NAMES: &str = "Write why names and words are needed, or leave them out.";
pub const NAMES: &str = "Names and words";
pub const WITHOUT_NAMES: &str = "Leave them out";
pub const WITHOUT_NAMES_HINT: &str = "People become letters and staff become roles. Words that staff typed are left out, but for those written to be shared.";
pub const WITH_NAMES: &str = "Put them in";
pub const WITH_NAMES_HINT: &str = "Only where the reader needs them. You must write why.";
pub const REASON: &str = "Why are names and words needed?";
pub const REASON_HINT: &str = "It is printed on the first page";
pub const OWN_WORDS: &str = "Say what happened in your own words";
pub const HIDE_OWN_WORDS: &str = "Hide the examples";
pub const OWN_WORDS_HINT: &str = "If you want to: two sentences about each example that the pack tells. They stand in the pack as yours, with your role and the day.";
pub const WHAT_HAPPENED: &str = "What happened, in your own words, without names";
pub const WHAT_WE_CHANGED: &str = "What we changed, without names";
pub const NO_EXAMPLE: &str = "No record fits what is chosen above, so there is no example.";
pub const MAKE: &str = "Make the pack";
pub const MAKING: &str = "Making the pack";

pub const READY: &str = "The pack is ready";
pub const ANOTHER: &str = "Make another pack";
pub const SAVE_PACK: &str = "Save the pack";
pub const SAVE_FIRST: &str = "Save the first part as a PDF";
pub const SAVE_PDF: &str = "Save all as a PDF";
pub const SHOW: &str = "Look at it here";
pub const HIDE: &str = "Hide it";
pub const FINGERPRINT: &str = "Fingerprint";
pub const FINGERPRINT_HINT: &str = "Tell it to the reader by another way, for example on the telephone. Then nobody can put another pack in its place.";

/// What the log of a pack holds. `own`: entries with a fingerprint by which each can be checked.
pub fn entries(all: usize, own: usize) -> String {
    let entries = count(all, "entry", "entries");
    match own {
        0 => format!("{entries}; the service holds the fingerprint of each"),
        own if own == all => format!("{entries}, each with its own fingerprint"),
        own => format!("{entries}, {} of them with their own fingerprint", grouped(own)),
    }
}

pub const CHECK: &str = "Check a pack";
pub const CHECK_LEDE: &str = "Choose a pack file. This device works out again what each file in it should be, and says what was changed.";
pub const CHECK_FILE: &str = "Pack file";
pub const CHECKING: &str = "Checking the pack";
pub const HONEST: &str = "Nothing was changed";
pub const DOCTORED: &str = "This is not the pack that was made";

pub const STORY: &str = "From event to outcome";
pub const STORY_LINK: &str = "The whole story on one page";
pub const PRINT: &str = "Print, or save as PDF";
pub const SHOW_NAMES: &str = "Show names and words";
pub const SHOW_NAMES_NOW: &str = "Show them";
pub const HIDE_NAMES: &str = "Leave out names and words";
pub const STORY_PLAIN: &str =
    "De-identified: people are letters, staff are roles, and typed words are left out.";
pub const STORY_REASON_HINT: &str = "It stands on this page, also when you print it";

pub const FILE_REASON_HINT: &str = "It stands in each file, with your role and the date";

/// "The coroner asked (Registered Manager, 10 August 2026)", for a file that names people.
pub fn file_named(reason: &str, role: &str, day: &str) -> String {
    format!("{} ({role}, {day})", reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What stands over a story with names.
pub fn story_named(reason: &str) -> String {
    format!("With names and typed words. Keep it safe. Reason given: {}", reason.trim())
}

/// What a kind of pack is for, in one line.
pub fn kind(kind: PackKind) -> (&'static str, &'static str) {
    match kind {
        PackKind::Inspector => {
            ("An inspector", "One example all the way through, then evidence by statement or question")
        }
        PackKind::Commissioner => ("A commissioner", "Counts only: found early, measured, fewer incidents"),
        PackKind::GovernanceReport => {
            ("The governance meeting", "Numbers, patterns, what is late, decisions, audits")
        }
        PackKind::ImprovementPlan => {
            ("The service improvement plan", "Every action with its strength and its result")
        }
        PackKind::SupervisionNote => ("A supervision", "What one member of staff reported, did and learned"),
        PackKind::MedicationAuditFile => {
            ("The medication audit file", "Errors by kind and stage, actions, audits")
        }
        PackKind::AboutOnePerson => {
            ("What we hold about one person", "For somebody who asks what is recorded about them")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn the_log_is_told_without_the_words_of_its_makers() {
        assert_eq!(entries(4_033, 4_014), "4,033 entries, 4,014 of them with their own fingerprint");
        assert_eq!(entries(1_100, 1_100), "1,100 entries, each with its own fingerprint");
        assert_eq!(entries(1, 0), "1 entry; the service holds the fingerprint of each");
    }
}
