//! A FHIR R4 bundle: adverse events with what was decided, done and found about them. Source: background.md section 5.
//! Withdrawn and duplicate records are left out, because R4 has no status that says so.

mod alerts;
mod event;
mod parts;
mod steps;
mod things;

use crate::{Pack, Selection, csv::instant_text};
use domain::{record::Record, register::Register, time::Instant};
use parts::{extension, prune};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Base of every address in a bundle. It leads nowhere on purpose: the resources are in the bundle itself.
pub const BASE: &str = "https://noticed.invalid/fhir";

/// A Bundle of type collection.
pub fn bundle(register: &Register, selection: &Selection) -> Value {
    let pack = Pack::new(register, selection);
    let mut build = Build { pack: &pack, entries: Vec::new(), known: BTreeSet::new() };
    for record in pack.records().into_iter().filter(|record| record.state.is_live()) {
        build.adverse_event(record);
        build.steps(record);
    }
    for alert in pack.alerts() {
        build.alert(alert);
    }
    // A bundle has no place of its own for words about all of it.
    let why = extension("why-with-people", "valueString", selection.why().into());
    prune(json!({
        "resourceType": "Bundle",
        "meta": {"extension": [why]},
        "type": "collection",
        "timestamp": instant_text(selection.now),
        "entry": build.entries,
    }))
}

/// The bundle as text.
pub fn to_text(bundle: &Value) -> String {
    format!("{bundle:#}")
}

/// A bundle that grows; each resource is in it once.
struct Build<'a> {
    pack: &'a Pack<'a>,
    entries: Vec<Value>,
    known: BTreeSet<String>,
}

impl Build<'_> {
    /// Where it would tell when somebody who wished to stay unknown wrote: only the day.
    fn moment(&self, record: &Record, at: Instant) -> String {
        self.pack.hidden().moment(&record.id, at)
    }

    /// The id of a record, or what stands for it.
    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.pack.hidden().name(id)
    }

    /// Adds a resource, if it is not there yet, and gives the reference to it.
    fn add(&mut self, kind: &str, id: &str, body: impl FnOnce() -> Value) -> Value {
        let id = parts::id(id);
        let name = format!("{kind}/{id}");
        if self.known.insert(name.clone()) {
            let mut resource = prune(body());
            if let Some(fields) = resource.as_object_mut() {
                fields.insert("resourceType".to_owned(), kind.into());
                fields.insert("id".to_owned(), id.into());
            }
            self.entries.push(json!({"fullUrl": format!("{BASE}/{name}"), "resource": resource}));
        }
        json!({"reference": name})
    }
}
