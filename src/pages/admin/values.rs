//! Between the entries of the directory and the forms and tables that show them. Pure.

use super::{
    ideas::KIND,
    lists::{FILLS_HOURS, ListSpec},
};
use crate::{
    pages::record::form::{Ask, Look, Source, answers_of},
    text::{
        common,
        review::record::{asset_name, place_name},
    },
};
use domain::{directory::Directory, time::parse_date, vocabulary::ROLE};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One entry: its code and its value as the server keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: String,
    pub value: Value,
    pub retired: bool,
}

/// The entries of a list at a site, those in use first.
pub fn entries(list: &ListSpec, directory: &Directory, site: &str) -> Vec<Listed> {
    let here = |value: &Value| value.get("site").and_then(Value::as_str).is_none_or(|at| at == site);
    let mut entries = everywhere(list, directory);
    entries.retain(|entry| here(&entry.value));
    // Staff of other sites come after those who work here.
    entries
        .sort_by_key(|entry| (entry.retired, is_elsewhere(list, entry, site), entry.name().to_lowercase()));
    entries
}

/// Somebody without a role at this site.
pub fn is_elsewhere(list: &ListSpec, entry: &Listed, site: &str) -> bool {
    let roles = || field(&entry.value, "roles", site).and_then(Value::as_array);
    list.kind == "staff" && roles().is_none_or(Vec::is_empty)
}

/// The names of the sites at which somebody has a role.
pub fn works_at(entry: &Listed, directory: &Directory) -> Vec<String> {
    let roles = entry.value.get("roles").and_then(Value::as_object);
    let held =
        roles.into_iter().flatten().filter(|(_, roles)| roles.as_array().is_some_and(|r| !r.is_empty()));
    held.map(|(site, _)| site_name(site, directory)).collect()
}

/// An entry with the code in these answers is there already, at whichever site. Adding never writes over one.
pub fn is_taken(list: &ListSpec, answers: &Map<String, Value>, directory: &Directory) -> bool {
    let id = answers.get("id").and_then(Value::as_str).unwrap_or_default().trim();
    everywhere(list, directory).iter().any(|entry| entry.id.eq_ignore_ascii_case(id))
}

fn everywhere(list: &ListSpec, directory: &Directory) -> Vec<Listed> {
    match list.kind {
        "site" => all(&directory.sites),
        "place" => all(&directory.places),
        "person" => all(&directory.people),
        "asset" => all(&directory.assets),
        "council" => all(&directory.councils),
        "contract" => all(&directory.contracts),
        KIND => all(&directory.ideas),
        _ => all(&directory.staff),
    }
}

impl Listed {
    /// What people call it, or its code.
    pub fn name(&self) -> String {
        let name = self.value.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
        name.unwrap_or(&self.id).to_owned()
    }
}

fn all<'a, K: ToString + 'a, T: Serialize + 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a T)>,
) -> Vec<Listed> {
    let listed = |(id, entry): (&K, &T)| {
        let value = serde_json::to_value(entry).unwrap_or_default();
        let retired = value.get("retired").and_then(Value::as_bool).unwrap_or_default();
        Listed { id: id.to_string(), value, retired }
    };
    entries.into_iter().map(listed).collect()
}

/// A field of an entry; `settings.step2_hours` looks into the group, roles and delegation at this site.
fn field<'a>(value: &'a Value, name: &str, site: &str) -> Option<&'a Value> {
    match name.split_once('.') {
        _ if name == "roles" => value.get("roles")?.get(site),
        Some(("delegate", field)) => {
            let stand_ins = value.get("delegate")?.as_array()?;
            stand_ins
                .iter()
                .rev()
                .find(|one| one.get("site").and_then(Value::as_str) == Some(site))?
                .get(field)
        }
        Some((group, field)) => value.get(group)?.get(field),
        None => value.get(name),
    }
}

/// What stands in the boxes of a form for this entry.
pub fn in_boxes(list: &ListSpec, entry: &Listed, site: &str) -> Map<String, Value> {
    let boxes = list
        .fields
        .iter()
        .flat_map(|ask| answers_of(ask, field(&entry.value, ask.name, site).unwrap_or(&Value::Null)));
    boxes.chain([("id".to_owned(), entry.id.clone().into())]).collect()
}

