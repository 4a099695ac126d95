//! Whose signature a checkpoint bears: anybody can make a key.

use crate::{
    log_checks::{Scene, chain_again, text},
    program::run,
};
use serde_json::{Value, json};
use server::{
    clock::real_now,
    ops::{checkpoint::Checkpoint, key::ServerKey},
    store::LogHead,
};
use std::fs;
use sync::Hash;

/// Signs checkpoints of a log anew, with a key that its maker has just made.
fn signed_by_a_stranger(lines: &mut [Value]) {
    let key = ServerKey::of_folder(tempfile::tempdir().expect("a folder").path()).expect("a key");
    let (provider, epoch) = (lines[0]["provider"].clone(), lines[0]["server_epoch"].clone());
    let word = |value: &Value| value.as_str().expect("text").to_owned();
    let seq = lines[0]["seq"].as_u64().expect("a number");
    let chain = serde_json::from_value(lines[0]["chain"].clone()).expect("a hash");
    let head = LogHead { seq, chain };
    let signed = Checkpoint::sign(&word(&provider), &word(&epoch), head, real_now(), &key);
    lines[0]["checkpoints"] = json!([signed]);
}

#[tokio::test]
async fn f84_a_log_with_checkpoints_of_a_stranger_is_found_out_by_who_knows_the_key() {
    let scene = Scene::open().await;
    let honest = scene.export();
    let key = scene.house.boss.get("/v1/log").await.ok()["key"].as_str().expect("a key").to_owned();
    scene.judged_by(&honest, None, Some(&key)).expect("an honest log");
    let mut forged = honest.clone();
    let letter = forged[7]["bytes"].as_str().expect("bytes").replace("nothing_yet", "something_happened");
    (forged[7]["hash"], forged[7]["bytes"]) = (json!(Hash::of_event(&letter)), json!(letter));
    forged.truncate(8);
    chain_again(&mut forged, 7);
    signed_by_a_stranger(&mut forged);
    let said = scene.judged_by(&forged, None, None).expect("nothing in it tells");
    assert!(said.contains("compare it with the one that you kept") && !said.contains(&key), "{said}");
    let said = scene.judged_by(&forged, None, Some(&key)).expect_err("another key");
    let (ours, theirs) = said.split_once('|').expect("two answers");
    assert!(ours.contains("another key") && theirs.contains("a key that was not named"), "{said}");
    scene.names("told by a copy kept elsewhere", 8, &forged, Some(&scene.checkpoint));

    // Where the log stands, its own key is known.
    let data = scene.house.data();
    let stands = || run(&["verify", "--data", text(&data)]);
    let other = "not signed with the key of this server";
    assert!(!String::from_utf8_lossy(&stands().stdout).contains(other));
    fs::remove_file(data.join("checkpoint.key")).expect("removed");
    ServerKey::of_folder(&data).expect("another");
    let words = String::from_utf8_lossy(&stands().stdout).into_owned();
    assert!(words.contains(&format!("2 of the checkpoints here are {other}")), "{words}");
    assert!(
        words.contains(&key) && words.contains("The last entry is newer than every checkpoint"),
        "{words}"
    );
    scene.house.server.stop().await;
}
