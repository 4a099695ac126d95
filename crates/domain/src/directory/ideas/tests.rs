//! Promises about ideas for actions: which are offered, in what order, and what is wrong with one.

use super::*;
use crate::{directory::Site, record::Facts, time::parse_instant};
use serde_json::{Value, json};

const FRIDGE: &str = "Move the fridge to the locked room";

fn idea(text: &str, of: &[&str], strength: &str) -> Idea {
    Idea {
        category: "medication".into(),
        text: text.into(),
        strength: strength.into(),
        kind: "preventive".into(),
        of: of.iter().map(|code| (*code).to_owned()).collect(),
        ..Idea::default()
    }
}

fn house(ideas: &[(&str, Idea)]) -> Directory {
    Directory {
        sites: ["elm", "oak"].map(|site| (site.into(), Site::default())).into(),
        ideas: ideas.iter().map(|(id, idea)| ((*id).to_owned(), idea.clone())).collect(),
        ..Directory::default()
    }
}

fn offered(directory: &Directory, site: &str, fields: Value) -> Vec<String> {
    let Value::Object(fields) = fields else { panic!("fields") };
    let facts = Facts::new(fields, parse_instant("2026-06-11T12:00:00+01:00").expect("a time"));
    let spec = facts.spec().expect("a category");
    spec.ideas_for(directory, site, &facts).into_iter().map(|one| one.text).collect()
}

fn patch() -> Value {
    json!({ "category": "medication", "error_type": "patch" })
}

#[test]
fn own_ideas_come_first_the_closest_and_then_the_strongest() {
    let directory = house(&[
        ("a", idea("Weak for all", &[], "weaker")),
        ("b", idea("Strong for all", &[], "stronger")),
        ("c", idea("For patches", &["patch"], "weaker")),
        ("d", idea("For allergies", &["allergy"], "stronger")),
    ]);
    let found = offered(&directory, "elm", patch());
    assert_eq!(found[..3], ["For patches", "Strong for all", "Weak for all"]);
    let shipped = offered(&house(&[]), "elm", patch());
    assert_eq!(found[3..], shipped, "then those that come with the product");
}

#[test]
fn an_idea_is_offered_where_it_is_for_while_it_is_in_use() {
    let at_elm = Idea { sites: vec!["elm".into()], ..idea("At Elm", &[], "weaker") };
    let ended = Idea { retired: true, ..idea("Ended", &[], "weaker") };
    let elsewhere = Idea { category: "environment".into(), ..idea("Of another category", &[], "weaker") };
    let newer = idea("Of a newer app", &[], "unheard");
    let odd = Idea { kind: "unheard".into(), ..idea("Of a newer app too", &[], "weaker") };
    let directory = house(&[("a", at_elm), ("b", ended), ("c", elsewhere), ("d", newer), ("e", odd)]);
    let own = |site: &str| {
        let all = offered(&directory, site, patch());
        let shipped = offered(&house(&[]), site, patch());
        all.into_iter().filter(|text| !shipped.contains(text)).collect::<Vec<_>>()
    };
    assert_eq!(own("elm"), ["At Elm"]);
    assert_eq!(own("oak"), [""; 0]);
}

#[test]
fn what_came_before_counts_as_a_cause() {
    let quiet = Idea { category: "behaviour".into(), ..idea("Close the hatch", &["noise"], "stronger") };
    let directory = house(&[("a", quiet)]);
    let with = |triggers: Value| {
        let fields = json!({ "category": "behaviour", "behaviour_type": "throwing", "triggers": triggers });
        offered(&directory, "elm", fields).iter().any(|text| text == "Close the hatch")
    };
    assert!(with(json!(["pain", "noise"])) && !with(json!(["pain"])));
}

#[test]
fn a_shipped_idea_is_left_out_at_its_sites_only() {
    let mut directory = house(&[]);
    let map = category::shipped("medication.body-map").expect("shipped").text.to_owned();
    directory.left_out.insert("medication.body-map".into(), LeftOut { sites: vec!["elm".into()] });
    assert!(!offered(&directory, "elm", patch()).contains(&map));
    assert!(offered(&directory, "oak", patch()).contains(&map));
}

#[test]
fn a_record_without_an_answer_gets_what_is_for_all() {
    let directory = house(&[("a", idea("For patches", &["patch"], "weaker"))]);
    let found = offered(&directory, "elm", json!({ "category": "medication" }));
    assert!(!found.is_empty() && !found.contains(&"For patches".to_owned()));
}

