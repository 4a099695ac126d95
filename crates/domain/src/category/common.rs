//! Questions that every category asks in the same words.

use super::question::{QUESTION, Question, QuestionKind, choice, tile};

/// Asked when it reached a person and nobody has said yet what came of it.
pub(super) const HARM: Question = Question {
    id: "harm",
    heading: "Was anyone harmed?",
    hint: "Count harm that was small or did not last",
    short: "Anyone harmed",
    icon: "heart-pulse",
    kind: QuestionKind::One {
        tiles: &[
            tile("No, nobody was harmed", "shield-check", &[("harm", "none")]),
            tile("Yes, even a little", "heart-pulse", &[("harm", "some")]).get_help(),
            tile("Not sure", "circle-question-mark", &[("harm", "unsure")]).get_help(),
        ],
        more: None,
    },
    when: &[("reached", "yes")],
    ..QUESTION
};

pub(super) const WORDS: Question = Question {
    id: "words",
    heading: "Tell us what happened",
    hint: "Do not write names. Tap the microphone on your keyboard to speak",
    short: "In your words",
    icon: "mic",
    kind: QuestionKind::Words,
    optional: true,
    ..QUESTION
};

pub(super) const WHERE: Question = Question {
    id: "where",
    heading: "Where was it?",
    short: "Place",
    icon: "map-pin",
    kind: QuestionKind::Place,
    optional: true,
    ..QUESTION
};

pub(super) const WHO: Question = Question {
    id: "who",
    heading: "Who was it about?",
    short: "Person",
    icon: "user-round",
    kind: QuestionKind::Person,
    optional: true,
    ..QUESTION
};

/// "Very worried" makes a record urgent, so everybody can say it.
pub(super) const CONCERN: Question = Question {
    id: "worried",
    heading: "How worried are you?",
    hint: "If you are very worried, the manager sees it at once",
    short: "How worried",
    icon: "gauge",
    kind: QuestionKind::One {
        tiles: &[
            tile("Very worried", "siren", &[("concern", "very")]),
            tile("Fairly worried", "frown", &[("concern", "fairly")]),
            tile("Not very worried", "meh", &[("concern", "not_very")]),
            tile("Not worried at all", "smile", &[("concern", "not_at_all")]),
        ],
        more: None,
    },
    optional: true,
    aside: true,
    ..QUESTION
};

/// What may have played a part, and what others can learn from.
pub(super) const SHIFT: Question = Question {
    id: "shift",
    heading: "Is any of this true?",
    hint: "It helps to find the cause. It is not about blame",
    short: "About the shift",
    icon: "users",
    kind: QuestionKind::Flags {
        tiles: &[
            choice("agency_present", "Agency staff were there", "user-plus"),
            choice("short_staffed", "We were short of staff", "users"),
            choice("good_catch", "Worth sharing as good practice", "sparkle"),
        ],
        none: "None of these",
    },
    optional: true,
    aside: true,
    ..QUESTION
};
