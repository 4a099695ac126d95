//! Readers that are not ours, run by Node in `tests/exchange`. A clean clone installs their packages once.

use serde::{Serialize, de::DeserializeOwned};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

/// Hands a list to a script and gives back the list that it answers with.
pub fn ask<T: DeserializeOwned>(script: &str, items: &[impl Serialize]) -> Vec<T> {
    let mut node = Command::new("node")
        .arg(script)
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node 20 or later is installed");
    let text = serde_json::to_vec(items).expect("JSON");
    node.stdin.take().expect("piped").write_all(&text).expect("read by node");
    let said = node.wait_with_output().expect("an end");
    assert!(said.status.success(), "{script} failed");
    serde_json::from_slice(&said.stdout).expect("an answer for each")
}

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/exchange");
        if is_stale(&folder) {
            let installs = Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
                .current_dir(&folder)
                .stdout(Stdio::null())
                .status();
            assert!(installs.is_ok_and(|status| status.success()), "`npm ci` in tests/exchange failed");
        }
        folder
    })
}

/// A package is missing, or older than the list of them.
fn is_stale(folder: &Path) -> bool {
    let text = std::fs::read_to_string(folder.join("package.json")).expect("package.json");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut names = list["devDependencies"].as_object().into_iter().flat_map(serde_json::Map::keys);
    let changed = |name: &str| folder.join(name).metadata().and_then(|known| known.modified()).ok();
    names.any(|name| !folder.join("node_modules").join(name).is_dir())
        || changed("node_modules/.package-lock.json") < changed("package-lock.json")
}
