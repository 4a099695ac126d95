//! The lists of `ours` beside the folders.

use replay::ours::{SCENARIOS, VECTORS};
use std::{fs, path::Path};

fn of_folder(folder: &str, ending: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let files = fs::read_dir(folder).expect("the folder is there");
    let files = files.map(|entry| entry.expect("can be read").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        files.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect();
    names.sort();
    names
}

#[track_caller]
fn check(folder: &str, ending: &str, listed: &[(&str, &str)]) {
    let listed: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        listed,
        of_folder(folder, ending),
        "crates/replay/src/ours.rs lists what tests/{folder} holds"
    );
}

#[test]
fn every_scenario_and_every_file_of_numbers_is_also_run_in_a_browser() {
    check("scenarios", ".yaml", SCENARIOS);
    check("vectors", ".json", VECTORS);
}
