//! What is recorded about one person, for that person: every record that names them, told all the way through, words
//! included. Others keep their rights: other people are letters, staff are roles. Source: UK GDPR Article 15.

use super::View;
use crate::{
    doc::{Block, Cell, Section, Table},
    labels, words,
};
use domain::{pathway::State, record::Record, vocabulary};

/// For whoever hands the pack over.
const READ_FIRST: &str = "Read it before you hand it over: words that were typed can say something about other people, \
                          and about staff. A copy must not harm the rights of others (UK GDPR Article 15(4)). Cover \
                          what is about somebody else, and write down why.";

pub(super) fn front(view: &View<'_>) -> Section {
    let (selection, request) = (view.selection, view.selection.request);
    let person = request.about().map(|person| selection.cast.person(person)).unwrap_or_default();
    let mut section = Section::new(2, "front", "About this pack");
    section.push(Block::Note(READ_FIRST.into()));
    section.push(Block::Facts(vec![
        ("About".to_owned(), person),
        ("Provider".to_owned(), selection.cast.provider().to_owned()),
        ("Sites".to_owned(), request.site_names(selection.register)),
        ("Period (when it happened)".to_owned(), words::period(request.from, request.to)),
        ("Records that name this person".to_owned(), held(view)),
        ("Why it was made".to_owned(), request.reason().unwrap_or_default()),
        (
            "Made".to_owned(),
            format!(
                "{} by: {}",
                words::moment(request.made_at),
                vocabulary::ROLE.label(request.made_by.code())
            ),
        ),
    ]));
    if selection.records.is_empty() {
        section.push(Block::Note("No record names this person in these days.".into()));
    }
    section.push(Block::Heading("What is left out, and why".into()));
    section.push(Block::List(left_out(view)));
    section
}

/// "7. Of them taken back: 1. The same as another report: 1."
fn held(view: &View<'_>) -> String {
    let selection = view.selection;
    let mut words = selection.records.len().to_string();
    for (what, many) in
        [("taken back", selection.withdrawn()), ("the same as another report", selection.duplicates())]
    {
        if many > 0 {
            words.push_str(&format!("; {what}: {many}"));
        }
    }
    words
}

fn left_out(view: &View<'_>) -> Vec<String> {
    let selection = view.selection;
    let staff = match selection.request.names_staff() {
        true => "Staff are named, because a reason was given.",
        false => "Staff are roles, not names: who works here has rights too.",
    };
    let mut lines = vec![
        format!(
            "Other people who are supported are letters, because what is held about them is theirs: {} in it.",
            words::count(selection.cast.people_count(), "other person", "other people")
        ),
        format!("{staff} A reporter who gave no name, or whose name is sealed, stays unknown."),
        "What was said with a member of staff about their practice is about them, and is not in it.".to_owned(),
        "Where another person lives has no name here. Patterns that list records of others are left out.".to_owned(),
        "Only records that name this person by code are in it, of the sites above, as far as the maker of the pack \
         may see them. A person who is only spoken of in typed words is not found."
            .to_owned(),
    ];
    let disposed = selection.disposed();
    if disposed > 0 {
        lines.push(format!(
            "{} of these days at these sites no longer {} words or people, because the time for keeping them was \
             over or somebody asked for it. Whom they named cannot be known any more.",
            words::upper_first(&words::count(disposed, "record", "records")),
            if disposed == 1 { "has" } else { "have" },
        ));
    }
    let photos: usize = selection.records.iter().map(|record| record.photos.len()).sum();
    if photos > 0 {
        lines.push(format!(
            "{} with these records and not in this file, because others can be seen in a photo. Look at each in the \
             app, and give those that show only this person.",
            match photos {
                1 => "1 photo is".to_owned(),
                many => format!("{many} photos are"),
            }
        ));
    }
    lines.push(
        "Who looked at a record is not in a pack. The app keeps that list for sensitive records, on the page of the \
         record."
            .to_owned(),
    );
    lines
}

/// The records in short; no block where there are none.
pub(super) fn list(view: &View<'_>) -> Section {
    let selection = view.selection;
    let section = Section::new(2, "records", "The records in short").on_new_page();
    if selection.records.is_empty() {
        return section;
    }
    let mut list = Table::new(
        "Records that name this person, oldest first",
        &[("Record", 2), ("Happened", 3), ("What", 5), ("Kind", 3), ("Where it stands", 4), ("Named", 4)],
    )
    .based_on(view.basis("none, these are records"));
    for record in &selection.records {
        list.row([
            Cell::linked(selection.reference(&record.id).unwrap_or_default(), view.told_at(&record.id)),
            Cell::from(words::short_day(record.facts.occurred_on())),
            Cell::from(labels::subtype(record)),
            Cell::from(words::upper_first(labels::kind(record))),
            Cell::from(vocabulary::STATE.label(record.state.code())),
            Cell::from(named(view, record)),
        ]);
    }
    section.with(Block::Table(list))
}

pub(super) fn sections(view: &View<'_>, stories: Vec<Section>) -> Vec<Section> {
    let selection = view.selection;
    if selection.records.is_empty() {
        return Vec::new();
    }
    let mut sections =
        vec![Section::new(2, "stories", "Each record, told all the way through").on_new_page()];
    let told = stories.into_iter().zip(&selection.records);
    sections.extend(told.map(|(mut section, record)| {
        if let Some(Block::Facts(facts)) = section.blocks.first_mut() {
            facts.push(("Named".to_owned(), named(view, record)));
            facts.extend(ended(view, record).map(|words| ("What became of it".to_owned(), words)));
        }
        section
    }));
    sections
}

/// In what of the record the person is named.
fn named(view: &View<'_>, record: &Record) -> String {
    let is_in = |facts: &domain::record::Facts| {
        view.selection.cast.about().is_some_and(|own| facts.people().any(|person| person == *own))
    };
    match (is_in(&record.original), is_in(&record.facts)) {
        (true, true) => "From the first report on",
        (true, false) => "When it was first reported; a correction took it out",
        (false, true) => "Since a correction",
        (false, false) => "In a correction that no longer stands",
    }
    .to_owned()
}

/// What became of a record that counts nowhere.
fn ended(view: &View<'_>, record: &Record) -> Option<String> {
    match record.state {
        State::Withdrawn => Some("It was taken back. It is kept, and counted nowhere.".to_owned()),
        State::Duplicate => {
            let other = record.duplicate_of.as_ref().and_then(|id| view.selection.reference(id));
            Some(match other {
                Some(reference) => format!("It is the same as {reference}, and counted there."),
                None => "It is the same as another report, which does not name this person.".to_owned(),
            })
        }
        _ => None,
    }
}
