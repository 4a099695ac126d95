//! The table of `docs/reliability.md` by id: in every file that a row names a test begins with an id of the row,
//! and every id has such a test. Whether it proves what the row says is for people.

use super::source::Source;
use std::collections::BTreeSet;

const PAGE: &str = "docs/reliability.md";
const HEADING: &str = "## Failures of the list, by id";

/// The word before names, and where the files of such names lie.
const KINDS: [(&str, &[&str]); 4] = [
    ("walk", &["tests/e2e/specs/NAME.spec.mjs"]),
    ("browser", &["tests/browser/NAME.rs"]),
    ("promise", &["crates/sync/tests/promises/NAME.rs"]),
    ("server", &["crates/server/tests/it/NAME.rs", "crates/server/tests/it/NAME/"]),
];

pub fn check(sources: &[Source]) -> Vec<String> {
    let Some(page) = sources.iter().find(|source| source.name == PAGE) else { return Vec::new() };
    let lines = page.text.lines().enumerate().skip_while(|(_, line)| *line != HEADING).skip(1);
    let lines = lines.take_while(|(_, line)| !line.starts_with("## "));
    let (mut found, mut rows) = (Vec::new(), 0);
    for (index, line) in lines {
        let cells: Vec<&str> = line.split('|').collect();
        let [_, ids, _, tests, _] = cells[..] else { continue };
        let ids_of_row = ids.split([' ', ',']).filter(|word| word.starts_with('F'));
        let of_row: BTreeSet<String> = ids_of_row.map(str::to_lowercase).collect();
        let mut without = of_row.clone();
        rows += usize::from(!of_row.is_empty());
        for (places, name) in named(tests).into_iter().filter(|_| !of_row.is_empty()) {
            let files = sources.iter().filter(|source| places.iter().any(|place| lies(source, place)));
            let begun: BTreeSet<String> = files.flat_map(|source| begun(&source.text)).collect();
            if begun.is_disjoint(&of_row) {
                found.push(page.breach(index + 1, &format!("no test in `{name}` begins with{ids}")));
            }
            without.retain(|id| !begun.contains(id));
        }
        found.extend(without.iter().map(|id| page.breach(index + 1, &format!("no test begins with {id}"))));
    }
    if rows == 0 {
        found.push(page.breach(1, &format!("no rows with ids under `{HEADING}`")));
    }
    found
}

/// A place is a file, or a folder when it ends so.
fn lies(source: &Source, place: &str) -> bool {
    source.name == place || place.ends_with('/') && source.name.starts_with(place)
}

/// Names between backticks, each with the places where it may lie: by the kind before it, up to the next semicolon, or
/// as a path. What stands in brackets is left out.
fn named(cell: &str) -> Vec<(Vec<String>, String)> {
    let (mut names, mut inside) = (Vec::new(), false);
    let mut is_outside = |letter: &char| {
        inside = *letter == '(' || inside && *letter != ')';
        !inside
    };
    for part in cell.chars().filter(|letter| is_outside(letter)).collect::<String>().split(';') {
        let mut kind: &[&str] = &[];
        for (n, piece) in part.split('`').enumerate() {
            if n % 2 == 0 {
                let of = |word: &str| KINDS.iter().find(|(name, _)| *name == word.trim_end_matches('s'));
                kind = piece.split(' ').filter_map(of).next_back().map_or(kind, |(_, places)| places);
            } else if piece.contains('/') {
                names.push((vec![piece.to_owned(), format!("{piece}/")], piece.to_owned()));
            } else if !kind.is_empty() {
                let places = kind.iter().map(|place| place.replace("NAME", piece));
                names.push((places.collect(), piece.to_owned()));
            }
        }
    }
    names
}

/// Ids with which the names of tests begin: `fn f01_f02_…`, `test("f01, f02: …`.
fn begun(text: &str) -> BTreeSet<String> {
    let is_id = |word: &&str| word.len() == 3 && word.starts_with('f') && word[1..].parse::<u8>().is_ok();
    let mut ids = BTreeSet::new();
    for line in text.lines().map(str::trim_start) {
        let starts = ["fn ", "async fn ", "test(\"", "test(`"];
        let Some(name) = starts.iter().find_map(|start| line.strip_prefix(start)) else { continue };
        let words = name.split(['_', ',', ':', ' ', '(']).filter(|word| !word.is_empty());
        ids.extend(words.take_while(is_id).map(str::to_owned));
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn breaches(row: &str, expected: usize) {
        let page = format!("{HEADING}\n\n| Id | Defence | Test |\n|---|---|---|\n{row}\n");
        let sources = [
            Source::of(PAGE, &page),
            Source::of("tests/e2e/specs/apart.spec.mjs", "test(\"f37, f64: the manager\", async () => {\n"),
            Source::of("crates/server/tests/it/kills.rs", "async fn f85_f86_a_bomb() {}\nfn f20() {}\n"),
            Source::of("crates/server/src/store/sqlite.rs", "    async fn f82_told() {}\n"),
        ];
        let found = check(&sources);
        assert_eq!(found.len(), expected, "{found:?}");
    }

    #[test]
    fn every_file_of_a_row_has_a_test_that_begins_with_its_id() {
        breaches("| F37, F64 | said | walk `apart`, twice |", 0);
        breaches("| F82 | said | server: `crates/server/src/store`; `a_fault` |", 0);
        breaches("| F85, F86 | said | server `kills` (walk `none`); `stories` |", 0);
        breaches("| walls | no id | server `nothing` |\n| F37 | said | walk `apart` |", 0);
        breaches("| F86 | said | server `kills`, walks `apart` |", 1);
        breaches("| F85, F87 | said | server `kills` |", 1);
        breaches("| F85 | said | server `kills`, `gone` |", 1);
        breaches("| F01 | said | nothing |", 1);
        breaches("no rows", 1);
    }
}
