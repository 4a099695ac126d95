//! Tables with two sides, made safe to share: a count of 1 or 2 is hidden, and one more where it could be worked out.

use super::View;
use crate::{
    doc::{Block, Cell, Table},
    labels, words,
};
use domain::{
    category::{CATEGORIES, environment, medication},
    record::Record,
    vocabulary as list,
};
use std::collections::BTreeMap;

/// Counts below this are hidden.
pub const SMALLEST_SHOWN: u32 = 3;

/// One table: names down the side, names across the top, counts; none where a count is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cross {
    pub id: &'static str,
    pub caption: &'static str,
    pub side: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<(String, Vec<Option<u32>>)>,
}

/// The row that a record is counted in; none where it is not known.
type NameOf = dyn Fn(&Record) -> Option<String>;

/// Every cross table of a pack; hidden counts only where the pack is for outside eyes.
pub fn crosses(view: &View<'_>) -> Vec<Cross> {
    let kinds = |record: &Record| Some(words::upper_first(labels::kind(record)));
    let month = |record: &Record| {
        let date = record.facts.occurred_on();
        Some(words::month(date))
    };
    let caught = |record: &Record| Some(list::CAUGHT_BY.label(record.facts.code("caught_by")?).to_owned());
    let shift = |record: &Record| Some(shift_name(record).to_owned());
    let stage =
        |record: &Record| Some(medication::MEDICATION_STAGE.label(record.facts.code("stage")?).to_owned());
    let safe =
        |record: &Record| Some(environment::MADE_SAFE.label(record.facts.code("made_safe")?).to_owned());
    let all: [(&'static str, &'static str, &'static str, &NameOf); 6] = [
        ("month_by_category", "Records by month and category", "Month", &month),
        ("kind_by_category", "Records by kind and category", "Kind", &kinds),
        ("caught_by_category", "Who noticed it, by category", "Noticed by", &caught),
        ("shift_by_category", "Shift, by category", "Shift", &shift),
        ("stage_by_category", "Stage of medicines, by category", "Stage", &stage),
        ("made_safe_by_category", "Made safe, by category", "Made safe", &safe),
    ];
    all.into_iter().map(|(id, caption, side, of)| cross(view, id, caption, side, of)).collect()
}

fn shift_name(record: &Record) -> &'static str {
    match record.facts.shift() {
        "early" => "Early",
        "late" => "Late",
        _ => "Night",
    }
}

fn cross(view: &View<'_>, id: &'static str, caption: &'static str, side: &'static str, of: &NameOf) -> Cross {
    let categories = view.selection.request.wanted_categories();
    let mut order: Vec<String> = Vec::new();
    let mut counts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for record in &view.selection.records {
        let Some(name) = of(record) else { continue };
        let Some(column) = categories.iter().position(|code| *code == record.facts.category()) else {
            continue;
        };
        let row = counts.entry(name.clone()).or_insert_with(|| {
            order.push(name);
            vec![0; categories.len()]
        });
        row[column] += 1;
    }
    let mut cells: Vec<Vec<Option<u32>>> =
        order.iter().map(|name| counts[name].iter().copied().map(Some).collect()).collect();
    if view.selection.is_coded_only() {
        hide_small(&mut cells);
    }
    let names = CATEGORIES.into_iter().filter(|spec| categories.contains(&spec.id));
    Cross {
        id,
        caption,
        side,
        columns: names.map(|spec| spec.name).collect(),
        rows: order.into_iter().zip(cells).collect(),
    }
}

/// Hides counts of 1 and 2; then, while a row or a column has exactly one hidden cell, its smallest other cell too.
/// A total that stands elsewhere then tells no single hidden count.
pub(super) fn hide_small(cells: &mut [Vec<Option<u32>>]) {
    for cell in cells.iter_mut().flatten() {
        *cell = cell.filter(|count| *count == 0 || *count >= SMALLEST_SHOWN);
    }
    let (rows, columns) = (cells.len(), cells.first().map_or(0, Vec::len));
    loop {
        let lines = (0..rows)
            .map(|row| (0..columns).map(|column| (row, column)).collect::<Vec<_>>())
            .chain((0..columns).map(|column| (0..rows).map(|row| (row, column)).collect()));
        let mut changed = false;
        for line in lines {
            let hidden = line.iter().filter(|(row, column)| cells[*row][*column].is_none()).count();
            if hidden != 1 {
                continue;
            }
            let smallest = line
                .iter()
                .filter_map(|(row, column)| {
                    cells[*row][*column].map(|count| (count == 0, count, *row, *column))
                })
                .min();
            if let Some((.., row, column)) = smallest {
                cells[row][column] = None;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

impl Cross {
    pub(super) fn block(&self, view: &View<'_>) -> Block {
        let columns: Vec<(&'static str, u8)> =
            std::iter::once((self.side, 4)).chain(self.columns.iter().map(|name| (*name, 3))).collect();
        let mut table = Table::new(self.caption, &columns).based_on(view.basis("records in this pack"));
        for (name, counts) in &self.rows {
            let cells = counts.iter().map(|count| Cell::number(shown(*count)));
            table.row(std::iter::once(Cell::from(name.clone())).chain(cells));
        }
        table.or(&format!("{}: nothing to count.", self.caption))
    }
}

/// A hidden cell is 1 or 2, or hides so that another cannot be worked out.
pub(crate) fn shown(count: Option<u32>) -> String {
    count.map_or_else(|| "hidden".to_owned(), |count| count.to_string())
}
