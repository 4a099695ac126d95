//! A device that lost a part of what it wrote says so: the manager hears of it, and the chain goes on.

use crate::{
    ground::words,
    harness::House,
    phone::{Phone, accepted},
    program::run,
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};
use sync::{
    Hash, Head, Signed,
    wire::PushOutcome,
    witness::{ChainReply, Lost, Statement},
};

async fn compare(phone: &Phone, lost: &[Signed]) -> ChainReply {
    serde_json::from_value(phone.post("/v1/chain", json!({ "lost": lost })).await.ok()).expect("a reply")
}

fn statement(phone: &Phone, lost: Lost) -> Signed {
    let said =
        Statement { device: phone.id.as_str().into(), epoch: phone.epoch, site: Some("elm".into()), lost };
    let bytes = serde_json::to_string(&said).expect("JSON");
    let sig = phone.sign(Hash::of_event(&bytes));
    Signed { bytes, sig }
}

fn up_to(first: u64, head: Head) -> Lost {
    Lost { first, last: head.dseq, hash: head.hash }
}

async fn sentences(phone: &Phone) -> Vec<String> {
    let list = phone.get("/v1/attention").await.ok();
    let items = list["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["sentence"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn f08_the_manager_hears_of_a_loss_and_the_chain_goes_on_behind_it() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    accepted(&rita.push_one(&rita.clone().report("r1")).await);
    rita.report("r1");
    assert_eq!(compare(&rita, &[]).await.dseq, 1);
    for record in ["r2", "r3", "r4"] {
        rita.report(record);
    }
    let lost = up_to(2, rita.head.expect("a head"));
    let said = statement(&rita, lost);
    let answer = compare(&rita, std::slice::from_ref(&said)).await;
    assert_eq!((answer.dseq, answer.hash), (lost.last, lost.hash));
    assert_eq!(compare(&rita, &[said]).await, answer, "said twice, it is one loss");
    let next = rita.report("r5");
    accepted(&rita.push_one(&next).await);
    let told = sentences(&house.boss).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("The device “A phone” lost 3 entries"), "{told:?}");
    assert_eq!(sentences(&house.join("oki").await).await, Vec::<String>::new(), "another site");
}

#[tokio::test]
async fn f08_what_waits_behind_a_lost_entry_is_taken_when_the_loss_is_known() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    rita.report("r1");
    let gone = rita.head.expect("a head");
    let (second, third) = (rita.report("r2"), rita.report("r3"));
    for event in [&second, &third] {
        assert!(matches!(rita.push_one(event).await, PushOutcome::Held { .. }));
    }
    assert_eq!(compare(&rita, &[statement(&rita, up_to(1, gone))]).await.dseq, 3);
    let rows = rita.pull_all().await.rows;
    assert_eq!(rows.len(), 2, "both are in the log");
    // The same when the device has lost these too, and the server alone has them.
    let mut sean = house.join("sean").await;
    sean.report("s1");
    let second = sean.report("s2");
    sean.report("s3");
    sean.push_one(&second).await;
    let all = up_to(1, sean.head.expect("a head"));
    assert_eq!(compare(&sean, &[statement(&sean, all)]).await.dseq, 3);
    assert_eq!(sean.pull_all().await.rows.iter().filter(|row| row.event.by.code() == "sean").count(), 1);
}

#[tokio::test]
async fn f08_a_loss_that_nobody_signed_is_told_but_moves_no_chain() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    rita.report("r1");
    let forged = Signed { sig: String::new(), ..statement(&rita, up_to(1, rita.head.expect("a head"))) };
    assert_eq!(compare(&rita, &[forged]).await.dseq, 0);
    assert_eq!(sentences(&house.boss).await.len(), 1);
    let other = Statement {
        device: "other".into(),
        epoch: 1,
        site: None,
        lost: up_to(1, Head { dseq: 1, hash: Hash::ZERO }),
    };
    let of_other = Signed { bytes: serde_json::to_string(&other).expect("JSON"), sig: String::new() };
    rita.post("/v1/chain", json!({ "lost": [of_other] })).await.refused(400);
}

