//! Export, check and checkpoints, over the real program; judged also by a program that is not ours.

use crate::{
    harness::{House, Running, config},
    log_disposal::about,
    phone::{Phone, accepted, environment, reason},
    program::{run, says},
};
use serde_json::{Value, json};
use server::clock::from_micros;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use sync::{
    Hash,
    chain::server_step,
    pull::{self, Cursor, Doubt, Pulled},
    wire::CONTENT_TYPE,
};

/// A provider with a log in which every kind of row stands; checkpoints after rows 2 and 8.
pub struct Scene {
    pub house: House,
    rita: Phone,
    pub checkpoint: Value,
}

impl Scene {
    pub async fn open() -> Scene {
        let house = House::open().await;
        let mut rita = house.join("rita").await;
        let mut sean = house.join("sean").await;
        for n in [1, 2] {
            let event = rita.report(&format!("r{n}"));
            accepted(&rita.push_one(&event).await);
        }
        house.boss.post("/v1/log/checkpoint", json!({})).await.ok();
        // Uses up a place in her chain and never stands in the log.
        let mut stranger = rita.envelope("report", "r3", environment());
        stranger.actor = "mara".into();
        let apart = rita.seal(&stranger);
        assert_eq!(reason(&rita.push_one(&apart).await), "actor_not_on_device");
        for n in [4, 5] {
            let event = rita.report(&format!("r{n}"));
            accepted(&rita.push_one(&event).await);
            let event = sean.report(&format!("s{n}"));
            accepted(&sean.push_one(&event).await);
        }
        let mut with = environment();
        with["identity"] = json!("anonymous");
        let letter = json!({
            "tenant": rita.tenant, "verb": "report", "site": "elm", "with": with, "offline": false,
            "written_at": server::clock::real_now(), "sent_at": server::clock::real_now(), "key": "letter-1",
        });
        rita.post("/v1/anonymous", letter).await.ok();
        // Signed by the event after it: one signature that is no good is vouched for.
        let mut unsigned = rita.report("r6");
        unsigned.sig = rita.sign(Hash::ZERO);
        let last = rita.report("r7");
        rita.push(&[unsigned, last]).await.iter().for_each(|outcome| assert!(accepted(outcome) > 0));
        let checkpoint = house.boss.post("/v1/log/checkpoint", json!({})).await.ok();
        let event = sean.report("s8");
        accepted(&sean.push_one(&event).await);
        Scene { house, rita, checkpoint }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.house.folder.path().join(name)
    }

