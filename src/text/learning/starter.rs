//! First words of a story, put together from its record, without names and codes of people.

use crate::text::review::{
    decision::count,
    record::{lower_first, upper_first},
};
use domain::{directory::Directory, record::Record, vocabulary::VERDICT};

/// What we noticed, what we changed, what is different now.
pub fn texts(record: &Record, directory: &Directory) -> [String; 3] {
    [noticed(record), changed(record), different(record)].map(|text| without_people(&text, record, directory))
}

fn noticed(record: &Record) -> String {
    let Some(spec) = record.spec() else { return String::new() };
    let what = record.facts.subtype().filter(|code| *code != "other").map(|code| spec.subtypes.label(code));
    match what {
        Some(what) => format!("{}: {}.", spec.name, lower_first(what)),
        None => format!("{}.", spec.name),
    }
}

fn changed(record: &Record) -> String {
    let done: Vec<String> = record
        .actions
        .iter()
        .filter(|action| action.done.is_some())
        .map(|action| format!("{}.", upper_first(action.text.trim().trim_end_matches('.'))))
        .collect();
    done.join(" ")
}

fn different(record: &Record) -> String {
    let Some(review) = record.outcome() else { return String::new() };
    let verdict = VERDICT.label(&review.verdict);
    format!(
        "{}: {} before, {} after. {verdict}.",
        review.measure.trim().trim_end_matches('.'),
        count(&review.baseline),
        count(&review.value)
    )
}

/// Codes of people become "a person", names of staff "a colleague".
fn without_people(text: &str, record: &Record, directory: &Directory) -> String {
    let mut words = text.to_owned();
    for code in codes(record, directory) {
        words = replaced(&words, &code, "a person");
    }
    for name in names(directory) {
        words = replaced(&words, name, "a colleague");
    }
    words
}

/// The code of a person or the name of a member of staff that stands in a text.
pub fn person_in(text: &str, record: &Record, directory: &Directory) -> Option<String> {
    let names = names(directory).map(str::to_owned);
    codes(record, directory).chain(names).find(|word| replaced(text, word, "") != text)
}

fn codes<'a>(record: &'a Record, directory: &'a Directory) -> impl Iterator<Item = String> + 'a {
    let listed = directory.people.iter().filter(|(_, person)| person.site == record.site);
    let listed = listed.map(|(code, _)| code.to_string());
    record.facts.list("people").map(str::to_owned).chain(listed)
}

/// First names alone are words of their own too often ("May"), so a name counts as it is written in the list.
fn names(directory: &Directory) -> impl Iterator<Item = &str> {
    directory.staff.values().map(|staff| staff.name.as_str()).filter(|name| name.chars().count() > 2)
}

/// Whole words only.
fn replaced(text: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word).filter(|_| !word.is_empty()) {
        let (before, from) = rest.split_at(at);
        let after = &from[word.len()..];
        let is_whole = !before.chars().next_back().is_some_and(char::is_alphanumeric)
            && !after.chars().next().is_some_and(char::is_alphanumeric);
        out.push_str(before);
        out.push_str(if is_whole { by } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_whole_words_are_taken_out() {
        let check =
            |text: &str, word: &str, expected: &str| assert_eq!(replaced(text, word, "a person"), expected);
        check("R-014 fell, R-0145 did not", "R-014", "a person fell, R-0145 did not");
        check("Moved for R-014.", "R-014", "Moved for a person.");
        check("Amazing", "Ama", "Amazing");
        check("nobody", "", "nobody");
    }
}
