//! Photos of a report, of a note, and of what was done.

use super::*;
use crate::{photo, sight::Viewer};

fn photos(letters: &str) -> Value {
    let one = |letter: char| {
        let (full, thumb) = (letter.to_string().repeat(64), "0".repeat(64));
        json!({"sha256": full, "bytes": 300_000, "w": 1600, "h": 1200, "thumb": thumb, "thumb_bytes": 9_000})
    };
    letters.chars().map(one).collect()
}

fn with_photos(mut with: Value, letters: &str) -> Value {
    with[photo::FIELD] = photos(letters);
    with
}

fn of_record(home: &Home) -> String {
    home.record("r").photos.iter().map(|held| &held.photo.sha256[..1]).collect()
}

#[test]
fn a_report_brings_photos_and_they_are_no_fact_of_it() {
    let mut home = Home::new();
    home.does("care", "report", "r", with_photos(report("environment"), "abcd"));
    assert_eq!(of_record(&home), "abcd");
    let plain = Home::reported("environment");
    assert_eq!(home.record("r").facts.fields, plain.record("r").facts.fields);
}

#[test]
fn late_photos_always_commute_and_stay_with_their_action() {
    let mut home = Home::new();
    home.does("care", "report", "r", with_photos(report("environment"), "a"));
    let late = home.event("care2", "add_note", "r", with_photos(json!({"text": "from the door"}), "b"));
    home.does("senior", "review_risk", "r", risk());
    let decision = no_to_all(&home, "r");
    home.does("manager", "assess_notification", "r", decision);
    let plan = json!({"text": "Fix it", "owner": "repairs", "due": "2026-06-20", "strength": "stronger"});
    let action = home.does("repairs", "plan_action", "r", plan);
    home.does("repairs", "complete_action", "r", with_photos(json!({"action": action}), "c"));
    assert_eq!(home.arrive(late).result, Outcome::Applied);
    assert_eq!(of_record(&home), "acb");
    let of: Vec<_> = home.record("r").photos.iter().map(|held| held.action.clone()).collect();
    assert_eq!(of, [None, Some(action), None]);
}

#[test]
fn photos_come_in_with_nothing_else_and_never_without_a_name() {
    let mut home = Home::reported("environment");
    let refused = |home: &mut Home, verb: &str, with: Value| home.try_to("care", verb, "r", with).err();
    let changes = json!({"changes": with_photos(json!({}), "a"), "reason": "x"});
    assert_eq!(refused(&mut home, "amend", changes), Some(Code::UnknownCode));
    let note = with_photos(json!({"text": "x"}), "abcde");
    assert_eq!(refused(&mut home, "add_note", note), Some(Code::BadValue));
    let mut letter = home.event("anonymous", "report", "s", with_photos(report("environment"), "a"));
    letter.with.insert("identity".into(), "anonymous".into());
    let judged = home.arrive(letter);
    assert_eq!((judged.result, judged.code), (Outcome::SetAside, Some(Code::BadValue)));
}

#[test]
fn a_commissioner_hears_of_no_photo() {
    let mut home = Home::new();
    let mut directory = home.register.directory().clone();
    let roles = [("meadow".into(), vec![Role::Commissioner])].into();
    directory.staff.insert("pays".into(), Staff { roles, ..Staff::default() });
    home.register.set_directory(Arc::new(directory));
    home.does("care", "report", "r", with_photos(report("environment"), "a"));
    home.does("care", "add_note", "r", with_photos(json!({"text": "x"}), "b"));
    let date = NaiveDate::from_ymd_opt(2026, 6, 11).expect("date");
    let (pays, inspects) = (StaffId::from("pays"), StaffId::from("inspector"));
    for received in &home.record("r").events {
        let seen = |staff| {
            let viewer = Viewer { staff, directory: home.register.directory(), date };
            photo::of(&viewer.shown(&home.register, received).event).len()
        };
        assert_eq!((seen(&pays), seen(&inspects)), (0, 1), "{}", received.event.verb);
    }
}
