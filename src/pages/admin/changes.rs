//! `/admin/changes`: who changed which list, when, and what stood there before and after.

use super::lists;
use crate::{
    routes,
    state::{ChangedField, ListChange, Problem, use_app},
    text::{capture::role_name, common},
    ui::{EmptyState, Notice, Page, Timeline, TimelineItem, Tone},
};
use domain::{directory::Directory, roles::Role, time::parse_date};
use markup::prelude::*;
use serde_json::Value;

pub const SECTION: &str = "changes";
pub const TITLE: &str = "Changes of the lists";
pub const HINT: &str = "Who gave whom which role, and every other change of the lists.";
/// The service tells so many, the latest.
const LEDE: &str = "The latest 200 changes of people and their roles, sites, places and settings. Nobody can change or delete this history in the app.";

#[component]
pub fn ChangesPage() -> impl IntoView {
    let app = use_app();
    let changes = LocalResource::new(move || async move { app.admin.list_changes().await });
    view! {
        <Page title=TITLE heading=TITLE back=routes::ADMIN back_label="Manage">
            <p class="lede">{LEDE}</p>
            {move || shown(&app.directory.read(), changes.get())}
        </Page>
    }
}

fn shown(directory: &Directory, changes: Option<Result<Vec<ListChange>, Problem>>) -> Node {
    match changes {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => {
            let words = problem.sentence;
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
        }
        Some(Ok(changes)) if changes.is_empty() => {
            view! { <EmptyState title="No list has been changed yet." icon="check" /> }
        }
        Some(Ok(changes)) => {
            let items = changes.iter().map(|change| item(directory, change)).collect_view();
            view! { <Timeline>{items}</Timeline> }
        }
    }
}

fn item(directory: &Directory, change: &ListChange) -> Node {
    let title = title(directory, change);
    let by = format!("by {}", change.by_name);
    let lines: Vec<String> = change.parts.iter().flat_map(|part| words(directory, change, part)).collect();
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <TimelineItem title by when=common::moment(change.at) datetime=change.at.to_rfc3339() mark="decide">
            {lines}
        </TimelineItem>
    }
}

/// "Staff: Ama N.", "Places: Room 4, new".
fn title(directory: &Directory, change: &ListChange) -> String {
    let list =
        lists::LISTS.iter().find(|list| list.kind == change.kind).map_or("Provider", |list| list.title);
    let name = match change.kind.as_str() {
        "staff" => directory.staff_name(&change.id).to_owned(),
        "site" => site(directory, &change.id),
        _ => change.id.clone(),
    };
    let new = if change.is_new { ", new" } else { "" };
    if name.is_empty() { format!("{list}{new}") } else { format!("{list}: {name}{new}") }
}

/// What stood there before and what stands there now; of roles a line for each site.
fn words(directory: &Directory, change: &ListChange, part: &ChangedField) -> Vec<String> {
    if change.kind == "staff" && part.field == "roles" {
        return roles(directory, &part.before, &part.after);
    }
    let said = |value_of: &Value| match value_of.as_str().filter(|_| part.field == "site") {
        Some(id) => site(directory, id),
        None => value(value_of),
    };
    let (before, after) = (said(&part.before), said(&part.after));
    // What a new entry is not, nobody has said.
    let is_no = part.after == Value::Bool(false);
    let field = crate::text::review::record::upper_first(&part.field.replace('_', " "));
    match change.is_new {
        true if after == NOTHING || is_no => Vec::new(),
        true => vec![format!("{field}: {after}")],
        false => vec![format!("{field}: {after}, before that {before}")],
    }
}

fn roles(directory: &Directory, before: &Value, after: &Value) -> Vec<String> {
    let empty = serde_json::Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut sites: Vec<&String> = before.keys().chain(after.keys()).collect();
    sites.sort();
    sites.dedup();
    let line = |id: &String| {
        let (old, new) = (named(before.get(id)), named(after.get(id)));
        let site = site(directory, id);
        (old != new).then(|| match old.as_str() {
            NOTHING => format!("Roles at {site}: {new}"),
            _ => format!("Roles at {site}: {new}, before that {old}"),
        })
    };
    sites.into_iter().filter_map(line).collect()
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

fn site(directory: &Directory, id: &str) -> String {
    directory
        .sites
        .get(id)
        .map(|site| site.name.clone())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| id.to_owned())
}

const NOTHING: &str = "none";
const MORE: &str = "changed in several places";

fn value(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), common::thousands),
        Value::String(text) if text.is_empty() => NOTHING.to_owned(),
        Value::String(text) => parse_date(text).map_or_else(|| text.clone(), common::day),
        Value::Array(all) if all.is_empty() => NOTHING.to_owned(),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let words: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            common::list(&words)
        }
        Value::Object(fields) if fields.is_empty() => NOTHING.to_owned(),
        Value::Array(_) | Value::Object(_) => MORE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::Site;
    use serde_json::json;

    #[test]
    fn a_change_of_roles_is_said_with_the_site_and_what_stood_there_before() {
        let elm = Site { name: "Elm House".into(), ..Site::default() };
        let directory = Directory { sites: [("elm".into(), elm)].into(), ..Directory::default() };
        let part = ChangedField {
            field: "roles".into(),
            before: json!({ "elm": ["reporter"], "oak": ["senior"] }),
            after: json!({ "elm": ["reporter", "senior"], "oak": ["senior"] }),
        };
        let at = domain::time::parse_instant("2026-11-28T14:00Z").expect("a time");
        let mut change = ListChange {
            at,
            by_name: "Farah".into(),
            kind: "staff".into(),
            id: "ama".into(),
            is_new: false,
            parts: Vec::new(),
        };
        let (carer, senior) = (role_name(Role::Reporter), role_name(Role::Senior));
        assert_eq!(
            words(&directory, &change, &part),
            [format!("Roles at Elm House: {carer} and {senior}, before that {carer}")]
        );
        let to = ChangedField { field: "to".into(), before: Value::Null, after: json!("2026-12-01") };
        assert_eq!(words(&directory, &change, &to), ["To: 1 December 2026, before that none"]);
        change.is_new = true;
        assert_eq!(words(&directory, &change, &to), ["To: 1 December 2026"]);
    }
}
