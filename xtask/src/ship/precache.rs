//! Writes the list of files that the service worker keeps, with their hashes, into its own source.
//! Trunk runs this after every build.

use super::{pack::files, whole};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{env, fs, path::Path};
use sync::{Hash, base64url};

const OPENS: &str = "/*PRECACHE*/";
const CLOSES: &str = "/*END*/";
const WORKER: &str = "sw.js";
/// Pictures that the phone takes itself when the app is installed: never needed offline.
const LEFT_OUT: [&str; 3] = ["screenshots/", "store/", "icons/"];
/// The one picture that pages show.
const ICON: &str = "icons/icon.svg";

/// Pages that work without the app, and what they need: kept apart from every build.
const APART: [&str; 7] =
    [ICON, "no-signal.html", "paper.html", "plain.css", "rescue.html", "rescue.js", "sealed.js"];

/// # Errors  No staging folder in the environment, or a worker without its marks.
pub fn run() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").context("precache is run by Trunk, after a build")?;
    let staging = Path::new(&staging);
    let worker = staging.join(WORKER);
    if !worker.exists() {
        return Ok(());
    }
    let beside = whole::put_beside(staging)?;
    let source = fs::read_to_string(&worker)?;
    fs::write(&worker, filled(&source, &list(staging, &beside)?)?).context("write the service worker")
}

/// `{id, files: [{url, integrity}], whole: [...], apart: [...]}` of everything that ships, the worker itself left out.
/// `whole`: files of the whole app, kept only on a device that uses it. `apart`: pages that work without the app.
fn list(folder: &Path, beside: &[String]) -> Result<Value> {
    let (mut shipped, mut whole, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    for path in files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let packed = name.ends_with(".br") || name.ends_with(".gz");
        if packed || name == WORKER || is_left_out(&name) {
            continue;
        }
        let url = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
        let list = match name.as_str() {
            name if APART.contains(&name) => &mut apart,
            name if beside.iter().any(|file| file == name) => &mut whole,
            _ => &mut shipped,
        };
        list.push(json!({"url": url, "integrity": integrity(&fs::read(&path)?)}));
    }
    let all = serde_json::to_string(&[&shipped, &whole, &apart])?;
    let id = &Hash::of(&[all.as_bytes()]).to_string()[..16];
    Ok(json!({"id": id, "files": shipped, "whole": whole, "apart": apart}))
}

fn is_left_out(name: &str) -> bool {
    name != ICON && LEFT_OUT.iter().any(|part| name.starts_with(part))
}

fn filled(source: &str, list: &Value) -> Result<String> {
    let (head, rest) = source.split_once(OPENS).with_context(|| format!("{WORKER} has no {OPENS}"))?;
    let (_, tail) = rest.split_once(CLOSES).with_context(|| format!("{WORKER} has no {CLOSES}"))?;
    Ok(format!("{head}{OPENS}{list}{CLOSES}{tail}"))
}

/// Subresource integrity: SHA-256 in plain base64.
fn integrity(bytes: &[u8]) -> String {
    let digest = base64url::encode(Hash::of(&[bytes]).as_bytes());
    format!("sha256-{}=", digest.replace('-', "+").replace('_', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn the_list_takes_the_place_of_what_stood_between_the_marks() {
        let source = "const BUILD = /*PRECACHE*/{\"id\":\"dev\",\"files\":[],\"whole\":[]}/*END*/;\n";
        let once = filled(source, &json!({"id": "a"})).expect("has marks");
        assert_eq!(once, "const BUILD = /*PRECACHE*/{\"id\":\"a\"}/*END*/;\n");
        assert_eq!(filled(&once, &json!({"id": "a"})).expect("has marks"), once);
        assert!(filled("const BUILD = {};", &json!({})).is_err());
    }

    #[test]
    fn pictures_for_installing_are_not_kept() {
        assert!(is_left_out("icons/icon-512.png") && is_left_out("screenshots/home-phone.png"));
        assert!(!is_left_out("icons/icon.svg") && !is_left_out("rescue.html"));
    }

    #[test]
    fn pages_that_work_without_the_app_are_kept_apart_and_are_small() {
        let folder = paths::root().join("public");
        let list = list(&folder, &[]).expect("the folder is there");
        let urls = |part: &str| -> Vec<String> {
            let files = list[part].as_array().expect("a list");
            files.iter().map(|file| file["url"].as_str().expect("an address").to_owned()).collect()
        };
        assert_eq!(urls("apart"), APART.map(|name| format!("/{name}")));
        assert!(APART.iter().all(|name| !urls("files").contains(&format!("/{name}"))));
        let bytes: u64 = ["rescue.html", "rescue.js", "sealed.js"]
            .iter()
            .map(|name| fs::metadata(folder.join(name)).expect("a file").len())
            .sum();
        assert!(bytes < 15 * 1024, "the rescue page has {bytes} bytes");
    }

    #[test]
    fn integrity_is_what_browsers_expect() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
