//! The form of a capture question: one question per screen, tiles as buttons.
//! Content only; how a question looks is the app's business.

use crate::vocabulary::CodeList;

/// One screen of the capture flow.
#[derive(Debug)]
pub struct Question {
    /// Part of the address, for example `reached`.
    pub id: &'static str,
    pub heading: &'static str,
    /// One short sentence without a full stop; may be empty.
    pub hint: &'static str,
    /// The key on the check-answers page.
    pub short: &'static str,
    pub icon: &'static str,
    pub kind: QuestionKind,
    /// Can be passed without an answer.
    pub optional: bool,
    /// Asked only when one of these fields has this value; empty: always.
    pub when: &'static [(&'static str, &'static str)],
    /// Left out of the walk from question to question; the check-answers page offers it.
    pub aside: bool,
}

/// A question with nothing said yet, for `Question { id, heading, .., ..QUESTION }`.
pub(super) const QUESTION: Question = Question {
    id: "",
    heading: "",
    hint: "",
    short: "",
    icon: "",
    kind: QuestionKind::Words,
    optional: false,
    when: &[],
    aside: false,
};

#[derive(Debug)]
pub enum QuestionKind {
    /// One answer; a tap answers and moves on. `more` opens a full list for the field of that name.
    One { tiles: &'static [Tile], more: Option<(&'static str, &'static CodeList)> },
    /// Several answers into one list field. `none` is the exclusive last choice; it leaves the list empty.
    /// With `free`, the values are the labels themselves and not codes. `more` opens a full list.
    Many {
        field: &'static str,
        tiles: &'static [Choice],
        none: Option<&'static str>,
        free: bool,
        more: Option<&'static CodeList>,
    },
    /// Several answers, each a yes-or-no field of its own. `none` is the exclusive last choice: no to all.
    Flags { tiles: &'static [Choice], none: &'static str },
    /// The person it was about, into `people`; "No one person" is always offered.
    Person,
    /// The place, into `location`.
    Place,
    /// The piece of equipment, into `asset`.
    Asset,
    /// Free words, into `text`.
    Words,
}

/// A tile that answers a whole question.
#[derive(Debug)]
pub struct Tile {
    pub label: &'static str,
    pub icon: &'static str,
    /// The fields it sets, with their codes.
    pub sets: &'static [(&'static str, &'static str)],
    /// What happened may be more than a near miss: show the "get help first" page next.
    pub get_help: bool,
    /// A sentence to show before going on, for example "Keep people away"; usually empty.
    pub advice: &'static str,
    /// The tile stands for several codes of `more`: it sets nothing itself, it opens the list cut to these.
    pub opens: &'static [&'static str],
}

/// A tile that adds one value to a list.
#[derive(Debug)]
pub struct Choice {
    pub code: &'static str,
    pub label: &'static str,
    pub icon: &'static str,
}

pub(super) const fn tile(
    label: &'static str,
    icon: &'static str,
    sets: &'static [(&'static str, &'static str)],
) -> Tile {
    Tile { label, icon, sets, get_help: false, advice: "", opens: &[] }
}

/// A tile that stands for several codes.
pub(super) const fn group(label: &'static str, icon: &'static str, opens: &'static [&'static str]) -> Tile {
    Tile { opens, ..tile(label, icon, &[]) }
}

pub(super) const fn choice(code: &'static str, label: &'static str, icon: &'static str) -> Choice {
    Choice { code, label, icon }
}

impl Tile {
    pub(super) const fn get_help(self) -> Tile {
        Tile { get_help: true, ..self }
    }

    pub(super) const fn advising(self, advice: &'static str) -> Tile {
        Tile { advice, ..self }
    }
}