/// A field in words, for a table.
pub fn in_words(ask: &Ask, entry: &Listed, directory: &Directory, site: &str) -> String {
    let words = |code: &str| match ask.look {
        Look::Pick(Source::Place) => place_name(code, directory),
        Look::Pick(Source::Asset) => asset_name(code, directory),
        Look::Many(list) => list.label(code).to_owned(),
        Look::PickMany(Source::Site) => site_name(code, directory),
        Look::Date => parse_date(code).map_or_else(|| code.to_owned(), common::day),
        _ => code.to_owned(),
    };
    match field(&entry.value, ask.name, site) {
        Some(Value::String(text)) if !text.is_empty() => words(text),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(list)) if list.is_empty() && matches!(ask.look, Look::PickMany(Source::Site)) => {
            "All".to_owned()
        }
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(words).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// The change that puts these answers in place of the entry as it was; what the form does not show stays.
pub fn change(list: &ListSpec, before: Option<&Listed>, answers: &Map<String, Value>, site: &str) -> Value {
    let id = answers
        .get("id")
        .cloned()
        .or_else(|| before.map(|entry| entry.id.clone().into()))
        .unwrap_or_default();
    let mut value = before.map_or_else(|| json!({}), |entry| entry.value.clone());
    if !matches!(list.kind, "site" | "staff" | "council" | "contract" | KIND) {
        value["site"] = site.into();
    }
    if list.kind != "staff" {
        value["retired"] = false.into();
    }
    for ask in list.fields {
        let given = answer(answers, ask.name);
        match ask.name.split_once('.') {
            _ if ask.name == "roles" => value["roles"][site] = given.unwrap_or_else(|| json!([])),
            _ if ask.name == FILLS_HOURS => {}
            Some(("delegate", _)) => {}
            Some((group, field)) => put_in_group(&mut value, group, field, given),
            None => put(&mut value, ask.name, given.unwrap_or(empty(ask))),
        }
    }
    if list.field("delegate.from").is_some() {
        stand_in(&mut value, answers, site);
    }
    json!({ "kind": list.kind, "id": id, "value": value })
}

/// What else changes with an entry: the hours of a contract in the settings of its sites, when that is wanted.
pub fn follow_ups(list: &ListSpec, answers: &Map<String, Value>, directory: &Directory) -> Vec<Value> {
    let wanted = answers.get(FILLS_HOURS).and_then(Value::as_bool) == Some(true);
    let (true, Some(hours)) =
        (list.kind == "contract" && wanted, answers.get("hours").and_then(Value::as_u64))
    else {
        return Vec::new();
    };
    let named: Vec<&str> = answers
        .get("sites")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let covered = directory
        .sites
        .iter()
        .filter(|(id, site)| !site.retired && (named.is_empty() || named.contains(&id.as_str())));
    covered
        .filter_map(|(id, site)| {
            let mut value = serde_json::to_value(site).ok()?;
            value["settings"]["contract_hours"] = hours.into();
            Some(json!({ "kind": "site", "id": id, "value": value }))
        })
        .collect()
}

fn site_name(code: &str, directory: &Directory) -> String {
    let known = directory.sites.get(code).map(|site| site.name.as_str()).filter(|name| !name.is_empty());
    known.unwrap_or(code).to_owned()
}

fn answer(answers: &Map<String, Value>, name: &str) -> Option<Value> {
    match name.split_once('.') {
        Some((group, field)) => answers.get(group)?.get(field).cloned(),
        None => answers.get(name).cloned(),
    }
}

fn put(value: &mut Value, name: &str, new: Value) {
    value[name] = new;
}

/// A setting left empty keeps its usual value.
fn put_in_group(value: &mut Value, group: &str, field: &str, given: Option<Value>) {
    if !value[group].is_object() {
        value[group] = json!({});
    }
    if let Some(group) = value[group].as_object_mut() {
        match given {
            Some(given) => drop(group.insert(field.to_owned(), given)),
            None => drop(group.remove(field)),
        }
    }
}

fn empty(ask: &Ask) -> Value {
    match ask.look {
        Look::Date => Value::Null,
        Look::Lines | Look::Many(_) | Look::PickMany(_) => json!([]),
        Look::Whole | Look::Number => Value::Null,
        _ => "".into(),
    }
}

/// The period at this site is replaced; those at other sites stay.
fn stand_in(value: &mut Value, answers: &Map<String, Value>, site: &str) {
    let others: Vec<Value> = value["delegate"].as_array().cloned().unwrap_or_default();
    let mut stand_ins: Vec<Value> =
        others.into_iter().filter(|one| one.get("site").and_then(Value::as_str) != Some(site)).collect();
    if let (Some(from), Some(to)) = (answer(answers, "delegate.from"), answer(answers, "delegate.to")) {
        stand_ins.push(json!({ "site": site, "from": from, "to": to }));
    }
    value["delegate"] = stand_ins.into();
}

/// The code of a role by its code or its label, as a CSV file may have it.
pub fn role_code(words: &str) -> String {
    let same =
        |code: &&domain::vocabulary::Code| code.label.eq_ignore_ascii_case(words) || code.code == words;
    ROLE.codes.iter().find(same).map_or_else(|| words.to_owned(), |code| code.code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{super::lists, *};

    fn answers(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn roles_at_other_sites_stay() {
        let staff = lists::find("staff").expect("staff");
        let before = Listed {
            id: "amara".into(),
            value: json!({"name": "Amara", "roles": {"oak": ["senior"], "rose": ["reporter"]}, "from": null, "to": null,
                "delegate": [{"site": "oak", "from": "2026-11-01", "to": "2026-11-02"}]}),
            retired: false,
        };
        let typed = answers(
            json!({"name": "Amara N", "roles": ["senior"], "delegate": {"from": "2026-12-01", "to": "2026-12-09"}}),
        );
        let change = change(staff, Some(&before), &typed, "rose");
        assert_eq!(change["id"], "amara");
        assert_eq!(change["value"]["roles"], json!({"oak": ["senior"], "rose": ["senior"]}));
        assert_eq!(change["value"]["delegate"].as_array().map(Vec::len), Some(2));
        assert!(change["value"].get("retired").is_none());
    }

    #[test]
    fn who_works_elsewhere_only_is_told_apart_with_the_names_of_their_sites() {
        let staff = lists::find("staff").expect("staff");
        let mut directory = Directory::default();
        let oak = domain::directory::Site { name: "Oak House".into(), ..Default::default() };
        directory.sites.insert("oak".into(), oak);
        let of = |roles: Value| Listed { id: "a".into(), value: json!({ "roles": roles }), retired: false };
        let here = of(json!({"rose": ["senior"], "oak": ["senior"]}));
        let there = of(json!({"rose": [], "oak": ["senior"]}));
        assert!(!is_elsewhere(staff, &here, "rose") && is_elsewhere(staff, &there, "rose"));
        assert_eq!(works_at(&there, &directory), ["Oak House"]);
        assert_eq!(works_at(&of(json!({})), &directory), [""; 0]);
    }

    #[test]
    fn adding_never_writes_over_somebody() {
        let staff = lists::find("staff").expect("staff");
        let mut directory = Directory::default();
        directory.staff.insert("ama".into(), Default::default());
        assert!(is_taken(staff, &answers(json!({"id": " Ama"})), &directory));
        assert!(!is_taken(staff, &answers(json!({"id": "amara"})), &directory));
    }

    #[test]
    fn a_setting_left_empty_is_the_usual_one() {
        let sites = lists::find("sites").expect("sites");
        let before = Listed {
            id: "rose".into(),
            value: json!({"name": "Rose", "settings": {"step2_hours": 6, "rules": {}}}),
            retired: false,
        };
        let change = change(sites, Some(&before), &answers(json!({"name": "Rose House"})), "rose");
        assert_eq!(change["value"]["settings"], json!({"rules": {}}));
        assert_eq!(change["value"]["units"], json!([]));
    }

    #[test]
    fn the_hours_of_a_contract_fill_the_settings_of_its_sites() {
        let contracts = lists::find("contracts").expect("contracts");
        let mut directory = Directory::default();
        directory.sites.insert("rose".into(), Default::default());
        directory.sites.insert("oak".into(), Default::default());
        let typed = answers(
            json!({"id": "icb", "name": "ICB", "tell": "Falls", "hours": 24, "sites": ["rose"], "fills_hours": true}),
        );
        let change = change(contracts, None, &typed, "rose");
        assert_eq!(change["value"]["hours"], 24);
        assert!(change["value"].get("fills_hours").is_none() && change["value"].get("site").is_none());
        let more = follow_ups(contracts, &typed, &directory);
        assert_eq!(more.len(), 1);
        assert_eq!(
            (&more[0]["id"], &more[0]["value"]["settings"]["contract_hours"]),
            (&json!("rose"), &json!(24))
        );
        let unwanted = answers(json!({"hours": 24, "fills_hours": false}));
        assert!(follow_ups(contracts, &unwanted, &directory).is_empty());
    }

    #[test]
    fn a_role_is_known_by_its_label_too() {
        assert_eq!(role_code("medicines lead"), "medication_lead");
        assert_eq!(role_code("senior"), "senior");
        assert_eq!(role_code("boss"), "boss");
    }
}