    pub fn export(&self) -> Vec<Value> {
        let file = self.file("log.jsonl");
        let words = ["export", "--data", text(&self.house.data()), "--out", text(&file)].map(str::to_owned);
        let output = run(&words.each_ref().map(String::as_str));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = fs::read_to_string(&file).expect("written");
        fs::remove_file(&file).expect("removed");
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Both programs say the same; gives what ours says.
    fn judged(&self, lines: &[Value], kept: Option<&Value>) -> Result<String, String> {
        self.judged_by(lines, kept, None)
    }

    pub fn judged_by(
        &self,
        lines: &[Value],
        kept: Option<&Value>,
        key: Option<&str>,
    ) -> Result<String, String> {
        let file = self.file("judged.jsonl");
        let all: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&file, all.concat()).expect("written");
        let elsewhere = self.file("checkpoint.json");
        let mut ours = vec!["verify", "--file", text(&file)];
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/evidence/verify_log.py");
        let mut theirs = vec![text(&script), text(&file)];
        if let Some(kept) = kept {
            fs::write(&elsewhere, kept.to_string()).expect("written");
            ours.extend(["--checkpoint", text(&elsewhere)]);
            theirs.push(text(&elsewhere));
        }
        let named = key.map(|key| format!("--key={key}"));
        if let (Some(key), Some(named)) = (key, &named) {
            ours.extend(["--key", key]);
            theirs.push(named);
        }
        let output = run(&ours);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let python = Command::new("python3").args(&theirs).output().expect("python3 runs");
        let other = String::from_utf8_lossy(&python.stdout).into_owned();
        assert_eq!(output.status.code(), python.status.code(), "ours: {said} theirs: {other}");
        match output.status.code() {
            Some(0) => Ok(said),
            Some(1) => Err(format!("{said} | {other}")),
            code => panic!("{code:?}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }

    /// Both name this row.
    #[track_caller]
    pub fn names(&self, what: &str, row: u64, lines: &[Value], kept: Option<&Value>) {
        let said = self.judged(lines, kept).expect_err(what);
        let (ours, theirs) = said.split_once('|').expect("two answers");
        let named = |words: &str| {
            words.to_lowercase().contains(&format!("row {row} "))
                || words.to_lowercase().contains(&format!("row {row}:"))
                || words.contains(&format!("rows {row} to"))
        };
        assert!(named(ours), "{what}: ours names another: {ours}");
        assert!(named(theirs), "{what}: theirs names another: {theirs}");
    }
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

/// Works the chain out anew from a row to the end, as somebody could who holds the database.
pub fn chain_again(lines: &mut [Value], from: usize) {
    let mut chain: Hash = match from {
        1 => Hash::ZERO,
        from => serde_json::from_value(lines[from - 1]["chain"].clone()).expect("a hash"),
    };
    for line in lines.iter_mut().skip(from) {
        let hash: Hash = serde_json::from_value(line["hash"].clone()).expect("a hash");
        let at = from_micros(line["received_at"].as_i64().expect("micros"));
        let note = line["note"].as_str().unwrap_or_default();
        chain = server_step(chain, line["seq"].as_u64().expect("a number"), hash, at, note);
        line["chain"] = json!(chain);
    }
    let last = lines.len() as u64 - 1;
    lines[0]["seq"] = json!(last);
    lines[0]["chain"] = json!(chain);
}

fn reworded(line: &mut Value) {
    let bytes = line["bytes"].as_str().expect("bytes").replace("5 mg", "9 mg");
    assert_ne!(line["bytes"], json!(bytes));
    line["bytes"] = json!(bytes);
}

#[tokio::test]
async fn f84_a_doctored_log_is_found_out_and_the_row_is_named() {
    let scene = Scene::open().await;
    let honest = scene.export();
    assert_eq!(honest.len(), 11, "the head and ten rows");
    assert_eq!(
        (honest[0]["apart"].as_array().map(Vec::len), &honest[8]["device"]),
        (Some(1), &honest[9]["device"])
    );
    scene.judged(&honest, Some(&scene.checkpoint)).expect("an honest log");
    let doctor = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut lines = honest.clone();
        change(&mut lines);
        lines
    };
    let none = |lines: &mut Vec<Value>| lines[0]["checkpoints"] = json!([]);

    scene.names("a word", 3, &doctor(&|lines| reworded(&mut lines[3])), None);
    scene.names(
        "a letter",
        7,
        &doctor(&|lines| {
            let bytes =
                lines[7]["bytes"].as_str().expect("bytes").replace("nothing_yet", "something_happened");
            lines[7]["bytes"] = json!(bytes);
        }),
        None,
    );
    scene.names("removed", 4, &doctor(&|lines| drop(lines.remove(4))), None);
    scene.names("swapped", 5, &doctor(&|lines| lines.swap(5, 6)), None);
    scene.names("the time of receipt", 6, &doctor(&|lines| lines[6]["received_at"] = json!(1)), None);
    let cut = |lines: &mut Vec<Value>| {
        lines.truncate(6);
        chain_again(lines, 1);
    };
    scene.names("cut below a checkpoint", 6, &doctor(&cut), None);
    let cut_in_silence = |lines: &mut Vec<Value>| {
        none(lines);
        cut(lines);
    };
    scene.judged(&doctor(&cut_in_silence), None).expect("nobody can tell without a witness");
    scene.names("cut, told by a copy kept elsewhere", 6, &doctor(&cut_in_silence), Some(&scene.checkpoint));
    let noted_anew = |lines: &mut Vec<Value>| {
        let note = lines[3]["note"].as_str().expect("a note").replace("applied", "set_aside");
        lines[3]["note"] = json!(note);
        chain_again(lines, 3);
    };
    scene.names("a judgement, chained anew", 3, &doctor(&noted_anew), None);
    let forged = |row: usize| {
        move |lines: &mut Vec<Value>| {
            none(lines);
            reworded(&mut lines[row]);
            let hash = Hash::of_event(lines[row]["bytes"].as_str().expect("bytes"));
            lines[row]["hash"] = json!(hash);
            chain_again(lines, row);
        }
    };
    scene.names("words, hashed and chained anew", 3, &doctor(&forged(3)), None);
    scene.names("the last words of a device", 10, &doctor(&forged(10)), None);
    let lied = |lines: &mut Vec<Value>| lines[0]["checkpoints"][0]["seq"] = json!(1);
    // All that it says of the log is right; only the signature tells.
    let dated_back = |lines: &mut Vec<Value>| lines[0]["checkpoints"][0]["at"] = json!(1);
    for (what, doctored) in [("another row", doctor(&lied)), ("another day", doctor(&dated_back))] {
        let said = scene.judged(&doctored, None).expect_err(what);
        let (ours, theirs) = said.split_once('|').expect("two answers");
        assert!(ours.contains("signature") && theirs.contains("signature"), "{what}: {said}");
    }
    let padded = |lines: &mut Vec<Value>| {
        none(lines);
        lines[0]["apart"] = json!([]);
        chain_again(lines, 1);
    };
    scene.names("an entry that is said to be nowhere", 3, &doctor(&padded), None);
    assert_eq!(scene.rita.tenant, honest[0]["provider"]);
    scene.house.server.stop().await;
}

#[tokio::test]
async fn the_page_and_the_command_find_a_changed_row() {
    let scene = Scene::open().await;
    let boss = &scene.house.boss;
    let found = boss.post("/v1/log/verify", json!({})).await.ok();
    assert_eq!(
        (&found["fine"], &found["report"]["rows"], &found["report"]["checkpoints"]),
        (&json!(true), &json!(10), &json!(2))
    );
    let data = scene.house.data();
    assert!(run(&["verify", "--data", text(&data)]).status.success(), "while the server runs");
    change(&data, "UPDATE event SET note = replace(note, 'applied', 'conflict') WHERE seq = 4").await;
    let found = boss.post("/v1/log/verify", json!({})).await.ok();
    assert_eq!((&found["fine"], &found["row"]), (&json!(false), &json!(4)), "{found}");
    let output = run(&["verify", "--data", text(&data)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Row 4 does not continue"), "{output:?}");
    let state = boss.get("/v1/log").await.ok();
    assert_eq!((&state["seq"], state["checkpoints"].as_array().map(Vec::len)), (&json!(10), Some(2)));
    scene.house.server.stop().await;
}

#[tokio::test]
async fn f52_f84_a_device_is_witness_that_the_tail_was_cut_off() {
    let Scene { house, rita, .. } = Scene::open().await;
    let House { server, folder, boss } = house;
    let data = folder.path().join("data");
    let mut cursor = Cursor::default();
    while let Pulled::Page(page) = ask(&rita, &cursor).await {
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    assert_eq!(cursor.head.seq, 10);
    server.stop().await;
    change(&data, "DELETE FROM event WHERE seq > 8").await;
    change(&data, "UPDATE provider SET seq = 8, chain = (SELECT chain FROM event WHERE seq = 8) WHERE set_up_at IS NOT NULL").await;
    change(&data, "DELETE FROM device_chain").await;
    change(&data, "INSERT INTO device_chain SELECT tenant, device, epoch, MAX(dseq), hash FROM event WHERE device <> 'anonymous' GROUP BY tenant, device, epoch").await;
    let server = Running::start(config(&data, &folder.path().join("dist"))).await;
    let (mut rita, mut boss) = (rita, boss);
    (rita.url, boss.url) = (server.url.clone(), server.url.clone());
    // The log grows beyond what was seen: its length alone tells nothing.
    for n in 0..3 {
        let event = boss.report(&format!("b{n}"));
        accepted(&boss.push_one(&event).await);
    }
    let Pulled::Doubted { doubt: Doubt::Rewritten, cursor: doubting, offer_again: true } =
        ask(&rita, &cursor).await
    else {
        panic!("the device believes another log")
    };
    assert_eq!(doubting.next, cursor.next, "nothing of it is adopted");
    let report =
        json!({ "doubt": Doubt::Rewritten.code(), "server_epoch": cursor.server_epoch, "seen": cursor.head });
    rita.post("/v1/log/doubt", report).await.ok();
    let state = boss.get("/v1/log").await.ok();
    let told = &state["doubts"][0];
    assert_eq!(
        (&told["doubt"], &told["seq"], &told["agrees_now"]),
        (&json!("rewritten"), &json!(10), &json!(false))
    );
    assert_eq!((&told["name"], &told["device_label"]), (&json!("Rita"), &json!("A phone")));
    server.stop().await;
}

#[tokio::test]
async fn a_checkpoint_is_signed_each_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = folder.path().join("clock");
    let at = |words: &str| fs::write(&clock, words).expect("written");
    at("2026-11-25T09:00:00Z");
    let data = folder.path().join("data");
    let open = async || {
        let mut config = config(&data, &folder.path().join("dist"));
        config.clock = server::clock::Clock::of_file(clock.clone());
        Running::start(config).await
    };
    let server = open().await;
    let mut boss = crate::harness::set_up(&server.url, &server.token(), "Willow Care", "elm").await;
    let event = boss.report("r1");
    accepted(&boss.push_one(&event).await);
    server.stop().await;
    let count = async |boss: &mut Phone, server: &Running, expected: usize| {
        boss.url = server.url.clone();
        for _ in 0..50 {
            let state = boss.get("/v1/log").await.ok();
            if state["checkpoints"].as_array().map(Vec::len) == Some(expected) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("not {expected} checkpoints");
    };
    for (now, expected) in
        [("2026-11-25T10:00:00Z", 1), ("2026-11-25T23:00:00Z", 1), ("2026-11-26T10:30:00Z", 2)]
    {
        at(now);
        let server = open().await;
        count(&mut boss, &server, expected).await;
        server.stop().await;
    }
}

async fn change(data: &Path, statement: &'static str) {
    let file = format!("sqlite:{}", data.join("noticed.db").display());
    let pool = sqlx::SqlitePool::connect(&file).await.expect("a database");
    sqlx::query(statement).execute(&pool).await.expect("changed");
    pool.close().await;
}

/// As the app asks and judges.
async fn ask(phone: &Phone, cursor: &Cursor) -> Pulled {
    let query = cursor.query("");
    let witness = query.witness.map(|seq| format!("&witness={seq}")).unwrap_or_default();
    let path =
        format!("/v1/pull?cursor={}&scope={}&limit={}{witness}", query.cursor, query.scope, query.limit);
    let answer = phone.get(&path).await;
    pull::read(cursor, "", answer.status, Some(CONTENT_TYPE), answer.text.as_bytes())
}

#[tokio::test]
async fn a_command_about_one_of_several_providers_names_them_all() {
    let house = House::open().await;
    let other = house.another_provider().await;
    let data = house.folder.path().join("data");
    let out = house.folder.path().join("log.jsonl");
    let file = out.to_str().expect("a path");
    for (command, more) in [("export", ["--out", file].as_slice()), ("dispose", &[])] {
        let refused = about(&data, command, more);
        says(&refused, "This server has more than one provider. Name one with --provider: ");
        says(&refused, &format!("{} (Willow Care)", house.boss.tenant));
        says(&refused, &format!("{} (Birch Care)", other.tenant));
    }
    assert!(!out.exists(), "nothing was written");
    says(&about(&data, "export", &["--provider", "nobody", "--out", file]), "There is no provider nobody");
    let done = about(&data, "export", &["--provider", &other.tenant, "--out", file]);
    assert!(done.status.success(), "{done:?}");
    let written = fs::read_to_string(&out).expect("a file");
    assert!(!written.contains(&house.boss.tenant), "{written}");
}
