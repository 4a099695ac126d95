//! Who may depend on whom inside `src/` and what the pure crates must never do: the table of ARCHITECTURE.md.
//! A breach prints the sentence of its row.

use super::source::Source;

struct Layer {
    folder: &'static str,
    /// Never in the code of that folder.
    never: &'static [&'static str],
    sentence: &'static str,
}

/// Clocks, randomness, network, storage, and whoever knows them.
const PURE: [&str; 15] = [
    "SystemTime",
    "Utc::now",
    "Local::now",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "tokio::",
    "leptos",
    "sqlx",
    "axum",
    "reqwest",
    "getrandom",
    "web_sys",
    "js_sys",
];

const LAYERS: [Layer; 12] = [
    Layer {
        folder: "crates/domain/src",
        never: &PURE,
        sentence: "crates/domain may depend on serde, serde_json, chrono without `clock`, thiserror; it must never \
                   read time, randomness, network, storage, or know Leptos, SQL, HTTP",
    },
    Layer {
        folder: "crates/sync/src",
        never: &PURE,
        sentence: "crates/sync may depend on domain, serde, serde_json, chrono, thiserror, sha2; it must never do IO: it only plans",
    },
    Layer {
        folder: "crates/exchange/src",
        never: &PURE,
        sentence: "crates/exchange may depend on domain, serde, chrono, csv; it must never do IO: it turns one text into another",
    },
    Layer {
        folder: "crates/evidence/src",
        never: &PURE,
        sentence: "crates/evidence may depend on the pure crates and on what writes a pack; it must never do IO or \
                   read time",
    },
    Layer {
        folder: "crates/replay/src",
        never: &PURE,
        sentence: "crates/replay may depend on domain, serde, anyhow and a YAML reader; it must never do IO: it also \
                   runs in a browser",
    },
    Layer {
        folder: "crates/markup",
        never: &["domain::", "noticed"],
        sentence: "crates/markup may depend on leptos; it must never know anything of Noticed",
    },
    Layer {
        folder: "crates/charts",
        never: &["domain::", "noticed", "leptos", "web_sys", "std::fs", "SystemTime"],
        sentence: "crates/charts depends on nothing; it must never know anything of Noticed, or of a page",
    },
    Layer {
        folder: "src/ui",
        never: &[
            "domain::",
            "sync::",
            "browser::",
            "crate::state",
            "crate::browser",
            "crate::pages",
            "use gloo",
            "use js_sys",
            "indexed_db",
        ],
        sentence: "src/ui may depend on leptos, leptos_router, markup, charts; it must never import `state`, `browser`, `domain`",
    },
    Layer {
        folder: "src/browser",
        never: &["view!", "crate::pages", "crate::ui", "crate::state"],
        sentence: "src/browser may depend on web-sys, gloo-storage, indexed_db_futures, sync, domain; it must never \
                   import leptos views or `pages`",
    },
    Layer {
        folder: "src/state",
        never: &[
            "view!",
            "crate::pages",
            "crate::ui",
            "use gloo",
            "use web_sys",
            "use js_sys",
            "indexed_db_futures",
        ],
        sentence: "src/state may depend on leptos reactive, browser, text and the pure crates; it must never render",
    },
    Layer {
        folder: "src/pages",
        never: &[
            "crate::browser",
            "browser::",
            "use gloo",
            "use web_sys",
            "use js_sys",
            "indexed_db_futures",
        ],
        sentence: "src/pages may depend on ui, state, text, markup, charts and the pure crates; it must never import `browser`",
    },
    Layer {
        folder: "src/text",
        never: &["crate::browser", "crate::state", "crate::pages", "crate::ui", "use gloo", "use web_sys"],
        sentence: "src/text is words; it must never depend on another layer",
    },
];

pub fn check(source: &Source) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for layer in LAYERS.iter().filter(|layer| source.is_under(layer.folder)) {
        for (line, text) in source.code() {
            if let Some(word) = layer.never.iter().find(|word| names(text, word)) {
                found.push(source.breach(line, &format!("`{word}`: {}", layer.sentence)));
            }
        }
    }
    found
}

/// The word stands at the start of a path: `sync::` is not in `std::sync::`.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"_:".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn breaches(name: &str, text: &str, expected: usize) {
        let found = check(&Source::of(name, text));
        assert_eq!(found.len(), expected, "{found:?}");
    }

    #[test]
    fn a_layer_keeps_to_its_row_of_the_table() {
        breaches("src/ui/tile.rs", "use leptos::prelude::*;\n", 0);
        breaches("src/ui/tile.rs", "use leptos::web_sys;\n", 0);
        breaches("crates/markup/src/node.rs", "use domain::record::Record;\n", 1);
        breaches("src/ui/tile.rs", "use domain::category;\n", 1);
        breaches("crates/charts/src/line.rs", "use domain::measures::Xmr;\n", 1);
        breaches("src/ui/mod.rs", "pub use sync_line::SyncLine;\nuse std::sync::Arc;\n", 0);
        breaches("src/pages/home.rs", "use crate::{state, ui};\n", 0);
        breaches("src/pages/home.rs", "use crate::browser::clock;\n", 1);
        breaches("src/state/app.rs", "fn f() { view! { <p/> } }\n", 1);
        breaches("src/browser/log.rs", "use crate::pages::home;\n", 1);
        breaches("crates/domain/src/due.rs", "let now = Utc::now();\n", 1);
        breaches("crates/exchange/src/pack.rs", "let now = Utc::now();\n", 1);
        breaches("crates/evidence/src/pack/mod.rs", "let now = Utc::now();\n", 1);
    }

    #[test]
    fn comments_and_tests_are_left_alone() {
        breaches("src/ui/tile.rs", "// Unlike domain::category this knows nothing.\n", 0);
        breaches("crates/sync/src/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n", 0);
        breaches("crates/domain/src/decide/tests.rs", "use std::fs;\n", 0);
    }
}
