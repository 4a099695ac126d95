//! Tables without people: what would tell when a reporter who wished to stay unknown wrote is taken out.

use super::{Cell, Form, Table};
use crate::Hidden;
use domain::time::london_date;

/// Columns with a moment that is the moment of a report, or counted from it.
const OF_THE_REPORT: [&str; 4] = ["occurred_at", "reported_at", "tell_by", "raised_at"];

/// Ids of hidden records become references, and of the times of their rows only the days are left.
pub fn hide(table: &mut Table, hidden: &Hidden) {
    if hidden.is_empty() {
        return;
    }
    let about = ["record", "records"].map(|name| table.column(name));
    for row in &mut table.rows {
        let is_hidden = about.into_iter().flatten().any(|column| match row.get(column) {
            Some(Cell::Text(ids)) => ids.split("; ").any(|id| hidden.has(id)),
            _ => false,
        });
        for (cell, about) in row.iter_mut().zip(&table.columns) {
            match (&about.form, &*cell) {
                (Form::Id | Form::Ids | Form::Text, Cell::Text(text)) => {
                    let parts: Vec<&str> = text.split("; ").map(|id| hidden.name(id)).collect();
                    let joined = parts.join("; ");
                    if joined != *text {
                        *cell = Cell::Text(joined);
                    }
                }
                (_, Cell::Instant(at)) if is_hidden && OF_THE_REPORT.contains(&about.name.as_str()) => {
                    *cell = Cell::Date(london_date(*at));
                }
                _ => {}
            }
        }
    }
}
