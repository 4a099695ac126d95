//! Photos whose words never came are let go after 30 days, and no others.

use crate::{
    harness::{House, Running, config},
    phone::{Phone, accepted, held, reason},
    photos::{ask, is_complete, jpeg, named, report_with, upload},
};
use serde_json::{Value, json};
use server::clock::Clock;
use std::{fs, path::Path, path::PathBuf, time::Duration};
use sync::Hash;

pub fn files(data: &Path) -> usize {
    fn below(folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
    }
    below(&data.join("photos")).len()
}

/// A photo and its small picture, both at the service, and what an event says of them.
async fn brought(phone: &Phone, seed: u8) -> (Vec<u8>, Value) {
    let (full, thumb) = (jpeg(seed, 900, &[]), jpeg(seed, 300, &[]));
    for bytes in [&full, &thumb] {
        assert!(is_complete(&upload(phone, bytes).await));
    }
    let says = report_with(json!([named(&full, &thumb)]));
    (full, says)
}

async fn is_here(phone: &Phone, bytes: &[u8]) -> bool {
    is_complete(&ask(phone, Hash::of(&[bytes])).await)
}

/// A photo and its small picture go, when the server looks for what is to go.
pub async fn comes_down_to(number: usize, data: &Path) {
    for _ in 0..100 {
        if files(data) == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(files(data), number, "files of photos");
}

/// Another server on the same data, at another time.
async fn at(time: &str, clock: &Path, house: House) -> House {
    let House { server, folder, mut boss } = house;
    server.stop().await;
    fs::write(clock, time).expect("written");
    let mut config = config(&folder.path().join("data"), &folder.path().join("dist"));
    config.clock = Clock::of_file(clock.to_owned());
    let server = Running::start(config).await;
    boss.url.clone_from(&server.url);
    House { server, folder, boss }
}

#[tokio::test]
async fn f70_a_photo_that_no_event_names_is_let_go_after_thirty_days_and_no_other() {
    let clock_folder = tempfile::tempdir().expect("a folder");
    let clock = clock_folder.path().join("clock");
    fs::write(&clock, "2026-05-30T09:00:00Z").expect("written");
    let house = House::with(|config| config.clock = Clock::of_file(clock.clone())).await;
    let lena = house.join("lena").await;
    let (older, _) = brought(&lena, 6).await;
    fs::write(&clock, "2026-06-01T09:00:00Z").expect("written");
    let (mut rita, mut sean) = (house.join("rita").await, house.join("sean").await);
    let (in_log, says) = brought(&rita, 1).await;
    accepted(&rita.push_one(&rita.clone().write("report", "r1", says)).await);
    rita.report("r1");
    // Waits for an entry before it that never comes.
    let (waits, says) = brought(&sean, 2).await;
    sean.report("s1");
    let second = sean.write("report", "s2", says);
    assert!(held(&sean.push_one(&second).await));
    // Set apart: somebody else's name is on it.
    let mut dora = house.join("dora").await;
    let (set_apart, says) = brought(&dora, 3).await;
    let mut strange = dora.envelope("report", "d1", says);
    strange.actor = "mara".into();
    let strange = dora.seal(&strange);
    assert_eq!(reason(&dora.push_one(&strange).await), "actor_not_on_device");
    let (alone, _) = brought(&lena, 4).await;
    // Of a device that wrote in a record on legal hold.
    let mut medi = house.join("medi").await;
    let report = medi.report("m1");
    accepted(&medi.push_one(&report).await);
    house.boss.post("/v1/records/m1/hold", json!({ "hold": true, "reason": "A claim is open." })).await.ok();
    let (on_hold, _) = brought(&medi, 5).await;
    assert_eq!(files(&house.data()), 12);

    let house = at("2026-06-30T09:00:00Z", &clock, house).await;
    let lena = lena.at(&house.server.url);
    comes_down_to(10, &house.data()).await;
    assert!(!is_here(&lena, &older).await, "31 days: it was looked for what is to go");
    assert!(is_here(&lena, &alone).await, "29 days: its words may still come");

    let house = at("2026-07-02T09:00:00Z", &clock, house).await;
    let lena = lena.at(&house.server.url);
    comes_down_to(8, &house.data()).await;
    assert!(!is_here(&lena, &alone).await);
    for (what, bytes) in [
        ("in the log", &in_log),
        ("of an entry that waits", &waits),
        ("of an entry set apart", &set_apart),
        ("of a record on hold", &on_hold),
    ] {
        assert!(is_here(&lena, bytes).await, "{what}");
    }
    assert!(is_complete(&upload(&lena, &alone).await), "it may come again");
    house.server.stop().await;
}
