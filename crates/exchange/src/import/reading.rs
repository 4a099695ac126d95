//! The dry run in pieces, so that a page can be drawn between them.

use super::{DryRun, Fault, Limits, Target, columns, columns::Columns, reasons, row, twins::Twins};
use crate::csv;

/// A list that is being read. Nothing is changed by it.
pub struct Reading<'a> {
    target: Target<'a>,
    limits: Limits,
    columns: Columns,
    rows: Vec<Vec<String>>,
    /// Rows that are read.
    done: usize,
    twins: Twins,
    notes: row::Notes,
    dry_run: DryRun,
}

impl<'a> Reading<'a> {
    /// Splits the text into rows and looks at the header.
    /// # Errors  One sentence where the file as a whole cannot be read.
    pub fn begin(text: &str, target: Target<'a>, limits: &Limits) -> Result<Reading<'a>, String> {
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
        Ok(Reading {
            target,
            limits: *limits,
            dry_run: DryRun { unused: columns.unused.clone(), ..DryRun::default() },
            columns,
            rows,
            done: 0,
            twins: Twins::of(target),
            notes: row::Notes::default(),
        })
    }

    /// Rows of the file without its header.
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    /// Rows that are read so far.
    pub fn done(&self) -> usize {
        self.done
    }

    pub fn is_over(&self) -> bool {
        self.done >= self.rows.len()
    }

    /// Reads at most so many rows more.
    pub fn step(&mut self, rows: usize) {
        let end = self.done.saturating_add(rows).min(self.rows.len());
        let reader = row::Reader { target: self.target, limits: &self.limits, columns: &self.columns };
        for (index, cells) in self.rows.iter().enumerate().take(end).skip(self.done) {
            let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                self.notes.empty += 1;
                continue;
            }
            // Of a row that is not read in nothing is understood.
            let mut notes = row::Notes::default();
            let fault = match reader.read(cells, number, &mut notes) {
                Ok((with, facts)) => {
                    match self.twins.find(cells, &facts, number, self.columns.cell(cells, "record")) {
                        None => {
                            self.notes.add(&notes);
                            self.dry_run.add(with, &facts, number);
                            continue;
                        }
                        Some(same) => Fault {
                            row: number,
                            column: String::new(),
                            sentence: same.sentence(),
                            same_as: Some(same),
                        },
                    }
                }
                Err(wrong) => Fault {
                    row: number,
                    column: self.columns.name(wrong.field).to_owned(),
                    sentence: wrong.sentence,
                    same_as: None,
                },
            };
            self.dry_run.faults.push(fault);
        }
        self.done = end;
    }

    /// What would happen with the rows that were read.
    pub fn finish(self) -> DryRun {
        let mut dry_run = self.dry_run;
        dry_run.notes = self.notes.sentences();
        dry_run.reasons = reasons(&dry_run.faults);
        dry_run
    }
}
