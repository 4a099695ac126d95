//! One change of a list in words: each field as its form calls it, each code as people read it, and of what has several
//! parts a line for each that changed. Pure.

use super::{ideas::LEFT_OUT, lists};
use crate::{
    pages::record::form::{Ask, Look, Source},
    state::{ChangedField, ListChange},
    text::{
        alerts::rule,
        capture::role_name,
        common, frameworks,
        review::record::{lower_first, place_name, upper_first},
    },
};
use domain::{
    category::{self, CATEGORIES},
    directory::{Directory, RuleChange, RuleNumbers, Settings},
    roles::Role,
    time::{Instant, parse_date, parse_instant},
    vocabulary::{ACTION_KIND, CATEGORY, CONTROL_STRENGTH},
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const NOTHING: &str = "none";
const EVERY_SITE: &str = "every site";
const STANDS_IN: &str = "tands in for the Registered Manager";

/// "Staff and roles: Ama N.", "Places: Room 4, new".
pub fn title(directory: &Directory, change: &ListChange) -> String {
    let list = match change.kind.as_str() {
        "framework" => frameworks::TITLE,
        LEFT_OUT => "Ideas of the app that are not offered",
        kind => lists::LISTS.iter().find(|list| list.kind == kind).map_or("Provider", |list| list.title),
    };
    let name = name(directory, change);
    let new = if change.is_new { ", new" } else { "" };
    if name.is_empty() { format!("{list}{new}") } else { format!("{list}: {name}{new}") }
}

/// What people call the entry: its code where it has no other name, or is not there any more.
fn name(directory: &Directory, change: &ListChange) -> String {
    let id = change.id.as_str();
    let found = match change.kind.as_str() {
        "staff" => Some(directory.staff_name(id)),
        "site" => directory.sites.get(id).map(|site| site.name.as_str()),
        "place" => directory.places.get(id).map(|place| place.name.as_str()),
        "asset" => directory.assets.get(id).map(|asset| asset.name.as_str()),
        "council" => directory.councils.get(id).map(|council| council.name.as_str()),
        "contract" => directory.contracts.get(id).map(|contract| contract.name.as_str()),
        "framework" => directory.frameworks.get(id).map(|loaded| loaded.title.as_str()),
        "idea" => directory.ideas.get(id).map(|idea| idea.text.as_str()),
        LEFT_OUT => category::shipped(id).map(|idea| idea.text),
        _ => None,
    };
    found.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
}

/// What stands there now, and what stood there before.
pub fn lines(directory: &Directory, change: &ListChange) -> Vec<String> {
    let told = Told { directory, change };
    change.parts.iter().flat_map(|part| told.field(part)).collect()
}

struct Told<'a> {
    directory: &'a Directory,
    change: &'a ListChange,
}

