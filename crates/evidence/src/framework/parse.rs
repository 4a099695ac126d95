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
    #[error("The file is larger than 256 KB. A framework file has a few pages of text.")]
    TooLarge,
    #[error("The file names no {0}.")]
    Missing(&'static str),
    #[error("The {name} of the file is longer than {most} letters. Use a shorter one.")]
    TooLong { name: &'static str, most: usize },
    #[error(
        "The id \u{201c}{0}\u{201d} does not fit. Use letters from a to z, digits, dots and hyphens, without blanks."
    )]
    BadId(String),
    #[error("The file has no entries. Write at least one statement or question.")]
    NoEntries,
    #[error(
        "The file has more than {MOST_ENTRIES} entries. Leave out those that near misses say nothing about."
    )]
    TooManyEntries,
    #[error("Two entries have the code {0}. Give each its own.")]
    Twice(String),
    #[error("Entry {entry}: {name} is empty.")]
    Empty { entry: String, name: &'static str },
    #[error("Entry {entry}: \u{201c}{code}\u{201d} is not a {list} that this app knows.")]
    Unknown { entry: String, list: String, code: String },
    #[error("Entry {entry}: one piece of evidence names no records, figures, audits or alerts.")]
    Nothing { entry: String },
    #[error("Version {version} of {id} is built in. Give your file a version of its own.")]
    BuiltIn { id: String, version: String },
    #[error("Version {0} is loaded already, with other words. Give the changed file a new version.")]
    OtherWords(String),
    #[error("The id is too much like {0}. Use exactly that one to replace it, or choose another one.")]
    AlmostTheSame(String),
    #[error("You have {MOST_OWN} frameworks of your own already. Take one away first.")]
    Full,
}

/// Of a file.
pub const MOST_BYTES: usize = 256 * 1024;
/// Of the provider's own, those that were taken away not counted.
pub const MOST_OWN: usize = 10;
const MOST_ENTRIES: usize = 200;
const LONGEST_ID: usize = 64;
const LONGEST_VERSION: usize = 40;
const LONGEST_TITLE: usize = 120;

/// What stops a file from being read: which field or which line, in plain words.
fn in_words(error: &serde_json::Error) -> String {
    let (line, told) = (error.line(), error.to_string());
    let field = |start: &str| told.strip_prefix(start)?.split_once('`').map(|(name, _)| name.to_owned());
    if !error.is_data() {
        return format!(
            "line {line} is not JSON. Look for a comma, a quotation mark or a bracket too few or too many."
        );
    }
    match (field("missing field `"), field("unknown field `")) {
        (Some(name), _) => {
            format!("the field \u{201c}{name}\u{201d} is missing before the end of line {line}. Add it.")
        }
        (_, Some(name)) => format!(
            "such a file has no field \u{201c}{name}\u{201d} (line {line}). Take it out, or correct its name."
        ),
        _ => format!(
            "a value in line {line} is of the wrong kind, for example a number where words belong. Correct it."
        ),
    }
}

/// Reads and checks a file.
/// # Errors  Everything that is wrong with it, in the order of the file.
pub fn parse(text: &str) -> Result<Framework, Vec<FrameworkFault>> {
    if text.len() > MOST_BYTES {
        return Err(vec![FrameworkFault::TooLarge]);
    }
    let read: Result<Framework, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let framework = read.map_err(|error| vec![FrameworkFault::Unreadable(in_words(&error))])?;
    let mut faults = Vec::new();
    for (value, name, most) in [
        (&framework.id, "id", LONGEST_ID),
        (&framework.version, "version", LONGEST_VERSION),
        (&framework.title, "title", LONGEST_TITLE),
    ] {
        if value.trim().is_empty() {
            faults.push(FrameworkFault::Missing(name));
        } else if value.chars().count() > most {
            faults.push(FrameworkFault::TooLong { name, most });
        } else if name == "id" && !is_id(value) {
            faults.push(FrameworkFault::BadId(value.clone()));
        }
    }
    match framework.entries.len() {
        0 => faults.push(FrameworkFault::NoEntries),
        number if number > MOST_ENTRIES => faults.push(FrameworkFault::TooManyEntries),
        _ => {}
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

/// Fits an address and the provider's lists.
fn is_id(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let faults = parse(text).expect_err("it cannot be read");
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_file_that_cannot_be_read_says_which_field_or_line_in_plain_words() {
        let missing = told("{\"id\": \"x\"}");
        assert!(
            missing
                .contains("the field \u{201c}version\u{201d} is missing before the end of line 1. Add it."),
            "{missing}"
        );
        let broken = told("{\"id\": \"x\",\n \"version\" \"1\"}");
        assert!(broken.contains("line 2 is not JSON."), "{broken}");
        let wrong = told("{\"id\": 3}");
        assert!(wrong.contains("a value in line 1 is of the wrong kind"), "{wrong}");
        assert!(![missing, broken, wrong].iter().any(|words| words.contains("column")));
    }
}
