//! The whole pack: it verifies, a doctored one names the changed file, and an independent program agrees.

use crate::life::{HOMES, Life, SECRET, event, now, plain_kinds, request, staff_of};
use chrono::Duration;
use evidence::{Builder, Built, File, Ledger, PackKind, Problem, Request, STEPS, build, verify};
use serde_json::{Value, json};
use std::{io::Read, path::PathBuf, process::Command};
use sync::{
    envelope::{Envelope, Signed},
    hash::Hash,
};

/// The log of a life as devices freeze it: each event chained to the one before of its device.
pub fn ledger(life: &Life) -> Ledger {
    let mut heads: std::collections::BTreeMap<String, (u64, Hash)> = std::collections::BTreeMap::new();
    let mut signed = Vec::new();
    let mut events: Vec<_> = life
        .register
        .records()
        .flat_map(|record| &record.events)
        .chain(life.register.site_events())
        .collect();
    events.sort_by_key(|received| received.judgement.seq);
    for received in events {
        let event = &received.event;
        let (dseq, prev) = heads.get(event.device.as_str()).copied().unwrap_or((0, Hash::ZERO));
        let envelope = Envelope {
            v: 1,
            id: event.id.clone(),
            tenant: "t".into(),
            site: event.site.clone(),
            record: event.record.clone(),
            device: event.device.clone(),
            epoch: 1,
            dseq: dseq + 1,
            prev,
            actor: event.by.code().to_owned(),
            attested: true,
            kind: event.verb.clone(),
            kschema: 1,
            seen: event.seen,
            recorded_at: event.device_time,
            offset_ms: Some(0),
            hlc: "0".into(),
            payload: event.with.clone(),
            blobs: Vec::new(),
        };
        let sealed = envelope.seal().expect("short enough");
        heads.insert(event.device.to_string(), (dseq + 1, sealed.hash));
        signed.push(Signed { bytes: sealed.bytes, sig: String::new() });
    }
    Ledger::of(&signed)
}

