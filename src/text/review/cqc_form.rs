//! First words for what the Care Quality Commission's form asks, put together from a record, and what is missing.
//! A code and never a name. Source: background.md section 1.1.

use super::{facts, levels, record as words};
use crate::text::common;
use domain::{
    directory::Directory,
    record::{Record, Reporter},
    vocabulary::{self as list, BODY},
};

/// One prompt of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Name of its box.
    pub id: &'static str,
    pub asks: &'static str,
    /// What the record holds; may be empty.
    pub text: String,
    /// What the form asks and the record does not hold.
    pub missing: Vec<&'static str>,
}

/// Every prompt in the order of the form. `earlier`: records of the last 90 days about the same person or thing,
/// one line each, with what they have in common.
pub fn prompts(record: &Record, directory: &Directory, earlier: &[String]) -> Vec<Prompt> {
    vec![
        who(record),
        what(record, directory),
        known_risk(record, earlier),
        in_place(record),
        for_this_person(record),
        for_others(record),
        staff(record),
        told(record),
    ]
}

fn who(record: &Record) -> Prompt {
    let codes: Vec<&str> = record.facts.list("people").collect();
    let text = match codes.as_slice() {
        [] => "No person is named in the record.".to_owned(),
        codes => format!("Unique identifier: {}. Age band: ", common::list(codes)),
    };
    let missing = if codes.is_empty() {
        vec!["Who it was about: the code that you use for the person"]
    } else {
        vec!["The age band, for example 75 to 84. Never the name"]
    };
    Prompt { id: "cqc-who", asks: "Who was it about?", text, missing }
}

fn what(record: &Record, directory: &Directory) -> Prompt {
    let place = words::place(record, directory).map(|place| format!(" Where: {place}.")).unwrap_or_default();
    let said = record.facts.code("text").map(|text| format!(" {}", sentence(text))).unwrap_or_default();
    let medicines = if asks(record, "mar_ref") {
        " A mistake with medicines was, or may have been, the cause."
    } else {
        ""
    };
    let text = format!(
        "{}, {}.{place} {}.{said}{medicines}",
        words::title(record),
        common::moment(record.facts.occurred_at()),
        list::KIND.label(record.kind.code()),
    );
    let missing = if record.facts.has("text") { Vec::new() } else { vec!["What happened, in order"] };
    Prompt { id: "cqc-what", asks: "What happened?", text, missing }
}

fn known_risk(record: &Record, earlier: &[String]) -> Prompt {
    let text = match earlier {
        [] => "Nothing like it was recorded in the 90 days before.".to_owned(),
        lines => format!(
            "{} in the 90 days before: {}.",
            common::count(lines.len(), "similar record", "similar records"),
            lines.join("; ")
        ),
    };
    let likely = record.risk().map(|risk| {
        format!(" How likely again: {}.", levels::word(&levels::LIKELIHOOD, risk.likelihood).to_lowercase())
    });
    Prompt {
        id: "cqc-risk",
        asks: "Was the person known to be at risk of this?",
        text: [text, likely.unwrap_or_default()].concat(),
        missing: vec!["What the care plan said about this risk, and since when"],
    }
}

fn in_place(record: &Record) -> Prompt {
    let spec = record.spec();
    let field = |name: &str| {
        let value = record.facts.fields.get(name)?;
        let words = facts::value_of(spec, name, value, &Directory::default());
        Some(format!("{}: {}.", facts::label(name), words::lower_first(&words)))
    };
    let parts: Vec<String> = ["defence", "caught_by", "made_safe"].into_iter().filter_map(field).collect();
    Prompt {
        id: "cqc-in-place",
        asks: "What risk assessment was there, and what was in place against it?",
        text: parts.join(" "),
        missing: vec!["Which risk assessment, its date, and if it was followed"],
    }
}

fn for_this_person(record: &Record) -> Prompt {
    let done: Vec<&str> = record.facts.list("immediate_actions").collect();
    let done = if done.is_empty() { String::new() } else { format!("At once: {}.", done.join("; ")) };
    let interim = record.risk().map(|risk| sentence(&risk.interim)).unwrap_or_default();
    let text = join([done, interim]);
    let missing = match text.is_empty() {
        true => vec!["What was done for the person at once", "If the person and the family were told"],
        false => vec!["If the person and the family were told"],
    };
    Prompt { id: "cqc-person", asks: "What was done at once for this person?", text, missing }
}

fn for_others(record: &Record) -> Prompt {
    let wider = record.notification().map(|decision| sentence(&decision.wider_risk)).unwrap_or_default();
    let planned = words::action_lines(record);
    let planned =
        if planned.is_empty() { String::new() } else { format!("Actions: {}.", planned.join("; ")) };
    let text = join([wider, planned]);
    let missing = if text.is_empty() { vec!["What was done so that others are safe"] } else { Vec::new() };
    Prompt { id: "cqc-others", asks: "What was done for others who may be at risk?", text, missing }
}

fn staff(record: &Record) -> Prompt {
    let yes = |name: &str, words: &'static str| {
        let holds = record.facts.fields.get(name).and_then(serde_json::Value::as_bool) == Some(true);
        holds.then_some(words)
    };
    let facts: Vec<&str> = [
        yes("agency_present", "Agency staff were there."),
        yes("short_staffed", "The shift was short of staff."),
    ]
    .into_iter()
    .flatten()
    .collect();
    let factors: Vec<&str> = record
        .decisions
        .iter()
        .filter(|decision| decision.is_effective())
        .flat_map(|decision| decision.body.factors())
        .map(|code| list::FACTOR.label(code))
        .collect();
    let factors = if factors.is_empty() {
        String::new()
    } else {
        format!("What made it more likely: {}.", factors.join(", "))
    };
    let supervision = record
        .outcome()
        .and_then(|outcome| outcome.supervision.as_ref())
        .map(|supervision| format!("Supervision: {}", sentence(&supervision.result)))
        .unwrap_or_default();
    Prompt {
        id: "cqc-staff",
        asks: "Which staff were involved, and what was done with them?",
        text: join([facts.join(" "), factors, supervision]),
        missing: vec![
            "Roles of the staff involved, never names",
            "Training, supervision or other steps with them",
        ],
    }
}

fn told(record: &Record) -> Prompt {
    let lines: Vec<String> = record
        .sent
        .iter()
        .map(|sent| {
            let reference = if sent.reference.is_empty() {
                String::new()
            } else {
                format!(", reference {}", sent.reference)
            };
            format!("{}: {}{reference}", BODY.label(&sent.body), common::moment(sent.sent_at))
        })
        .collect();
    let text =
        if lines.is_empty() { "Nobody else so far.".to_owned() } else { format!("{}.", lines.join("; ")) };
    Prompt { id: "cqc-told", asks: "Who else was told?", text, missing: Vec::new() }
}

/// "The reporter" as a form may have it: never a name.
pub fn reporter_role(record: &Record, directory: &Directory) -> String {
    let role = match &record.reporter {
        Reporter::Named(id) => {
            directory.staff.get(id).and_then(|staff| staff.roles.get(&record.site)?.first().copied())
        }
        Reporter::Confidential(_) | Reporter::Anonymous => None,
    };
    role.map_or_else(
        || "a member of staff".to_owned(),
        |role| words::lower_first(list::ROLE.label(role.code())),
    )
}

/// The category of the record asks for this field.
pub(super) fn asks(record: &Record, field: &str) -> bool {
    record.spec().is_some_and(|spec| spec.fields.iter().any(|known| known.name == field))
}

fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() { String::new() } else { format!("{text}.") }
}

fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
