//! Rare events: the time, and the other cases, between one and the next. Source: model.md section 13.

use super::Row;
use crate::time;

/// Two on one date are hours apart, and never nothing: a day between events must be above 0.
const SHORTEST_MINUTES: i64 = 1;

/// From one event to the next.
#[derive(Clone, Debug)]
pub struct Gap<'a> {
    pub before: &'a Row,
    pub after: &'a Row,
    /// Dates between; on one date elapsed hours / 24.
    pub days: f64,
}

/// Other records between one event and the next.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    pub before: &'a Row,
    pub after: &'a Row,
    pub rows: Vec<&'a Row>,
}

/// Rows in order. One less than there are events.
pub fn gaps<'a>(events: &[&'a Row]) -> Vec<Gap<'a>> {
    let gap = |pair: &[&'a Row]| {
        let (before, after) = (*pair.first()?, *pair.get(1)?);
        let dates = time::days_between(before.date, after.date);
        let minutes = (after.at - before.at).num_minutes().max(SHORTEST_MINUTES);
        let days = if dates > 0 { dates as f64 } else { minutes as f64 / (24.0 * 60.0) };
        Some(Gap { before, after, days })
    };
    events.windows(2).filter_map(gap).collect()
}

/// `all` in order; an event itself is no case between events.
pub fn cases<'a>(events: &[&'a Row], all: &[&'a Row]) -> Vec<Cases<'a>> {
    let order = |row: &Row| (row.at, row.record.id.clone());
    let others: Vec<&Row> = {
        let is_event = |row: &Row| events.binary_search_by(|event| order(event).cmp(&order(row))).is_ok();
        all.iter().copied().filter(|row| !is_event(row)).collect()
    };
    let between = |pair: &[&'a Row]| {
        let (before, after) = (*pair.first()?, *pair.get(1)?);
        let start = others.partition_point(|row| order(row) < order(before));
        let end = others.partition_point(|row| order(row) < order(after));
        Some(Cases { before, after, rows: others.get(start..end)?.to_vec() })
    };
    events.windows(2).filter_map(between).collect()
}
