//! The unit of a report is one of the site. Source: model.md section 3.

use super::*;

fn home_with(units: &[&str]) -> Home {
    let mut home = Home::new();
    let mut directory = home.register.directory().clone();
    directory.sites.entry("meadow".into()).or_default().units =
        units.iter().map(|unit| (*unit).to_owned()).collect();
    home.register.set_directory(Arc::new(directory));
    home
}

fn from(unit: &str) -> Value {
    let mut report = report("environment");
    report["unit"] = unit.into();
    report
}

#[test]
fn a_unit_that_the_site_does_not_have_is_an_unknown_code() {
    let mut home = home_with(&["ground", "first"]);
    assert_eq!(home.try_to("care", "report", "r", from("attic")), Err(Code::UnknownCode));
    assert_eq!(home.try_to("care", "report", "r", from("main")), Err(Code::UnknownCode));
    home.does("care", "report", "r", from("first"));
    let to = |unit: Value| json!({"changes": {"unit": unit}, "reason": "It was upstairs"});
    assert_eq!(home.try_to("senior", "amend", "r", to("attic".into())), Err(Code::UnknownCode));
    home.does("senior", "amend", "r", to("ground".into()));
    home.does("senior", "amend", "r", to(Value::Null));
    home.does("senior", "return_for_correction", "r", json!({"question": "Where?"}));
    let changes = json!({"changes": {"unit": "attic"}});
    assert_eq!(home.try_to("care", "resubmit", "r", changes), Err(Code::UnknownCode));
    assert_eq!(home.try_to("care", "report", "r2", json!({"unit": "attic"})), Err(Code::MissingField));
    let mut wrong = from("attic");
    wrong["concern"] = 5.into();
    assert_eq!(home.try_to("care", "report", "r2", wrong), Err(Code::UnknownCode));
    assert_eq!(home.try_to("care", "report", "r2", from("")), Ok("e15".into()));
}

#[test]
fn a_site_without_units_has_the_one_unit_main() {
    let mut home = home_with(&[]);
    assert_eq!(home.try_to("care", "report", "r", from("ground")), Err(Code::UnknownCode));
    home.does("care", "report", "r", from("main"));
}

#[test]
fn a_report_from_a_unit_that_is_gone_is_taken_and_a_change_to_one_is_set_aside() {
    let mut home = home_with(&["ground", "first"]);
    home.does("care", "report", "r", from("ground"));
    let report = home.event("care", "report", "r2", from("first"));
    let change =
        home.event("care", "amend", "r", json!({"changes": {"unit": "first"}, "reason": "Upstairs"}));
    let mut directory = home.register.directory().clone();
    directory.sites.entry("meadow".into()).or_default().units = vec!["ground".into()];
    home.register.set_directory(Arc::new(directory));
    assert_eq!(home.arrive(report).result, Outcome::Applied);
    assert_eq!(home.register.unit(home.record("r2")), "first");
    let change = home.arrive(change);
    assert_eq!((change.result, change.code), (Outcome::SetAside, Some(Code::UnknownCode)));
}
