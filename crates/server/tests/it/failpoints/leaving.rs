//! A photo that no event names goes: row and bytes, also when the server is killed between the two.

use crate::{
    harness::set_up,
    photos::{ask, at, is_complete, jpeg, upload},
    photos_let_go::files,
    program::Served,
};
use std::{fs, time::Duration};
use sync::Hash;

const CLOCK: &str = "NOTICED_CLOCK_FILE";

#[tokio::test]
async fn f70_killed_while_a_photo_goes_nothing_of_it_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, clock) = (folder.path().join("data"), folder.path().join("clock"));
    let at_time = |time: &str| fs::write(&clock, time).expect("written");
    let environment = |place: Option<&str>| {
        let mut all = vec![(CLOCK, clock.display().to_string())];
        all.extend(place.map(|place| ("FAILPOINTS", format!("{place}=pause"))));
        all
    };
    let served = Served::start(&data, &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    served.kill_hard();
    for (number, place) in ["let_go::emptied", "let_go::bytes_gone"].into_iter().enumerate() {
        at_time(&format!("2026-0{}-01T09:00:00Z", 2 * number + 1));
        let served = Served::start_among(&data, &environment(None));
        boss.url = served.url.clone();
        let photo = jpeg(number as u8 + 1, 3_000, &[]);
        assert!(is_complete(&upload(&boss, &photo).await));
        served.kill_hard();

        // It is let go at the start, and stands between row and bytes.
        at_time(&format!("2026-0{}-15T09:00:00Z", 2 * number + 2));
        let served = Served::start_among(&data, &environment(Some(place)));
        boss.url = served.url.clone();
        let sha256 = Hash::of(&[&photo]);
        // Its row says from the first moment on that it is not here: a device that has it would send it again.
        until(async || at(&ask(&boss, sha256).await) == 0).await;
        until(async || files(&data) == usize::from(place == "let_go::emptied")).await;
        served.kill_hard();

        let again = Served::start_among(&data, &environment(None));
        boss.url = again.url.clone();
        until(async || files(&data) == 0).await;
        assert!(!is_complete(&ask(&boss, sha256).await), "{place}");
        assert!(is_complete(&upload(&boss, &photo).await), "{place}: it may come again");
        again.kill_hard();
        // And goes again, with nobody in the way, before the next place.
        at_time(&format!("2026-0{}-28T09:00:00Z", 2 * number + 3));
        let last = Served::start_among(&data, &environment(None));
        until(async || files(&data) == 0).await;
        last.kill_hard();
    }
}

async fn until(holds: impl AsyncFn() -> bool) {
    for _ in 0..400 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to that");
}
