//! Words of the practice: is it a near miss?

use domain::record::Kind;

pub const PRACTICE: &str = "Is it a near miss?";
pub const PRACTICE_WORDS: &str =
    "Answer three questions, or try five examples. It takes two minutes and works without signal.";
pub const THREE: &str = "Three questions";
pub const FIVE: &str = "Five examples";
pub const HAPPENED: &str = "Did something happen?";
pub const REACHED: &str = "Did it reach a person?";
pub const HARMED: &str = "Was anyone harmed, even a little?";
pub const ANSWER_FIRST: &str = "Answer the first question. The word for it shows here.";
pub const WHAT_IS_IT: &str = "What is it?";

/// The three answers of an example.
pub const ANSWERS: [(&str, &str); 3] = [
    ("hazard", "A danger. Nothing has happened yet"),
    ("near_miss", "A near miss. It was stopped in time"),
    ("reached", "More than a near miss. It reached somebody"),
];

/// Which of the three answers is right for a kind.
pub fn answer_for(kind: Kind) -> &'static str {
    match kind {
        Kind::Hazard => "hazard",
        Kind::NearMiss => "near_miss",
        _ => "reached",
    }
}

/// Why, and what to do.
pub fn because(kind: Kind) -> &'static str {
    match kind {
        Kind::Hazard => {
            "Nothing has happened yet, so it is a danger that you found in time. Record it: it counts."
        }
        Kind::NearMiss => "It was stopped before it reached a person. That is a near miss. Record it.",
        Kind::NoHarmIncident => {
            "It reached a person, even if nobody was harmed. Tell your senior, then record it."
        }
        Kind::Incident => "Somebody was harmed. Get help first, tell your senior, then record it.",
        Kind::RestrictivePractice => {
            "Somebody was held or blocked. Tell your senior at once, then record it."
        }
        Kind::Unclassified => "It is not clear yet. Record it: your senior settles it with you.",
    }
}

/// "4 of 5 right."
pub fn score(right: usize, of: usize) -> String {
    format!("{right} of {of} right.")
}
