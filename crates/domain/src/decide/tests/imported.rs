//! The past that is brought in: who may, what it counts for, and what it leaves alone. See decision 013.

use crate::{
    audits,
    measures::{Scope, What, count, monthly_counts},
    pathway::State,
    patterns::tests::{Home, at, medication, noon, report},
    record::Kind,
    refusal::Code,
    time::{london_date, parse_date},
};
use serde_json::{Value, json};

fn past(date: &str, fields: Value) -> Value {
    let mut with = medication(json!({"occurred_at": format!("{date}T09:00:00+01:00"), "location": "lounge"}));
    for (name, value) in fields.as_object().into_iter().flatten() {
        with[name] = value.clone();
    }
    with
}

fn brought_in(home: &mut Home, record: &str, with: Value) {
    home.does("registered_manager", noon("2026-06-20"), "import_past", record, with);
}

#[test]
fn only_the_registered_manager_and_the_administrator_bring_the_past_in() {
    let home = Home::new();
    let tries =
        |by: &str| home.tries(by, noon("2026-06-20"), "import_past", "r", past("2025-06-01", json!({})));
    for by in ["registered_manager", "administrator"] {
        assert!(tries(by).is_ok(), "{by}");
    }
    for by in ["reporter", "senior", "deputy_manager", "provider", "medication_lead"] {
        assert_eq!(tries(by), Err(Code::RoleNotAllowed), "{by}");
    }
}

#[test]
fn it_is_of_the_past_and_of_a_known_time() {
    let mut home = Home::new();
    let now = noon("2026-06-20");
    let tries = |home: &Home, with: Value| {
        home.tries("registered_manager", now, "import_past", "r", with).map(|_| ()).expect_err("refused")
    };
    assert_eq!(tries(&home, past("2026-06-21", json!({}))), Code::OccurredInFuture);
    assert_eq!(tries(&home, medication(json!({}))), Code::MissingField);
    assert_eq!(tries(&home, past("2025-06-01", json!({"error_type": null}))), Code::MissingField);
    assert_eq!(tries(&home, past("2025-06-01", json!({"identity": "confidential"}))), Code::BadValue);
    assert_eq!(tries(&home, past("2025-06-01", json!({"source_row": 0}))), Code::BadValue);
    assert_eq!(tries(&home, past("2025-06-01", json!({"harm": "some"}))), Code::FactsContradict);
    brought_in(&mut home, "r", past("2025-06-01", json!({})));
    assert_eq!(tries(&home, past("2025-06-01", json!({}))), Code::RecordExists);
    let moment = home.tries("reporter", now, "report", "x", medication(json!({"source_row": 3})));
    assert_eq!(moment.map(|_| ()), Err(Code::UnknownCode), "only of the past");
}

#[test]
fn it_is_finished_and_says_where_it_comes_from() {
    let mut home = Home::new();
    let fields = json!({"reached": "yes", "harm": "some", "closed_note": "Chart changed", "source_row": 12});
    brought_in(&mut home, "r", past("2025-06-01", fields));
    let record = home.record("r");
    assert_eq!((record.state, record.kind), (State::Closed, Kind::Incident));
    let imported = record.imported.as_ref().expect("imported");
    assert_eq!((imported.closed_note.as_str(), imported.source_row), ("Chart changed", Some(12)));
    assert!(!record.facts.has("source_row") && !record.facts.has("closed_note"));
    assert!(!record.is_urgent() && record.urgent_reasons().is_empty());
    assert!(crate::due::items(record, &home.register.directory().settings("meadow")).is_empty());
    assert_eq!(home.register.decisions("meadow").count(), 0);
    assert!(record.decisions.is_empty());
    home.does("reporter", noon("2026-06-21"), "add_note", "r", json!({"text": "seen"}));
    assert!(!home.record("r").is_urgent(), "a note changes nothing");
}

#[test]
fn it_counts_on_the_day_it_happened() {
    let mut home = Home::new();
    brought_in(&mut home, "a", past("2025-06-01", json!({})));
    brought_in(&mut home, "b", past("2025-08-01", json!({})));
    let calm = report("behaviour", json!({"occurred_at": "2025-08-02T09:00:00+01:00"}));
    brought_in(&mut home, "c", calm);
    let date = |text: &str| parse_date(text).expect("date");
    let all = |what| count(&home.register, &Scope::default(), what, date("2025-06-01"), date("2025-08-31"));
    assert_eq!((all(What::NearMiss), all(What::All)), (3, 3), "also behaviour, which nobody confirms");
    let months = monthly_counts(
        &home.register,
        &Scope::default(),
        What::NearMiss,
        date("2025-06-01"),
        date("2025-08-31"),
    );
    assert_eq!(months.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 0, 2]);
}

#[test]
fn no_rule_starts_from_it_or_counts_it() {
    let mut home = Home::new();
    for (record, day) in [("a", 15), ("b", 16), ("c", 17)] {
        let fields = json!({"people": ["P-1"], "risk_group": "insulin", "defence": "luck"});
        brought_in(&mut home, record, past(&format!("2026-06-{day}"), fields));
    }
    assert_eq!(home.register.alerts("meadow").count(), 0);
    // One of today, alike in everything: alone it is no pattern.
    let today = json!({"people": ["P-1"], "risk_group": "insulin", "defence": "luck", "location": "lounge"});
    home.reports(noon("2026-06-20"), "now", medication(today));
    assert_eq!(home.register.alerts("meadow").count(), 0);
    home.register.settle(at("2027-06-20T12:00+01:00"));
    assert_eq!(home.register.alerts("meadow").count(), 0, "nor silence");
}

#[test]
fn it_is_in_no_audit_even_when_it_was_opened_again() {
    let mut home = Home::new();
    brought_in(&mut home, "r", past("2026-06-01", json!({})));
    let day = noon("2026-06-21");
    home.does("registered_manager", day, "reopen", "r", json!({"reason": "One thing more"}));
    assert_eq!(home.record("r").state, State::AwaitingAction);
    home.does("registered_manager", day, "no_action_needed", "r", json!({"reason": "Done then"}));
    home.does("registered_manager", day, "close", "r", json!({"reason": "Of the past"}));
    assert_eq!(home.register.alerts("meadow").count(), 0);
    let later = noon("2026-07-05");
    home.does(
        "registered_manager",
        later,
        "open_audit",
        "",
        json!({"category": "medication", "period": "2026-06"}),
    );
    let line = audits::audit(&home.register, "meadow", "medication", "2026-06", later).expect("opened");
    assert!(line.audit.is_some_and(|audit| audit.sample.is_empty()));
    assert_eq!(london_date(home.record("r").facts.occurred_at()), parse_date("2026-06-01").expect("date"));
}
