//! What was noticed, when, where and by whom.

use super::{Part, Teller};
use crate::{doc::Block, gone, labels, words};
use domain::{
    record::{Amendment, Reporter},
    vocabulary,
};

pub(super) fn in_short(teller: &Teller<'_>) -> String {
    let record = teller.record;
    let what = match record.said_subtype() {
        None if record.facts.subtype().is_some() => "what it was is not answered yet".to_owned(),
        _ => words::lower_first(&labels::subtype(record)),
    };
    format!(
        "Noticed on {}: {what} ({}, {}).",
        words::day(record.facts.occurred_on()),
        labels::category(record).to_lowercase(),
        labels::kind(record),
    )
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let (record, cast) = (teller.record, teller.cast);
    let gone = record.words_gone().map(|gone| Block::Note(gone::said(gone)));
    let mut blocks: Vec<Block> = gone.into_iter().collect();
    blocks.extend([Block::Para(sentence(teller)), Block::Para(kind_sentence(teller))]);
    if let Some(text) = teller.free(record.facts.text("text")) {
        blocks.push(Block::Quote(text));
    }
    let free = cast.tells_words() && !teller.coded_only;
    blocks.push(Block::Facts(labels::facts(record, cast, free)));
    if record.facts.is_luck() {
        blocks.push(Block::Note("Only luck stopped it. No planned check did.".into()));
    }
    let reasons: Vec<String> = record
        .urgent_reasons()
        .into_iter()
        .map(|reason| words::lower_first(vocabulary::URGENT_REASON.label(reason.code())))
        .collect();
    if !reasons.is_empty() {
        blocks.push(Block::Note(format!("Urgent: {}.", words::listed(&reasons))));
    }
    blocks.extend(record.amendments.iter().map(|amendment| Block::Para(correction(teller, amendment))));
    Part { key: "noticed", title: "What was noticed", blocks }
}

fn sentence(teller: &Teller<'_>) -> String {
    let (record, cast) = (teller.record, teller.cast);
    let who = match &record.reporter {
        Reporter::Named(id) => cast.staff(id, &record.site),
        Reporter::Confidential(_) if record.words_gone().is_some() => words::upper_first(gone::NAME),
        Reporter::Confidential(_) if record.withholds_reporter() => "A member of staff".to_owned(),
        Reporter::Confidential(_) => "A member of staff whose name is sealed".to_owned(),
        Reporter::Anonymous => "Somebody who gave no name".to_owned(),
    };
    let who = words::doer(&who);
    let place = record.facts.code("location").map(|code| format!(", {}", in_place(&cast.place(code))));
    let shift = words::lower_first(vocabulary::SHIFT.label(record.facts.shift()));
    let shift = shift.split(" (").next().unwrap_or_default();
    let sealed = teller.is_sealed();
    let happened = record.facts.occurred_at();
    if record.imported.is_some() {
        return format!(
            "{who} brought it in from an older list on {}. It happened at {} at {}{}.",
            words::day(domain::time::london_date(record.reported_at)),
            words::moment(happened),
            cast.site(&record.site),
            place.unwrap_or_default(),
        );
    }
    let waited = (record.reported_at - happened).num_minutes();
    let reported = if sealed && !cast.is_identified() {
        format!("It was reported on {}.", words::day(domain::time::london_date(record.reported_at)))
    } else if waited < 1 {
        "It was reported straight away.".to_owned()
    } else {
        format!("It was reported {} later.", words::minutes(waited as f64))
    };
    format!(
        "{who} reported it. It happened {} at {}{}, on the {shift} shift. {reported}",
        if sealed && !cast.is_identified() {
            format!("on {}", words::day(record.facts.occurred_on()))
        } else {
            format!("at {}", words::moment(happened))
        },
        cast.site(&record.site),
        place.unwrap_or_default(),
    )
}

fn in_place(place: &str) -> String {
    if place.starts_with("a ") { format!("in {place}") } else { format!("place: {place}") }
}

fn kind_sentence(teller: &Teller<'_>) -> String {
    let record = teller.record;
    let label = vocabulary::KIND.label(record.kind.code());
    let national = record.national();
    let mut sentence = format!("What it is: {}.", words::lower_first(label));
    if national != record.facts.national() {
        sentence.push_str(&format!(" {}", labels::NO_NATIONAL_KIND));
    }
    if let Some(code) = national.ncc_merp {
        sentence.push_str(&format!(" NCC MERP category: {}.", code.replace('_', " ")));
    }
    if let Some(code) = national.pir {
        let label = domain::category::medication::PIR_CATEGORY.label(code);
        sentence.push_str(&format!(" In the provider information return: {}.", words::lower_first(label)));
    }
    sentence
}

fn correction(teller: &Teller<'_>, amendment: &Amendment) -> String {
    let sealed = teller.cast.seals(&amendment.by, teller.record);
    let when = teller.when(amendment.at, sealed);
    let who = words::inside(&teller.cast.author_in(&amendment.by, teller.record));
    if amendment.changes.is_empty() && teller.record.words_gone().is_some() {
        return format!("Corrected {when} by {who}. {}.", gone::WORDS);
    }
    if amendment.changes.is_empty() && teller.record.withholds_authors() {
        return format!(
            "Corrected {when} by {who}. What was changed is not shown to the reader of this page."
        );
    }
    let changed: Vec<String> = amendment
        .changes
        .keys()
        .map(|name| format!("\u{201c}{}\u{201d}", words::lower_first(labels::label(name))))
        .collect();
    let reason =
        teller.free(&amendment.reason).map(|reason| format!(" Reason: {reason}")).unwrap_or_default();
    format!(
        "Corrected {when} by {who}: {}. What was first written stays in the log.{reason}",
        words::listed(&changed),
    )
}
