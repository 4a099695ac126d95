//! The calendar, read back by ical.js (`tests/exchange`), which is not ours.

use crate::{
    judges,
    story::{MEADOW, OAK, Story, at, now, told},
};
use domain::{ids::StaffId, register::Register, sight::Viewer, time::london_date};
use exchange::ical::{calendar, entries};
use serde_json::{Value, json};

fn uids(register: &Register, who: &str) -> Vec<String> {
    let staff = StaffId::from(format!("{who}-{MEADOW}"));
    let viewer = Viewer { staff: &staff, directory: register.directory(), date: london_date(now()) };
    entries(register, &[MEADOW.into(), OAK.into()], &viewer, now())
        .into_iter()
        .map(|entry| entry.uid)
        .collect()
}

#[test]
fn each_role_gets_what_is_theirs() {
    let story = told();
    let lead = uids(&story.register, "maintenance_lead");
    assert!(lead.contains(&"step-4-r-env@noticed".to_owned()), "{lead:?}");
    assert!(lead.iter().any(|uid| uid.starts_with("action-")));
    assert!(!lead.iter().any(|uid| uid.contains("r-beh") || uid.contains("audit")), "{lead:?}");
    let manager = uids(&story.register, "registered_manager");
    assert!(manager.contains(&format!("audit-{MEADOW}-behaviour-2026-07@noticed")), "{manager:?}");
    assert!(manager.contains(&format!("audit-{MEADOW}-medication-2026-08@noticed")), "the month that runs");
    assert!(!manager.contains(&format!("audit-{MEADOW}-medication-2026-07@noticed")), "signed");
    assert!(!manager.iter().any(|uid| uid.contains("oversight") || uid.contains("r-oak")));
    assert!(
        !manager.iter().any(|uid| uid.starts_with("action-") || uid.starts_with("step-4")),
        "others' work: {manager:?}"
    );
    assert!(uids(&story.register, "provider").iter().any(|uid| uid.starts_with("oversight-")));
    assert!(uids(&story.register, "commissioner").is_empty());
    let mut twice = manager.clone();
    twice.sort();
    twice.dedup();
    assert_eq!(twice.len(), manager.len());
}

#[test]
fn an_independent_reader_finds_every_entry_as_it_was_meant() {
    let story = told();
    let staff = StaffId::from(format!("registered_manager-{MEADOW}"));
    let register = &story.register;
    let viewer = Viewer { staff: &staff, directory: register.directory(), date: london_date(now()) };
    let text = calendar(register, &[MEADOW.into()], &viewer, now(), "Due at Meadow");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let broken = text.replace("DTSTART;VALUE=DATE:2026", "DTSTART;VALUE=DATE:soon");
    let read: Vec<Value> = judges::ask("calendar.mjs", &[text.as_str(), broken.as_str(), "hello"]);
    assert_eq!(read[0]["name"], "Due at Meadow", "{:?}", read[0]);
    let meant = entries(register, &[MEADOW.into()], &viewer, now());
    let found = read[0]["events"].as_array().expect("events");
    assert_eq!(found.len(), meant.len());
    for (found, meant) in found.iter().zip(&meant) {
        assert_eq!(found["uid"], meant.uid);
        assert_eq!(found["summary"], meant.summary);
        assert_eq!(found["description"], meant.description);
        let start = match meant.when {
            exchange::ical::When::On(date) => date.format("%Y-%m-%d").to_string(),
            exchange::ical::When::At(instant) => instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        };
        assert_eq!(found["start"], start, "{}", meant.uid);
    }
    for (number, verdict) in read[1..].iter().enumerate() {
        assert!(verdict["error"].is_string(), "{number}: {verdict}");
    }
    assert!(text.contains("July to September 2026") || text.contains("August 2026"), "periods in words");
    assert!(meant.iter().all(|entry| !entry.summary.contains("2026-")), "no codes of periods");
    for words in ["P-7", "Strap", "Typed by hand", "-phone"] {
        assert!(!text.contains(words), "{words}");
    }
}

#[test]
fn a_decision_that_waits_for_the_risk_review_is_not_told_as_late_work_of_the_manager() {
    let mut story = told();
    let report = json!({"category": "medication", "happened": "something_happened", "reached": "no",
        "error_type": "mar_gap", "defence": "luck"});
    story.does("reporter", at("2026-08-08T09:00+01:00"), "report", "r-waits-abc123", report);
    let summaries = |story: &Story, who: &str| -> Vec<String> {
        let staff = StaffId::from(format!("{who}-{MEADOW}"));
        let register = &story.register;
        let viewer = Viewer { staff: &staff, directory: register.directory(), date: london_date(now()) };
        let all = entries(register, &[MEADOW.into()], &viewer, now()).into_iter();
        all.map(|entry| entry.summary).filter(|summary| summary.contains("(ABC123)")).collect()
    };
    let manager = summaries(&story, "registered_manager");
    assert!(
        manager[0].starts_with("Waits for the risk review; the decision is late: Medicines"),
        "{manager:?}"
    );
    let senior = summaries(&story, "senior");
    assert!(senior[0].starts_with("Late: Review the risk: Medicines"), "{senior:?}");
    let review = json!({"potential_most_likely": 3, "potential_worst": 4, "likelihood": 3});
    story.does("senior", at("2026-08-09T12:00+01:00"), "review_risk", "r-waits-abc123", review);
    let manager = summaries(&story, "registered_manager");
    assert!(manager[0].starts_with("Late: Decide who must be told: Medicines"), "{manager:?}");
}
