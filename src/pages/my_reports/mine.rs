//! The reports of the person here, and of this device without a name.

use crate::{
    state::{App, Letter},
    text::capture as text,
};
use domain::{
    category::{self, CategorySpec},
    event::{Author, Fields},
    pathway::State,
    record::{Note, Question, Record},
    register::Register,
    time::Instant,
};
use leptos::prelude::*;
use serde_json::Value;

/// Tracked, as everything here.
pub fn is_mine(app: App, record: &Record) -> bool {
    let by_me = |staff| record.reporter.is(&Author::Staff(staff));
    let me = app.session.read().me().map(|me| me.staff.clone());
    // Who brings in the past has not reported it.
    let mine = record.imported.is_none() && me.is_some_and(by_me);
    mine || wrote_letter(app, record)
}

/// Reported from here without a name. On a shared device nobody is told: colleagues could guess who it was.
fn wrote_letter(app: App, record: &Record) -> bool {
    shows_letters(app) && app.letters.holds(&record.id)
}

pub fn shows_letters(app: App) -> bool {
    app.session.read().device().is_some_and(|device| !device.shared)
}

/// Written by the person here, or from here for a report without a name.
pub fn is_by_me(app: App, record: &Record, author: &Author) -> bool {
    match author {
        Author::Staff(staff) => app.session.read().me().is_some_and(|me| me.staff == *staff),
        Author::Anonymous => wrote_letter(app, record),
        Author::Hidden => false,
    }
}

/// What somebody else did counts as new for this long.
const NEW_DAYS: i64 = 30;

/// The version at which somebody else did something last that its reporter can read; 0 for never.
pub fn last_of_others(app: App, record: &Record) -> u32 {
    let by_others = record.events.iter().rev().filter(|received| {
        let mine = is_by_me(app, record, &received.event.by);
        let is_old = (app.now.get() - received.judgement.corrected_at).num_days() > NEW_DAYS;
        !mine && !is_old && text::reports::happened(record, received, mine).is_some()
    });
    by_others.filter_map(|received| received.judgement.version).max().unwrap_or(0)
}

/// Something happened since this person opened it last.
pub fn is_unread(app: App, record: &Record) -> bool {
    last_of_others(app, record) > app.seen.version(&record.id)
}

pub fn unread(app: App) -> usize {
    let register = app.register.get();
    register.records().filter(|record| is_mine(app, record) && is_unread(app, record)).count()
}

/// Those that wait for an answer first, then by the last thing that happened, newest first.
pub fn reports(app: App, register: &Register) -> Vec<&Record> {
    let mut mine: Vec<&Record> = register.records().filter(|record| is_mine(app, record)).collect();
    mine.sort_by_key(|record| (needs_answer(record), last_at(record)));
    mine.reverse();
    mine
}

/// Letters of this device whose record is not known here.
pub fn letters(app: App, register: &Register) -> Vec<Letter> {
    if !shows_letters(app) {
        return Vec::new();
    }
    let list = app.letters.list.read();
    let unknown =
        list.iter().filter(|letter| letter.verb == "report" && register.record(&letter.record).is_none());
    unknown.rev().cloned().collect()
}

pub fn needs_answer(record: &Record) -> bool {
    record.state == State::Returned
        || (record.state.is_live() && record.pressing_questions().next().is_some())
}

/// Questions that wait for the reporter.
pub fn asked(record: &Record) -> Vec<&Question> {
    if !record.state.is_live() {
        return Vec::new();
    }
    record.return_question().into_iter().chain(record.open_questions()).collect()
}

/// The newest message to the reporter.
pub fn feedback(record: &Record) -> Option<&Note> {
    record.told.last()
}

pub fn last_at(record: &Record) -> Instant {
    record.events.last().map_or(record.reported_at, |received| received.judgement.corrected_at)
}

/// "Wrong dose or amount"; the category where it is nothing in particular.
pub fn title(record: &Record) -> String {
    titled(record.spec(), &record.facts.fields)
}

pub fn spec_of(fields: &Fields) -> Option<&'static CategorySpec> {
    category::find(fields.get("category")?.as_str()?)
}

pub fn titled(spec: Option<&'static CategorySpec>, fields: &Fields) -> String {
    let Some(spec) = spec else { return text::NOT_KNOWN_HERE.to_owned() };
    let subtype = fields.get(spec.subtype).and_then(Value::as_str).filter(|code| *code != "other");
    subtype
        .map_or(spec.name, |code| spec.subtypes.find(code).map_or(spec.name, |known| known.label))
        .to_owned()
}

/// The name of an author as this person may read it.
pub fn name_of(app: App, author: &Author) -> Option<String> {
    let directory = app.directory.read();
    author.staff().map(|staff| directory.staff_name(staff).to_owned())
}
