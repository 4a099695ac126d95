//! The capture flow for distress or behaviour. It tells what the person went through and what helped;
//! saying no to care is the person's choice.

use super::{BEHAVIOUR_TRIGGER, EARLY_SIGN, STRATEGY};
use crate::category::{
    common::{CONCERN, SHIFT, WHERE, WHO, WORDS},
    question::{QUESTION, Question, QuestionKind, choice, tile},
};

pub const QUESTIONS: &[Question] = &[
    HURT,
    HANDS_ON,
    RESTRICTED,
    WHO,
    WHAT,
    BEFORE,
    HELPED,
    WORDS,
    PLACE,
    EARLY_SIGNS,
    OUTCOME,
    SHIFT,
    CONCERN,
];

const HURT: Question = Question {
    id: "hurt",
    heading: "Was anyone hurt?",
    hint: "Count the person, staff and other people",
    short: "Anyone hurt",
    icon: "heart-pulse",
    kind: QuestionKind::One {
        tiles: &[
            tile(
                "No, it was settled in time",
                "shield-check",
                &[("happened", "something_happened"), ("reached", "no")],
            ),
            tile("Nothing has happened yet", "eye", &[("happened", "nothing_yet")]),
            tile(
                "It reached somebody, nobody was hurt",
                "user-round",
                &[("happened", "something_happened"), ("reached", "yes"), ("harm", "none")],
            )
            .get_help(),
            tile(
                "Yes, even a little",
                "heart-pulse",
                &[("happened", "something_happened"), ("reached", "yes"), ("harm", "some")],
            )
            .get_help(),
            tile(
                "Not sure",
                "circle-question-mark",
                &[("happened", "something_happened"), ("reached", "unsure")],
            )
            .get_help(),
        ],
        more: None,
    },
    ..QUESTION
};

const HANDS_ON: Question = Question {
    id: "held",
    heading: "Did anyone hold, block or restrict the person?",
    hint: "Count every hold or locked door, even a short one",
    short: "Held, blocked or restricted",
    icon: "hand",
    kind: QuestionKind::One {
        tiles: &[
            tile("No", "circle-check", &[("hands_on", "no")]),
            tile("Yes", "hand", &[("hands_on", "yes")]).get_help(),
        ],
        more: None,
    },
    ..QUESTION
};

const RESTRICTED: Question = Question {
    id: "restricted",
    heading: "In what way?",
    hint: "Select all that apply",
    short: "How the person was restricted",
    icon: "hand",
    kind: QuestionKind::Many {
        field: "restrictive_types",
        tiles: &[
            choice("physical", "Held or blocked", "hand"),
            choice("mechanical", "Belt, strap or rail", "link-2"),
            choice("chemical", "Medicine to control", "syringe"),
            choice("seclusion", "Kept alone in a room", "lock"),
            choice("long_term_segregation", "Kept apart for a long time", "calendar-clock"),
            choice("environmental", "Locked door or blocked way", "door-open"),
            choice("surveillance", "Watched all the time", "eye"),
            choice("psychological", "Rules, threats or blanket bans", "ban"),
        ],
        none: None,
        free: false,
        more: None,
    },
    optional: true,
    when: &[("hands_on", "yes")],
    ..QUESTION
};

const WHAT: Question = Question {
    id: "what",
    heading: "What nearly happened?",
    hint: "Saying no to care is the person's choice, not a fault",
    short: "What nearly happened",
    icon: "hand-heart",
    kind: QuestionKind::One {
        tiles: &[
            tile("Hitting or pushing", "hand-metal", &[("behaviour_type", "hitting_or_pushing")]),
            tile("Throwing or breaking things", "box", &[("behaviour_type", "throwing")]),
            tile("Hurting themself", "heart-pulse", &[("behaviour_type", "self_harm")]),
            tile("Leaving when it is not safe", "door-open", &[("behaviour_type", "leaving_unsafely")]),
            tile("Shouting or threats", "volume-2", &[("behaviour_type", "shouting_or_threats")]),
            tile("Did not want care or medicine", "circle-slash", &[("behaviour_type", "refusing_care")]),
            tile("Sexual behaviour", "shield-alert", &[("behaviour_type", "sexual")]),
            tile("Something else", "ellipsis", &[("behaviour_type", "other")]),
        ],
        more: None,
    },
    ..QUESTION
};

