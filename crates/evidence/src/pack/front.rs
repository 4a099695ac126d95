//! The first page of every pack, and its last two: what is left out, and how to check it.

use super::View;
use crate::{
    doc::{Block, Section},
    framework::Status,
    request::{rule_versions, rules_in_words},
    words,
};
use domain::vocabulary;

const IN_IT: &str = "Records in it";

pub(super) fn front(view: &View<'_>) -> Section {
    let (selection, request) = (view.selection, view.selection.request);
    let mut facts = vec![
        ("Provider".to_owned(), selection.cast.provider().to_owned()),
        ("Sites".to_owned(), request.site_names(selection.register)),
        ("Period (when it happened)".to_owned(), words::period(request.from, request.to)),
        ("Categories".to_owned(), request.category_names()),
        (
            IN_IT.to_owned(),
            format!(
                "{} ({} count as near misses)",
                words::grouped(&selection.records.len().to_string()),
                words::grouped(&view.figures.tally(None, None).near_misses.to_string())
            ),
        ),
        ("Rules".to_owned(), rules(view)),
        ("Names".to_owned(), names(view)),
        (
            "Made".to_owned(),
            format!(
                "{} by: {}",
                words::moment(request.made_at),
                vocabulary::ROLE.label(request.made_by.code())
            ),
        ),
    ];
    if request.kind.uses_framework() {
        let framework = &request.framework;
        facts.insert(4, ("Framework".to_owned(), format!("{}, {}", framework.title, framework.edition())));
    }
    // Who compares the page with the table finds why it has more rows.
    let apart = selection.left_out.len();
    if apart > 0 && !request.kind.is_coded_only() && !view.by_link {
        let after = facts.iter().position(|(name, _)| name == IN_IT).map_or(facts.len(), |place| place + 1);
        let rows = words::grouped(&format!(
            "{} rows: these {}, and {apart} taken back or marked as a duplicate, which are not counted",
            selection.records.len() + apart,
            selection.records.len(),
        ));
        facts.insert(after, ("The file records.csv".to_owned(), rows));
    }
    let mut section = Section::new(2, "front", "About this pack");
    section.push(Block::Facts(facts));
    if request.kind.uses_framework() {
        let framework = &request.framework;
        let checked = framework.checked.trim();
        let checked = words::month_of(checked).unwrap_or_else(|| checked.to_owned());
        let checked = if checked.is_empty() { checked } else { format!(" Checked: {checked}.") };
        let note = format!("{}{checked}", framework.note);
        section.push(match request.framework.status {
            Status::Draft => Block::Note(note),
            Status::InForce | Status::Own => Block::Para(note),
        });
    }
    if selection.records.is_empty() {
        section.push(Block::Note(
            "No record fits: nothing was reported at these sites in this period. That is not the same as nothing \
             having happened."
                .into(),
        ));
    }
    section
}

/// The versions of the files and of the log, in words first.
fn rules(view: &View<'_>) -> String {
    if view.by_link {
        return words::upper_first(&rules_in_words());
    }
    format!("{}. In the files: {}", words::upper_first(&rules_in_words()), rule_versions().join(", "))
}

pub(super) fn contents() -> Section {
    Section::new(2, "contents", "Contents").with(Block::Contents)
}

fn names(view: &View<'_>) -> String {
    let request = view.selection.request;
    match request.reason() {
        Some(reason) => format!("With names, codes and free text. Reason given: {reason}"),
        _ if request.kind.is_coded_only() => {
            "De-identified: codes, numbers and dates only; no words that anybody typed".to_owned()
        }
        _ => "De-identified: people are letters, staff are roles, free text is left out".to_owned(),
    }
}

pub(super) fn left_out(view: &View<'_>) -> Section {
    let (selection, request) = (view.selection, view.selection.request);
    let mut lines = vec![
        format!(
            "Taken back by the reporter or the manager: {}. Marked as the same as another report: {}. They are not \
             counted.",
            selection.withdrawn(),
            selection.duplicates()
        ),
        "Only what the maker of the pack may see is in it.".to_owned(),
    ];
    if request.kind.is_coded_only() {
        lines.push(
            "Numbers are split by category, site or month only where no count of 1 or 2 stands in the split or can be \
             worked out from it. What is not split says \u{201c}not shown\u{201d}, or is left out of its table."
                .to_owned(),
        );
        lines.push("No line of this pack is about one person, and no record is told by itself.".to_owned());
    } else if !request.is_identified() {
        lines.push(format!(
            "{} became letters. The letters are of this pack only: another pack gives other letters.",
            words::upper_first(&words::count(selection.cast.people_count(), "person", "people"))
        ));
        lines.push(
            "Words that staff typed are left out, but for those that were written for sharing: messages to \
             reporters, summaries of audits, the provider's oversight notes, and what the maker of this pack wrote \
             about its examples."
                .to_owned(),
        );
        lines.push(
            "A room where a person lives has no name here. Reports without a name, or with a sealed name, have \
             dates and no times."
                .to_owned(),
        );
    } else {
        lines.push("People who are supported are codes; the app never holds their names.".to_owned());
        lines.push("A reporter whose name is sealed stays sealed, also in this pack.".to_owned());
    }
    lines.push("Photos are left out of every pack: a face or a room cannot become a letter.".to_owned());
    lines.push(
        "The number of reports is not a measure of safety. More reports may mean that staff feel safe to speak up."
            .to_owned(),
    );
    Section::new(2, "left-out", "What is left out, and how to read the numbers").with(Block::List(lines))
}

pub(super) fn checking(view: &View<'_>) -> Section {
    if view.by_link {
        return by_link();
    }
    let identified = view.selection.cast.is_identified();
    let mut lines = vec![
        "This page is one file of a pack. The file manifest.json names every file with its size and its SHA-256."
            .to_owned(),
        "Anybody can check the pack: open it in the app at \u{201c}Evidence\u{201d} and choose \u{201c}Check a \
         pack\u{201d}, or follow README.txt, which needs no app."
            .to_owned(),
        "log.jsonl holds the events behind the records, one a line, with their hashes. proof.json says how each \
         device's events are chained, so that a missing or changed one shows."
            .to_owned(),
    ];
    if !identified {
        lines.push(match view.selection.cast.about() {
            None => {
                "A de-identified line cannot be hashed again, because words are left out of it. Its hash can \
                         be compared with the provider's own log."
                    .to_owned()
            }
            Some(_) => {
                "A line cannot be hashed again, because what is about others is left out of it. Its hash \
                            can be compared with the provider's own log."
                    .to_owned()
            }
        });
    }
    Section::new(2, "checking", "How to check that nothing was changed").with(Block::List(lines))
}

/// Who reads by a link has none of the files that can be checked.
fn by_link() -> Section {
    let lines = [
        "You read this by a link. The page was made from the records when you opened it, and no file came with it.",
        "To check that nothing was changed, ask the service for the whole pack of the same days: one zip file with this \
         page, its tables and the events behind the records. It says itself how it is checked, with the app or without.",
        "Ask also, on the telephone or in person, for the check number of that pack (the SHA-256 of its manifest.json), \
         and compare: then nobody can have made another pack in its place.",
    ];
    let lines = lines.map(str::to_owned).to_vec();
    Section::new(2, "checking", "How to check that nothing was changed").with(Block::List(lines))
}
