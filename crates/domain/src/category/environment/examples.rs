//! Environmental examples to practise with.

use crate::category::learning::{Example, example};

const FOUND: &[(&str, &str)] = &[("happened", "nothing_yet")];

pub static EXAMPLES: &[Example] = &[
    example("The sling is torn. You see it before you use it.", FOUND),
    example(
        "The hoist stopped while the person was still on the bed. Nobody was moved.",
        &[("happened", "something_happened"), ("reached", "no")],
    ),
    example("A window on the first floor opens all the way. Nobody has been near it.", FOUND),
    example(
        "A person slipped on the wet floor and got up without a mark.",
        &[("happened", "something_happened"), ("reached", "yes"), ("harm", "none")],
    ),
    example(
        "The bath water was too hot and the person has a red foot.",
        &[("happened", "something_happened"), ("reached", "yes"), ("harm", "some")],
    ),
];