const BEFORE: Question = Question {
    id: "before",
    heading: "What was happening before?",
    hint: "Select all that apply",
    short: "What was happening before",
    icon: "clock",
    kind: QuestionKind::Many {
        field: "triggers",
        tiles: &[
            choice("noise", "Noise", "volume-2"),
            choice("pain", "Pain", "zap"),
            choice("waiting_hunger_thirst", "Waiting, hungry or thirsty", "hourglass"),
            choice("personal_care", "Personal care", "shower-head"),
            choice("visitor_contact", "A visit or no visit", "users"),
            choice("change_of_routine", "Change of routine", "shuffle"),
            choice("unfamiliar_staff", "Staff they do not know", "user-round"),
            choice("unknown", "Not known", "circle-question-mark"),
        ],
        none: None,
        free: false,
        more: Some(&BEHAVIOUR_TRIGGER),
    },
    ..QUESTION
};

const HELPED: Question = Question {
    id: "helped",
    heading: "What helped?",
    hint: "Select all that apply",
    short: "What helped",
    icon: "heart-handshake",
    kind: QuestionKind::Many {
        field: "strategies",
        tiles: &[
            choice("gave_space", "Time and space", "hourglass"),
            choice("validation", "Listening and calm talk", "ear"),
            choice("preferred_activity", "A favourite activity", "music"),
            choice("changed_staff", "Another member of staff", "users"),
            choice("sensory_item", "A comfort item", "heart"),
            choice("food_drink", "Food or drink", "cup-soda"),
            choice("walk_outside", "A walk or fresh air", "footprints"),
            choice("prn_protocol", "When-needed medicine as planned", "pill"),
        ],
        none: Some("Nothing helped"),
        free: false,
        more: Some(&STRATEGY),
    },
    ..QUESTION
};

const PLACE: Question = Question { aside: true, ..WHERE };

const EARLY_SIGNS: Question = Question {
    id: "signs",
    heading: "What did you see first?",
    hint: "Select all that apply",
    short: "Early signs",
    icon: "eye",
    kind: QuestionKind::Many {
        field: "early_signs",
        tiles: &[
            choice("pacing", "Walking up and down", "footprints"),
            choice("louder_voice", "Louder voice", "volume-2"),
            choice("repeated_questions", "Asking again and again", "repeat-2"),
            choice("clenched_hands", "Clenched hands", "hand-metal"),
            choice("withdrawing", "Going quiet or away", "volume-x"),
            choice("refusing", "Saying no", "circle-slash"),
            choice("crying", "Crying", "frown"),
            choice("staring", "Staring", "eye"),
        ],
        none: Some("None of these"),
        free: false,
        more: Some(&EARLY_SIGN),
    },
    optional: true,
    aside: true,
    ..QUESTION
};

const OUTCOME: Question = Question {
    id: "ended",
    heading: "How did it end?",
    short: "How it ended",
    icon: "circle-check",
    kind: QuestionKind::One {
        tiles: &[
            tile("Settled alone", "smile", &[("outcome", "settled_alone")]),
            tile("Settled with support", "heart-handshake", &[("outcome", "settled_with_support")]),
            tile("Needed when-needed medicine", "pill", &[("outcome", "needed_prn")]),
            tile("Needed holding or blocking", "hand", &[("outcome", "needed_hands_on")]),
            tile("Police called", "siren", &[("outcome", "police_called")]),
        ],
        more: None,
    },
    optional: true,
    aside: true,
    ..QUESTION
};
