//! Between ideas for actions, the form that changes one, and the rows of a CSV file. Pure.

use super::super::csv::Row;
use crate::{
    pages::record::form::{
        Ask,
        Look::{Many, One, PickMany, Words},
        Source, ask,
    },
    text::ideas as text,
};
use chrono::NaiveDate;
use domain::{
    category::{self, CATEGORIES, CategorySpec},
    directory::{Directory, Idea, LONGEST_IDEA},
    ids::{SiteId, StaffId},
    roles::{Role, Roles},
    vocabulary::{ACTION_KIND, CONTROL_STRENGTH, CodeList},
};
use serde_json::{Map, Value, json};

pub const KIND: &str = "idea";
pub const LEFT_OUT: &str = "left_out_idea";
/// One group of answers for each list of causes of a category.
const CAUSES: [&str; 2] = ["of", "of_before"];

pub const TEXT: Ask = ask("text", text::TEXT, Words).hint(text::TEXT_HINT).at_most(LONGEST_IDEA).needed();
pub const STRENGTH: Ask = ask("strength", "How strong is it?", One(&CONTROL_STRENGTH)).needed();
/// Of its own name, so that a missing answer is told by its label.
pub const ACTION: Ask = ask("action_kind", "What kind of action is it?", One(&ACTION_KIND)).needed();
pub const SITES: Ask = ask("sites", text::SITES, PickMany(Source::Site)).hint(text::SITES_HINT);

/// Which causes of the category it is for. Behind a line to press, unless some are chosen.
pub fn causes(spec: &CategorySpec, idea: &Idea) -> Vec<Ask> {
    let under = if idea.of.is_empty() { text::WHICH_UNDER } else { "" };
    let one = |(name, list): (&'static str, &'static CodeList)| {
        ask(name, text::which(list.name), Many(list)).hint(text::WHICH_HINT).under(under)
    };
    CAUSES.into_iter().zip(spec.causes()).map(one).collect()
}

/// What stands in the form for an idea.
pub fn in_boxes(spec: &CategorySpec, idea: &Idea) -> Map<String, Value> {
    let mut boxes = Map::new();
    for (ask, code) in [(TEXT, &idea.text), (STRENGTH, &idea.strength), (ACTION, &idea.kind)] {
        if !code.is_empty() {
            boxes.insert(ask.name.to_owned(), code.clone().into());
        }
    }
    for (name, list) in CAUSES.into_iter().zip(spec.causes()) {
        let chosen: Vec<&String> = idea.of.iter().filter(|code| list.has(code)).collect();
        if !chosen.is_empty() {
            boxes.insert(name.to_owned(), json!(chosen));
        }
    }
    if !idea.sites.is_empty() {
        boxes.insert("sites".to_owned(), json!(idea.sites));
    }
    boxes
}

/// The idea of these answers. A code on two lists, for example `other`, is there once.
pub fn idea_of(category: &str, answers: &Map<String, Value>) -> Idea {
    let word = |name: &str| answers.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let words = |name: &str| {
        let list = answers.get(name).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut of: Vec<String> = Vec::new();
    for code in CAUSES.into_iter().flat_map(words) {
        if !of.contains(&code) {
            of.push(code);
        }
    }
    let idea = Idea {
        category: category.to_owned(),
        text: word(TEXT.name),
        strength: word(STRENGTH.name),
        kind: word(ACTION.name),
        of,
        sites: words("sites").into_iter().map(SiteId::from).collect(),
        retired: false,
    };
    idea.tidied()
}

/// Sites whose lists somebody may change, of those that they know.
pub fn kept_sites(directory: &Directory, who: &StaffId, today: NaiveDate) -> Vec<SiteId> {
    let keepers = Roles::of(&[Role::Administrator, Role::RegisteredManager]);
    let sites = directory.sites.keys();
    sites.filter(|site| directory.held(who, site, today).all().meets(keepers)).cloned().collect()
}

/// Where a new idea is for when nobody says: every site for those who look after several and all that they know of.
/// A manager of one site cannot see whether there are others.
pub fn sites_at_first(directory: &Directory, kept: &[SiteId], site: &SiteId) -> Vec<SiteId> {
    let all = kept.len() > 1 && kept.len() == directory.sites.len();
    if all { Vec::new() } else { vec![site.clone()] }
}

/// Puts codes in place of the words of a file, gives each row its code, and says what is wrong with it.
pub fn complete(rows: &mut [Row], directory: &Directory, sites: &[SiteId]) {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for row in rows {
        let answers = &mut row.answers;
        let named = answers.get("category").and_then(Value::as_str).unwrap_or_default().to_owned();
        let spec = category_of(&named);
        let category = spec.map_or(named, |spec| spec.id.to_owned());
        let lists = spec.into_iter().flat_map(CategorySpec::causes).collect::<Vec<_>>();
        answers.entry("sites").or_insert_with(|| json!(sites));
        put_code(answers, "strength", &[&CONTROL_STRENGTH]);
        put_code(answers, "kind", &[&ACTION_KIND]);
        let kind = answers.get("kind").cloned().unwrap_or_default();
        if let Some(of) = answers.get_mut("of").and_then(Value::as_array_mut) {
            for one in of.iter_mut() {
                *one = code_in(&lists, one.as_str().unwrap_or_default()).into();
            }
        }
        let idea = Idea { kind: kind.as_str().unwrap_or_default().to_owned(), ..idea_of(&category, answers) };
        let given = answers.get("id").and_then(Value::as_str).map(str::to_owned);
        let id = given.unwrap_or_else(|| idea.code());
        if spec.is_some() {
            answers.insert("category".into(), category.into());
            answers.insert("text".into(), idea.text.clone().into());
            answers.insert("of".into(), json!(idea.of));
        }
        // Where a needed cell is empty, that was said already.
        if row.problems.is_empty() {
            row.problems.extend(directory.faults_of_idea(&id, &idea).iter().map(ToString::to_string));
        }
        match seen.iter().find(|(known, _)| *known == id) {
            Some((_, first)) => row.problems.push(format!("The same idea is on row {first}.")),
            None => seen.push((id.clone(), row.number)),
        }
        row.answers.insert("id".into(), id.into());
    }
}

/// By its code or its name.
fn category_of(words: &str) -> Option<&'static CategorySpec> {
    category::find(words)
        .or_else(|| CATEGORIES.into_iter().find(|spec| spec.name.eq_ignore_ascii_case(words)))
}

