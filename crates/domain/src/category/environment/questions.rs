//! The capture flow for a place or equipment. Safety comes first, then what happened.

use super::HAZARD;
use crate::{
    category::{
        common::{CONCERN, HARM, SHIFT, WHERE, WHO, WORDS},
        question::{QUESTION, Question, QuestionKind, choice, group, tile},
    },
    vocabulary::CAUGHT_BY,
};

pub const QUESTIONS: &[Question] =
    &[SAFE, REACHED, HARM, WHAT, WHERE, EQUIPMENT, NOTICED, DID, WORDS, PERSON, SHIFT, CONCERN];

const SAFE: Question = Question {
    id: "safe",
    heading: "Is it safe now?",
    short: "Safe now",
    icon: "shield-check",
    kind: QuestionKind::One {
        tiles: &[
            tile("Yes, put right", "wrench", &[("made_safe", "repaired")]),
            tile("Yes, taken out of use", "ban", &[("made_safe", "removed_from_use")]),
            tile("Yes, switched off or locked away", "power-off", &[("made_safe", "isolated")]),
            tile("Yes, barrier or sign put up", "traffic-cone", &[("made_safe", "barrier")]),
            tile("Not yet, or not sure", "triangle-alert", &[("made_safe", "not_yet")])
                .advising("Keep people away. Tell your senior now."),
        ],
        more: None,
    },
    ..QUESTION
};

const REACHED: Question = Question {
    id: "reached",
    heading: "Did it reach anyone?",
    hint: "A near miss could have hurt someone, but did not",
    short: "Did it reach anyone",
    icon: "user-round",
    kind: QuestionKind::One {
        tiles: &[
            tile("Nothing has happened yet", "eye", &[("happened", "nothing_yet")]),
            tile(
                "No, it was stopped in time",
                "hand",
                &[("happened", "something_happened"), ("reached", "no")],
            ),
            tile(
                "Yes, it reached somebody",
                "user-round",
                &[("happened", "something_happened"), ("reached", "yes")],
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

const WHAT: Question = Question {
    id: "what",
    heading: "What is the danger?",
    hint: "Choose the closest one",
    short: "Danger",
    icon: "triangle-alert",
    kind: QuestionKind::One {
        tiles: &[
            group(
                "Slip or trip",
                "footprints",
                &["slip_trip_surface", "clutter_cable", "stairs", "lighting", "furniture", "outdoor_ice"],
            ),
            group(
                "Equipment",
                "accessibility",
                &[
                    "hoist",
                    "stand_aid",
                    "sling",
                    "bath_lift",
                    "profiling_bed",
                    "bed_rails",
                    "mattress",
                    "wheelchair_walking_aid",
                    "call_bell_telecare",
                    "passenger_lift",
                    "family_equipment",
                ],
            ),
            group(
                "Hot water, heat or cold",
                "thermometer",
                &[
                    "hot_water",
                    "hot_surface",
                    "temperature",
                    "no_heating_food",
                    "legionella",
                    "drinking_water",
                ],
            ),
            group(
                "Fire, electric or gas",
                "flame",
                &[
                    "fire_safety",
                    "electrical",
                    "gas_co",
                    "smoking_emollient_oxygen",
                    "oxygen_storage",
                    "unsafe_electrics",
                ],
            ),
            group(
                "Doors, windows or security",
                "door-open",
                &[
                    "door_lock_gate",
                    "window_restrictor",
                    "balcony_height",
                    "ligature",
                    "security_visitor",
                    "key_safe",
                ],
            ),
            group(
                "Infection, chemicals or food",
                "spray-can",
                &[
                    "infection_cleaning",
                    "coshh",
                    "sharps",
                    "clinical_waste",
                    "kitchen_food",
                    "pests",
                    "mould",
                ],
            ),
            group(
                "Outside or vehicle",
                "car",
                &["outdoor_ice", "vehicle", "parking_access", "building_works"],
            ),
            group(
                "Home visit",
                "house",
                &[
                    "aggressive_visitor",
                    "lone_working",
                    "call_times",
                    "small_space_moving",
                    "family_equipment",
                    "key_safe",
                    "parking_access",
                    "pets",
                    "smoking_visit",
                    "hoarding",
                    "unsafe_electrics",
                    "no_heating_food",
                    "mould",
                ],
            ),
        ],
        more: Some(("hazard", &HAZARD)),
    },
    ..QUESTION
};

/// Only hazards that are a piece of equipment can name one.
const EQUIPMENT: Question = Question {
    id: "equipment",
    heading: "Which piece of equipment?",
    hint: "Look for the number on its label",
    short: "Equipment",
    icon: "wrench",
    kind: QuestionKind::Asset,
    optional: true,
    when: &[
        ("hazard", "hoist"),
        ("hazard", "stand_aid"),
        ("hazard", "sling"),
        ("hazard", "bath_lift"),
        ("hazard", "profiling_bed"),
        ("hazard", "bed_rails"),
        ("hazard", "mattress"),
        ("hazard", "wheelchair_walking_aid"),
        ("hazard", "call_bell_telecare"),
        ("hazard", "passenger_lift"),
        ("hazard", "family_equipment"),
        ("hazard", "vehicle"),
    ],
    ..QUESTION
};

const NOTICED: Question = Question {
    id: "noticed",
    heading: "How was it noticed?",
    hint: "Choose the closest one",
    short: "How it was noticed",
    icon: "eye",
    kind: QuestionKind::One {
        tiles: &[
            tile(
                "A check before use",
                "clipboard-check",
                &[("caught_by", "pre_use_check"), ("defence", "equipment_check")],
            ),
            tile("A planned safety check", "calendar-clock", &[("caught_by", "routine_check")]),
            tile("A colleague saw it", "users", &[("caught_by", "colleague")]),
            tile("The next shift saw it", "clock", &[("caught_by", "next_shift")]),
            tile(
                "The person said so",
                "message-circle",
                &[("caught_by", "person_themself"), ("defence", "persons_knowledge")],
            ),
            tile("A relative or friend said so", "messages-square", &[("caught_by", "relative")]),
            tile("By chance", "dices", &[("caught_by", "chance"), ("defence", "luck")]),
        ],
        more: Some(("caught_by", &CAUGHT_BY)),
    },
    ..QUESTION
};

const DID: Question = Question {
    id: "did",
    heading: "What did you do?",
    hint: "Select all that apply",
    short: "What you did",
    icon: "list-checks",
    kind: QuestionKind::Many {
        field: "immediate_actions",
        tiles: &[
            choice("told_senior", "Told the senior", "megaphone"),
            choice("moved_people", "Moved people away", "users"),
            choice("warned", "Warned other people", "triangle-alert"),
            choice("told_maintenance", "Told maintenance", "wrench"),
            choice("other_equipment", "Used other equipment", "refresh-cw"),
            choice("cleaned", "Cleaned or cleared it", "spray-can"),
            choice("called_help", "Called for help", "phone"),
        ],
        none: Some("None of these"),
        free: true,
        more: None,
    },
    ..QUESTION
};

const PERSON: Question = Question { aside: true, ..WHO };
