//! Is this the pack that was made? Says which file was changed, is missing or was added.

use super::{
    File,
    manifest::{FORMAT, sha256},
    zip,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use sync::hash::Hash;

/// What a pack says of itself, when everything in it is as it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    pub provider: String,
    pub sites: Vec<String>,
    pub from: String,
    pub to: String,
    /// RFC 3339.
    pub made_at: String,
    pub identified: bool,
    pub files: usize,
    pub events: usize,
    /// Events of which the hash is known.
    pub with_hash: usize,
    /// Events that were hashed again from their bytes.
    pub hashed_again: usize,
    /// Links between neighbours of a chain that were checked.
    pub links: usize,
    pub manifest_sha256: String,
}

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("This is not a zip file. Choose the file that was made as an evidence pack.")]
    NotAZip,
    #[error("The zip file is damaged and cannot be read. Ask for it again. ({0})")]
    Damaged(String),
    #[error("The file is far larger than an evidence pack can be. It was not opened.")]
    TooLarge,
    #[error("There is no manifest.json in it, so this is not an evidence pack.")]
    NoManifest,
    #[error("manifest.json was changed: it can no longer be read.")]
    ManifestUnreadable,
    #[error("This pack was made by a newer version of the app. Update the app and check it again.")]
    Newer,
    #[error("{0} was changed.")]
    Changed(String),
    #[error("{0} is missing.")]
    Missing(String),
    #[error("{0} was added.")]
    Added(String),
    #[error("{0} is in it twice.")]
    Twice(String),
    #[error("{0} cannot be unpacked: it was changed.")]
    Unreadable(String),
    #[error("Line {0} of log.jsonl does not have the hash of its own event.")]
    EventChanged(u64),
    #[error("In proof.json, event {dseq} of {device} does not follow the one before it.")]
    ChainBroken { device: String, dseq: u64 },
    #[error("proof.json and log.jsonl do not name the same hashes.")]
    ProofDiffers,
}

/// Checks a pack.
/// # Errors  Everything that is wrong.
pub fn verify(bytes: &[u8]) -> Result<Report, Vec<Problem>> {
    let files = zip::read(bytes).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut by_name: BTreeMap<&str, &File> = BTreeMap::new();
    for file in &files {
        if by_name.insert(&file.name, file).is_some() {
            problems.push(Problem::Twice(file.name.clone()));
        }
    }
    let Some(manifest_file) = by_name.remove("manifest.json") else { return Err(vec![Problem::NoManifest]) };
    let manifest: Value =
        serde_json::from_slice(&manifest_file.bytes).map_err(|_| vec![Problem::ManifestUnreadable])?;
    let text = |name: &str| manifest.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(listed) = manifest.get("files").and_then(Value::as_array) else {
        return Err(vec![Problem::ManifestUnreadable]);
    };
    if text("format") != FORMAT {
        return Err(vec![Problem::Newer]);
    }
    for entry in listed {
        let name = entry.get("name").and_then(Value::as_str).unwrap_or_default();
        match by_name.remove(name) {
            None => problems.push(Problem::Missing(name.to_owned())),
            Some(file) => {
                if entry.get("sha256").and_then(Value::as_str) != Some(&sha256(&file.bytes)) {
                    problems.push(Problem::Changed(name.to_owned()));
                }
            }
        }
    }
    problems.extend(by_name.keys().map(|name| Problem::Added((*name).to_owned())));
    let number = |name: &str| {
        manifest
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or_default()
    };
    let period = |end: &str| {
        manifest.pointer(&format!("/period/{end}")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let sites = manifest.get("sites").and_then(Value::as_array).into_iter().flatten();
    let mut report = Report {
        title: text("title"),
        provider: text("provider"),
        sites: sites.filter_map(|site| site.get("name")?.as_str().map(str::to_owned)).collect(),
        from: period("from"),
        to: period("to"),
        made_at: text("made_at"),
        identified: manifest.get("identified").and_then(Value::as_bool).unwrap_or(false),
        files: listed.len(),
        events: number("events"),
        with_hash: number("events_with_hash"),
        manifest_sha256: sha256(&manifest_file.bytes),
        ..Report::default()
    };
    // Beyond the files: the hashes themselves, which hold also when somebody wrote a new manifest.
    let of = |name: &str| files.iter().find(|file| file.name == name).map(|file| file.bytes.as_slice());
    let hashes = lines(of("log.jsonl").unwrap_or_default(), &mut report, &mut problems);
    chains(of("proof.json").unwrap_or_default(), &hashes, &mut report, &mut problems);
    if problems.is_empty() { Ok(report) } else { Err(problems) }
}

/// Hashes every event again whose bytes are there.
fn lines(log: &[u8], report: &mut Report, problems: &mut Vec<Problem>) -> BTreeSet<String> {
    let mut hashes = BTreeSet::new();
    let text = String::from_utf8_lossy(log);
    for (index, line) in text.lines().enumerate() {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let Some(hash) = line.get("hash").and_then(Value::as_str) else { continue };
        hashes.insert(hash.to_owned());
        if let Some(bytes) = line.get("bytes").and_then(Value::as_str) {
            report.hashed_again += 1;
            if Hash::of_event(bytes).to_string() != hash {
                problems.push(Problem::EventChanged(index as u64 + 1));
            }
        }
    }
    hashes
}

fn chains(proof: &[u8], hashes: &BTreeSet<String>, report: &mut Report, problems: &mut Vec<Problem>) {
    let Ok(proof) = serde_json::from_slice::<Value>(proof) else { return };
    let mut named = BTreeSet::new();
    for chain in proof.get("chains").and_then(Value::as_array).into_iter().flatten() {
        let device = chain.get("device").and_then(Value::as_str).unwrap_or_default();
        let mut before: Option<(u64, &str)> = None;
        for link in chain.get("events").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| link.get(name).and_then(Value::as_str).unwrap_or_default();
            let dseq = link.get("dseq").and_then(Value::as_u64).unwrap_or_default();
            if let Some((number, hash)) = before.filter(|(number, _)| number + 1 == dseq) {
                report.links += 1;
                if number > 0 && text("prev") != hash {
                    problems.push(Problem::ChainBroken { device: device.to_owned(), dseq });
                }
            }
            named.insert(text("hash").to_owned());
            before = Some((dseq, text("hash")));
        }
    }
    let order = proof.get("order").and_then(Value::as_array).into_iter().flatten();
    let ordered: BTreeSet<String> =
        order.filter_map(|line| line.get("hash")?.as_str().map(str::to_owned)).collect();
    if ordered != *hashes || !named.is_subset(hashes) {
        problems.push(Problem::ProofDiffers);
    }
}
