//! A photo: a device that was told that it is kept may let go of its own.

use super::stands;
use crate::{
    harness::set_up,
    phone::accepted,
    photos::{Part, ask, at, is_complete, jpeg, look, named, report_with, send, upload},
    program::Served,
};
use serde_json::json;
use sync::Hash;

/// In the order in which the last part comes by them, and whether the photo is whole after a kill there.
const PLACES: [(&str, bool); 3] =
    [("photos::part_taken", false), ("photos::bytes_kept", false), ("photos::complete", true)];

#[tokio::test]
async fn f69_killed_at_any_place_of_a_photo_it_is_kept_whole_or_asked_for_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    served.kill_hard();
    for (number, (place, is_kept)) in PLACES.into_iter().enumerate() {
        let (full, thumb) = (jpeg(number as u8 + 1, 3_000, &[]), jpeg(number as u8 + 11, 300, &[]));
        let record = format!("r{number}");
        let served = Served::start_to_stop_at(folder.path(), &format!("{place}=pause"));
        boss.url = served.url.clone();
        let report = boss.write("report", &record, report_with(json!([named(&full, &thumb)])));
        accepted(&boss.push_one(&report).await);
        let part = Part { sha256: Hash::of(&[&full]), offset: 0, size: full.len() as u64, bytes: &full };
        stands(send(&boss, &part)).await;
        served.kill_hard();

        let again = Served::start_to_stop_at(folder.path(), "photos::part_taken=pause");
        boss.url = again.url.clone();
        if is_kept {
            assert!(is_complete(&ask(&boss, part.sha256).await), "{place}");
        } else {
            // Asking is enough: all parts are here, only the end was cut off.
            let asked = ask(&boss, part.sha256).await;
            assert!(is_complete(&asked), "{place}: {} of {}", at(&asked), full.len());
        }
        let seen = look(&boss, &record, &full).await;
        assert_eq!(seen.status, 200, "{place}: what is said to be kept is there");
        again.kill_hard();
        let last = Served::start_again(folder.path());
        boss.url = last.url.clone();
        assert!(is_complete(&upload(&boss, &full).await), "{place}: sent once more, it is the same photo");
        assert!(is_complete(&upload(&boss, &thumb).await));
        last.kill_hard();
    }
}
