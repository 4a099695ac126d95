//! Words go when their time is over or a person asks, and not before; hashes stay, and the log still verifies.

use crate::{
    ground::{Look, is_postgres, place, words},
    harness::{House, PASSWORD, Running, config},
    phone::{Phone, all_accepted, environment, medication},
    program::{run, says},
};
use serde_json::{Value, json};
use server::clock::Clock;
use std::{fs, path::Path, process::Command};
use sync::{Signed, wire::PushOutcome};

pub const SECRET: &str = "the words of record one";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

/// A command about the database of a data folder.
pub fn about(data: &Path, command: &str, more: &[&str]) -> std::process::Output {
    let place = words(&place(data));
    let all: Vec<&str> =
        [command].into_iter().chain(place.iter().map(String::as_str)).chain(more.iter().copied()).collect();
    run(&all)
}

/// Do these words stand anywhere where the server keeps something?
pub async fn holds_words(data: &Path) -> bool {
    let has =
        |file: &Path| fs::read(file).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(SECRET));
    let files = fs::read_dir(data).expect("a folder").map(|file| file.expect("a file").path());
    if files.into_iter().any(|file| has(&file)) {
        return true;
    }
    if !is_postgres() {
        return false;
    }
    let look = Look::into(&place(data)).await;
    for table in ["event", "quarantine", "held", "dealt_with", "record_view", "legal_hold"] {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE position('{SECRET}' in {table}::text) > 0");
        if look.number(&sql).await > 0 {
            return true;
        }
    }
    false
}

pub fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn report(phone: &mut Phone, record: &str, words: &str) -> Signed {
    let mut with = medication();
    with["text"] = json!(words);
    with["people"] = json!(["R-14"]);
    phone.write("report", record, with)
}

/// A house in 2014: one record that ended, one that ended and is on hold, one that is open.
pub async fn of_2014() -> (House, Phone, Vec<Signed>) {
    let clock_folder = tempfile::tempdir().expect("a folder").keep();
    let clock = clock_folder.join("clock");
    fs::write(&clock, "2014-03-01T09:00:00Z").expect("written");
    let house = House::with(|config| config.clock = Clock::of_file(clock)).await;
    let mut rita = house.join("rita").await;
    let mut events = vec![
        report(&mut rita, "r1", SECRET),
        rita.write("withdraw", "r1", json!({ "reason": SECRET })),
        report(&mut rita, "r2", "words of a record on hold"),
        rita.write("withdraw", "r2", json!({ "reason": "Not so." })),
        rita.write("report", "r3", environment()),
    ];
    all_accepted(&rita.push(&events).await);
    // Set apart, and about the same record.
    let mut stranger = rita.envelope("add_note", "r1", json!({ "text": SECRET }));
    stranger.actor = "mara".into();
    events.push(rita.seal(&stranger));
    rita.push_one(&events[5]).await;
    let apart = &house.boss.get("/v1/attention").await.ok()["items"][0];
    let dealt = json!({ "kind": apart["kind"], "id": apart["id"], "said": format!("Asked about {SECRET}") });
    house.boss.post("/v1/attention", dealt).await.ok();
    let hold = json!({ "hold": true, "reason": "A claim is open." });
    let holds = house.boss.post("/v1/records/r2/hold", hold).await.ok();
    assert_eq!(
        (&holds["holds"][0]["reason"], &holds["holds"][0]["set_by"]),
        (&json!("A claim is open."), &json!("Bo"))
    );
    rita.get("/v1/records/r2/hold").await.refused(403);
    (house, rita, events)
}

