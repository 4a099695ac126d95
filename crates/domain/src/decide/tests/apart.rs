//! Sites never meet, and a site is no record.

use super::*;

#[test]
fn a_site_never_reaches_into_another() {
    let mut home = Home::reported("medication");
    let mut elsewhere = home.event("manager", "add_note", "r", json!({"text": "hello"}));
    elsewhere.site = "oak".into();
    assert_eq!(home.arrive(elsewhere).result, Outcome::SetAside);
    assert!(home.record("r").notes.is_empty());
    assert!(home.record("r").set_aside.is_empty(), "it hangs at the site that wrote it");
    assert_eq!((home.register.attention("oak").count(), home.register.attention("meadow").count()), (1, 0));
}

#[test]
fn a_rival_decision_from_another_site_is_no_rival() {
    let mut home = Home::reported("medication");
    let mut directory = home.register.directory().clone();
    let roles = [("oak".into(), vec![Role::Senior])].into();
    directory.staff.insert("oaks".into(), Staff { roles, ..Staff::default() });
    home.register.set_directory(Arc::new(directory));
    let mut elsewhere = home.event("oaks", "review_risk", "r", risk());
    (elsewhere.site, elsewhere.seen) = ("oak".into(), 0);
    home.does("senior", "review_risk", "r", risk());
    let judged = home.arrive(elsewhere);
    assert_eq!((judged.result, judged.code), (Outcome::SetAside, Some(Code::RecordUnknown)));
    assert!(home.record("r").conflicts.is_empty());
}

#[test]
fn a_verb_of_a_site_that_names_a_record_is_refused_and_not_lost() {
    let mut home = Home::reported("medication");
    let with = json!({"measure": "care_hours", "month": "2026-05", "value": 900});
    let event = home.event("manager", "record_denominator", "r", with.clone());
    let judged = home.arrive(event);
    assert_eq!((judged.result, judged.code), (Outcome::SetAside, Some(Code::UnknownCode)));
    let mut event = home.event("manager", "record_denominator", "r", with);
    event.record = None;
    assert_eq!(home.arrive(event).result, Outcome::Applied);
}