impl Told<'_> {
    fn field(&self, part: &ChangedField) -> Vec<String> {
        let ChangedField { field, before, after } = part;
        match (self.change.kind.as_str(), field.as_str()) {
            ("staff", "roles") => self.roles(before, after),
            ("staff", "delegate") => self.stands_in(before, after),
            ("site", "rule_changes") => reasons(before, after),
            ("framework", "text") => file(self.change.is_new, before, after).into_iter().collect(),
            // What a new site begins with is not worth a line; what it has of its own is.
            ("site", "settings") if self.change.is_new => {
                let usual = serde_json::to_value(Settings::default()).unwrap_or_default();
                self.parts(field, &usual, after)
            }
            _ => self.parts(field, before, after),
        }
    }

    /// A line for each part that differs. `path`: `settings.step2_hours`.
    fn parts(&self, path: &str, before: &Value, after: &Value) -> Vec<String> {
        if before == after {
            return Vec::new();
        }
        if path == "settings.rules" {
            return rules(self.change.at, before, after);
        }
        if !before.is_object() && !after.is_object() {
            return self.line(path, before, after).into_iter().collect();
        }
        let inside = |value: &Value, name: &str| value.get(name).cloned().unwrap_or_default();
        names(before, after)
            .into_iter()
            .flat_map(|name| {
                self.parts(&format!("{path}.{name}"), &inside(before, name), &inside(after, name))
            })
            .collect()
    }

    fn line(&self, path: &str, before: &Value, after: &Value) -> Option<String> {
        let ask = lists::LISTS.iter().find(|list| list.kind == self.change.kind);
        let ask = ask.and_then(|list| list.field(path));
        let said = |value: &Value| self.value(path, ask, value);
        let (label, before_words, now) = (label(path, ask), said(before), said(after));
        match self.change.is_new {
            // What a new entry is not, nobody has said.
            true if now == NOTHING || *after == Value::Bool(false) => None,
            true => Some(format!("{label}: {now}")),
            false => Some(format!("{label}: {now}, before that {before_words}")),
        }
    }

    fn value(&self, path: &str, ask: Option<&Ask>, value: &Value) -> String {
        match value {
            Value::Null => NOTHING.to_owned(),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), common::thousands),
            Value::String(text) => self.word(path, ask, text),
            // No site is named where something is for all of them.
            Value::Array(all) if all.is_empty() && path == "sites" && self.change.kind != LEFT_OUT => {
                EVERY_SITE.to_owned()
            }
            Value::Array(all) => {
                let words: Vec<String> = all.iter().map(|one| self.value(path, ask, one)).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                if words.is_empty() { NOTHING.to_owned() } else { common::list(&words) }
            }
            // Its parts are told each in a line of its own.
            Value::Object(_) => NOTHING.to_owned(),
        }
    }

    /// A text, a date, or a code in the words of its list.
    fn word(&self, path: &str, ask: Option<&Ask>, text: &str) -> String {
        let directory = self.directory;
        match (path, ask.map(|ask| ask.look)) {
            _ if text.is_empty() => NOTHING.to_owned(),
            ("site" | "sites", _) => self.site(text),
            (_, Some(Look::Pick(Source::Place))) => place_name(text, directory),
            (_, Some(Look::Pick(Source::Council))) => {
                let known = directory.councils.get(text).map(|council| council.name.as_str());
                known.filter(|name| !name.is_empty()).unwrap_or(text).to_owned()
            }
            ("category", _) => CATEGORY.label(text).to_owned(),
            ("strength", _) => CONTROL_STRENGTH.label(text).to_owned(),
            ("kind", _) => ACTION_KIND.label(text).to_owned(),
            ("of", _) => self.cause(text),
            _ => match (parse_date(text), parse_instant(text)) {
                (Some(date), _) => common::day(date),
                (None, Some(at)) => common::moment(at),
                (None, None) => text.to_owned(),
            },
        }
    }

    /// What an idea is for, in the words of its category.
    fn cause(&self, code: &str) -> String {
        let idea = self.directory.ideas.get(&self.change.id);
        let own = idea.and_then(|idea| category::find(&idea.category));
        let specs = own.into_iter().chain(CATEGORIES);
        let mut found = specs.flat_map(|spec| spec.causes()).filter_map(|list| list.find(code));
        found.next().map_or(code, |found| found.label).to_owned()
    }

    fn site(&self, id: &str) -> String {
        let known = self.directory.sites.get(id).map(|site| site.name.as_str());
        known.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    /// A line for each site.
    fn roles(&self, before: &Value, after: &Value) -> Vec<String> {
        let line = |id: &str| {
            let (old, new) = (named(before.get(id)), named(after.get(id)));
            let site = self.site(id);
            (old != new).then(|| match old.as_str() {
                NOTHING => format!("Roles at {site}: {new}"),
                _ => format!("Roles at {site}: {new}, before that {old}"),
            })
        };
        names(before, after).into_iter().filter_map(line).collect()
    }

    /// A line for each time that began to stand there or was taken away.
    fn stands_in(&self, before: &Value, after: &Value) -> Vec<String> {
        let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let (before, after) = (all(before), all(after));
        let text = |entry: &Value, name: &str| {
            entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let line = |entry: &Value, begins: &str| {
            let [from, to] = ["from", "to"].map(|name| self.word(name, None, &text(entry, name)));
            format!("{begins}{STANDS_IN} at {}: {from} to {to}", self.site(&text(entry, "site")))
        };
        let new = after.iter().filter(|one| !before.contains(one)).map(|one| line(one, "S"));
        let gone = before.iter().filter(|one| !after.contains(one)).map(|one| line(one, "No longer s"));
        new.chain(gone).collect()
    }
}

/// "Hours to look at the risk", "Medication log (names of your own logs)".
fn label(path: &str, ask: Option<&Ask>) -> String {
    let Some(ask) = ask else {
        return match path {
            "title" => "Name".to_owned(),
            "loaded_at" => "Loaded".to_owned(),
            path => upper_first(&path.rsplit('.').next().unwrap_or(path).replace('_', " ")),
        };
    };
    let label = ask.label.trim_end_matches('?').trim_end_matches(", one per line");
    // The name of a log alone would not say what was changed.
    match path.starts_with("log_names.") {
        true => format!("{label} ({})", lower_first(ask.under)),
        false => label.to_owned(),
    }
}

/// "Same person: 4 in 14 days, before that 3 in 14 days".
fn rules(at: Instant, before: &Value, after: &Value) -> Vec<String> {
    let numbers =
        |value: &Value| -> RuleNumbers { serde_json::from_value(value.clone()).unwrap_or_default() };
    let (before, after) = (numbers(before), numbers(after));
    let change = RuleChange { at, by: "".into(), reason: String::new(), before, after };
    let line = |part: &domain::patterns::ChangedRule<'_>| {
        let name = rule::name_with_key(part.rule, part.key);
        format!("{name}: {}, before that {}", rule::numbers(part.after), rule::numbers(part.before))
    };
    change.parts().iter().map(line).collect()
}