#[tokio::test]
async fn f59_what_was_disposed_of_stays_gone_and_the_log_still_verifies() {
    let (House { server, folder, boss }, rita, events) = of_2014().await;
    let data = folder.path().join("data");
    let listed = said(&about(&data, "dispose", &[]));
    assert!(listed.contains("r1: 3 entries. near_miss"), "{listed}");
    assert!(listed.contains("r2: kept. It is on legal hold: A claim is open."), "{listed}");
    assert!(!listed.contains("r3") && listed.contains("Nothing was changed"), "{listed}");
    says(&about(&data, "dispose", &["--by", "Mara"]), "in use by another server");
    server.stop().await;
    assert!(holds_words(&data).await);

    let done = about(&data, "dispose", &["--by", "Mara"]);
    assert!(said(&done).contains("1 record was disposed of"), "{done:?}");
    assert!(!holds_words(&data).await);
    let verified = about(&data, "verify", &[]);
    assert!(
        verified.status.success() && said(&verified).contains("The words of 2 entries were disposed of"),
        "{verified:?}"
    );
    let log = folder.path().join("log.jsonl");
    assert!(about(&data, "export", &["--out", text(&log)]).status.success());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/evidence/verify_log.py");
    let judged = Command::new("python3").args([&script, &log]).output().expect("python3 runs");
    assert!(judged.status.success(), "{}", said(&judged));
    let again = said(&about(&data, "dispose", &[]));
    assert!(!again.contains("r1"), "nothing is left of it: {again}");

    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    let (mut rita, mut boss) = (rita, boss);
    (rita.url, boss.url) = (server.url.clone(), server.url.clone());
    let outcomes = rita.push(&events).await;
    assert!(
        outcomes[..5].iter().all(|outcome| matches!(outcome, PushOutcome::Duplicate { .. })),
        "{outcomes:?}"
    );
    let rows = boss.get("/v1/pull").await.ok();
    assert!(!rows.to_string().contains(SECRET), "an old device does not bring it back");
    let of = |record: &str| {
        let rows = rows["rows"].as_array().expect("rows").iter();
        rows.filter(|row| row["event"]["record"] == record).cloned().collect::<Vec<Value>>()
    };
    assert_eq!(of("r1").len(), 2, "it is still counted");
    assert_eq!(of("r1")[0]["event"]["with"]["error_type"], "wrong_dose");
    assert_eq!(
        (&of("r1")[0]["event"]["by"], of("r1")[0]["event"]["with"].get("people")),
        (&json!("hidden"), None)
    );
    let gone = |row: &Value| row["judgement"]["words_gone"]["asked"].as_bool();
    assert!(of("r1").iter().all(|row| gone(row) == Some(false)), "each says that its time was over");
    assert!(of("r2").iter().all(|row| gone(row).is_none()));
    assert!(of("r2")[0].to_string().contains("words of a record on hold"));
    let state = boss.get("/v1/log").await.ok();
    let gone = &state["disposals"][0];
    assert_eq!(
        (&gone["record"], &gone["done_by"], &gone["entries"]),
        (&json!("r1"), &json!("Mara"), &json!(3))
    );
    assert!(
        gone["rule"].as_str().is_some_and(|rule| rule.starts_with("near_miss (2026-11): 10 years")),
        "{gone}"
    );
    let code =
        boss.post("/v1/invites", json!({ "staff": "oki", "password": PASSWORD })).await.ok()["code"].clone();
    let elsewhere = Phone::enrol(&server.url, code.as_str().expect("a code"), Some(PASSWORD)).await;
    let told = elsewhere.expect("the invite is good").get("/v1/log").await.ok();
    assert_eq!(told["disposals"], json!([]), "the manager of another site is not told");
    let hold = json!({ "hold": true, "reason": "A claim is open." });
    let late = boss.post("/v1/records/r1/hold", hold.clone()).await;
    assert_eq!(late.refused(409), "words_gone");
    assert!(late.body["sentence"].as_str().is_some_and(|words| words.contains("are gone already")));
    assert_eq!(boss.get("/v1/records/r1/hold").await.ok()["holds"], json!([]), "none is promised");
    assert_eq!(boss.post("/v1/records/r2/hold", hold).await.ok()["holds"].as_array().map(Vec::len), Some(1));
    server.stop().await;
    fs::remove_dir_all(folder.path()).expect("removed");
}

#[tokio::test]
async fn a_device_pulls_anew_after_a_disposal_and_a_person_is_forgotten_by_code() {
    let (House { server, folder, boss }, _, _) = of_2014().await;
    let data = folder.path().join("data");
    let scope = boss.pull(0, "").await.scope;
    let lifted =
        boss.post("/v1/records/r2/hold", json!({ "hold": false, "reason": "The claim is over." })).await.ok();
    assert_eq!(lifted["holds"][0]["lift_reason"], "The claim is over.");
    server.stop().await;
    let listed = said(&about(&data, "dispose", &["--person", "R-99"]));
    assert!(listed.starts_with("No record that has its words names R-99.\n0 records"), "{listed}");
    let done = said(&about(&data, "dispose", &["--person", "R-14", "--by", "Mara"]));
    assert!(done.contains("r1: 3 entries. erasure") && done.contains("2 records were disposed of"), "{done}");
    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    let mut boss = boss;
    boss.url = server.url.clone();
    let page = boss.pull(5, &scope).await;
    assert!(page.reset, "what devices hold is replaced");
    assert!(!serde_json::to_string(&page.rows).expect("JSON").contains("R-14"));
    let told = page.rows.iter().filter_map(|row| row.judgement.words_gone);
    assert!(
        told.count() > 0
            && page.rows.iter().all(|row| row.judgement.words_gone.is_none_or(|gone| gone.asked))
    );
    server.stop().await;
}

#[tokio::test]
async fn why_a_name_was_opened_goes_with_the_words_of_its_record_and_that_it_was_stays() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    (with["identity"], with["people"]) = (json!("confidential"), json!(["R-14"]));
    let events =
        [rita.write("report", "r1", with), rita.write("withdraw", "r1", json!({ "reason": "Not so." }))];
    all_accepted(&rita.push(&events).await);
    let why = json!({ "reason": format!("To ask about {SECRET}") });
    house.boss.post("/v1/records/r1/reporter", why).await.ok();
    let House { server, folder, .. } = house;
    server.stop().await;
    let data = folder.path().join("data");
    assert!(holds_words(&data).await);
    let done = said(&about(&data, "dispose", &["--person", "R-14", "--by", "Mara"]));
    assert!(done.contains("1 record was disposed of"), "{done}");
    assert!(!holds_words(&data).await);
    let look = Look::into(&place(&data)).await;
    let stays = look.rows("SELECT staff, reason FROM record_view").await;
    assert_eq!(stays, [[Some("boss".to_owned()), Some(String::new())]]);
}
