//! Form of a source file: a header, a size that fits in one sitting, no `match` on categories elsewhere.

use super::source::Source;

/// Long lists of equal things are fine; long files of different things want a folder.
const LINES: usize = 400;
/// A file with fewer functions than this per hundred lines is a list of data.
const FUNCTIONS_PER_HUNDRED: usize = 1;
const CATEGORIES: [&str; 3] = ["medication", "environment", "behaviour"];
const CATEGORY_FOLDER: &str = "crates/domain/src/category";

pub fn check(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    if !source.text.starts_with("//!") {
        found.push(source.breach(1, "no `//!` header: what is this file for, and what not?"));
    }
    let lines = source.text.lines().count();
    if lines > LINES && !is_data(source) {
        found.push(source.breach(LINES, &format!("{lines} lines: make it a folder (limit {LINES})")));
    }
    if !source.is_under(CATEGORY_FOLDER) && !source.is_under("xtask") && !source.is_test() {
        let decides = source.code().filter(|(_, line)| decides_by_category(line));
        let sentence = "asks which category it is; add to CategorySpec instead (only category/ may match)";
        found.extend(decides.map(|(line, _)| source.breach(line, sentence)));
    }
    found
}

fn is_data(source: &Source) -> bool {
    let lines = source.text.lines().count();
    let functions = source.text.lines().filter(|line| line.contains("fn ")).count();
    functions * 100 < lines * FUNCTIONS_PER_HUNDRED
}

/// A match arm or a comparison with a category's id.
fn decides_by_category(line: &str) -> bool {
    CATEGORIES.iter().any(|category| {
        let id = format!("\"{category}\"");
        let arm = |after: &str| after.trim_start().starts_with("=>") || after.trim_start().starts_with('|');
        let is_arm = line.split(&id).skip(1).any(arm);
        let compared = line.contains(&format!("== {id}")) || line.contains(&format!("!= {id}"));
        is_arm || compared || line.contains("matches!") && line.contains(&id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(check(&Source::of("src/a.rs", "fn main() {}\n")).len(), 1);
        assert!(check(&Source::of("src/a.rs", "//! Starts.\nfn main() {}\n")).is_empty());
    }

    #[test]
    fn a_long_list_is_fine_and_a_long_program_is_not() {
        let list = format!("//! Codes.\n{}", "    (\"a\", \"b\"),\n".repeat(500));
        assert!(check(&Source::of("src/a.rs", &list)).is_empty());
        let program = format!("//! Much.\n{}", "fn a() {\n}\n\n".repeat(150));
        assert_eq!(check(&Source::of("src/a.rs", &program)).len(), 1);
    }

    #[test]
    fn only_the_category_folder_asks_which_category_it_is() {
        let text = "//! X.\nmatch id {\n    \"medication\" => 1,\n    _ => 2,\n}\n";
        assert_eq!(check(&Source::of("src/pages/a.rs", text)).len(), 1);
        assert!(check(&Source::of("crates/domain/src/category/mod.rs", text)).is_empty());
        assert!(check(&Source::of("src/text/a.rs", "//! X.\nconst A: &str = \"medication\";\n")).is_empty());
    }
}
