//! A letter without a name: the device knows it only by its key, and sends it again until it hears.

use super::stands;
use crate::{
    harness::set_up,
    letters::{letter, nameless},
    program::Served,
};
use serde_json::json;

const PLACES: [&str; 3] = ["change::made", "change::before_commit", "change::after_commit"];

#[tokio::test]
async fn f36_killed_at_any_place_of_a_letter_without_a_name_it_is_there_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    served.kill_hard();
    for (number, place) in PLACES.into_iter().enumerate() {
        let served = Served::start_to_stop_at(folder.path(), &format!("{place}=pause"));
        boss.url = served.url.clone();
        let body = letter(&boss, "report", place, nameless());
        stands(boss.post("/v1/anonymous", body.clone())).await;
        served.kill_hard();

        let again = Served::start_again(folder.path());
        boss.url = again.url.clone();
        let before = 2 * number;
        let expected = before + usize::from(place == "change::after_commit");
        assert_eq!(boss.pull_all().await.rows.len(), expected, "{place}: all of it or nothing");
        let reply = boss.post("/v1/anonymous", body.clone()).await.ok();
        assert_eq!(boss.pull_all().await.rows.len(), before + 1, "{place}: once");
        // The token of the reply that never came is replaced: its author can go on.
        let mut note = letter(&boss, "add_note", &format!("{place}, more"), json!({ "text": "More." }));
        (note["record"], note["token"]) = (reply["record"].clone(), reply["token"].clone());
        boss.post("/v1/anonymous", note).await.ok();
        assert_eq!(boss.pull_all().await.rows.len(), before + 2, "{place}");
        again.kill_hard();
    }
}
