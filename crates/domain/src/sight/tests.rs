//! What a commissioner reads: enough to count and compare, and nobody's name or words.

use super::*;
use crate::{
    directory::{Asset, Person, Place, Site, Staff},
    event::Outcome,
    fields::{Field, Kind},
    testing,
    time::parse_instant,
    verbs,
};
use chrono::Duration;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const WORDS: &str = "Mrs Smith fell";

fn home() -> Register {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site { units: vec!["ground".into()], ..Site::default() });
    directory.places.insert("bath".into(), Place { site: "elm".into(), ..Place::default() });
    for (id, role) in [("rita", Role::Reporter), ("sean", Role::Senior), ("cora", Role::Commissioner)] {
        let roles = [("elm".into(), vec![role])].into();
        directory.staff.insert(id.into(), Staff { roles, ..Staff::default() });
    }
    Register::new(Arc::new(directory))
}

fn received(number: u32, verb: &str, record: Option<&str>, with: Value) -> Received {
    let at = parse_instant("2026-06-11T08:00+01:00").expect("a time");
    let mut received = testing::received(number, verb, at, with);
    received.event.record = record.map(Into::into);
    received.event.device = "sean-phone".into();
    received
}

fn report() -> Value {
    json!({"category": "medication", "happened": "something_happened", "reached": "no", "error_type": "wrong_dose"})
}

fn shown(register: &Register, received: &Received) -> Event {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 6, 11).expect("a date");
    let cora = StaffId::from("cora");
    Viewer { staff: &cora, directory: register.directory(), date }.shown(register, received).event
}

/// Every field filled with words, where words fit, and also where they do not.
fn filled(fields: &[Field]) -> Map<String, Value> {
    let value = |kind: &Kind| match kind {
        Kind::Texts | Kind::Codes(_) => json!([WORDS]),
        Kind::Group(fields) => Value::Object(filled(fields)),
        Kind::CodeMap(keys, _) => json!({keys.codes[0].code: WORDS, WORDS: "y"}),
        Kind::GroupMap(keys, fields) => json!({keys.codes[0].code: filled(fields)}),
        Kind::Changes => {
            let all = crate::category::CATEGORIES.into_iter().map(|spec| spec.fields).chain([verbs::REPORT]);
            Value::Object(all.flat_map(filled).collect())
        }
        _ => json!(WORDS),
    };
    fields.iter().map(|field| (field.name.to_owned(), value(&field.kind))).collect()
}

#[test]
fn a_commissioner_reads_no_words_and_no_staff_in_any_field_of_any_verb() {
    let mut register = home();
    register.take(Arc::new(received(1, "report", Some("r"), report())));
    for spec in verbs::VERBS {
        let mut with = filled(spec.fields);
        with.insert("a_field_of_a_newer_app".into(), json!(WORDS));
        let record = (!spec.of_site).then_some("r");
        let event = shown(&register, &received(2, spec.name, record, Value::Object(with)));
        let text = serde_json::to_string(&event).expect("JSON");
        assert!(!text.contains("Smith") && !text.contains("sean"), "{}: {text}", spec.name);
    }
    let newer = shown(&register, &received(2, "fly", Some("r"), json!({"wings": WORDS})));
    assert!(newer.with.is_empty());
}

#[test]
fn what_is_coded_stays() {
    let mut register = home();
    register.take(Arc::new(received(1, "report", Some("r"), report())));
    register.take(Arc::new(received(2, "ask", Some("r"), json!({"text": WORDS}))));
    let check = |verb: &str, with: Value, expected: Value| {
        let record = (!verb.ends_with("audit") && verb != "record_denominator").then_some("r");
        let event = shown(&register, &received(9, verb, record, with));
        assert_eq!(Value::Object(event.with.into_map()), expected, "{verb}");
    };
    check("answer", json!({"question": "e2", "text": WORDS}), json!({"question": "e2"}));
    check("answer", json!({"question": WORDS}), json!({}));
    let count = json!({"count": 1, "per": 28, "unit": "days"});
    check(
        "record_outcome",
        json!({"measure": WORDS, "value": count, "verdict": "worse", "evidence": ["audit"],
            "supervision": {"staff": "rita", "date": "2026-06-12", "result": WORDS}}),
        json!({"value": count, "verdict": "worse", "evidence": ["audit"], "supervision": {"date": "2026-06-12"}}),
    );
    check(
        "plan_action",
        json!({"text": WORDS, "owner": "rita", "due": "2026-06-20", "strength": "weaker"}),
        json!({"due": "2026-06-20", "strength": "weaker"}),
    );
    check(
        "assess_notification",
        json!({"answers": {"death": "n"}, "outcome": "notify_now", "reason": WORDS, "finding": WORDS,
            "bodies": {"cqc": {"needed": true, "reason": WORDS}}, "suggests": {"cqc": "needed"}}),
        json!({"answers": {"death": "n"}, "outcome": "notify_now", "bodies": {"cqc": {"needed": true}},
            "suggests": {"cqc": "needed"}}),
    );
    check(
        "amend",
        json!({"changes": {"location": "bath", "unit": "the blue room", "harm": null, "text": WORDS}, "reason": WORDS}),
        json!({"changes": {"location": "bath", "harm": null}}),
    );
    check(
        "record_denominator",
        json!({"measure": "care_hours", "month": "2026-05", "value": 900}),
        json!({"measure": "care_hours", "month": "2026-05", "value": 900}),
    );
    check(
        "open_audit",
        json!({"category": "medication", "period": WORDS}),
        json!({"category": "medication"}),
    );
}

