//! Medication examples to practise with.

use crate::category::learning::{Example, example};

const STOPPED: &[(&str, &str)] = &[("happened", "something_happened"), ("reached", "no")];

pub static EXAMPLES: &[Example] = &[
    example(
        "You take out the wrong tablets. You read the label before you give them and put them back.",
        STOPPED,
    ),
    example(
        "The pharmacy sent a tray with last month's dose. Nobody has used it yet.",
        &[("happened", "nothing_yet")],
    ),
    example(
        "A person had their morning tablets twice. The GP says there was no harm.",
        &[("happened", "something_happened"), ("reached", "yes"), ("harm", "none")],
    ),
    example(
        "A dose of the epilepsy medicine was missed and the person had a seizure.",
        &[
            ("happened", "something_happened"),
            ("error_type", "omitted"),
            ("reached", "yes"),
            ("harm", "some"),
        ],
    ),
    example(
        "The medicine was nearly forgotten at tea. A colleague saw the gap and it was given in time.",
        STOPPED,
    ),
];
