//! The capture flow for medicines. Tiles may stand for several codes; what is stored is one code.

use super::{ERROR_TYPE, MEDICATION_STAGE, RISK_GROUP};
use crate::{
    category::{
        common::{CONCERN, HARM, SHIFT, WHERE, WHO, WORDS},
        question::{QUESTION, Question, QuestionKind, choice, group, tile},
    },
    vocabulary::CAUGHT_BY,
};

pub const QUESTIONS: &[Question] =
    &[REACHED, WHAT, MEDICINE_HARM, MEDICINE, WHO, NOTICED, DID, WORDS, PLACE, STAGE, SHIFT, CONCERN];

const REACHED: Question = Question {
    id: "reached",
    heading: "Did the wrong medicine reach the person?",
    hint: "A near miss could have hurt someone, but did not",
    short: "Did it reach the person",
    icon: "hand",
    kind: QuestionKind::One {
        tiles: &[
            tile(
                "No, it was stopped in time",
                "hand",
                &[("happened", "something_happened"), ("reached", "no")],
            ),
            tile("Nothing has happened yet", "eye", &[("happened", "nothing_yet")]),
            tile(
                "Yes, it reached the person",
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
    heading: "What nearly happened?",
    hint: "Choose the closest one",
    short: "What nearly happened",
    icon: "pill",
    kind: QuestionKind::One {
        tiles: &[
            tile("Wrong person", "users-round", &[("error_type", "wrong_person")]),
            tile("Wrong medicine", "tablets", &[("error_type", "wrong_medicine")]),
            tile("Wrong dose or amount", "scale", &[("error_type", "wrong_dose")]),
            tile("Wrong time", "clock", &[("error_type", "wrong_time")]),
            tile("Dose nearly missed", "alarm-clock-off", &[("error_type", "nearly_omitted")]),
            tile("Given or nearly given twice", "copy", &[("error_type", "duplicate_dose")]),
            group(
                "Medicine record (MAR) wrong",
                "clipboard-pen",
                &[
                    "mar_gap",
                    "mar_transcription",
                    "label_mismatch",
                    "stopped_still_on_mar",
                    "new_not_on_mar",
                    "prn_no_reason",
                    "covert_no_record",
                ],
            ),
            group(
                "Stock or storage",
                "refrigerator",
                &[
                    "storage_temperature",
                    "expired",
                    "stock_kept",
                    "out_of_stock",
                    "cd_balance",
                    "wrong_mds_pack",
                    "found_tablet",
                    "key_security",
                ],
            ),
        ],
        more: Some(("error_type", &ERROR_TYPE)),
    },
    ..QUESTION
};

/// A missed dose reached the person even when the first answer was no.
const MEDICINE_HARM: Question = Question { when: &[("reached", "yes"), ("error_type", "omitted")], ..HARM };

const MEDICINE: Question = Question {
    id: "medicine",
    heading: "Which kind of medicine?",
    hint: "These can harm most when something goes wrong",
    short: "Kind of medicine",
    icon: "pill-bottle",
    kind: QuestionKind::One {
        tiles: &[
            tile("Insulin", "syringe", &[("risk_group", "insulin")]),
            tile("Blood thinner", "droplet", &[("risk_group", "anticoagulant")]),
            tile("Controlled drug or strong painkiller", "lock", &[("risk_group", "controlled_drug")]),
            tile("Epilepsy medicine", "zap", &[("risk_group", "anti_epileptic")]),
            tile("Parkinson's medicine", "clock-alert", &[("risk_group", "parkinsons")]),
            tile("Medicine for mood or behaviour", "brain", &[("risk_group", "psychotropic")]),
            tile("Antibiotic", "bug", &[("risk_group", "antibiotic")]),
            tile("Paracetamol", "tablets", &[("risk_group", "paracetamol")]),
        ],
        more: Some(("risk_group", &RISK_GROUP)),
    },
    optional: true,
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
                "I checked the label",
                "tag",
                &[("caught_by", "givers_own_check"), ("defence", "six_rights_check")],
            ),
            tile("The medicine record (MAR) showed it", "clipboard-list", &[("caught_by", "mar_alert")]),
            tile(
                "A second checker saw it",
                "list-checks",
                &[("caught_by", "second_checker"), ("defence", "two_person_rule")],
            ),
            tile("A colleague saw it", "users", &[("caught_by", "colleague")]),
            tile(
                "The person said so",
                "message-circle",
                &[("caught_by", "person_themself"), ("defence", "persons_knowledge")],
            ),
            tile("A relative or friend said so", "messages-square", &[("caught_by", "relative")]),
            tile("The count was wrong", "calculator", &[("caught_by", "stock_count")]),
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
            choice("stopped", "Stopped before giving it", "hand"),
            choice("told_senior", "Told the senior", "megaphone"),
            choice("phoned", "Phoned the pharmacy, GP or 111", "phone"),
            choice("put_aside", "Put the medicine aside", "package"),
            choice("corrected_record", "Corrected the medicine record", "clipboard-pen"),
            choice("right_dose", "Gave the right dose", "circle-check"),
            choice("checked_person", "Checked that the person is well", "stethoscope"),
        ],
        none: Some("None of these"),
        free: true,
        more: None,
    },
    ..QUESTION
};

/// Offered on the check-answers page, so that the walk stays short.
const PLACE: Question = Question { aside: true, ..WHERE };

const STAGE: Question = Question {
    id: "stage",
    heading: "When in the work was it?",
    hint: "Choose the closest one",
    short: "Part of the work",
    icon: "list-ordered",
    kind: QuestionKind::One {
        tiles: &[
            tile("Ordering or repeat", "phone", &[("stage", "ordering")]),
            tile("Booking it in", "package", &[("stage", "receipt")]),
            tile("Storage", "refrigerator", &[("stage", "storage")]),
            tile("Getting it ready", "pill-bottle", &[("stage", "preparation_selection")]),
            tile("Giving it", "hand-helping", &[("stage", "administration")]),
            tile("Helping someone take their own", "user-round", &[("stage", "self_administration")]),
            tile("Writing the medicine record", "clipboard-pen", &[("stage", "recording")]),
            tile("When-needed medicine (PRN)", "clock", &[("stage", "prn")]),
        ],
        more: Some(("stage", &MEDICATION_STAGE)),
    },
    optional: true,
    aside: true,
    ..QUESTION
};