fn put_code(answers: &mut Map<String, Value>, name: &str, lists: &[&'static CodeList]) {
    if let Some(words) = answers.get(name).and_then(Value::as_str) {
        let code = code_in(lists, words);
        answers.insert(name.to_owned(), code.into());
    }
}

/// A code by itself or by its label; other words stay as they are, to be told of.
fn code_in(lists: &[&'static CodeList], words: &str) -> String {
    let codes = || lists.iter().flat_map(|list| list.codes);
    let found = codes().find(|code| code.code == words);
    let found = found.or_else(|| codes().find(|code| code.label.eq_ignore_ascii_case(words)));
    found.map_or(words, |code| code.code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{csv, lists},
        *,
    };
    use domain::{
        directory::{Site, Staff},
        time::parse_date,
    };

    fn two_sites() -> Directory {
        Directory {
            sites: ["elm", "oak"].map(|id| (id.into(), Site::default())).into(),
            ..Directory::default()
        }
    }

    fn sheet(text: &str, sites: &[SiteId]) -> csv::Sheet {
        let mut sheet = csv::sheet(lists::find("ideas").expect("ideas"), text, &two_sites());
        complete(&mut sheet.rows, &two_sites(), sites);
        sheet
    }

    #[test]
    fn an_idea_goes_into_the_form_and_comes_back_the_same() {
        let spec = category::find("behaviour").expect("behaviour");
        let idea = Idea {
            category: "behaviour".into(),
            text: "Close the hatch".into(),
            strength: "stronger".into(),
            kind: "preventive".into(),
            of: vec!["throwing".into(), "other".into(), "noise".into()],
            sites: vec!["elm".into()],
            retired: false,
        };
        assert_eq!(idea_of("behaviour", &in_boxes(spec, &idea)), idea, "other is on both lists");
        assert_eq!(causes(spec, &idea).len(), 2);
        assert!(causes(spec, &idea).iter().all(|ask| ask.under.is_empty()), "what is chosen is in the open");
        assert_eq!(idea_of("behaviour", &Map::new()).sites, []);
    }

    #[test]
    fn a_file_may_have_the_words_of_the_form_and_is_read_twice_without_doubles() {
        let text = "text,category,strength,kind,of\nClose the hatch,Distress or behaviour,In between,Stops it next time,Noise;throwing\nLamp,medication,weaker,corrective,";
        let read = sheet(text, &[]);
        assert_eq!((read.problem, read.rows[0].problems.clone()), (None, Vec::new()));
        let first = &read.rows[0].answers;
        assert_eq!((&first["category"], &first["strength"]), (&json!("behaviour"), &json!("intermediate")));
        assert_eq!(first["of"], json!(["noise", "throwing"]));
        assert_eq!(read.rows[1].problems, [""; 0]);
        assert_eq!(sheet(text, &[]).rows[0].answers["id"], first["id"]);
        assert_ne!(sheet(text, &["elm".into()]).rows[0].answers["id"], first["id"]);
    }

    #[test]
    fn each_row_of_a_file_says_what_is_wrong_with_it() {
        let text = "text,category,strength,kind,of\nOne,laundry,weaker,corrective,\nTwo,medication,iron,corrective,Rain\nThree,medication,weaker,corrective,\nthree.,Medicines,weaker,corrective,\n,medication,weaker,corrective,";
        let told: Vec<Vec<String>> = sheet(text, &[]).rows.into_iter().map(|row| row.problems).collect();
        assert_eq!(told[0], ["There is no category laundry."]);
        assert_eq!(told[1], ["There is no Rain on the list of this category.", "Select how strong it is."]);
        assert_eq!(told[2], [""; 0]);
        assert_eq!(told[3], ["The same idea is on row 4."]);
        assert_eq!(told[4].len(), 1, "{:?}", told[4]);
    }

    #[test]
    fn a_manager_of_one_site_adds_ideas_for_that_site() {
        let today = parse_date("2026-11-28").expect("a date");
        let mut directory = two_sites();
        let at = |sites: &[&str], role: Role| Staff {
            roles: sites.iter().map(|site| (SiteId::from(*site), vec![role])).collect(),
            ..Staff::default()
        };
        directory.staff.insert("mara".into(), at(&["elm"], Role::RegisteredManager));
        directory.staff.insert("boss".into(), at(&["elm", "oak"], Role::Administrator));
        directory.staff.insert("pru".into(), at(&["elm"], Role::Provider));
        let first = |who: &str| {
            let kept = kept_sites(&directory, &who.into(), today);
            (kept.len(), sites_at_first(&directory, &kept, &"elm".into()))
        };
        assert_eq!(first("mara"), (1, vec!["elm".into()]));
        assert_eq!(first("boss"), (2, vec![]));
        assert_eq!(first("pru").0, 0);
    }
}
