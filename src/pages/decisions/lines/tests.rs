//! What stands in the register, what the filters keep, and what leaves it as a file.

use super::*;
use crate::{
    pages::decisions::csv,
    testing::{Sent, at},
    text::review::cqc_form,
};
use domain::{
    directory::{Directory, Site, Staff},
    event::SecondLook,
    ids::StaffId,
    roles::Role,
};
use serde_json::{Value, json};

fn directory() -> Directory {
    let staff = |name: &str, role: Role| Staff {
        name: name.into(),
        roles: [("rose".into(), vec![role])].into(),
        ..Staff::default()
    };
    Directory {
        sites: [("rose".into(), Site::default())].into(),
        staff: [
            ("jo".into(), staff("Jo", Role::RegisteredManager)),
            ("ada".into(), staff("Ada", Role::Reporter)),
            ("medi".into(), staff("Medi", Role::MedicationLead)),
        ]
        .into(),
        ..Directory::default()
    }
}

struct Home {
    register: Register,
}

impl Home {
    fn take(&mut self, verb: &str, record: &str, when: &str, with: Value) {
        Sent { verb, site: "rose", record, by: "jo", at: when, with, ..Sent::default() }
            .arrives(&mut self.register);
    }

    fn lines(&self, who: &str) -> Vec<Line> {
        let (staff, directory) = (StaffId::from(who), directory());
        let viewer =
            Viewer { staff: &staff, directory: &directory, date: london_date(at("2026-11-25T10:00Z")) };
        lines(&self.register, &viewer, "rose")
    }

    fn found(&self, typed: &str) -> Vec<String> {
        let (staff, directory) = (StaffId::from("jo"), directory());
        let viewer =
            Viewer { staff: &staff, directory: &directory, date: london_date(at("2026-11-25T10:00Z")) };
        found(&self.register, &viewer, "rose", typed).iter().map(|record| record.id.to_string()).collect()
    }
}

const DOSE: &str = "0191-0000-aaa111";
const FLOOR: &str = "0191-0000-bbb222";
const SEALED: &str = "0191-0000-ccc333";
const WHY: &str = "The tribunal asked (Registered Manager, 25 November 2026)";

/// A dose that nobody needs to be told about, changed the day after; a floor that the regulator must be told about.
fn home() -> Home {
    let mut home = Home { register: Register::new(Arc::new(directory())) };
    let report = json!({"category": "medication", "happened": "something_happened", "reached": "no",
        "error_type": "wrong_dose", "people": ["R-14"], "immediate_actions": ["Told the senior"]});
    home.take("report", DOSE, "2026-11-20T10:00Z", report);
    let floor = json!({"category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface"});
    home.take("report", FLOOR, "2026-11-20T11:00Z", floor);
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    home.take("review_risk", DOSE, "2026-11-20T12:00Z", risk.clone());
    home.take("review_risk", FLOOR, "2026-11-20T12:00Z", risk);
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "=Stopped in time"});
    home.take("assess_notification", DOSE, "2026-11-21T10:00Z", none);
    let tell =
        json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "suggests": {"cqc": "needed"}});
    home.take("assess_notification", FLOOR, "2026-11-22T10:00Z", tell);
    let later = json!({"answers": {"police": "y"}, "outcome": "notify_now", "reason": "The police called",
        "suggests": {"cqc": "needed"}});
    home.take("revise_notification", DOSE, "2026-11-23T10:00Z", later);
    let sent = json!({"body": "cqc", "sent_at": "2026-11-23T11:00Z", "reference": "CQC/778-1"});
    home.take("record_sent", DOSE, "2026-11-23T11:00Z", sent);
    home
}

fn numbers(lines: &[Line]) -> Vec<usize> {
    lines.iter().map(|line| line.number).collect()
}

#[test]
fn every_decision_stands_in_order_of_arrival_and_says_if_it_still_holds() {
    let home = home();
    let all = home.lines("jo");
    assert_eq!(numbers(&all), [1, 2, 3]);
    assert_eq!(
        all.iter().map(Line::stands).collect::<Vec<_>>(),
        [Stands::Replaced, Stands::InForce, Stands::InForce]
    );
    assert_eq!(numbers(&home.lines("medi")), [1, 3], "a lead reads those of their category");
    assert!(home.lines("ada").is_empty());
}

