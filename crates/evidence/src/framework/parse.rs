//! Reading a framework file, also one that a provider wrote, with plain words for what is wrong.

use super::{Evidence, Framework, Where};
use crate::figures;
use domain::{
    category::CATEGORIES,
    fields::{Field, Kind},
    verbs,
    vocabulary::{self as list, CodeList},
};
use std::collections::BTreeSet;

/// One thing that is wrong with a framework file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameworkFault {
    #[error("This file is not a framework file: {0} Start from a copy of one of the built-in files.")]
    Unreadable(String),
    #[error("The file is larger than 1 MB. A framework file has a few pages of text.")]
    TooLarge,
    #[error("The file names no {0}.")]
    Missing(&'static str),
    #[error("The file has no entries. Write at least one statement or question.")]
    NoEntries,
    #[error("Two entries have the code {0}. Give each its own.")]
    Twice(String),
    #[error("Entry {entry}: {name} is empty.")]
    Empty { entry: String, name: &'static str },
    #[error("Entry {entry}: \u{201c}{code}\u{201d} is not a {list} that this app knows.")]
    Unknown { entry: String, list: String, code: String },
    #[error("Entry {entry}: one piece of evidence names no records, figures, audits or alerts.")]
    Nothing { entry: String },
}

const MOST_BYTES: usize = 1_000_000;

/// Reads and checks a file.
/// # Errors  Everything that is wrong with it, in the order of the file.
pub fn parse(text: &str) -> Result<Framework, Vec<FrameworkFault>> {
    if text.len() > MOST_BYTES {
        return Err(vec![FrameworkFault::TooLarge]);
    }
    let read: Result<Framework, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let framework = read.map_err(|error| vec![FrameworkFault::Unreadable(format!("{error}."))])?;
    let mut faults = Vec::new();
    for (value, name) in [(&framework.id, "id"), (&framework.version, "version"), (&framework.title, "title")]
    {
        if value.trim().is_empty() {
            faults.push(FrameworkFault::Missing(name));
        }
    }
    if framework.entries.is_empty() {
        faults.push(FrameworkFault::NoEntries);
    }
    let mut seen = BTreeSet::new();
    for entry in &framework.entries {
        if !seen.insert(entry.code.as_str()) {
            faults.push(FrameworkFault::Twice(entry.code.clone()));
        }
        for (value, name) in [(&entry.code, "code"), (&entry.title, "title"), (&entry.group, "group")] {
            if value.trim().is_empty() {
                faults.push(FrameworkFault::Empty { entry: entry.code.clone(), name });
            }
        }
        for evidence in &entry.evidence {
            check(&entry.code, evidence, &mut faults);
        }
    }
    if faults.is_empty() { Ok(framework) } else { Err(faults) }
}

fn check(entry: &str, evidence: &Evidence, faults: &mut Vec<FrameworkFault>) {
    let Evidence { records, figures, audits, alerts, .. } = evidence;
    if records.is_none() && figures.is_empty() && audits.is_empty() && alerts.is_empty() {
        faults.push(FrameworkFault::Nothing { entry: entry.to_owned() });
    }
    let mut of = |list: &str, codes: &[String], knows: &dyn Fn(&str) -> bool| {
        faults.extend(codes.iter().filter(|code| !knows(code)).map(|code| FrameworkFault::Unknown {
            entry: entry.to_owned(),
            list: list.replace('_', " "),
            code: code.clone(),
        }));
    };
    of("figure", figures, &|id| figures::is_known(id));
    of("category", audits, &|code| list::CATEGORY.has(code));
    of("alert_rule", alerts, &|code| list::ALERT_RULE.has(code));
    let Some(records) = records else { return };
    let Where { category, kind, fields, factor, identity, alert, body, verdict, strength, evidence, has: _ } =
        records;
    let lists: [(&CodeList, &[String]); 9] = [
        (&list::CATEGORY, category),
        (&list::KIND, kind),
        (&list::FACTOR, factor),
        (&list::IDENTITY, identity),
        (&list::ALERT_RULE, alert),
        (&list::BODY, body),
        (&list::VERDICT, verdict),
        (&list::CONTROL_STRENGTH, strength),
        (&list::EVIDENCE_SOURCE, evidence),
    ];
    for (list, codes) in lists {
        of(list.name, codes, &|code| list.has(code));
    }
    for (name, codes) in fields {
        match field(name).map(|field| &field.kind) {
            Some(Kind::Code(list) | Kind::Codes(list)) => of(list.name, codes, &|code| list.has(code)),
            Some(Kind::Bool) => {
                of("yes or no (true, false)", codes, &|code| matches!(code, "true" | "false"));
            }
            _ => of("question with fixed answers", std::slice::from_ref(name), &|_| false),
        }
    }
}

/// A step 1 field of any category.
fn field(name: &str) -> Option<&'static Field> {
    let own = CATEGORIES.into_iter().flat_map(|spec| spec.fields);
    verbs::REPORT.iter().chain(own).find(|field| field.name == name)
}
