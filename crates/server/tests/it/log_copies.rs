//! Copies of the database: made while it is in use, checked, put back; and what was written since comes back.

use crate::{
    dealt_with::{apart, dealt, kinds, list, one, one_of_each, words},
    harness::{PASSWORD, fill, set_up},
    phone::{Phone, accepted, all_accepted},
    photos::{is_complete, jpeg, look, named, report_with, upload},
    program::{Served, run, says},
};
use serde_json::json;
use std::{collections::BTreeSet, fs, path::Path};
use sync::{
    Signed,
    pull::{self, Cursor, Pulled},
    wire::{CONTENT_TYPE, PushOutcome},
};

/// A device as the app keeps it: own entries, and how far it has pulled.
#[derive(Clone)]
pub struct Device {
    pub phone: Phone,
    own: Vec<Signed>,
    cursor: Cursor,
    pub seen: BTreeSet<String>,
    pub offered_again: bool,
}

impl Device {
    pub async fn join(boss: &Phone, staff: &str) -> Device {
        let invite = boss.post("/v1/invites", json!({ "staff": staff, "password": PASSWORD })).await.ok();
        let code = invite["code"].as_str().expect("a code");
        let phone = Phone::enrol(&boss.url, code, Some(PASSWORD)).await.expect("the invite is good");
        Device {
            phone,
            own: Vec::new(),
            cursor: Cursor::default(),
            seen: BTreeSet::new(),
            offered_again: false,
        }
    }

    pub async fn report(&mut self, record: &str) {
        let event = self.phone.report(record);
        accepted(&self.phone.push_one(&event).await);
        self.own.push(event);
    }

