//! `GET /v1/directory/changes`: who changed which list, when, and what it said before and after. Each reader gets what is
//! about the sites that they look after.

use crate::{
    app::App,
    door::who::Person,
    error::AppError,
    http::Reply,
    store::{PastChange, StoreError, place_in},
};
use axum::extract::State;
use domain::time::Instant;
use serde::Serialize;
use serde_json::{Map, Value};

use super::entries::{ASSET, PERSON, PLACE, SITE, STAFF};

/// Entries that are looked through, the latest first.
const LOOKED_THROUGH: u32 = 2_000;
/// Changes that are told.
const MOST: usize = 200;

#[derive(Serialize)]
pub struct ListChanges {
    /// The latest first.
    changes: Vec<ListChange>,
}

#[derive(Serialize)]
struct ListChange {
    at: Instant,
    by_name: String,
    kind: String,
    id: String,
    is_new: bool,
    parts: Vec<Part>,
}

/// One field that changed.
#[derive(Serialize, Debug, PartialEq)]
struct Part {
    field: String,
    before: Value,
    after: Value,
}

pub async fn list(State(app): State<App>, person: Person) -> Result<Reply<ListChanges>, AppError> {
    let rows = app.store.read(&person.hub.tenant).directory_changes(LOOKED_THROUGH).await?;
    let state = person.hub.read().await?;
    let mut changes = Vec::new();
    for row in rows {
        let before = row.before.as_deref().map(read).transpose()?;
        let is_new = before.is_none();
        let parts = parts(&row.kind, &row.id, &before.unwrap_or_default(), &read(&row.after)?, |site| {
            person.keeps(site)
        });
        if parts.is_empty() {
            continue;
        }
        let PastChange { at, by, kind, id, .. } = row;
        let by_name = state.directory().staff_name(&by).to_owned();
        changes.push(ListChange { at, by_name, kind, id, is_new, parts });
        if changes.len() == MOST {
            break;
        }
    }
    Ok(Reply(ListChanges { changes }))
}

/// The fields that differ, of an entry that is about a site that the reader keeps; of roles, and of times in which
/// somebody stands in, only those at such sites.
fn parts(
    kind: &str,
    id: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    keeps: impl Fn(&str) -> bool,
) -> Vec<Part> {
    let sites: Vec<&str> = match kind {
        SITE => vec![id],
        PERSON | PLACE | ASSET => {
            [before, after].into_iter().filter_map(|entry| entry.get("site")?.as_str()).collect()
        }
        STAFF => [before, after]
            .into_iter()
            .filter_map(|entry| entry.get("roles")?.as_object())
            .flat_map(|roles| roles.keys().map(String::as_str))
            .collect(),
        // Of the provider as a whole.
        _ => Vec::new(),
    };
    if !sites.is_empty() && !sites.iter().any(|site| keeps(site)) {
        return Vec::new();
    }
    let of = |entry: &Map<String, Value>, field: &str| {
        let value = entry.get(field).cloned().unwrap_or_default();
        match value {
            Value::Object(roles) if kind == STAFF && field == "roles" => {
                Value::Object(roles.into_iter().filter(|(site, _)| keeps(site)).collect())
            }
            Value::Array(times) if kind == STAFF && field == "delegate" => {
                let is_kept = |time: &Value| time.get("site").and_then(Value::as_str).is_some_and(&keeps);
                Value::Array(times.into_iter().filter(is_kept).collect())
            }
            value => value,
        }
    };
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    // What the server notes for itself: the roles say it.
    fields.retain(|field| *field != "left");
    fields
        .into_iter()
        .map(|field| Part { field: field.clone(), before: of(before, field), after: of(after, field) })
        .filter(|part| part.before != part.after)
        .collect()
}

/// An entry; what is a word by itself, the name of the provider, is its name.
fn read(value: &str) -> Result<Map<String, Value>, StoreError> {
    match serde_json::from_str(value).map_err(|error| StoreError::Damaged(place_in(&error)))? {
        Value::Object(fields) => Ok(fields),
        word => Ok(Map::from_iter([("name".to_owned(), word)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn roles_are_told_to_who_looks_after_the_site_and_to_nobody_else() {
        let before = map(json!({ "name": "Ama", "roles": { "elm": ["reporter"], "oak": ["senior"] } }));
        let after = map(json!({ "name": "Ama", "roles": { "elm": ["shift_lead"], "oak": ["reporter"] } }));
        let told = |keeps: &'static [&'static str]| {
            parts(STAFF, "ama", &before, &after, move |site| keeps.contains(&site))
        };
        let roles = Part {
            field: "roles".into(),
            before: json!({ "elm": ["reporter"] }),
            after: json!({ "elm": ["shift_lead"] }),
        };
        assert_eq!(told(&["elm"]), [roles]);
        assert_eq!(told(&["ash"]), []);
        let time = |site: &str| json!({ "site": site, "from": "2026-12-01", "to": "2026-12-08" });
        let stands_in = map(json!({ "name": "Ama", "roles": { "elm": [], "oak": [] },
            "delegate": [time("elm"), time("oak")] }));
        let before = map(json!({ "name": "Ama", "roles": { "elm": [], "oak": [] } }));
        let told = parts(STAFF, "ama", &before, &stands_in, |site| site == "elm");
        assert_eq!((told.len(), &told[0].after), (1, &json!([time("elm")])));
        let left =
            map(json!({ "name": "Ama", "left": { "elm": { "roles": [], "at": "2026-11-28T10:00:00Z" } } }));
        assert_eq!(parts(STAFF, "ama", &map(json!({ "name": "Ama" })), &left, |_| true), []);
    }
}
