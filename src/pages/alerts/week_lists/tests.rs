//! The lines of the week, of a register where one thing came back after two finished records.

use super::{super::testing::came_back, *};
use crate::testing::{Sent, at};
use domain::roles::Role;

fn lists(week: &str, now: &str, what: impl Fn(&Said<'_>, &Digest<'_>) -> Vec<String>) -> Vec<String> {
    let (register, directory) = (came_back(), Directory::default());
    let (week, now) = (Week::parse(week).expect("a week"), at(now));
    let found = digest(&register, "elm", (week, now), |alert| alert.rule.code() == "recurrence_after_close");
    let roles = Roles::NONE.with(Role::RegisteredManager);
    let said = Said { register: &register, directory: &directory, roles, at: week.moments().1.min(now) };
    what(&said, &found)
}

fn open(said: &Said<'_>, found: &Digest<'_>) -> Vec<String> {
    let entries = said.folded(&found.open, |alert| said.unsettled(alert));
    entries.iter().map(|one| format!("{} {} {}", one.number(), one.is_old, one.title)).collect()
}

/// Two alerts about one room, raised on 2 and on 3 June.
#[test]
fn what_came_back_is_one_line_of_the_week_with_its_number() {
    let line = "It came back after 2 finished records: bed rails (room_1)";
    assert_eq!(lists("2026-W24", "2026-12-01T12:00Z", open), [format!("2 false {line}")]);
    // 28 days after the newest it is not old yet, and then it is.
    assert_eq!(lists("2026-W27", "2026-07-01T12:00Z", open), [format!("2 false {line}")]);
    assert_eq!(lists("2026-W27", "2026-07-02T12:00Z", open), [format!("2 true {line}")]);
    let within = |said: &Said<'_>, found: &Digest<'_>| {
        let entries = said.folded(&found.open, |alert| said.unsettled(alert));
        entries.iter().flat_map(|one| &one.within).filter_map(|one| one.href.clone()).collect()
    };
    let address = |record: &str| format!("/alerts/recurrence_after_close~7C{record}");
    assert_eq!(lists("2026-W24", "2026-12-01T12:00Z", within), [address("a"), address("b")]);
}

#[test]
fn the_week_says_the_number_of_home() {
    let needs = |said: &Said<'_>, found: &Digest<'_>| vec![said.needs(found)];
    let words = "2 alerts about 1 pattern need you now. Those that wait until a date are not counted.";
    assert_eq!(lists("2026-W24", "2026-06-09T12:00Z", needs), [words]);
    assert_eq!(lists("2026-W23", "2026-06-04T12:00Z", needs), [words], "new ones count too");
}

/// Both alerts were raised in the week of 1 June; one of them was set aside in the same week, the other one later.
#[test]
fn a_new_alert_is_counted_however_it_stands_at_the_end_of_the_week() {
    let mut register = came_back();
    let aside = |alert: &str, at: &str, register: &mut Register| {
        let with = serde_json::json!({"alert": format!("recurrence_after_close|{alert}"), "reason": "Known"});
        Sent { verb: "dismiss_alert", at, with, ..Sent::default() }.arrives(register);
    };
    aside("a", "2026-06-04T12:00Z", &mut register);
    aside("b", "2026-06-10T12:00Z", &mut register);
    let said = |week: &str| {
        let week = Week::parse(week).expect("a week");
        let rule = |alert: &Alert| alert.rule.code() == "recurrence_after_close";
        summary(&digest(&register, "elm", (week, at("2026-12-01T12:00Z")), rule), week.moments())
    };
    assert_eq!(
        said("2026-W23"),
        "2 new alerts: 1 still open, 1 settled. None from before. No reports came late."
    );
    assert_eq!(
        said("2026-W24"),
        "No new alerts. From before: none still open, 1 settled. No reports came late."
    );
}
