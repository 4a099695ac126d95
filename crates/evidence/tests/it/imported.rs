//! Past incidents that were read in: they count on their day, and nobody reported, did or heard anything here.
//! Decision 013.

use crate::life::{HOMES, Life, event, now, request, staff_of};
use chrono::Duration;
use evidence::{PackKind, Story, figures::Figures, html};
use serde_json::json;

/// A life with three incidents of the past, read in by the manager of the first home.
fn with_past(records: usize) -> Life {
    let mut life = Life::of(records);
    let (home, manager) = (HOMES[0], staff_of("registered_manager", HOMES[0]));
    for number in 0..3 {
        let when = now() - Duration::days(3) + Duration::minutes(number);
        let with = json!({"category": "medication", "error_type": "wrong_dose", "happened": "something_happened",
            "reached": "yes", "harm": "some", "identity": "named", "closed_note": "Chart changed",
            "occurred_at": "2026-07-01T09:00:00+01:00"});
        let record = format!("past-{number}");
        let name = format!("{record}-in");
        life.arrive(event(&name, "import_past", home, &record, &manager, when, with), when);
    }
    life
}

#[test]
fn nobody_waits_to_hear_of_what_was_read_in() {
    let asked = request(PackKind::Inspector);
    let figure = |life: &Life, id: &str| {
        Figures::for_request(&life.register, &asked).figure(id, None, None).expect("a figure")
    };
    let (without, with) = (Life::of(60), with_past(60));
    assert_eq!(figure(&with, "told_share").shown, figure(&without, "told_share").shown);
    let counted = |life: &Life, id| figure(life, id).value.expect("a number") as usize;
    assert_eq!(counted(&with, "records"), counted(&without, "records") + 3, "they count as records");
}

#[test]
fn who_reads_in_the_past_has_no_report_in_a_supervision_note() {
    let life = with_past(60);
    let mut asked = request(PackKind::SupervisionNote);
    asked.staff = Some(staff_of("registered_manager", HOMES[0]).into());
    let page = html(&life.register, &asked, None);
    assert!(page.contains("No report in this period."), "the manager reported nothing");
    let reference = domain::ids::reference("past-0", domain::ids::REFERENCE);
    assert!(!page.contains(&reference), "{reference}");
}

#[test]
fn the_story_of_the_past_says_that_it_was_brought_in() {
    let life = with_past(10);
    let record = life.register.record("past-0").expect("known");
    let told = format!("{:?}", Story::alone(&life.register, record, false, false, now()));
    assert!(told.contains("brought it in from an older list on 2 October 2026."), "{told}");
    for false_of_it in ["reported it", "the reporter has not been told", "Nobody has decided yet"] {
        assert!(!told.contains(false_of_it), "{false_of_it} in {told}");
    }
}