/// Why the numbers of the rules were changed; the numbers have lines of their own.
fn reasons(before: &Value, after: &Value) -> Vec<String> {
    let old = before.as_array().map_or(0, Vec::len);
    let new = after.as_array().into_iter().flatten().skip(old);
    let reasons = new.filter_map(|change| change.get("reason")?.as_str()).filter(|why| !why.is_empty());
    reasons.map(|why| format!("Why: {why}")).collect()
}

/// The file of a framework is not for reading here.
fn file(is_new: bool, before: &Value, after: &Value) -> Option<String> {
    let is_there = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let what = match (is_there(before), is_there(after)) {
        _ if is_new => return None,
        (_, false) => "taken away",
        (false, true) => "loaded again",
        (true, true) => "another one was loaded",
    };
    Some(format!("File: {what}"))
}

/// "carer and shift lead", or none.
fn named(roles: Option<&Value>) -> String {
    let roles = roles.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let name = |code| match Role::from_code(code) {
        Some(role) => role_name(role),
        None => code,
    };
    let names: Vec<&str> = roles.map(name).collect();
    if names.is_empty() { NOTHING.to_owned() } else { common::list(&names) }
}

/// Names of the parts of either, in order.
fn names<'v>(before: &'v Value, after: &'v Value) -> BTreeSet<&'v str> {
    let parts = |value: &'v Value| value.as_object().into_iter().flat_map(Map::keys);
    parts(before).chain(parts(after)).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::{Council, Place, Site};
    use serde_json::json;

    fn directory() -> Directory {
        let elm = Site { name: "Elm House".into(), ..Site::default() };
        let norfolk = Council { name: "Norfolk".into(), ..Council::default() };
        let place = Place { name: "Room 4".into(), ..Place::default() };
        Directory {
            sites: [("elm".into(), elm)].into(),
            councils: [("norfolk".into(), norfolk)].into(),
            places: [("room-4".into(), place)].into(),
            ..Directory::default()
        }
    }

    fn change(kind: &str, id: &str, parts: Vec<(&str, Value, Value)>) -> ListChange {
        let part = |(field, before, after): (&str, Value, Value)| ChangedField {
            field: field.into(),
            before,
            after,
        };
        ListChange {
            at: parse_instant("2026-11-28T14:00Z").expect("a time"),
            by_name: "Farah".into(),
            kind: kind.into(),
            id: id.into(),
            is_new: false,
            parts: parts.into_iter().map(part).collect(),
        }
    }

    fn told(kind: &str, id: &str, parts: Vec<(&str, Value, Value)>) -> Vec<String> {
        lines(&directory(), &change(kind, id, parts))
    }

    #[test]
    fn a_change_of_roles_is_said_with_the_site_and_what_stood_there_before() {
        let (before, after) = (
            json!({ "elm": ["reporter"], "oak": ["senior"] }),
            json!({ "elm": ["reporter", "senior"], "oak": ["senior"] }),
        );
        let (carer, senior) = (role_name(Role::Reporter), role_name(Role::Senior));
        assert_eq!(
            told("staff", "ama", vec![("roles", before, after)]),
            [format!("Roles at Elm House: {carer} and {senior}, before that {carer}")]
        );
        let mut last = change("staff", "ama", vec![("to", Value::Null, json!("2026-12-01"))]);
        assert_eq!(lines(&directory(), &last), ["Last day: 1 December 2026, before that none"]);
        last.is_new = true;
        assert_eq!(lines(&directory(), &last), ["Last day: 1 December 2026"]);
    }

    #[test]
    fn settings_are_told_one_by_one_in_the_words_of_the_form() {
        let mut before = serde_json::to_value(Settings::default()).expect("JSON");
        let mut after = before.clone();
        (before["step2_hours"], after["step2_hours"]) = (json!(24), json!(48));
        after["rules"] = json!({ "same_person": { "threshold": 9, "days": 14 } });
        let told = told(
            "site",
            "elm",
            vec![
                ("council", json!(""), json!("norfolk")),
                ("log_names", json!({}), json!({ "medication_log": "Round book" })),
                ("rule_changes", json!([]), json!([{ "reason": "Too many alerts." }])),
                ("settings", before, after),
            ],
        );
        assert_eq!(told[0], "Council for safeguarding: Norfolk, before that none");
        assert_eq!(told[1], "Medication log (names of your own logs): Round book, before that none");
        assert_eq!(told[2], "Why: Too many alerts.");
        let name = rule::name(domain::patterns::Rule::SamePerson);
        assert!(told[3].starts_with(&format!("{name}: 9 in 14 days, before that ")), "{told:?}");
        assert_eq!(told[4..], ["Hours to look at the risk: 48, before that 24"]);
        assert!(told.iter().all(|line| !line.contains('_') && !line.contains("several places")), "{told:?}");
    }

    #[test]
    fn codes_of_places_sites_and_ideas_are_read_as_their_names() {
        assert_eq!(
            told("person", "R-014", vec![("place", json!(""), json!("room-4"))]),
            ["Place: Room 4, before that none"]
        );
        let idea = vec![
            ("strength", json!("weaker"), json!("stronger")),
            ("of", json!([]), json!(["wrong_dose"])),
            ("sites", json!(["elm"]), json!([])),
        ];
        let told = told("idea", "i1", idea);
        assert!(told[0].starts_with("How strong is it: Stronger"), "{told:?}");
        assert!(told[1].contains(": Wrong dose or amount, before that none"), "{told:?}");
        assert_eq!(told[2], "Sites: every site, before that Elm House");
        assert_eq!(title(&directory(), &change("place", "room-4", Vec::new())), "Places: Room 4");
        assert_eq!(title(&directory(), &change("place", "gone", Vec::new())), "Places: gone");
    }

    #[test]
    fn who_stands_in_is_said_with_the_days_and_a_file_is_not_poured_out() {
        let time = json!([{ "site": "elm", "from": "2026-12-01", "to": "2026-12-08" }]);
        let days = "tands in for the Registered Manager at Elm House: 1 December 2026 to 8 December 2026";
        assert_eq!(told("staff", "ama", vec![("delegate", json!([]), time.clone())]), [format!("S{days}")]);
        assert_eq!(told("staff", "ama", vec![("delegate", time, json!([]))]), [format!("No longer s{days}")]);
        let file = vec![("text", json!("{\"id\":\"a\"}"), json!("")), ("retired", json!(false), json!(true))];
        let told = told("framework", "own", file);
        assert_eq!(told, ["File: taken away", "Retired: yes, before that no"]);
    }

    #[test]
    fn a_new_site_is_told_with_what_it_has_of_its_own() {
        let mut settings = serde_json::to_value(Settings::default()).expect("JSON");
        let mut new = change("site", "elm", vec![("settings", Value::Null, settings.clone())]);
        new.is_new = true;
        assert_eq!(lines(&directory(), &new), [""; 0]);
        settings["audit_due_days"] = json!(99);
        new.parts[0].after = settings;
        assert_eq!(lines(&directory(), &new), ["Days to sign an audit: 99"]);
    }
}
