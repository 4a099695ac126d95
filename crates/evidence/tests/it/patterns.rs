//! The patterns of a pack say what they are about, and no room and no person.

use crate::life::{HOMES, Life, SECRET, event, now, request, staff_of};
use chrono::Duration;
use domain::{patterns::Rule, vocabulary};
use evidence::{PackKind, html};
use serde_json::json;
use std::collections::BTreeSet;

/// Pattern, what it is about, site, when it was found, records, what became of it; of the chapter of patterns.
fn rows(page: &str) -> Vec<Vec<String>> {
    let chapter =
        page.split("<section id=\"patterns\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let body = chapter.and_then(|chapter| chapter.split("<tbody>").nth(1)).unwrap_or_default();
    let cells = |row: &str| {
        let words = row.split("</t").map(|cell| cell.rsplit('>').next().unwrap_or_default().to_owned());
        words.collect::<Vec<String>>()
    };
    body.split("<tr>").skip(1).map(cells).collect()
}

#[test]
fn a_pattern_says_what_it_is_about_and_rows_that_read_the_same_are_one() {
    let life = Life::of(200);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    let rows = rows(&page);
    assert!(rows.len() > 5, "{}", rows.len());
    let distinct: BTreeSet<_> = rows
        .iter()
        .map(|row| {
            [&row[0], &row[1], &row[2], &row[5]].map(|words| words.split(" (").next().unwrap_or_default())
        })
        .collect();
    assert_eq!(distinct.len(), rows.len(), "one row for each rule, thing, site and stage");
    for rule in [Rule::RecurrenceAfterClose, Rule::SameRiskGroup, Rule::SameTypeSamePlace] {
        let label = vocabulary::ALERT_RULE.label(rule.code());
        let of_rule: Vec<_> = rows.iter().filter(|row| row[0].starts_with(label)).collect();
        assert!(!of_rule.is_empty(), "{label}");
        for row in of_rule {
            assert!(row[1].contains(": "), "{label}: {}", row[1]);
        }
    }
    for row in &rows {
        for never in ["Room ", "-room-", "P-"] {
            assert!(!row[1].contains(never), "{}", row[1]);
        }
    }
    assert!(rows.iter().any(|row| row[1].ends_with("Lounge")), "a place that all share is named");
}

#[test]
fn rows_stand_for_all_their_patterns() {
    let life = Life::of(200);
    let asked = request(PackKind::Inspector);
    let page = html(&life.register, &asked, None);
    let counted: usize = rows(&page)
        .iter()
        .map(|row| {
            let times = row[0].rsplit_once(" (").and_then(|(_, times)| times.strip_suffix(" patterns)"));
            times.map_or(1, |times| times.parse().expect("a number"))
        })
        .sum();
    let alerts = asked.sites.iter().flat_map(|site| life.register.alerts(site));
    assert_eq!(counted, alerts.count());
}

#[test]
fn what_was_settled_on_several_days_is_one_row_with_the_first_and_the_last() {
    let mut life = Life::of(200);
    let home = HOMES[0];
    // Two persons, so the same to a reader who may not know who they are.
    let of_persons = life.register.alerts(home).filter(|alert| alert.rule == Rule::SamePerson);
    let names: Vec<String> = of_persons.map(|alert| alert.name()).collect();
    let names: BTreeSet<String> = names.into_iter().collect();
    assert!(names.len() > 1, "{names:?}");
    let manager = staff_of("registered_manager", home);
    for (number, name) in names.iter().take(2).enumerate() {
        let when = now() - Duration::hours(48 - 24 * i64::try_from(number).expect("small"));
        let with = json!({"alert": name, "reason": "Looked at with the family."});
        let dismissed = event(&format!("dismiss-{number}"), "dismiss_alert", home, "", &manager, when, with);
        life.arrive(dismissed, when);
    }
    let page = html(&life.register, &request(PackKind::Inspector), None);
    let rows = rows(&page);
    let settled: Vec<_> =
        rows.iter().filter(|row| row[5].contains("(")).filter(|row| row[0].contains("patterns)")).collect();
    assert!(settled.iter().any(|row| row[5].contains("3 Oct 2026 to 4 Oct 2026).")), "{settled:#?}");
}

#[test]
fn a_reader_is_told_why_a_pattern_was_set_aside_and_which_action_covers_another() {
    let mut life = Life::of(200);
    let home = HOMES[0];
    let manager = staff_of("registered_manager", home);
    let open = |rule: Rule| {
        let mut alerts = life.register.alerts(home).filter(|alert| alert.rule == rule && !alert.is_settled());
        alerts.next().map(|alert| alert.name()).expect("an open alert")
    };
    let (aside, covered) = (open(Rule::SameTypeSamePlace), open(Rule::SameRiskGroup));
    let action = life.register.of_site(home).find_map(|record| record.actions.first()).expect("an action");
    let (done, text, id) = (action.done.clone(), action.text.clone(), action.id.clone());
    let reason = format!("{SECRET} looked at all three: the lift was the cause of each");
    for (id, verb, with) in [
        ("aside", "dismiss_alert", json!({"alert": aside, "reason": reason})),
        ("covered", "link_alert", json!({"alert": covered, "action": id})),
    ] {
        let when = now() - Duration::hours(24);
        life.arrive(event(id, verb, home, "", &manager, when, with), when);
    }
    let became = |identified: Option<&str>, kind: PackKind, state: &str| {
        let mut asked = request(kind);
        asked.identified = identified.map(str::to_owned);
        let page = html(&life.register, &asked, None);
        let words = rows(&page).into_iter().map(|row| row[5].clone());
        words
            .filter(|words| words.starts_with(state) && words.contains("4 Oct 2026"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let [set_aside, linked] = ["dismissed", "linked"].map(|state| vocabulary::ALERT_STATE.label(state));
    let kind = PackKind::Inspector;
    let plain = became(None, kind, set_aside);
    assert!(plain.contains("The reason was typed, so it is left out here."), "{plain}");
    assert!(!plain.contains(SECRET), "{plain}");
    assert!(became(Some("Asked for"), kind, set_aside).contains(&reason));
    let plain = became(None, kind, linked);
    assert!(plain.contains(" action that ") && plain.contains(", record "), "{plain}");
    assert!(plain.contains(if done.is_some() { ", done " } else { ", not done yet, due " }), "{plain}");
    assert!(!plain.contains(SECRET), "{plain}");
    assert!(became(Some("Asked for"), kind, linked).contains(text.trim()));
}
