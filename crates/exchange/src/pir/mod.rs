//! Help with the provider information return: what our data can answer for its twelve months, each number with its
//! definition, and a draft in words that names nobody. Source: background.md sections 2.4 and 5, model.md section 2.

mod counts;
mod narrative;

use crate::{
    Pack, Selection,
    csv::{About, Cell, Form, Table},
};
use chrono::NaiveDate;
use domain::{
    register::Register,
    time::{add_days, years_after},
};

/// Longest answer that the return takes, in words.
pub const MOST_WORDS: usize = 500;

#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub lines: Vec<Line>,
    /// Under `MOST_WORDS` words.
    pub narrative: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub section: &'static str,
    /// Short name, for example `medicines_missed_reached`.
    pub id: String,
    pub label: String,
    /// None: our data cannot say.
    pub value: Option<f64>,
    /// What is counted, and what is not.
    pub definition: String,
}

/// First of the twelve months that end on a date.
pub fn twelve_months(to: NaiveDate) -> NaiveDate {
    years_after(add_days(to, 1), -1)
}

/// Help for the dates of the selection. Its words never name anybody, also where the selection is identified.
pub fn help(register: &Register, selection: &Selection) -> Help {
    let coded = Selection { identified: false, why: None, ..selection.clone() };
    let pack = Pack::new(register, &coded);
    let lines = counts::lines(&pack);
    let narrative = narrative::draft(&pack, &lines);
    Help { from: coded.from, to: coded.to, lines, narrative }
}

/// `pir.csv`.
pub fn table(help: &Help) -> Table {
    let about = |name: &str, meaning: &str, form: Form| About {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        form,
    };
    let row = |line: &Line| {
        vec![
            line.section.into(),
            line.id.as_str().into(),
            line.label.as_str().into(),
            Cell::from(line.value),
            Cell::from(help.from),
            Cell::from(help.to),
            line.definition.as_str().into(),
        ]
    };
    Table {
        name: "pir.csv",
        columns: vec![
            about("section", "Part of the return.", Form::Text),
            about("id", "Short name of the number.", Form::Id),
            about("label", "What the number is.", Form::Text),
            about("value", "The number; empty where our data cannot say.", Form::Number),
            about("from", "First date, included.", Form::Date),
            about("to", "Last date, included.", Form::Date),
            about("definition", "What is counted.", Form::Text),
        ],
        rows: help.lines.iter().map(row).collect(),
    }
}
