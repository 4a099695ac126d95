//! The columns of a table: one line each, which gives the cells, the header, the label column and the dictionary.

use super::Cell;
use crate::Pack;
use domain::{record::NOT_ANSWERED, vocabulary::CodeList};

/// One file of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// File name, for example `records.csv`.
    pub name: &'static str,
    pub columns: Vec<About>,
    pub rows: Vec<Vec<Cell>>,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub name: String,
    /// One sentence.
    pub meaning: String,
    pub form: Form,
}

/// What a cell of a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The id or code of one thing.
    Id,
    /// Several ids or codes, with `; ` between them.
    Ids,
    Text,
    Instant,
    Date,
    /// `2026-06`, `2026-Q2` or `2026`.
    Period,
    Whole,
    Number,
    YesNo,
    /// A code of a list; the next column has its label.
    Code(&'static CodeList),
    /// Several codes of a list; the next column has their labels.
    Codes(&'static CodeList),
    /// The words for the code in the column before.
    Label,
}

/// A table: its rows, and its columns as a list.
pub(super) trait Sheet: Sized + 'static {
    type Row<'a>;
    const NAME: &'static str;
    const COLUMNS: &'static [Column<Self>];
    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<Self::Row<'a>>;
}

/// Gives the cell of a row.
pub(super) type CellOf<S> = for<'a> fn(&<S as Sheet>::Row<'a>) -> Cell;

pub(super) struct Column<S: Sheet> {
    name: &'static str,
    form: Form,
    meaning: &'static str,
    /// Words that somebody typed, or the code of a member of staff: only in a pack with people.
    names_people: bool,
    cell: CellOf<S>,
}

pub(super) const fn column<S: Sheet>(
    name: &'static str,
    form: Form,
    meaning: &'static str,
    cell: CellOf<S>,
) -> Column<S> {
    Column { name, form, meaning, names_people: false, cell }
}

/// A column that only a pack with people has.
pub(super) const fn private<S: Sheet>(
    name: &'static str,
    form: Form,
    meaning: &'static str,
    cell: CellOf<S>,
) -> Column<S> {
    Column { name, form, meaning, names_people: true, cell }
}

pub(super) fn table<'a, S: Sheet>(pack: &'a Pack<'a>) -> Table {
    let columns: Vec<&Column<S>> =
        S::COLUMNS.iter().filter(|column| pack.selection.identified || !column.names_people).collect();
    let rows = S::rows(pack);
    let rows = rows.iter().map(|row| columns.iter().flat_map(|column| cells(column, row)).collect());
    let table = Table {
        name: S::NAME,
        rows: rows.collect(),
        columns: columns.iter().flat_map(|column| abouts(column)).collect(),
    };
    with_why(table, pack.why())
}

/// Writes into every row why people are in it, so that the reason goes wherever a row goes.
pub fn with_why(mut table: Table, why: Option<&str>) -> Table {
    let Some(why) = why else { return table };
    table.columns.push(About {
        name: "why_with_people".to_owned(),
        meaning: "Why people are in this file, with the role that made it and the date.".to_owned(),
        form: Form::Text,
    });
    table.rows.iter_mut().for_each(|row| row.push(why.into()));
    table
}

/// The column itself, and one for labels where it holds codes.
fn abouts<S: Sheet>(column: &Column<S>) -> Vec<About> {
    let own = About { name: column.name.to_owned(), meaning: column.meaning.to_owned(), form: column.form };
    if column.form.list().is_none() {
        return vec![own];
    }
    let label = About {
        name: [column.name, "_label"].concat(),
        meaning: format!("The words for {}.", column.name),
        form: Form::Label,
    };
    vec![own, label]
}

fn cells<S: Sheet>(column: &Column<S>, row: &S::Row<'_>) -> Vec<Cell> {
    let cell = (column.cell)(row);
    let Some(list) = column.form.list() else { return vec![cell] };
    let label = match &cell {
        Cell::Text(codes) => Cell::list(codes.split("; ").map(|code| list.label(code))),
        Cell::NotAnswered => NOT_ANSWERED.into(),
        _ => Cell::Empty,
    };
    vec![cell, label]
}

impl Form {
    /// The code list of a column of codes.
    pub fn list(self) -> Option<&'static CodeList> {
        match self {
            Form::Code(list) | Form::Codes(list) => Some(list),
            _ => None,
        }
    }

    /// How the dictionary names it.
    pub fn word(self) -> &'static str {
        match self {
            Form::Id => "id",
            Form::Ids => "ids, with \"; \" between them",
            Form::Text => "text",
            Form::Instant => "date and time, ISO 8601 with the offset of London",
            Form::Date => "date, ISO 8601",
            Form::Period => "month, quarter or year",
            Form::Whole => "whole number",
            Form::Number => "number",
            Form::YesNo => "yes or no",
            Form::Code(_) => "code",
            Form::Codes(_) => "codes, with \"; \" between them",
            Form::Label => "label",
        }
    }
}

impl Table {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
