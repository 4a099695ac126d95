//! The LFPSE-ready sheet: their questions in their order, with our answers and their codes. The code maps are dated
//! data (`taxonomy-*.json`). What we do not know is said to be unknown; it is never made up.

mod answer;
mod taxonomy;

use crate::{
    Pack, Selection,
    csv::{About, Cell, Form, Table},
};
use domain::{record::Record, register::Register};
pub use taxonomy::{Question, Taxonomy, built_in};

/// One record as their form asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub record: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name of their field.
    pub field: String,
    pub section: String,
    pub asks: String,
    pub answer: Answer,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Their codes with their words; an empty code where we do not hold its number.
    Known(Vec<(String, String)>),
    /// Why we do not know, and what to choose from.
    Unknown { why: String, choices: Vec<(String, String)> },
    /// Their form does not ask it of such an event.
    NotAsked,
}

/// A sheet for each live record of the selection.
pub fn sheets(register: &Register, selection: &Selection, taxonomy: &Taxonomy) -> Vec<Sheet> {
    let pack = Pack::new(register, selection);
    let records = pack.records().into_iter().filter(|record| record.state.is_live());
    records.map(|record| sheet(&pack, record, taxonomy)).collect()
}

pub fn sheet(pack: &Pack<'_>, record: &Record, taxonomy: &Taxonomy) -> Sheet {
    let line = |question: &Question| Line {
        field: question.field.clone(),
        section: question.section.clone(),
        asks: question.asks.clone(),
        answer: answer::of(pack, record, question, taxonomy),
    };
    Sheet {
        record: pack.hidden().name(&record.id).to_owned(),
        lines: taxonomy.questions.iter().map(line).collect(),
    }
}

/// `lfpse.csv`: one row for each question of each record.
pub fn table(sheets: &[Sheet], taxonomy: &Taxonomy) -> Table {
    let about = |name: &str, meaning: &str, form: Form| About {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        form,
    };
    let row = |sheet: &Sheet, (number, line): (usize, &Line)| {
        let (known, codes, words): (&str, Cell, Cell) = match &line.answer {
            Answer::Known(answers) => {
                let codes =
                    Cell::list(answers.iter().map(|(code, _)| code.as_str()).filter(|code| !code.is_empty()));
                ("known", codes, Cell::list(answers.iter().map(|(_, words)| words.as_str())))
            }
            Answer::Unknown { why, .. } => ("unknown", Cell::Empty, why.into()),
            Answer::NotAsked => ("not_asked", Cell::Empty, Cell::Empty),
        };
        vec![
            sheet.record.as_str().into(),
            (number + 1).into(),
            line.section.as_str().into(),
            line.field.as_str().into(),
            line.asks.as_str().into(),
            known.into(),
            codes,
            words,
            taxonomy.version.as_str().into(),
        ]
    };
    Table {
        name: "lfpse.csv",
        columns: vec![
            about("record", "Id of the record, or its reference as in records.csv.", Form::Id),
            about("order", "Place of the question in their form.", Form::Whole),
            about("section", "Part of their form.", Form::Text),
            about("field", "Name of their field.", Form::Id),
            about("question", "What it asks.", Form::Text),
            about("status", "`known`, `unknown` or `not_asked`.", Form::Id),
            about("code", "Their code; empty where we do not know it.", Form::Ids),
            about("answer", "Their words, or why we do not know.", Form::Text),
            about("taxonomy", "Version of the code maps.", Form::Id),
        ],
        rows: sheets
            .iter()
            .flat_map(|sheet| sheet.lines.iter().enumerate().map(|line| row(sheet, line)).collect::<Vec<_>>())
            .collect(),
    }
}