#[test]
fn what_the_service_suggests_otherwise_is_found_while_the_decision_is_in_force() {
    let mut home = home();
    let second =
        || SecondLook { suggests: [("cqc".to_owned(), "consider".to_owned())].into(), rows: Vec::new() };
    let nobody =
        || json!({"answers": {"harm": "n"}, "outcome": "not_notifiable", "reason": "Looked at again"});
    let revise = |record| Sent {
        verb: "revise_notification",
        site: "rose",
        record,
        by: "jo",
        at: "2026-11-24T10:00Z",
        with: nobody(),
        ..Sent::default()
    };
    let wanted = Wanted { only: "differs".into(), ..Wanted::default() };
    assert!(wanted.of(&home.lines("jo")).is_empty());
    revise(DOSE).arrives_seen(&mut home.register, second());
    assert_eq!(numbers(&wanted.of(&home.lines("jo"))), [4]);
    revise(DOSE).arrives(&mut home.register);
    assert!(wanted.of(&home.lines("jo")).is_empty(), "decided again");
}

#[test]
fn filters_keep_what_is_wanted() {
    let home = home();
    let all = home.lines("jo");
    let check = |set: &[(&str, &str)], expected: &[usize]| {
        let mut wanted = Wanted { order: "oldest".into(), ..Wanted::default() };
        for (name, value) in set {
            *wanted.field(name) = (*value).to_owned();
        }
        assert_eq!(numbers(&wanted.of(&all)), expected, "{set:?}");
    };
    check(&[], &[1, 2, 3]);
    check(&[("order", "")], &[3, 2, 1]);
    check(&[("outcome", "notify_now")], &[2, 3]);
    check(&[("category", "medication")], &[1, 3]);
    check(&[("body", "cqc")], &[2, 3]);
    check(&[("only", "untold")], &[2]);
    check(&[("only", "untold"), ("body", "police")], &[]);
    check(&[("only", "changed")], &[3]);
    check(&[("by", "jo"), ("from", "2026-11-22"), ("to", "2026-11-22")], &[2]);
    check(&[("by", "somebody")], &[]);
    check(&[("from", "nonsense")], &[1, 2, 3]);
}

#[test]
fn dates_that_nothing_can_lie_between_are_said() {
    let turned =
        |from: &str, to: &str| Wanted { from: from.into(), to: to.into(), ..Wanted::default() }.turned();
    assert_eq!(turned("2026-09-01", "2026-09-01"), None);
    assert_eq!(turned("2026-09-01", ""), None);
    assert_eq!(
        turned("2026-10-01", "2026-09-01").as_deref(),
        Some("Last date: 1 September 2026 is before the first date. Type 1 October 2026 or a later date")
    );
}

#[test]
fn what_is_wanted_survives_the_address() {
    let wanted = Wanted { outcome: "notify_now".into(), from: "2026-11-01".into(), ..Wanted::default() };
    assert_eq!(wanted.query(), "?outcome=notify_now&from=2026-11-01");
    assert_eq!(Wanted::default().query(), "");
}

#[test]
fn a_record_is_found_by_its_reference_and_by_that_of_a_body() {
    let home = home();
    for typed in ["aaa111", "AAA111", "NM-AAA111", " aaa-111 ", "0aaa111", DOSE, "cqc/778-1"] {
        assert_eq!(home.found(typed), [DOSE], "{typed}");
    }
    assert_eq!(home.found("bbb"), [FLOOR]);
    assert!(home.found("aa").is_empty() && home.found("zzz999").is_empty());
}

