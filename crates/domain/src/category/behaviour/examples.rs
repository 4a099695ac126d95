//! Behaviour examples to practise with.

use crate::category::learning::{Example, example};

pub static EXAMPLES: &[Example] = &[
    example(
        "A person lifted a cup to throw it. You offered a walk and it did not happen.",
        &[("happened", "something_happened"), ("reached", "no"), ("hands_on", "no")],
    ),
    example(
        "Two people who argue will sit side by side at tea. You see it on the plan for tomorrow.",
        &[("happened", "nothing_yet"), ("hands_on", "no")],
    ),
    example(
        "A person was very upset and staff held their arms.",
        &[("happened", "something_happened"), ("reached", "no"), ("hands_on", "yes")],
    ),
    example(
        "A person pushed another, who sat down hard but was not hurt.",
        &[("happened", "something_happened"), ("reached", "yes"), ("harm", "none"), ("hands_on", "no")],
    ),
    example(
        "A person was about to go out into the road. A colleague walked with them to the garden.",
        &[("happened", "something_happened"), ("reached", "no"), ("hands_on", "no")],
    ),
];