/// The log of a house as lines.
fn export(house: &House, out: &Path) -> Vec<Value> {
    let place = words(&house.place());
    let asked = ["export"].into_iter().chain(place.iter().map(String::as_str));
    let asked: Vec<&str> = asked.chain(["--out", out.to_str().expect("a path")]).collect();
    let done = run(&asked);
    assert!(done.status.success(), "{done:?}");
    let text = fs::read_to_string(out).expect("written");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// What both programs say of these lines; whole or not, they agree.
fn judged(folder: &Path, lines: &[Value]) -> (bool, String) {
    let file = folder.join("judged.jsonl");
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(&file, text.join("\n") + "\n").expect("written");
    let file = file.to_str().expect("a path");
    let ours = run(&["verify", "--file", file]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/evidence/verify_log.py");
    let theirs = Command::new("python3").arg(script).arg(file).output().expect("python3 runs");
    let said = [ours.stdout, theirs.stdout].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert_eq!(ours.status.success(), theirs.status.success(), "{said}");
    (ours.status.success(), said)
}

#[tokio::test]
async fn f08_a_log_with_a_signed_loss_is_whole_and_without_the_signature_it_is_not() {
    let house = House::open().await;
    let (mut rita, mut sean) = (house.join("rita").await, house.join("sean").await);
    // Rita's phone loses 2 to 4, and an entry that is set apart comes next.
    let first = rita.report("r1");
    accepted(&rita.push_one(&first).await);
    for record in ["r2", "r3", "r4"] {
        rita.report(record);
    }
    compare(&rita, &[statement(&rita, up_to(2, rita.head.expect("a head")))]).await;
    let mut stranger = rita.envelope("add_note", "r1", json!({ "text": "words" }));
    stranger.actor = "mara".into();
    let (apart, next) = (rita.seal(&stranger), rita.report("r6"));
    rita.push_one(&apart).await;
    accepted(&rita.push_one(&next).await);
    // Sean's phone loses 1 to 3, of which the server has the second.
    sean.report("s1");
    let second = sean.report("s2");
    sean.push_one(&second).await;
    sean.report("s3");
    compare(&sean, &[statement(&sean, up_to(1, sean.head.expect("a head")))]).await;
    let next = sean.report("s4");
    accepted(&sean.push_one(&next).await);

    let whole = house.boss.post("/v1/log/verify", json!({})).await.ok();
    assert_eq!((&whole["fine"], &whole["report"]["rows"]), (&json!(true), &json!(4)), "{whole}");
    let folder = tempfile::tempdir().expect("a folder");
    let mut honest = export(&house, &folder.path().join("log.jsonl"));
    let losses = honest[0]["losses"].as_array_mut().expect("losses");
    assert_eq!(losses.len(), 2);
    losses.sort_by_key(|said| !said.to_string().contains(&rita.id));
    let (is_whole, said) = judged(folder.path(), &honest);
    assert!(is_whole, "{said}");

    let doctor = |change: &dyn Fn(&mut Value)| {
        let mut lines = honest.clone();
        change(&mut lines[0]["losses"]);
        judged(folder.path(), &lines)
    };
    for (what, change) in [
        ("nothing was said to be lost", &(|losses: &mut Value| *losses = json!([])) as &dyn Fn(&mut Value)),
        ("nobody signed it", &|losses| losses[0]["sig"] = json!("")),
        ("another device signed it", &|losses| losses[0]["sig"] = losses[1]["sig"].clone()),
        ("it was made longer", &|losses| {
            let said = losses[0]["bytes"].as_str().expect("bytes").replace("\"last\":", "\"last\":1");
            losses[0]["bytes"] = json!(said);
        }),
    ] {
        let (is_whole, said) = doctor(change);
        assert!(!is_whole && said.contains("ow 2"), "{what}: {said}");
    }
    // An entry before a loss needs a signature that stands before it too.
    let mut lines = honest.clone();
    lines[1]["sig"] = lines[2]["sig"].clone();
    let (is_whole, said) = judged(folder.path(), &lines);
    assert!(!is_whole && said.contains("ow 1"), "{said}");
}