#[test]
fn everything_that_is_wrong_with_an_idea_is_told_at_its_field() {
    let directory = house(&[("known", idea(FRIDGE, &[], "stronger"))]);
    let check = |idea: Idea, expected: &[(&str, &str)]| {
        let faults = directory.faults_of_idea("new", &idea);
        let told: Vec<(&str, String)> =
            faults.iter().map(|fault| (fault.field(), fault.to_string())).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(field, words)| (*field, words.as_str())).collect();
        assert_eq!(told, expected);
    };
    let good = || idea("Put a lamp over the trolley", &["patch"], "intermediate");
    check(good(), &[]);
    check(Idea { text: " ".into(), ..good() }, &[("text", "Write what will be done.")]);
    check(Idea { text: "é".repeat(LONGEST_IDEA), ..good() }, &[]);
    let long = "é".repeat(LONGEST_IDEA + 1);
    check(Idea { text: long, ..good() }, &[("text", "The idea is too long. Use at most 300 letters.")]);
    let doubled = "You have an idea with the same words already. Change that one.";
    check(Idea { text: "move the  fridge to the LOCKED room.".into(), ..good() }, &[("text", doubled)]);
    let shipped = "This idea comes with Noticed already. Change the words, or use that one.";
    check(Idea { text: "Tell every shift at handover for one week".into(), ..good() }, &[("text", shipped)]);
    let unknown = Idea {
        strength: String::new(),
        kind: "odd".into(),
        of: vec!["noise".into()],
        sites: vec!["ash".into()],
        ..good()
    };
    check(
        unknown,
        &[
            ("of", "There is no noise on the list of this category."),
            ("strength", "Select how strong it is."),
            ("kind", "Select what kind of action it is."),
            ("sites", "There is no site ash."),
        ],
    );
    check(Idea { of: vec!["patch".into(), "patch".into()], ..good() }, &[("of", "patch is there twice.")]);
    check(Idea { category: "laundry".into(), ..good() }, &[("category", "There is no category laundry.")]);
}

#[test]
fn the_same_words_are_two_ideas_at_two_sites_and_in_two_categories() {
    let at = |site: &str| Idea { sites: vec![site.into()], ..idea(FRIDGE, &[], "stronger") };
    let directory = house(&[("known", at("elm"))]);
    let faults = |idea: &Idea| directory.faults_of_idea("new", idea).len();
    assert_eq!(faults(&at("oak")), 0);
    assert_eq!(faults(&Idea { category: "environment".into(), ..at("elm") }), 0);
    assert_eq!(faults(&at("elm")), 1);
    assert_eq!(faults(&idea(FRIDGE, &[], "stronger")), 1, "every site is Elm too");
    assert_eq!(directory.faults_of_idea("known", &at("elm")).len(), 0, "it is no double of itself");
}

#[test]
fn there_are_only_so_many_in_use() {
    let ideas: Vec<(String, Idea)> =
        (0..MOST_IDEAS).map(|nr| (format!("i{nr}"), idea(&format!("Idea {nr}"), &[], "weaker"))).collect();
    let mut directory = house(&[]);
    directory.ideas = ideas.into_iter().collect();
    let one_more = idea("One more", &[], "weaker");
    assert_eq!(directory.faults_of_idea("new", &one_more), [IdeaFault::TooMany]);
    let known = directory.ideas["i7"].clone();
    assert_eq!(directory.faults_of_idea("i7", &known), [], "one that is there can still be changed");
    directory.ideas.entry("i7".into()).and_modify(|idea| idea.retired = true);
    assert_eq!(directory.faults_of_idea("new", &one_more), []);
}

#[test]
fn the_same_words_have_the_same_code_and_others_another() {
    let code = idea(FRIDGE, &[], "weaker").code();
    assert!(code.starts_with("medication-move-the-fridge-to-the-locked-room-"), "{code}");
    assert_eq!(code, idea(" move the fridge to  the locked room.", &["patch"], "stronger").code());
    assert_ne!(code, idea("Move the fridge to the locked room now", &[], "weaker").code());
    let at = |sites: &[&str]| {
        let sites = sites.iter().map(|site| SiteId::from(*site)).collect();
        Idea { sites, ..idea(FRIDGE, &[], "weaker") }.code()
    };
    assert_eq!(at(&["elm", "oak"]), at(&["oak", "elm"]));
    assert!(at(&["elm"]) != at(&["oak"]) && at(&["elm"]) != code, "a manager cannot see what others have");
    assert_ne!(idea("日本", &[], "weaker").code(), idea("中国", &[], "weaker").code());
    assert!(idea(&"word ".repeat(60), &[], "weaker").code().len() <= 64);
}

#[test]
fn words_are_kept_on_one_line() {
    assert_eq!(idea(" Two\nlines\t and\u{0} blanks ", &[], "weaker").tidied().text, "Two lines and blanks");
}
