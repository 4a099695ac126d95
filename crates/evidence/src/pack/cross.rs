//! Tables with two sides, made safe to share: a category in which a count is 1 or 2, or in which one could be worked out,
//! is left out of its table, and with it one more where the difference to a total would tell it.

use super::View;
use crate::{
    doc::{Block, Cell, Table},
    figures::is_small,
    labels, words,
};
use domain::{
    category::{environment, medication},
    record::Record,
    vocabulary as list,
};
use std::collections::BTreeMap;

/// One table: names down the side, categories across the top, counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cross {
    pub id: &'static str,
    pub caption: &'static str,
    pub side: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<(String, Vec<u32>)>,
    /// Categories that are not in it, because a small count would follow.
    pub left_out: Vec<&'static str>,
}

const BY_MONTH: &str = "month_by_category";
const BY_KIND: &str = "kind_by_category";
/// Rows of the table by kind that can count as near misses.
const NEAR: [&str; 2] = ["Hazard", "Near miss"];

/// The row that a record is counted in; none where it is not known.
type NameOf = dyn Fn(&Record) -> Option<String>;

/// Every cross table of a pack.
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
        (BY_MONTH, "Records by month and category", "Month", &month),
        (BY_KIND, "Records by kind and category", "Kind", &kinds),
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
    let counts: Vec<(String, Vec<u32>)> =
        order.into_iter().filter_map(|name| counts.remove(&name).map(|row| (name, row))).collect();
    let columns: Vec<Column> = categories
        .iter()
        .enumerate()
        .map(|(at, category)| {
            let cells: Vec<u32> = counts.iter().map(|(_, row)| row[at]).collect();
            let total: u32 = cells.iter().sum();
            let tally = view.figures.tally(None, Some(*category));
            let missing = tally.records.saturating_sub(total);
            // By kind: those that are a near miss by what happened, and do not count as one (yet).
            let near: u32 =
                counts.iter().filter(|(name, _)| NEAR.contains(&name.as_str())).map(|(_, row)| row[at]).sum();
            let unconfirmed = if id == BY_KIND { near.abs_diff(tally.near_misses) } else { 0 };
            Column { small: cells.into_iter().chain([missing, unconfirmed]).any(is_small), total }
        })
        .collect();
    let is_month = id == BY_MONTH && !view.figures.may_show_months();
    let shown = if is_month { Vec::new() } else { shown(&columns) };
    let name = |at: &usize| list::CATEGORY.label(categories[*at]);
    Cross {
        id,
        caption,
        side,
        columns: shown.iter().map(name).collect(),
        left_out: (0..categories.len()).filter(|at| !shown.contains(at)).map(|at| name(&at)).collect(),
        rows: counts
            .into_iter()
            .map(|(name, row)| (name, shown.iter().map(|at| row[*at]).collect()))
            .collect(),
    }
}

/// A category of a table: whether a small count stands in it or follows from it, and how many records it has.
#[derive(Clone, Copy, Debug)]
struct Column {
    small: bool,
    total: u32,
}

/// The categories that may be shown. Where exactly one may not, its counts would be the difference of the others to the
/// totals of the pack: then the smallest other one that has any goes too.
fn shown(columns: &[Column]) -> Vec<usize> {
    let mut safe: Vec<usize> = (0..columns.len()).filter(|at| !columns[*at].small).collect();
    if columns.len() == safe.len() + 1 {
        let other =
            safe.iter().copied().filter(|at| columns[*at].total > 0).min_by_key(|at| columns[*at].total);
        match other {
            Some(other) => safe.retain(|at| *at != other),
            None => safe.clear(),
        }
    }
    // Only empty categories: a table of zeros says nothing.
    if safe.iter().all(|at| columns[*at].total == 0) { Vec::new() } else { safe }
}

impl Cross {
    pub(super) fn block(&self, view: &View<'_>) -> Block {
        let columns: Vec<(&'static str, u8)> =
            std::iter::once((self.side, 4)).chain(self.columns.iter().map(|name| (*name, 3))).collect();
        let caption = match self.left_out.as_slice() {
            [] => self.caption.to_owned(),
            names => format!(
                "{}. Left out, because a count of 1 or 2 would follow: {}",
                self.caption,
                words::listed(names)
            ),
        };
        let mut table = Table::new(caption, &columns).based_on(view.basis("records in this pack"));
        for (name, counts) in &self.rows {
            let cells = counts.iter().map(Cell::number);
            table.row(std::iter::once(Cell::from(name.clone())).chain(cells));
        }
        if self.rows.is_empty() {
            return Block::Para(format!("{}: nothing to count.", self.caption));
        }
        if self.columns.is_empty() {
            return Block::Para(format!(
                "{}: left out, because counts of 1 or 2 stand in it or could be worked out from it.",
                self.caption
            ));
        }
        Block::Table(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_never_the_difference_to_a_total() {
        let column = |small, total| Column { small, total };
        assert_eq!(shown(&[column(false, 9), column(false, 8), column(false, 0)]), [0, 1, 2]);
        assert_eq!(
            shown(&[column(false, 9), column(true, 4), column(false, 8)]),
            [0],
            "one more goes with it"
        );
        assert_eq!(shown(&[column(false, 9), column(true, 4), column(true, 8)]), [0]);
        assert!(shown(&[column(true, 9)]).is_empty(), "one category is its own total");
        assert!(shown(&[column(true, 9), column(false, 0), column(false, 0)]).is_empty());
        assert!(shown(&[]).is_empty());
    }
}
