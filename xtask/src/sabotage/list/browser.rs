//! Defences of the app's own store and keys.

use super::{Sabotage, Tests};

pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "what is saved is on the disk before it is said",
        file: "src/browser/store/mod.rs",
        defence: "with_durability(TransactionDurability::Strict)",
        instead: "with_durability(TransactionDurability::Relaxed)",
        noticed_by: Tests::Browser,
    },
    Sabotage {
        name: "a turn that another tab took over writes nothing",
        file: "src/browser/store/mod.rs",
        defence: "is_none_or(|kept| kept.token != turn.token)",
        instead: "is_none_or(|kept| kept.token != turn.token && false)",
        noticed_by: Tests::Browser,
    },
    Sabotage {
        name: "a key is tried before it is trusted",
        file: "src/browser/seal/person.rs",
        defence: ".await.as_deref() != Some(CANARY) {",
        instead: ".await.as_deref() != Some(CANARY) && false {",
        noticed_by: Tests::Browser,
    },
];
