//! A copy is put back: a machine that stops half way leaves a folder that no server starts in, and the next try ends
//! whole. Otherwise a server would run on the copy as if nothing had happened, and no device would send again what was
//! written after it.

use crate::{
    ground::is_postgres,
    harness::{fill, set_up},
    log_copies::Device,
    phone::accepted,
    photos::{is_complete, jpeg, look, named, report_with, upload},
    program::{Served, run, run_with, says},
};
use serde_json::json;
use std::{fs, path::Path};

/// In the order in which it comes by them, and whether the folder can be used after an end there.
const PLACES: [(&str, bool); 4] = [
    ("restore::copied", false),
    ("restore::photos_copied", false),
    ("restore::epoch_begun", false),
    ("restore::in_place", true),
];

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[tokio::test]
async fn f51_a_copy_that_was_put_back_half_way_is_no_server_and_the_next_try_ends_whole() {
    if is_postgres() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy.db"));
    let served = Served::start(&data, &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    fill(&boss).await;
    let mut rita = Device::join(&boss, "rita").await;
    rita.report("r1").await;
    let (full, thumb) = (jpeg(1, 900, &[]), jpeg(1, 300, &[]));
    accepted(
        &boss.push_one(&boss.clone().write("report", "b1", report_with(json!([named(&full, &thumb)])))).await,
    );
    for bytes in [&full, &thumb] {
        assert!(is_complete(&upload(&boss, bytes).await));
    }
    assert!(run(&["backup", "--data", text(&data), "--out", text(&copy)]).status.success());
    rita.report("r2").await;
    rita.meet().await;
    served.kill_hard();

    for (number, (place, is_usable)) in PLACES.into_iter().enumerate() {
        let new = folder.path().join(format!("new-{number}"));
        let words = ["restore", "--from", text(&copy), "--data", text(&new)];
        let ended = run_with(&words, &[("FAILPOINTS", format!("{place}=panic"))]);
        assert_eq!(ended.status.code(), Some(101), "{place}");
        if is_usable {
            says(&run(&words), "is not empty");
        } else {
            assert!(!new.join("noticed.db").exists(), "{place}: nobody takes it for a database");
            let start = run(&["serve", "--data", text(&new), "--port", "0"]);
            says(&start, "that did not end. Run noticed restore once more");
            let again = run(&words);
            assert!(again.status.success(), "{place}: {}", String::from_utf8_lossy(&again.stderr));
            assert!(!new.join("putting-back").exists(), "{place}: nothing is left of it");
        }
        let served = Served::start_again(&new);
        boss.url.clone_from(&served.url);
        let mut rita = rita.clone();
        rita.phone.url.clone_from(&served.url);
        assert_eq!(boss.pull_all().await.rows.len(), 2, "{place}: as in the copy");
        rita.meet().await;
        assert!(rita.offered_again, "{place}: devices are told that it was restored");
        assert_eq!(boss.pull_all().await.rows.len(), 3, "{place}: what was written since came back");
        assert_eq!(look(&boss, "b1", &full).await.status, 200, "{place}: the photo is there");
        served.kill_hard();
        fs::remove_dir_all(&new).expect("removed");
    }
}
