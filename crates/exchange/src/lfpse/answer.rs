//! Our answer to one of their questions.

use super::{
    Answer, Question, Taxonomy,
    taxonomy::{By, OnlyFor, Special},
};
use crate::Pack;
use domain::{
    record::{NOT_ANSWERED, Record, Reporter},
    time,
};

pub(super) fn of(pack: &Pack<'_>, record: &Record, question: &Question, taxonomy: &Taxonomy) -> Answer {
    if let Some(only) = &question.only_for
        && !fact(record, &only.fact).is_some_and(|code| only.codes.contains(&code))
        && !may_be(record, only)
    {
        return Answer::NotAsked;
    }
    let list = question.list.as_ref().and_then(|list| taxonomy.lists.get(list));
    let label = |code: &str| list.and_then(|list| list.get(code)).cloned().unwrap_or_default();
    let mut found = match question.special {
        Some(special) => special_answer(pack, record, special, label),
        None => Vec::new(),
    };
    let by = question.by.iter().filter_map(|by| mapped(record, by, label));
    found.extend(by.take(if question.all { usize::MAX } else { 1 }));
    if !found.is_empty() {
        return Answer::Known(found);
    }
    let choices = list.into_iter().flatten().map(|(code, words)| (code.clone(), words.clone()));
    let facts = question.by.iter().map(|by| &by.fact).chain(question.only_for.iter().map(|only| &only.fact));
    let why = match facts.into_iter().any(|fact| is_open(record, fact)) {
        true => format!("{NOT_ANSWERED}."),
        false => question.unknown.clone(),
    };
    Answer::Unknown { why, choices: choices.collect() }
}

/// Nobody has been asked about this fact of the record yet.
fn is_open(record: &Record, fact: &str) -> bool {
    let field = match (fact, record.spec()) {
        ("subtype", Some(spec)) => spec.subtype,
        (field, _) => field,
    };
    record.unanswered().contains(&field)
}

/// Nobody has said what it was, and it may turn out to be one of these.
fn may_be(record: &Record, only: &OnlyFor) -> bool {
    let spec = record.spec().filter(|_| only.fact == "subtype" && is_open(record, &only.fact));
    spec.is_some_and(|spec| only.codes.iter().any(|code| spec.subtypes.has(code)))
}

fn mapped(record: &Record, by: &By, label: impl Fn(&str) -> String) -> Option<(String, String)> {
    let ours = fact(record, &by.fact)?;
    let code = by.map.get(&ours).cloned();
    let words = by.words.get(&ours).cloned();
    match (code, words) {
        (None, None) => None,
        (Some(code), None) => Some((code.clone(), label(&code))),
        (code, Some(words)) => Some((code.unwrap_or_default(), words)),
    }
}

/// A code that the record holds: of a field of step 1, or one that follows from the record.
fn fact(record: &Record, name: &str) -> Option<String> {
    let yes = |yes: bool| Some(if yes { "yes" } else { "no" }.to_owned());
    if let Some(body) = name.strip_prefix("decision.") {
        let decision = record.notification().filter(|decision| decision.outcome != "seek_advice")?;
        return yes(decision.bodies.get(body)?.needed);
    }
    if let Some(question) = name.strip_prefix("answer.") {
        return record.notification()?.answers.get(question).cloned();
    }
    match name {
        "always" => yes(true),
        "anonymous" => yes(record.reporter == Reporter::Anonymous),
        "kind" => Some(record.kind.code().to_owned()),
        "subtype" => record.said_subtype().map(str::to_owned),
        // Worked out from the clock where it was not typed; without a time nothing is worked out.
        "shift" if record.facts.has("shift") || record.facts.has("occurred_at") => {
            Some(record.facts.shift().to_owned())
        }
        "shift" => None,
        _ => record.said(name).map(str::to_owned).or_else(|| record.facts.flag(name).and_then(yes)),
    }
}

fn special_answer(
    pack: &Pack<'_>,
    record: &Record,
    special: Special,
    label: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let facts = &record.facts;
    let plain = |words: String| vec![(String::new(), words)];
    match special {
        Special::Date => plain(facts.occurred_on().format("%Y-%m-%d").to_string()),
        Special::Time if facts.has("occurred_at") && !pack.hidden().has(&record.id) => {
            plain(time::london(facts.occurred_at()).format("%H:%M").to_string())
        }
        Special::Today => {
            let today = facts.occurred_on() == time::london_date(pack.selection.now);
            let code = if today { "y" } else { "n" };
            vec![(code.to_owned(), label(code))]
        }
        Special::Text if pack.selection.identified && facts.has("text") => {
            plain(facts.text("text").to_owned())
        }
        Special::Time | Special::Text => Vec::new(),
    }
}