pub fn made(life: &Life, request: &Request) -> Built {
    build(&life.register, request, ledger(life)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Every file of a pack, by an unzipper that is not ours where there is one; here by the crate that wrote it.
pub fn unpack(pack: &[u8]) -> Vec<File> {
    let archive = rawzip::ZipArchive::from_slice(pack).expect("a zip");
    let mut entries = archive.entries();
    let mut files = Vec::new();
    while let Some(entry) = entries.next_entry().expect("an entry") {
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let local = archive.get_entry(entry.wayfinder()).expect("an entry");
        let mut bytes = Vec::new();
        flate2::bufread::DeflateDecoder::new(local.data()).read_to_end(&mut bytes).expect("inflates");
        files.push(File { name, bytes });
    }
    files
}

fn repack(files: &[File]) -> Vec<u8> {
    use std::io::Write;
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for file in files {
        let (mut entry, config) = archive.new_file(&file.name).start().expect("begun");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(&file.bytes).expect("written");
        let (_, descriptor) = writer.finish().expect("ended");
        entry.finish(descriptor).expect("ended");
    }
    archive.finish().expect("ended");
    out
}

fn file<'a>(files: &'a mut [File], name: &str) -> &'a mut File {
    files.iter_mut().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn every_kind_of_pack_verifies_and_leaks_nothing_in_any_file() {
    let life = Life::of(30);
    for kind in plain_kinds() {
        let built = made(&life, &request(kind));
        if let Ok(folder) = std::env::var("SHOW_PACKS") {
            std::fs::write(format!("{folder}/{}", built.name), &built.bytes).expect("written");
        }
        let report = verify(&built.bytes).unwrap_or_else(|problems| panic!("{}: {problems:?}", kind.code()));
        assert_eq!(report.manifest_sha256, built.manifest_sha256);
        assert_eq!((report.title.as_str(), report.identified), (kind.title(), false));
        assert!(report.with_hash > 0 && report.with_hash < report.events, "sealed reporters have no hash");
        for file in unpack(&built.bytes) {
            let text = String::from_utf8_lossy(&file.bytes);
            for leak in
                [SECRET, "P-meadow-house", "Room 4", "meadow-house-room", "reporter-meadow", "phone-of"]
            {
                assert!(!text.contains(leak), "{} {}: {leak}", kind.code(), file.name);
            }
        }
    }
}

#[test]
fn no_table_tells_the_minute_of_a_report_without_a_name() {
    let life = Life::of(60);
    let files = unpack(&made(&life, &request(PackKind::Inspector)).bytes);
    let mut hidden = 0;
    for name in ["tables/records.csv", "tables/decisions.csv"] {
        let file = files.iter().find(|file| file.name == name).expect("it is there");
        let (heads, rows) =
            exchange::csv::read(std::str::from_utf8(&file.bytes).expect("text")).expect("a table");
        let column = |name: &str| heads.iter().position(|head| head == name).expect("a column");
        let (record, occurred) = (column("record"), column("occurred_at"));
        for row in rows.iter().filter(|row| !row[record].starts_with("record-")) {
            hidden += 1;
            assert!(domain::time::parse_date(&row[occurred]).is_some(), "only the day, {name}: {row:?}");
        }
    }
    assert!(hidden > 10, "{hidden}");
}

#[test]
fn an_identified_pack_holds_the_bytes_and_they_are_hashed_again() {
    let life = Life::of(50);
    let mut request = request(PackKind::Inspector);
    request.identified = Some("Asked for on site".into());
    let built = made(&life, &request);
    let report = verify(&built.bytes).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(report.hashed_again, report.with_hash);
    assert!(report.identified && report.links > 20, "{report:?}");
}

#[test]
fn hashes_that_the_server_told_stand_in_the_pack_and_are_checked() {
    let life = Life::of(30);
    let all = ledger(&life);
    let told = || {
        let mut ledger = Ledger::default();
        let events =
            life.register.records().flat_map(|record| &record.events).chain(life.register.site_events());
        for received in events {
            let id = &received.event.id;
            ledger.insert_hash(id, all.hash(id).expect("hashed"));
        }
        build(&life.register, &request(PackKind::Inspector), ledger).expect("made")
    };
    let (whole, built) = (made(&life, &request(PackKind::Inspector)), told());
    let report = verify(&built.bytes).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!((report.with_hash, report.links), (whole.with_hash, 0), "as many, without a place in a chain");
    let mut files = unpack(&built.bytes);
    let log = String::from_utf8(file(&mut files, "log.jsonl").bytes.clone()).expect("text");
    let hash = log.lines().find_map(|line| {
        let line: Value = serde_json::from_str(line).expect("JSON");
        line["hash"].as_str().map(str::to_owned)
    });
    let hash = hash.expect("a hash");
    file(&mut files, "log.jsonl").bytes = log.replace(&hash, &"0".repeat(64)).into_bytes();
    let problems = verify(&repack(&files)).expect_err("doctored");
    assert!(problems.contains(&Problem::ProofDiffers), "{problems:?}");
}

#[test]
fn a_doctored_pack_names_the_file() {
    let life = Life::of(40);
    let built = made(&life, &request(PackKind::GovernanceReport));
    let honest = unpack(&built.bytes);
    assert!(verify(&repack(&honest)).is_ok(), "packing again changes nothing");

    let mut changed = honest.clone();
    let page = file(&mut changed, "pack.html");
    page.bytes = String::from_utf8_lossy(&page.bytes).replacen("Near misses", "Near hits", 1).into_bytes();
    assert_eq!(verify(&repack(&changed)), Err(vec![Problem::Changed("pack.html".into())]));

    let mut missing = honest.clone();
    missing.retain(|file| file.name != "pack.pdf");
    assert_eq!(verify(&repack(&missing)), Err(vec![Problem::Missing("pack.pdf".into())]));

    let mut added = honest.clone();
    added.push(File { name: "note.txt".into(), bytes: b"hello".to_vec() });
    assert_eq!(verify(&repack(&added)), Err(vec![Problem::Added("note.txt".into())]));

    let mut twice = honest;
    twice.push(File { name: "pack.pdf".into(), bytes: b"%PDF".to_vec() });
    assert!(
        verify(&repack(&twice)).is_err_and(|problems| problems.contains(&Problem::Twice("pack.pdf".into())))
    );
}

#[test]
fn a_new_manifest_does_not_hide_a_changed_event() {
    let life = Life::of(30);
    let mut request = request(PackKind::Inspector);
    request.identified = Some("Test".into());
    let mut files = unpack(&made(&life, &request).bytes);
    let log = file(&mut files, "log.jsonl");
    log.bytes =
        String::from_utf8_lossy(&log.bytes).replace("Zebedee decided", "Somebody decided").into_bytes();
    let digest = evidence::sha256(&log.bytes);
    let size = log.bytes.len();
    let manifest = file(&mut files, "manifest.json");
    let mut value: Value = serde_json::from_slice(&manifest.bytes).expect("json");
    for entry in value["files"].as_array_mut().expect("files") {
        if entry["name"] == "log.jsonl" {
            entry["sha256"] = json!(digest);
            entry["bytes"] = json!(size);
        }
    }
    manifest.bytes = value.to_string().into_bytes();
    let problems = verify(&repack(&files)).expect_err("it was changed");
    assert!(
        problems.iter().all(|problem| matches!(problem, Problem::EventChanged(_))) && !problems.is_empty()
    );
}

#[test]
fn anything_else_is_told_apart_in_words() {
    assert_eq!(verify(b"hello"), Err(vec![Problem::NotAZip]));
    assert_eq!(verify(&repack(&[File { name: "a".into(), bytes: vec![1] }])), Err(vec![Problem::NoManifest]));
    let empty = File { name: "manifest.json".into(), bytes: b"{}".to_vec() };
    assert_eq!(verify(&repack(&[empty])), Err(vec![Problem::ManifestUnreadable]));
    let life = Life::of(3);
    let built = made(&life, &request(PackKind::Inspector));
    for cut in [10, built.bytes.len() / 2, built.bytes.len() - 5] {
        assert!(verify(&built.bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn an_independent_program_agrees() {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/evidence/verify_pack.py");
    let folder = tempfile::tempdir().expect("a folder");
    let run = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let out = Command::new("python3").arg(&script).arg(&path).output().expect("python3 runs");
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let life = Life::of(40);
    let built = made(&life, &request(PackKind::Inspector));
    let (fine, said) = run("honest.zip", &built.bytes);
    assert!(fine && said.contains(&built.manifest_sha256), "{said}");

    let mut files = unpack(&built.bytes);
    file(&mut files, "tables/records.csv").bytes.push(b'x');
    files.retain(|file| file.name != "figures.json");
    let (fine, said) = run("doctored.zip", &repack(&files));
    assert!(
        !fine && said.contains("changed: tables/records.csv") && said.contains("missing: figures.json"),
        "{said}"
    );

    let mut asked = request(PackKind::Inspector);
    asked.identified = Some("Test".into());
    let (fine, said) = run("identified.zip", &made(&life, &asked).bytes);
    assert!(fine && !said.contains(" 0 hashed again"), "{said}");
}

#[test]
fn the_same_question_gives_the_same_pack_step_by_step_or_at_once() {
    let life = Life::of(40);
    let request = request(PackKind::Inspector);
    let mut builder =
        Builder::new(life.register.clone(), request.clone(), ledger(&life)).expect("a good request");
    let mut steps = Vec::new();
    while let Some((_, words)) = builder.next_step() {
        steps.push(words);
        builder.step();
    }
    assert_eq!(steps, STEPS);
    assert_eq!(builder.finish().bytes, made(&life, &request).bytes);
}

#[test]
fn a_device_that_holds_no_bytes_still_makes_a_pack_that_says_so() {
    let life = Life::of(20);
    let built = build(&life.register, &request(PackKind::Inspector), Ledger::default()).expect("made");
    let report = verify(&built.bytes).expect("as it was made");
    assert_eq!((report.with_hash, report.events > 100), (0, true));
}

#[test]
fn a_withdrawn_record_is_counted_apart_and_never_told() {
    let mut life = Life::of(12);
    let open = life
        .register
        .records()
        .find(|record| record.state.is_open())
        .map(|record| (record.id.clone(), record.site.clone()));
    let (record, site) = open.expect("an open record");
    let manager = staff_of("registered_manager", &site);
    let when = now() - Duration::hours(1);
    life.arrive(event("gone", "withdraw", &site, &record, &manager, when, json!({"reason": SECRET})), when);
    let page = evidence::html(&life.register, &request(PackKind::Inspector), None);
    assert!(page.contains("Taken back by the reporter or the manager: 1."), "counted");
    // The table has it still, so the first page says why there is one row more.
    let mut files = unpack(&made(&life, &request(PackKind::Inspector)).bytes);
    let table = file(&mut files, "tables/records.csv").bytes.clone();
    let rows = String::from_utf8(table).expect("text").trim_end().split("\r\n").count() - 1;
    assert_eq!(rows, 12);
    assert!(
        page.contains("12 rows: these 11, and 1 taken back or marked as a duplicate, which are not counted")
    );
    assert_eq!(HOMES.len(), 2);
}
