//! A pack calls a record what the app calls it, and no two records the same.

use crate::life::{HOMES, Life, event, now, request, staff_of};
use chrono::Duration;
use domain::ids::{REFERENCE, reference};
use evidence::{PackKind, examples_of, html};
use serde_json::json;

#[test]
fn a_record_has_the_reference_by_which_the_app_finds_it() {
    let life = Life::of(60);
    let asked = request(PackKind::Inspector);
    let page = html(&life.register, &asked, None);
    for id in examples_of(&life.register, &asked) {
        let name = reference(&id, REFERENCE);
        assert!(page.contains(&format!("({name})</a>")), "the way in to {name}");
        assert!(page.contains(&format!("id=\"story-{name}\"")), "the story of {name}");
    }
    for record in life.register.records() {
        assert!(page.contains(&format!(">{}<", reference(&record.id, REFERENCE))), "{}", record.id);
    }
    assert!(!page.contains(">R1<"), "no number of this pack only");
}

#[test]
fn two_records_that_share_the_end_of_their_ids_have_longer_references() {
    let mut life = Life::of(60);
    let (home, when) = (HOMES[0], now() - Duration::days(20));
    let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "lighting",
        "location": format!("{home}-lounge"), "concern": "fairly", "identity": "named"});
    let author = staff_of("reporter", home);
    life.arrive(event("twin", "report", home, "other-00012", &author, when, with), when);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    for name in ["D00012", "R00012"] {
        assert!(page.contains(&format!(">{name}<")), "{name}");
    }
    let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "lighting",
        "location": format!("{home}-lounge"), "concern": "fairly", "identity": "named"});
    life.arrive(event("triplet", "report", home, "shod-00012", &author, when, with), when);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert!(!page.contains(">D00012<"), "it would be two records");
    for name in ["RD00012", "OD00012", "R00012"] {
        assert!(page.contains(&format!(">{name}<")), "{name}");
    }
}
