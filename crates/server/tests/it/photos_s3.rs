//! Photos at a real S3 service: cuts, kills, an outage, a wrong key, copies, and what is let go.

use crate::{
    harness::{fill, set_up},
    phone::{Phone, accepted},
    photos::{Part, ask, at, is_complete, jpeg, look, named, report_with, send, upload},
    program::{Served, run_with},
    s3::S3,
};
use serde_json::json;
use std::{fs, path::Path, time::Duration};
use sync::{Hash, blob};
use tempfile::TempDir;

/// A server whose photos lie at the service, and its first person.
struct Home {
    s3: S3,
    folder: TempDir,
    served: Served,
    boss: Phone,
}

impl Home {
    async fn open(more: &[(&'static str, String)]) -> Home {
        let (s3, folder) = (S3::start(), tempfile::tempdir().expect("a folder"));
        let environment = [s3.environment(), more.to_vec()].concat();
        let words = ["--photos", &s3.place()];
        let served = Served::start_in_with(&folder.path().join("data"), &words, &environment);
        let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
        fill(&boss).await;
        Home { s3, folder, served, boss }
    }

    /// The server is killed, and starts once more on a folder.
    async fn again(self, data: &str, environment: &[(&'static str, String)]) -> Home {
        let Home { s3, folder, served, mut boss } = self;
        served.kill_hard();
        let words = ["--photos", &s3.place()];
        let served = Served::start_again_with(&folder.path().join(data), &words, environment);
        boss.url.clone_from(&served.url);
        Home { s3, folder, served, boss }
    }

    async fn killed(self) -> Home {
        let environment = self.s3.environment();
        self.again("data", &environment).await
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("a path").to_owned()
    }

    /// What a command says.
    fn said(&self, words: &[&str]) -> String {
        let place = self.s3.place();
        let output = run_with(&[words, &["--photos", &place]].concat(), &self.s3.environment());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// Sends one part and waits for the answer.
async fn part_of(phone: &Phone, bytes: &[u8], offset: u64) -> crate::harness::Answer {
    let (sha256, size) = (Hash::of(&[bytes]), bytes.len() as u64);
    let range = blob::part(size, offset).expect("a part is left");
    let part = &bytes[range.start as usize..range.end as usize];
    send(phone, &Part { sha256, offset, size, bytes: part }).await
}

#[tokio::test]
async fn f67_a_photo_reaches_s3_though_the_server_is_killed_and_the_service_is_away() {
    let mut home = Home::open(&[]).await;
    let (full, thumb) = (jpeg(1, 600_000, &[]), jpeg(1, 900, &[]));
    let sha256 = Hash::of(&[&full]);
    let report = home.boss.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&home.boss.push_one(&report).await);
    assert!(is_complete(&upload(&home.boss, &thumb).await));
    assert_eq!(home.s3.photos().len(), 1);
    assert_eq!(at(&part_of(&home.boss, &full, 0).await), blob::PART_BYTES);

    let mut home = home.killed().await;
    let here = at(&ask(&home.boss, sha256).await);
    assert_eq!(here, blob::PART_BYTES, "what had arrived is still here");
    let here = at(&part_of(&home.boss, &full, here).await);
    home.s3.goes_away();
    // The last part: the server has all of it, and no place to keep it.
    let last = part_of(&home.boss, &full, here).await;
    assert_eq!(last.refused(503), "not_saved", "no receipt without a place");
    assert!(!is_complete(&ask(&home.boss, sha256).await));
    assert_eq!(look(&home.boss, "r1", &full).await.refused(404), "photo_not_here");
    assert_eq!(look(&home.boss, "r1", &thumb).await.refused(500), "server_failed", "it cannot be asked now");

    let mut home = home.killed().await;
    home.s3.comes_back();
    assert!(is_complete(&ask(&home.boss, sha256).await), "nothing has to be sent again");
    for bytes in [&full, &thumb] {
        let seen = look(&home.boss, "r1", bytes).await;
        assert_eq!((seen.status, seen.text), (200, String::from_utf8_lossy(bytes).into_owned()));
    }
    let photos = home.s3.photos();
    assert_eq!(photos.len(), 2);
    assert!(photos.iter().all(|path| !path.display().to_string().contains(&sha256.to_string())));
    assert!(photos.iter().any(|path| fs::read(path).expect("a file") == full));
    assert!(!Path::new(&home.path("data/photos")).exists(), "none lies in the data folder");
}

#[tokio::test]
async fn with_a_wrong_key_nothing_is_kept_and_nothing_is_lost() {
    let home = Home::open(&[]).await;
    let stranger = home.s3.environment_of_a_stranger();
    let mut home = home.again("data", &stranger).await;
    let full = jpeg(2, 5_000, &[]);
    let report = home.boss.write("report", "r1", report_with(json!([named(&full, &full)])));
    accepted(&home.boss.push_one(&report).await);
    assert_eq!(upload(&home.boss, &full).await.refused(503), "not_saved");
    assert!(home.s3.photos().is_empty());
    let home = home.killed().await;
    assert!(is_complete(&ask(&home.boss, Hash::of(&[&full])).await), "the parts were here");
    assert_eq!(look(&home.boss, "r1", &full).await.status, 200);
}

#[tokio::test]
async fn copies_leave_the_photos_at_s3_and_find_them_there_again() {
    let mut home = Home::open(&[]).await;
    let (full, thumb) = (jpeg(3, 200_000, &[]), jpeg(3, 900, &[]));
    let report = home.boss.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&home.boss.push_one(&report).await);
    assert!(is_complete(&upload(&home.boss, &full).await) && is_complete(&upload(&home.boss, &thumb).await));
    let (data, copy) = (home.path("data"), home.path("copy"));
    let said = home.said(&["backup", "--data", &data, "--out", &copy]);
    assert!(said.contains("2 photos and small pictures stay at the S3 service"), "{said}");
    let list = fs::read_to_string(home.path("copy.photos/photos.txt")).expect("a list");
    let names = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(home.s3.photos().iter().all(|path| list.contains(&names(path))), "{list}");

    let new = home.path("new");
    let said = home.said(&["restore", "--data", &new, "--from", &copy]);
    assert!(said.contains("2 photos and small pictures are still where they lay."), "{said}");
    let environment = home.s3.environment();
    let home = home.again("new", &environment).await;
    assert_eq!(look(&home.boss, "r1", &full).await.status, 200);

    // One is lost there: the copy says so, and the page says that it is not here.
    let lost = home.s3.photos().into_iter().find(|path| fs::read(path).expect("a file") == full);
    fs::remove_file(lost.expect("it is there")).expect("removed");
    let said = home.said(&["restore", "--data", &home.path("poor"), "--from", &copy]);
    assert!(said.contains("1 photos and small pictures are still where they lay."), "{said}");
    assert!(said.contains("1 photos and small pictures are not in this copy"), "{said}");
    assert_eq!(look(&home.boss, "r1", &full).await.refused(404), "photo_not_here");

    let output = run_with(
        &["restore", "--data", &home.path("away"), "--from", &copy, "--photos", &home.s3.place()],
        &home.s3.environment_of_a_stranger(),
    );
    assert_eq!(output.status.code(), Some(2), "what cannot be asked is not taken for lost");
}

#[tokio::test]
async fn f70_what_no_event_names_is_let_go_at_s3_too() {
    let clock_folder = tempfile::tempdir().expect("a folder");
    let clock = clock_folder.path().join("clock");
    fs::write(&clock, "2026-06-01T09:00:00Z").expect("written");
    let time = [("NOTICED_CLOCK_FILE", clock.display().to_string())];
    let mut home = Home::open(&time).await;
    let (named_one, alone) = (jpeg(4, 900, &[]), jpeg(5, 900, &[]));
    let says = report_with(json!([named(&named_one, &named_one)]));
    let report = home.boss.write("report", "r1", says);
    accepted(&home.boss.push_one(&report).await);
    assert!(is_complete(&upload(&home.boss, &named_one).await));
    assert!(is_complete(&upload(&home.boss, &alone).await));
    assert_eq!(home.s3.photos().len(), 2);
    fs::write(&clock, "2026-07-02T09:00:00Z").expect("written");
    let environment = [home.s3.environment(), time.to_vec()].concat();
    let home = home.again("data", &environment).await;
    for _ in 0..100 {
        if home.s3.photos().len() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let left: Vec<Vec<u8>> = home.s3.photos().iter().map(|path| fs::read(path).expect("a file")).collect();
    assert_eq!(left, [named_one]);
    assert_eq!(look(&home.boss, "r1", &left[0]).await.status, 200);
}
