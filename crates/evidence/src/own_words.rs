//! What the maker of a pack says about its examples in their own words. Typed for this pack and kept nowhere else.

use crate::{
    doc::Block,
    request::{Fault, Request},
    words,
};
use domain::{directory::Directory, identifying::identifying, ids::RecordId, time::london_date, vocabulary};

/// Characters of one text: two sentences.
pub const MOST: usize = 400;

/// About one example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords {
    pub record: RecordId,
    pub happened: String,
    pub changed: String,
}

/// What is wrong with one text; none where it may stand. `names`: the pack may name people.
pub fn fault(text: &str, directory: &Directory, names: bool) -> Option<Fault> {
    if text.trim().chars().count() > MOST {
        return Some(Fault::WordsTooLong);
    }
    (!names).then(|| named(text, directory)).flatten().map(Fault::WordsName)
}

/// The first name, code or number of somebody that is found. It does not find every name.
fn named(text: &str, directory: &Directory) -> Option<String> {
    let lower = text.to_lowercase();
    let codes =
        directory.people.keys().map(|code| code.as_str()).chain(directory.staff.keys().map(|id| &**id));
    let staff = directory.staff.values().map(|staff| staff.name.as_str());
    let known = codes.chain(staff).find(|name| holds(&lower, &name.to_lowercase()));
    known.map(str::to_owned).or_else(|| identifying(text).into_iter().next().map(|found| found.text))
}

/// `name` stands in `text` by itself, not as a part of a longer word.
fn holds(text: &str, name: &str) -> bool {
    let ends = |text: Option<char>| text.is_none_or(|letter| !letter.is_alphanumeric());
    !name.trim().is_empty()
        && text.match_indices(name).any(|(at, _)| {
            ends(text[..at].chars().next_back()) && ends(text[at + name.len()..].chars().next())
        })
}

/// As the pack shows them, with who wrote them and when; nothing where nobody wrote any.
pub(crate) fn blocks(request: &Request, record: &str) -> Vec<Block> {
    let Some(own) = request.words.iter().find(|own| *own.record == *record) else { return Vec::new() };
    let texts = [("What happened", own.happened.trim()), ("What we changed", own.changed.trim())];
    if request.kind.is_coded_only() || texts.iter().all(|(_, text)| text.is_empty()) {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading("In the words of the service".to_owned()),
        Block::Para(format!(
            "Written for this pack by the {} on {}.",
            vocabulary::ROLE.label(request.made_by.code()),
            words::day(london_date(request.made_at)),
        )),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        blocks.push(Block::Para(format!("{name}:")));
        blocks.push(Block::Quote(text.to_owned()));
    }
    // What follows was counted from the record, and nobody wrote it.
    blocks.push(Block::Heading("In short, from the record".to_owned()));
    blocks
}
