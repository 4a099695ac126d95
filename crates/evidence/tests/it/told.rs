//! What was done stands in a pack without names: words that the app offered, and what its maker wrote for it.

use crate::life::{Life, SECRET, event, now, request, staff_of};
use chrono::Duration;
use domain::{category, ids::RecordId, pathway::State};
use evidence::{Fault, PackKind, Story, doc::Block, examples_of, html, own_words::OwnWords};
use serde_json::json;

/// The words of a story without names.
fn words(life: &Life, record: &str) -> String {
    let record = life.register.record(record).expect("known");
    let story = Story::alone(&life.register, record, false, false, now());
    let blocks = story.parts.iter().flat_map(|part| &part.blocks).map(|block| match block {
        Block::Para(text) | Block::Note(text) | Block::Quote(text) | Block::Heading(text) => text.clone(),
        Block::List(lines) => lines.join("\n"),
        block => format!("{block:?}"),
    });
    story.in_short.iter().cloned().chain(blocks).collect::<Vec<_>>().join("\n")
}

/// A record that waits for action, with an action of these words done.
fn with_action(life: &mut Life, text: &str, name: &str) -> RecordId {
    let waiting = life.register.records().find(|record| record.state == State::AwaitingAction);
    let (record, site, category) = waiting
        .map(|record| (record.id.clone(), record.site.clone(), record.facts.category().to_owned()))
        .expect("one that waits");
    let lead = domain::category::find(&category).map(|spec| spec.owner(4).code()).expect("a lead");
    let owner = staff_of(lead, &site);
    let when = now() - Duration::days(2);
    let planned = json!({"text": text, "owner": owner, "due": "2026-10-04", "strength": "intermediate",
        "kind": "corrective"});
    life.arrive(event(name, "plan_action", &site, &record, &owner, when, planned), when);
    let later = when + Duration::hours(1);
    let done = json!({"action": name, "evidence": ["audit"]});
    life.arrive(
        event(&format!("{name}-done"), "complete_action", &site, &record, &owner, later, done),
        later,
    );
    record
}

#[test]
fn words_that_the_app_offered_are_told_and_changed_ones_are_not() {
    for spec in category::CATEGORIES {
        for template in spec.templates() {
            assert!(template.text.trim() == template.text, "{}", template.text);
        }
    }
    let offered = category::CATEGORIES[1].templates()[0].text;
    let mut life = Life::of(60);
    let record = with_action(&mut life, offered, "offered");
    let told = words(&life, &record);
    assert!(
        told.contains(&format!(
            "An action in between stronger and weaker that puts it right: \u{201c}{offered}\u{201d}."
        )),
        "{told}"
    );
    assert!(told.contains("Done on 3 October 2026. Evidence: "), "{told}");
    let page = html(&life.register, &request(PackKind::ImprovementPlan), None);
    assert!(page.contains(&format!("{offered} (puts it right)")), "the plan says it too");

    let mut life = Life::of(60);
    let record = with_action(&mut life, &format!("{offered} for {SECRET}"), "changed");
    let told = words(&life, &record);
    assert!(!told.contains(offered) && !told.contains(SECRET), "{told}");
    assert!(told.contains("An action in between stronger and weaker that puts it right. Owner: "), "{told}");
}

#[test]
fn what_the_maker_wrote_about_an_example_stands_in_the_pack_with_who_wrote_it() {
    let life = Life::of(60);
    let mut asked = request(PackKind::Inspector);
    let record = examples_of(&life.register, &asked)[0].clone();
    let before = html(&life.register, &asked, None);
    assert!(!before.contains("Written for this pack"), "nothing was written");
    asked.words = vec![OwnWords {
        record,
        happened: "The wrong strip was picked & put back.".into(),
        changed: " Each strip has its own drawer. ".into(),
    }];
    assert_eq!(asked.check(&life.register), Ok(()));
    let page = html(&life.register, &asked, None);
    for words in [
        "Written for this pack by the Registered Manager on 5 October 2026.",
        "What happened:",
        "The wrong strip was picked &amp; put back.",
        "What we changed:",
        ">Each strip has its own drawer.<",
        "In short, from the record",
    ] {
        assert_eq!(page.matches(words).count(), 1, "{words}");
    }
    asked.kind = PackKind::Commissioner;
    assert!(!html(&life.register, &asked, None).contains("drawer"), "counts only");
}

#[test]
fn own_words_that_name_somebody_or_are_long_are_told_before_the_pack_is_made() {
    let life = Life::of(20);
    let faults = |words: &str, reason: Option<&str>| {
        let mut asked = request(PackKind::Inspector);
        asked.identified = reason.map(str::to_owned);
        let words = OwnWords { changed: words.to_owned(), ..OwnWords::default() };
        asked.words = vec![words];
        asked.check(&life.register).err().unwrap_or_default()
    };
    let name = |text: &str| vec![Fault::WordsName(text.to_owned())];
    assert_eq!(faults("We asked P-oakview-3 first.", None), name("P-oakview-3"));
    assert_eq!(faults("We asked zebedee senior, who agreed.", None), name("Zebedee senior"));
    assert_eq!(faults("We asked Mrs Hart.", None), name("Mrs Hart"));
    assert_eq!(faults("We asked P-oakview-30 first.", None), Vec::new());
    assert_eq!(faults("We asked Mrs Hart.", Some("She agreed")), Vec::new());
    assert_eq!(faults(&"a".repeat(400), None), Vec::new());
    assert_eq!(faults(&"a".repeat(401), None), vec![Fault::WordsTooLong]);
}
