//! A quick record in a pack: what nobody has been asked is not told as if somebody had said "something else".

use crate::life::{HOMES, Life, event, now, request, staff_of};
use chrono::Duration;
use domain::{
    category::{find, medication::PIR_CATEGORY},
    record::NOT_ANSWERED,
};
use evidence::{NO_NATIONAL_KIND, PackKind, Story, doc::Block, framework::Where, html};
use serde_json::{Map, Value, json};

/// A life with quick records of medicines, and one whose reporter said that it did not reach anybody.
fn with_quick(records: usize) -> Life {
    let mut life = Life::of(records);
    let (home, carer) = (HOMES[0], staff_of("reporter", HOMES[0]));
    let spec = find("medication").expect("a category");
    for (number, said) in [json!({}), json!({}), json!({"happened": "something_happened", "reached": "no"})]
        .into_iter()
        .enumerate()
    {
        let when = now() - Duration::days(30) + Duration::minutes(number as i64);
        let mut known = said.as_object().cloned().unwrap_or_default();
        known.extend(Map::from_iter([("category".to_owned(), json!("medication"))]));
        let record = format!("quick-{number}");
        let with = Value::Object(spec.quick(&known));
        life.arrive(event(&format!("{record}-in"), "report", home, &record, &carer, when, with), when);
    }
    life
}

#[test]
fn a_story_says_in_the_words_of_the_page_what_is_not_answered() {
    let life = with_quick(5);
    let record = life.register.record("quick-0").expect("known");
    let story = Story::alone(&life.register, record, false, false, now());
    assert!(story.title.starts_with(NOT_ANSWERED), "{}", story.title);
    assert!(story.in_short[0].contains("what it was is not answered yet"), "{}", story.in_short[0]);
    let noticed = &story.parts[0];
    let facts = noticed.blocks.iter().find_map(|block| match block {
        Block::Facts(facts) => Some(facts),
        _ => None,
    });
    for label in ["What nearly went wrong", "Did something happen?", "Did it reach a person?"] {
        let fact = facts.expect("facts").iter().find(|(name, _)| name == label);
        assert_eq!(fact.map(|(_, said)| said.as_str()), Some(NOT_ANSWERED), "{label}");
    }
    let told = format!("{story:?}");
    assert!(told.contains(NO_NATIONAL_KIND), "{told}");
    for nobody_said in ["Something else", "omething else (", "Not sure", "provider information return: "] {
        assert!(!told.contains(nobody_said), "{nobody_said} in {told}");
    }
}

#[test]
fn a_pack_counts_what_is_not_answered_as_that_and_in_no_national_category() {
    let page = |life: &Life| html(&life.register, &request(PackKind::MedicationAuditFile), None);
    let (without, with) = (page(&Life::of(40)), page(&with_quick(40)));
    // The number beside a name in the table of this caption.
    let row = |page: &str, caption: &str, name: &str| {
        let table = page.split(&format!("class=\"cap\">{caption}")).nth(1)?.split("</table>").next()?;
        let at = table.find(&format!(">{name}<"))?;
        let cell = table[at..].split("<td").nth(1)?;
        cell.split_once('>')?.1.split('<').next().map(str::to_owned)
    };
    let errors = "By what nearly went wrong";
    assert_eq!(row(&without, errors, NOT_ANSWERED), None);
    assert_eq!(row(&with, errors, NOT_ANSWERED).as_deref(), Some("3"));
    assert_eq!(row(&with, errors, "Something else"), None);
    let (national, manner) =
        ("By category of the provider information return", PIR_CATEGORY.label("incorrect_manner"));
    assert!(row(&without, national, manner).is_some());
    assert_eq!(row(&with, national, manner), row(&without, national, manner));
    assert!(with.contains("3 of them not answered yet"), "the table says so");
    assert!(with.contains("Of 3 more nobody has said yet what it was."), "and so does the picture");
    assert!(!without.contains("nobody has said yet what it was"));
}

#[test]
fn an_answer_that_nobody_gave_shows_no_statement() {
    let life = with_quick(0);
    let record = life.register.record("quick-0").expect("known");
    let asks = |name: &str, code: &str| -> Where {
        serde_json::from_value(json!({"fields": {name: [code]}})).expect("a condition")
    };
    for (name, code) in [("error_type", "other"), ("reached", "unsure")] {
        assert_eq!(record.facts.code(name), Some(code));
        assert!(!asks(name, code).holds(&life.register, record), "{name}");
    }
    let said = life.register.record("quick-2").expect("known");
    assert!(asks("reached", "no").holds(&life.register, said), "that was said");
}