#[test]
fn the_file_never_holds_a_formula_and_says_what_was_told() {
    let home = home();
    let text = csv::text(&home.lines("jo"), &directory(), Some(WHY));
    let rows: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].trim_start_matches('\u{feff}').starts_with("number,reference,record,category,"));
    assert!(rows[1].contains(",'=Stopped in time,"), "{}", rows[1]);
    assert!(rows[3].contains("Care Quality Commission 2026-11-23T11:00:00+00:00 (CQC/778-1)"), "{}", rows[3]);
    assert!(rows[3].contains("Now to be told: Care Quality Commission."), "{}", rows[3]);
}

#[test]
fn the_file_names_nobody_unless_it_is_written_why() {
    let mut home = home();
    let sealed = json!({"category": "environment", "happened": "nothing_yet", "hazard": "fire_safety",
        "identity": "confidential"});
    home.take("report", SEALED, "2026-11-24T10:00Z", sealed);
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    home.take("review_risk", SEALED, "2026-11-24T12:00Z", risk);
    let bodies = json!({"police": {"needed": false, "reason": "No crime is suspected"}});
    let tell = json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "suggests": {"cqc": "needed"},
        "reason": "Seen by two", "bodies": bodies});
    home.take("assess_notification", SEALED, "2026-11-25T09:00Z", tell);
    let lines = home.lines("jo");
    let (plain, named) = (csv::text(&lines, &directory(), None), csv::text(&lines, &directory(), Some(WHY)));
    for words in
        ["Jo", "Stopped in time", "The police called", "778-1", "No crime", "Seen by two", SEALED, WHY]
    {
        assert!(!plain.contains(words), "{words}: {plain}");
        assert!(named.contains(words), "{words}: {named}");
    }
    for text in [&plain, &named] {
        assert_eq!(
            text.matches(",Registered Manager,not").count(),
            lines.len(),
            "the role of who decided: {text}"
        );
        assert!(text.contains("CCC333") && text.contains(DOSE), "{text}");
    }
    assert!(plain.contains(",Police,"), "the body without why: {plain}");
    assert_eq!(named.matches(WHY).count(), lines.len(), "in each row");
}

#[test]
fn the_reasons_to_tell_or_not_to_tell_each_body_stand_in_the_register_and_its_file() {
    let mut home = home();
    let bodies = json!({"police": {"needed": false, "reason": "No crime is suspected"},
        "commissioner": {"needed": true, "reason": "The contract says so"}});
    let again = json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "reason": "Looked at again",
        "suggests": {"cqc": "needed"}, "bodies": bodies});
    home.take("revise_notification", FLOOR, "2026-11-24T10:00Z", again);
    let lines = home.lines("jo");
    let last = lines.last().expect("the change");
    assert_eq!(last.not_needed(), [("police", "No crime is suspected".to_owned())]);
    assert_eq!(last.why("commissioner"), "The contract says so");
    assert_eq!(last.why("cqc"), "");
    let text = csv::text(&lines, &directory(), Some(WHY));
    let row = text.trim_end().split("\r\n").last().expect("a row");
    assert!(row.contains(",Police: No crime is suspected,"), "{row}");
    assert!(row.contains(": The contract says so,"), "{row}");
}

#[test]
fn the_words_for_the_form_hold_a_code_and_say_what_is_missing() {
    let home = home();
    let record = home.register.record(DOSE).expect("the dose");
    let prompts = cqc_form::prompts(record, &directory(), &["Wrong dose, 1 November 2026".to_owned()]);
    let text = |id: &str| prompts.iter().find(|prompt| prompt.id == id).expect(id).text.clone();
    assert!(text("cqc-who").contains("R-14"));
    assert!(text("cqc-risk").starts_with("1 similar record in the 90 days before: Wrong dose"));
    assert_eq!(text("cqc-person"), "At once: Told the senior.");
    assert!(text("cqc-what").contains("A mistake with medicines was, or may have been, the cause."));
    assert!(text("cqc-told").contains("CQC/778-1"));
    let names = directory().staff.into_values().map(|staff| staff.name);
    let whole: String = prompts.iter().map(|prompt| prompt.text.as_str()).collect();
    assert!(names.into_iter().all(|name| !whole.contains(&format!("{name} "))), "{whole}");
    assert!(prompts[0].missing[0].contains("age band"), "{:?}", prompts[0].missing);
}