    /// Pulls to the end; when the server says that it was restored, offers everything again first.
    pub async fn meet(&mut self) {
        loop {
            let query = self.cursor.query("");
            let path =
                format!("/v1/pull?cursor={}&scope={}&limit={}", query.cursor, query.scope, query.limit);
            let answer = self.phone.get(&path).await;
            let page =
                match pull::read(&self.cursor, "", answer.status, Some(CONTENT_TYPE), answer.text.as_bytes())
                {
                    Pulled::Page(page) => page,
                    other => panic!("{other:?}"),
                };
            if page.earlier != pull::Earlier::Keep {
                self.seen.clear();
            }
            if page.offer_again {
                self.offered_again = true;
                for outcome in self.phone.push(&self.own).await {
                    assert!(matches!(outcome, PushOutcome::Accepted { .. } | PushOutcome::Duplicate { .. }));
                }
            }
            for row in page.rows {
                assert!(self.seen.insert(row.event.id.to_string()), "twice");
            }
            self.cursor = page.cursor;
            if !page.more {
                return;
            }
        }
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[tokio::test]
async fn f51_what_was_written_after_the_backup_comes_back_from_the_devices() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, new) =
        (folder.path().join("data"), folder.path().join("copy.db"), folder.path().join("new"));
    let served = Served::start(&data, &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    fill(&boss).await;
    let mut rita = Device::join(&boss, "rita").await;
    let mut dora = Device::join(&boss, "dora").await;
    for n in 0..6 {
        rita.report(&format!("r{n}")).await;
        dora.report(&format!("d{n}")).await;
    }
    // The copy is of one moment, while somebody goes on writing.
    let mut writer = Device::join(&boss, "sean").await;
    let writing = tokio::spawn(async move {
        for n in 0..40 {
            writer.report(&format!("s{n}")).await;
        }
        writer
    });
    let (words_data, words_copy) = (text(&data).to_owned(), text(&copy).to_owned());
    let output =
        tokio::task::spawn_blocking(move || run(&["backup", "--data", &words_data, "--out", &words_copy]));
    let output = output.await.expect("no panic");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut writer = writing.await.expect("no panic");
    for n in 6..10 {
        rita.report(&format!("r{n}")).await;
        dora.report(&format!("d{n}")).await;
    }
    for device in [&mut rita, &mut dora, &mut writer] {
        device.meet().await;
    }
    let before = dora.seen.clone();
    assert_eq!(before.len(), 60);
    served.kill_hard();

    let output = run(&["restore", "--from", text(&copy), "--data", text(&new)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let served = Served::start_again(&new);
    for phone in [&mut boss, &mut rita.phone, &mut dora.phone, &mut writer.phone] {
        phone.url.clone_from(&served.url);
    }
    let kept = boss.pull_all().await.rows.len();
    assert!((12..60).contains(&kept), "{kept} of 60 were in the copy");
    for device in [&mut rita, &mut dora, &mut writer] {
        device.meet().await;
        assert!(device.offered_again);
    }
    dora.meet().await;
    assert_eq!(dora.seen, before, "the union is what it was");
    let verified = run(&["verify", "--data", text(&new)]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    rita.report("r-last").await;
    assert_eq!(boss.pull_all().await.rows.len(), 61, "life goes on");
}

#[tokio::test]
async fn f51_what_was_dealt_with_is_in_the_copy_and_nobody_is_asked_about_it_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, new) =
        (folder.path().join("data"), folder.path().join("copy.db"), folder.path().join("new"));
    let served = Served::start_in(&data);
    let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    fill(&boss).await;
    let mut rita = Device::join(&boss, "rita").await.phone;
    let mut mara = Device::join(&boss, "mara").await.phone;
    let mut lena = Device::join(&boss, "lena").await.phone;
    let (_, sent) = one_of_each(&mut rita).await;
    for item in list(&mara).await["items"].as_array().expect("items") {
        mara.post("/v1/attention", words(item, &format!("Asked Rita: {}", item["kind"]))).await.ok();
    }
    let before = dealt(&mara).await;
    assert_eq!(kinds(&before), ["held", "quarantined", "set_aside"]);
    assert!(run(&["backup", "--data", text(&data), "--out", text(&copy)]).status.success());
    // What is said after the copy is lost with the server; the entry is not.
    let late = apart(&mut lena, "r9").await;
    mara.post("/v1/attention", words(one(&list(&mara).await, "quarantined"), "Recorded again")).await.ok();
    let outcomes = rita.push(&sent).await;
    served.kill_hard();

    assert!(run(&["restore", "--from", text(&copy), "--data", text(&new)]).status.success());
    let served = Served::start_again(&new);
    for phone in [&mut rita, &mut mara, &mut lena] {
        phone.url.clone_from(&served.url);
    }
    assert_eq!(dealt(&mara).await, before, "who did what, and when");
    assert_eq!(list(&mara).await["items"], json!([]), "nobody is asked again");
    // Devices offer again what they have.
    assert_eq!(rita.push(&sent).await, outcomes, "the same receipts");
    lena.push_one(&late).await;
    assert_eq!(dealt(&mara).await["items"], before["items"]);
    let open = list(&mara).await;
    assert_eq!(kinds(&open), ["quarantined"], "once, what nobody here has dealt with: {open}");
    assert_eq!((&open["items"][0]["record"], &open["dealt_with"]), (&json!("r9"), &json!(3)));
    served.kill_hard();
}

#[tokio::test]
async fn a_copy_is_put_back_only_when_it_is_whole_and_only_into_an_empty_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, new) =
        (folder.path().join("data"), folder.path().join("copy.db"), folder.path().join("new"));
    let served = Served::start(&data, &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let events: Vec<Signed> = (0..5).map(|n| boss.report(&format!("r{n}"))).collect();
    all_accepted(&boss.push(&events).await);
    assert!(run(&["backup", "--data", text(&data), "--out", text(&copy)]).status.success());
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).expect("there").permissions());
    assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
    says(&run(&["backup", "--data", text(&data), "--out", text(&copy)]), "is there already");
    says(&run(&["restore", "--from", text(&copy), "--data", text(&data)]), "is not empty");
    says(&run(&["restore", "--from", text(&new), "--data", text(&new)]), "There is no file");
    says(
        &run(&["backup", "--data", text(&new), "--out", text(&folder.path().join("x"))]),
        "There is no database",
    );

    let doctored = folder.path().join("doctored.db");
    fs::copy(&copy, &doctored).expect("copied");
    let pool =
        sqlx::SqlitePool::connect(&format!("sqlite:{}", doctored.display())).await.expect("a database");
    sqlx::query("UPDATE event SET bytes = replace(bytes, '5 mg', '9 mg') WHERE seq = 3")
        .execute(&pool)
        .await
        .expect("changed");
    pool.close().await;
    says(&run(&["restore", "--from", text(&doctored), "--data", text(&new)]), "Row 3 was changed");
    assert_eq!(fs::read_dir(&new).expect("a folder").count(), 0, "nothing of it stays");
    fs::write(&doctored, "this is not a database, ".repeat(500)).expect("written");
    says(&run(&["restore", "--from", text(&doctored), "--data", text(&new)]), "cannot be used");
    assert!(run(&["restore", "--from", text(&copy), "--data", text(&new)]).status.success());
}

