//! Turns a draft into the fields of a report, or into the changes to one that was quick.

use crate::{
    state::{App, Draft, Problem, Written},
    text::capture as text,
};
use domain::{
    category::CategorySpec,
    directory::{Directory, Place},
    fields,
    record::Record,
    time::Instant,
};
use leptos::prelude::*;
use serde_json::{Map, Value, json};

type Fields = Map<String, Value>;

/// A draft that lies this long is about an earlier time than the moment of saving.
const SOON_MIN: i64 = 10;

/// The draft adds details to a report that is saved already.
pub fn adds_details(app: App, draft: &Draft) -> bool {
    app.with_record(&draft.record, |_, _| ()).is_some()
}

/// When it happened: as the person said, or when the draft was begun.
pub fn happened_at(draft: &Draft) -> Instant {
    draft.occurred_at.unwrap_or(draft.started_at)
}

/// The step 1 fields of a new report.
pub fn fields_of(app: App, spec: &CategorySpec, draft: &Draft) -> Fields {
    let mut fields: Fields = draft.answers.clone();
    fields.retain(|_, value| !fields::is_empty(value));
    fields.insert("category".into(), spec.id.into());
    let waited = (app.instant() - draft.started_at).num_minutes() >= SOON_MIN;
    if draft.occurred_at.is_some() || waited {
        fields.insert("occurred_at".into(), json!(happened_at(draft)));
    }
    let directory = app.directory.get_untracked();
    let place =
        draft.answers.get("location").and_then(Value::as_str).and_then(|code| directory.places.get(code));
    if let Some(unit) = place.and_then(|place| unit_of(&directory, place)) {
        fields.insert("unit".into(), unit.into());
    }
    fields
}

/// The unit of a place, if its site still has it: a place may name one that was taken off the list, and a report that
/// names it would be refused.
fn unit_of<'a>(directory: &'a Directory, place: &Place) -> Option<&'a str> {
    let units = directory.sites.get(&place.site).map(|site| site.units.iter());
    units.into_iter().flatten().find(|unit| **unit == place.unit).map(String::as_str)
}

/// Saves the report on this phone. Pressed twice, it is one record.
/// # Errors  What is wrong with the answers, or what this phone could not do.
pub async fn save(app: App, spec: &'static CategorySpec, draft: Draft) -> Result<Written, Problem> {
    let fields = fields_of(app, spec, &draft);
    if !untrack(|| adds_details(app, &draft)) {
        return app.report(&draft, fields).await;
    }
    let changes = untrack(|| app.with_record(&draft.record, |record, _| changes(record, &fields)));
    let with = json!({ "changes": changes.unwrap_or_default(), "reason": text::DETAILS_REASON });
    let with = with.as_object().cloned().unwrap_or_default();
    let written = app.write("amend", Some(draft.record.clone()), with).await?;
    app.drafts.remove(&draft.id).await?;
    Ok(written)
}

/// The fields that are new or different, and null for those that were taken away.
fn changes(record: &Record, fields: &Fields) -> Fields {
    const NEVER: [&str; 2] = ["identity", "category"];
    let known = &record.facts.fields;
    let changed = fields.iter().filter(|(name, value)| known.get(*name) != Some(value));
    let gone =
        known.keys().filter(|name| !fields.contains_key(*name) && *name != "occurred_at" && *name != "unit");
    changed
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain(gone.map(|name| (name.clone(), Value::Null)))
        .filter(|(name, _)| !NEVER.contains(&name.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::Site;

    #[test]
    fn a_place_gives_its_unit_only_while_the_site_has_it() {
        let mut directory = Directory::default();
        let units = vec!["ground".to_owned(), "first".to_owned()];
        directory.sites.insert("meadow".into(), Site { units, ..Site::default() });
        let place = |unit: &str| Place { site: "meadow".into(), unit: unit.to_owned(), ..Place::default() };
        assert_eq!(unit_of(&directory, &place("first")), Some("first"));
        assert_eq!(unit_of(&directory, &place("attic")), None);
        assert_eq!(unit_of(&directory, &place("")), None);
        assert_eq!(unit_of(&Directory::default(), &place("first")), None);
    }
}
