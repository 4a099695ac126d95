//! One record writes the words for the other logs of the home: nobody types the same thing twice.
//! Codes of people, never names.

use super::{
    cqc_form::{asks, reporter_role},
    facts, levels, record as words, steps,
};
use crate::text::common;
use domain::{
    directory::Directory,
    record::Record,
    vocabulary::{self as list},
};

/// Words for one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// "MAR note", "Maintenance log", as the provider calls it.
    pub log: String,
    pub text: String,
}

/// The logs in which something of this record is written as well.
pub fn for_logs(record: &Record, directory: &Directory) -> Vec<Copyable> {
    let own = |code: &str| steps::log_name(code, directory, &record.site).to_owned();
    let mut all = Vec::new();
    if asks(record, "mar_ref") {
        all.push(Copyable { log: "MAR note".into(), text: mar_note(record, directory) });
    }
    if record.spec().is_some_and(|spec| spec.destinations(1).contains(&"maintenance_log")) {
        all.push(Copyable { log: own("maintenance_log"), text: maintenance(record, directory) });
    }
    all.push(Copyable { log: own("daily_record"), text: daily(record, directory) });
    all.push(Copyable { log: own("supervision_records"), text: supervision(record, directory) });
    all
}

fn mar_note(record: &Record, directory: &Directory) -> String {
    let parts = [
        head(record, directory),
        labelled(record, directory, &["medicine", "stage", "mar_ref"]),
        reached(record),
        done(record),
        end(record),
    ];
    join(parts)
}

fn maintenance(record: &Record, directory: &Directory) -> String {
    let actions = words::action_lines(record);
    let actions = if actions.is_empty() { String::new() } else { format!("Work: {}.", actions.join("; ")) };
    join([
        head(record, directory),
        labelled(record, directory, &["asset", "made_safe", "exam_due"]),
        done(record),
        actions,
        end(record),
    ])
}

fn daily(record: &Record, directory: &Directory) -> String {
    let more = labelled(record, directory, &["triggers", "early_signs", "strategies", "outcome"]);
    join([head(record, directory), people(record), more, reached(record), done(record), end(record)])
}

fn supervision(record: &Record, directory: &Directory) -> String {
    let risk = record.risk().map(|risk| {
        format!(
            "What could have happened: {}.",
            words::lower_first(levels::word(&levels::POTENTIAL, risk.potential_worst))
        )
    });
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
    let learned =
        record.told.last().map(|note| format!("What we learned: {}.", note.text.trim_end_matches('.')));
    join([
        format!("Talked about: {}", head(record, directory)),
        risk.unwrap_or_default(),
        factors,
        learned.unwrap_or_default(),
        "This is about how we work, not about blame.".to_owned(),
        end(record),
    ])
}

fn head(record: &Record, directory: &Directory) -> String {
    let place = words::place(record, directory).map(|place| format!(", {place}")).unwrap_or_default();
    format!(
        "{}{place}. {}, noticed by {}.",
        common::moment(record.facts.occurred_at()),
        words::title(record),
        reporter_role(record, directory)
    )
}

fn people(record: &Record) -> String {
    words::people(record).map(|codes| format!("About: {codes}.")).unwrap_or_default()
}

fn labelled(record: &Record, directory: &Directory, names: &[&str]) -> String {
    let line = |name: &&str| {
        let value = record.facts.fields.get(*name).filter(|value| !domain::fields::is_empty(value))?;
        let words = facts::value_of(record.spec(), name, value, directory);
        Some(format!("{}: {words}.", facts::label(name)))
    };
    names.iter().filter_map(line).collect::<Vec<_>>().join(" ")
}

fn reached(record: &Record) -> String {
    format!("{}.", list::KIND.label(record.kind.code()))
}

fn done(record: &Record) -> String {
    let done: Vec<&str> = record.facts.list("immediate_actions").collect();
    if done.is_empty() { String::new() } else { format!("Done at once: {}.", done.join("; ")) }
}

fn end(record: &Record) -> String {
    format!("Noticed, reference {}.", words::reference(&record.id))
}

fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