#[tokio::test]
async fn photos_go_with_the_copy_and_come_back_and_the_hash_of_each_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let data = at("data");
    let served = Served::start_in(&data);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let (full, thumb) = (jpeg(1, 200_000, &[]), jpeg(1, 900, &[]));
    let report = boss.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&boss.push_one(&report).await);
    assert!(is_complete(&upload(&boss, &full).await) && is_complete(&upload(&boss, &thumb).await));
    let asked = |command: &str, name: &str, more: &[&str]| {
        let out = at(name);
        let option = if command == "backup" { "--out" } else { "--from" };
        let all = [&[command, option, text(&out)], more].concat();
        String::from_utf8_lossy(&run(&all).stdout).into_owned()
    };
    let said = asked("backup", "one", &["--data", text(&data)]);
    assert!(said.contains("2 photos and small pictures were copied to"), "{said}");
    let list = fs::read_to_string(at("one.photos").join("photos.txt")).expect("a list");
    assert_eq!(list.lines().count(), 2);
    assert!(list.contains(&format!("{}  {}  ", sync::Hash::of(&[&full]), full.len())), "{list}");

    let said = asked("backup", "listed", &["--data", text(&data), "--photos", "s3://bucket/home"]);
    assert!(said.contains("2 photos and small pictures stay at the S3 service"), "{said}");
    assert_eq!(fs::read_to_string(at("listed.photos").join("photos.txt")).expect("a list"), list);
    assert_eq!(fs::read_dir(at("listed.photos")).expect("a folder").count(), 1, "no bytes");

    served.kill_hard();
    let said = asked("restore", "one", &["--data", text(&at("new"))]);
    assert!(said.contains("2 photos and small pictures were put back."), "{said}");
    let served = Served::start_again(&at("new"));
    boss.url.clone_from(&served.url);
    assert_eq!(look(&boss, "r1", &full).await.status, 200);
    served.kill_hard();

    // One was changed in the copy, and one is away.
    let lies = |line: &str| at("one.photos").join(line.split("  ").nth(2).expect("a name"));
    let names: Vec<_> = list.lines().map(lies).collect();
    fs::write(&names[0], b"something else").expect("written");
    fs::remove_file(&names[1]).expect("removed");
    let said = asked("restore", "one", &["--data", text(&at("poor"))]);
    assert!(said.contains("2 photos and small pictures are not in this copy"), "{said}");
    // Where they never left, they are still there.
    let said =
        asked("restore", "listed", &["--data", text(&at("beside")), "--photos", text(&data.join("photos"))]);
    assert!(said.contains("2 photos and small pictures are still where they lay."), "{said}");
}

#[tokio::test]
async fn nobody_else_on_the_machine_reads_what_the_server_keeps_also_not_what_was_open_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let open = |path: &Path, mode| {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(path, permissions).expect("set");
    };
    let mode = |name: &str| {
        let found = fs::metadata(data.join(name)).expect("there").permissions();
        std::os::unix::fs::PermissionsExt::mode(&found) & 0o777
    };
    let files = ["noticed.db", "noticed.db-wal", "noticed.db-shm", "noticed.lock"];
    let is_closed = || {
        ["", "photos"].iter().all(|folder| mode(folder) == 0o700)
            && files.iter().all(|file| mode(file) == 0o600)
    };
    let served = Served::start(&data, &[]);
    set_up(&served.url, served.token(), "Willow Care", "elm").await;
    assert!(is_closed());
    served.kill_hard();
    // As versions of before left it.
    files.iter().for_each(|file| open(&data.join(file), 0o644));
    ["photos", ""].iter().for_each(|folder| open(&data.join(folder), 0o755));
    let served = Served::start_again(&data);
    assert!(is_closed());
    served.kill_hard();
}
