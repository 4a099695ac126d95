//! Code lists of feedback, stories and the just-culture question. Source: docs/decisions/016.

use crate::vocabulary::{CodeList, code};

/// Who said what they think of a change.
pub static FEEDBACK_FROM: CodeList = CodeList {
    name: "feedback_from",
    codes: &[
        code("person", "A person we support"),
        code("family", "Family or a friend"),
        code("staff", "Staff"),
        code("professional", "A professional or partner"),
    ],
};

/// What the reporter agreed to, as told to whoever shares the story.
pub static STORY_CONSENT: CodeList = CodeList {
    name: "story_consent",
    codes: &[
        code("no_name", "Share it without a name"),
        code("reporter_named", "The reporter agreed to be named"),
    ],
};

/// "Would another competent person in the same situation have done the same?"
pub static JUST_CULTURE: CodeList = CodeList {
    name: "just_culture",
    codes: &[
        code("yes", "Yes").helped("Then the work made it easy to go wrong. Change the work, not the person."),
        code("no", "No").helped("Talk with the person first. Ask what made it hard to do it another way."),
        code("unsure", "Not sure").helped("Ask two colleagues how they would have done it."),
    ],
};
