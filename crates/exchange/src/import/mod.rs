//! Past incidents from a list, dry run first: what is ready, what is not and why, and what is here already.
//! Nothing is imported by halves: a person sees the dry run and then says what is to be done.

mod columns;
mod date;
mod decode;
mod row;
mod twins;
mod words;

pub use decode::{Encoding, decode};

use crate::csv;
use columns::Columns;
use domain::{
    ids::{RecordId, SiteId},
    record::{Facts, Kind},
    register::Register,
    time::Instant,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use twins::Twins;

/// How much is read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub rows: usize,
    /// Letters in one cell.
    pub letters: usize,
    /// First year that is believed.
    pub first_year: i32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 50_000, letters: 20_000, first_year: 1990 }
    }
}

/// Where the list goes to.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub register: &'a Register,
    pub site: &'a SiteId,
    pub now: Instant,
}

/// What would happen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DryRun {
    pub ready: Vec<Ready>,
    /// One for each row that cannot be read in, in their order.
    pub faults: Vec<Fault>,
    /// The same, with equal sentences together, the most frequent first.
    pub reasons: Vec<Reason>,
    /// Category -> rows that are ready.
    pub by_category: BTreeMap<String, usize>,
    /// Code of `kind` -> rows that are ready.
    pub by_kind: BTreeMap<&'static str, usize>,
    /// What was understood in a way that a person should know, one sentence each.
    pub notes: Vec<String>,
    /// Columns of the file that are not read.
    pub unused: Vec<String>,
}

/// A row that can be read in.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Row of the file; the header is row 1.
    pub row: u32,
    pub kind: Kind,
    /// The fields of `import_past`.
    pub with: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: u32,
    /// As the file names it; empty where it is about the row.
    pub column: String,
    /// What is wrong and what to do.
    pub sentence: String,
    /// The record that is here already, or the earlier row that is the same.
    pub same_as: Option<Same>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Same {
    Row(u32),
    Record(RecordId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub column: String,
    pub sentence: String,
    pub count: usize,
    /// The first rows of it.
    pub rows: Vec<u32>,
}

/// Rows that are named for one reason.
const ROWS_NAMED: usize = 5;

/// Reads a list without changing anything.
/// # Errors  One sentence where the file as a whole cannot be read.
pub fn read(text: &str, target: Target<'_>, limits: &Limits) -> Result<DryRun, String> {
    let delimited = columns::with_commas(text);
    let (header, rows) = csv::read(&delimited).map_err(|fault| fault.sentence)?;
    let columns = Columns::of(&header)?;
    if rows.is_empty() {
        return Err("The file has a header and no rows. Add a row for each past incident.".to_owned());
    }
    if rows.len() > limits.rows {
        return Err(format!(
            "The file has {} rows. Read in at most {} at once: split it into several files.",
            rows.len(),
            limits.rows
        ));
    }
    let reader = row::Reader { target, limits, columns: &columns };
    let mut twins = Twins::of(target);
    let mut dry_run = DryRun { unused: columns.unused.clone(), ..DryRun::default() };
    let mut notes = row::Notes::default();
    for (index, cells) in rows.iter().enumerate() {
        let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            notes.empty += 1;
            continue;
        }
        let fault = match reader.read(cells, number, &mut notes) {
            Ok((with, facts)) => match twins.find(&with, &facts, number, columns.cell(cells, "record")) {
                None => {
                    dry_run.add(with, &facts, number);
                    continue;
                }
                Some(same) => Fault {
                    row: number,
                    column: String::new(),
                    sentence: same.sentence(),
                    same_as: Some(same),
                },
            },
            Err(wrong) => Fault {
                row: number,
                column: columns.name(wrong.field).to_owned(),
                sentence: wrong.sentence,
                same_as: None,
            },
        };
        dry_run.faults.push(fault);
    }
    dry_run.notes = notes.sentences();
    dry_run.reasons = reasons(&dry_run.faults);
    Ok(dry_run)
}

impl DryRun {
    fn add(&mut self, with: Map<String, Value>, facts: &Facts, row: u32) {
        *self.by_category.entry(facts.category().to_owned()).or_default() += 1;
        let kind = facts.kind();
        *self.by_kind.entry(kind.code()).or_default() += 1;
        self.ready.push(Ready { row, kind, with });
    }

    /// The rows to import, all or none. `leave_out`: a person has seen the rows with faults and leaves them out.
    /// # Errors  A sentence where rows have faults and nobody said to leave them out, or none is ready.
    pub fn plan(&self, leave_out: bool) -> Result<&[Ready], String> {
        let real = self.faults.iter().filter(|fault| fault.same_as.is_none()).count();
        if real > 0 && !leave_out {
            return Err(format!(
                "{real} rows cannot be read in. Mend them in the file, or say that they are left out."
            ));
        }
        if self.ready.is_empty() {
            return Err("No row can be read in. Mend the file and try again.".to_owned());
        }
        Ok(&self.ready)
    }

    /// Rows that are here already, or twice in the file.
    pub fn twins(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.same_as.is_some())
    }
}

impl Same {
    /// Without the number of the row or record, so that equal reasons come together.
    fn sentence(&self) -> String {
        match self {
            Same::Row(_) => "An earlier row of the file says the same. It is read in once.".to_owned(),
            Same::Record(_) => "This is here already. It is not read in again.".to_owned(),
        }
    }
}

fn reasons(faults: &[Fault]) -> Vec<Reason> {
    let mut together: BTreeMap<(&str, &str), Reason> = BTreeMap::new();
    for fault in faults {
        let reason = together.entry((&fault.column, &fault.sentence)).or_insert_with(|| Reason {
            column: fault.column.clone(),
            sentence: fault.sentence.clone(),
            count: 0,
            rows: Vec::new(),
        });
        reason.count += 1;
        if reason.rows.len() < ROWS_NAMED {
            reason.rows.push(fault.row);
        }
    }
    let mut reasons: Vec<Reason> = together.into_values().collect();
    reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.count), reason.rows.first().copied()));
    reasons
}
