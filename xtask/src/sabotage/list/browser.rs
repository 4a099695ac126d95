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
    Sabotage {
        name: "a connection that was closed is opened again",
        file: "src/browser/store/mod.rs",
        defence: "again = $store.reopen().await?;",
        instead: "again = open.clone();",
        noticed_by: Tests::Browser,
    },
    Sabotage {
        name: "the database of a newer app is opened as it is",
        file: "src/browser/store/mod.rs",
        defence: "Err(StoreError::Newer) => (connect_as_it_is(name).await?, true),",
        instead: "Err(StoreError::Newer) => return Err(StoreError::Newer),",
        noticed_by: Tests::Browser,
    },
    Sabotage {
        name: "a tab that does not let go holds up no newer one",
        file: "src/browser/store/mod.rs",
        defence: "let can_wait = alone.is_none() &&",
        instead: "let can_wait = alone.is_none() && false &&",
        noticed_by: Tests::Browser,
    },
    Sabotage {
        name: "what is only here has a second copy",
        file: "src/browser/second_copy.rs",
        defence: "            for (hash, row) in rows {",
        instead: "            for (hash, row) in rows.into_iter().skip(1_000) {",
        noticed_by: Tests::Browser,
    },
];
