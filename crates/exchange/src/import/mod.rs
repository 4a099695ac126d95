//! Past incidents from a list, dry run first: what is ready, what is not and why, and what is here already.
//! Nothing is imported by halves: a person sees the dry run and then says what is to be done.

mod columns;
mod date;
mod decode;
mod reading;
mod row;
mod twins;
mod words;

pub use decode::{Encoding, decode};
pub use reading::Reading;

use domain::{
    ids::{RecordId, SiteId},
    record::{Facts, Kind},
    register::Register,
    time::Instant,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

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
    let mut reading = Reading::begin(text, target, limits)?;
    reading.step(usize::MAX);
    Ok(reading.finish())
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