#[test]
fn a_room_and_what_stands_in_it_tell_who_lives_there() {
    let mut directory = Directory::clone(home().directory());
    directory.places.insert("room-16".into(), Place { site: "elm".into(), ..Place::default() });
    directory
        .people
        .insert("R-1".into(), Person { site: "elm".into(), place: "room-16".into(), ..Person::default() });
    for (code, place) in [("bed-16", "room-16"), ("hoist-1", "bath")] {
        let asset = Asset { site: "elm".into(), place: place.into(), ..Asset::default() };
        directory.assets.insert(code.into(), asset);
    }
    let register = Register::new(Arc::new(directory));
    let with = |location: &str, asset: &str| {
        let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist",
            "location": location, "asset": asset});
        shown(&register, &received(1, "report", Some("r"), with)).with
    };
    let (home, bath) = (with("room-16", "bed-16"), with("bath", "hoist-1"));
    assert!(!home.contains_key("location") && !home.contains_key("asset"), "{home:?}");
    assert!(bath["location"] == "bath" && bath["asset"] == "hoist-1", "{bath:?}");
}

#[test]
fn an_event_of_another_site_that_names_a_record_is_not_shown_to_those_who_see_the_record() {
    let mut register = home();
    register.take(Arc::new(received(1, "report", Some("r"), report())));
    let date = chrono::NaiveDate::from_ymd_opt(2026, 6, 11).expect("a date");
    let cora = StaffId::from("cora");
    let viewer = Viewer { staff: &cora, directory: register.directory(), date };
    let mut elsewhere = received(2, "add_note", Some("r"), json!({"text": WORDS})).event;
    assert!(viewer.sees_event(&register, &elsewhere));
    elsewhere.site = "oak".into();
    assert!(!viewer.sees_event(&register, &elsewhere));
}

#[test]
fn questions_of_the_provider_are_for_those_who_run_or_oversee_the_site() {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site::default());
    directory.sites.insert("oak".into(), Site::default());
    for role in Role::ALL {
        let roles = [("elm".into(), vec![role])].into();
        directory.staff.insert(role.code().into(), Staff { roles, ..Staff::default() });
    }
    let roles = [("oak".into(), vec![Role::RegisteredManager])].into();
    directory.staff.insert("elsewhere".into(), Staff { roles, ..Staff::default() });
    let register = Register::new(Arc::new(directory));
    let date = chrono::NaiveDate::from_ymd_opt(2026, 6, 11).expect("a date");
    let who_sees = |verb: &str| -> Vec<&str> {
        let asked = received(1, verb, None, json!({"text": WORDS})).event;
        let staff = register.directory().staff.keys();
        let sees = |id: &&StaffId| {
            Viewer { staff: id, directory: register.directory(), date }.sees_event(&register, &asked)
        };
        staff.filter(sees).map(|id| id.as_str()).collect()
    };
    let expected = ["commissioner", "deputy_manager", "inspector", "provider", "registered_manager"];
    assert_eq!(who_sees("ask_manager"), expected);
    assert_eq!(who_sees("answer_provider"), expected);
}

#[test]
fn who_reported_in_confidence_stays_hidden_where_the_report_was_set_aside() {
    let mut register = home();
    let set_aside = |number: u32, verb: &str, by: &str, with: Value| {
        let mut received = received(number, verb, Some("r"), with);
        received.event.by = Author::from(by);
        received.judgement.result = Outcome::SetAside;
        received.judgement.received_at += Duration::seconds(17);
        received
    };
    let mut sealed = report();
    sealed["identity"] = json!("confidential");
    let all = [
        set_aside(1, "add_note", "rita", json!({"text": "Too early"})),
        set_aside(2, "report", "rita", sealed),
        set_aside(3, "add_note", "rita", json!({"text": "Mine"})),
        set_aside(4, "add_note", "sean", json!({"text": "Not mine"})),
        set_aside(5, "review_risk", "rita", json!({})),
    ];
    all.iter().for_each(|received| register.take(Arc::new(received.clone())));
    let date = chrono::NaiveDate::from_ymd_opt(2026, 6, 11).expect("a date");
    let read_by = |staff: &str| -> Vec<(String, bool, bool)> {
        let staff = StaffId::from(staff);
        let viewer = Viewer { staff: &staff, directory: register.directory(), date };
        let shown = all.iter().map(|received| viewer.shown(&register, received));
        let line = |Received { event, judgement }: Received| {
            let exact = judgement.received_at.timestamp() % 60 != 0;
            (event.by.code().to_owned(), &*event.device != "hidden", exact)
        };
        shown.map(line).collect()
    };
    let (named, hidden) = (|by: &str| (by.to_owned(), true, true), ("hidden".to_owned(), false, false));
    let expected = [named("rita"), hidden.clone(), hidden, named("sean"), named("rita")];
    assert_eq!(read_by("manager"), expected, "what came before, and what is no reporter's, stays as it is");
    assert!(read_by("rita").iter().all(|(by, ..)| by != "hidden"), "their own words are theirs");
}
