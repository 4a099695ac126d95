//! The tables of a pack about one person: rows of the records that name that person, words included, and nothing that
//! tells who the others are.

use crate::{cast::Cast, selection::Selection};
use exchange::csv::{Cell, Table};

/// Tables of several records: their rows would speak of records that do not name the person.
const OF_MANY: [&str; 2] = ["alerts.csv", "audits.csv"];
/// Columns with the code of a member of staff.
const STAFF: [&str; 4] = ["reporter", "reviewed_by", "decided_by", "owner"];
/// Patterns are of several records, and may be about another person.
const PATTERNS: [&str; 2] = ["alerts", "alerts_label"];

pub(super) fn narrow(tables: &mut Vec<Table>, selection: &Selection<'_>) {
    tables.retain(|table| !OF_MANY.contains(&table.name));
    for table in tables {
        let named = selection.request.names_staff();
        drop_columns(table, |name| PATTERNS.contains(&name) || STAFF.contains(&name) && !named);
        each(table, "people", |codes| Some(people(codes, &selection.cast)));
        each(table, "duplicate_of", |id| selection.knows(id).then(|| id.to_owned()));
        hide_homes(table, &selection.cast);
    }
}

fn drop_columns(table: &mut Table, is_dropped: impl Fn(&str) -> bool) {
    let kept: Vec<bool> = table.columns.iter().map(|column| !is_dropped(&column.name)).collect();
    let keep = |place: usize| kept.get(place).copied().unwrap_or(true);
    let mut place = 0..;
    table.columns.retain(|_| place.next().is_some_and(keep));
    for row in &mut table.rows {
        let mut place = 0..;
        row.retain(|_| place.next().is_some_and(keep));
    }
}

/// Changes the text cells of a column; none empties one.
fn each(table: &mut Table, column: &str, change: impl Fn(&str) -> Option<String>) {
    let Some(column) = table.column(column) else { return };
    for cell in table.rows.iter_mut().filter_map(|row| row.get_mut(column)) {
        if let Cell::Text(text) = cell {
            *cell = change(text).map_or(Cell::Empty, Cell::Text);
        }
    }
}

/// The person's own code as it is, letters for the others.
fn people(codes: &str, cast: &Cast) -> String {
    let own = cast.about().map(|own| own.as_str());
    let each =
        codes.split("; ").map(|code| if own == Some(code) { code.to_owned() } else { cast.person(code) });
    each.collect::<Vec<_>>().join("; ")
}

/// Where another person lives has no name.
fn hide_homes(table: &mut Table, cast: &Cast) {
    let column = |name: &str| table.column(name);
    let (place, name, asset) = (column("location"), column("location_name"), column("asset"));
    for row in &mut table.rows {
        let is_home = |row: &[Cell], column: Option<usize>| match column.and_then(|column| row.get(column)) {
            Some(Cell::Text(code)) => cast.is_home(code),
            _ => false,
        };
        let homes = if is_home(row, place) { [place, name] } else { [None, None] };
        let owned = match asset.and_then(|column| row.get(column)) {
            Some(Cell::Text(code)) => cast.is_of_a_home(code),
            _ => false,
        };
        for hidden in homes.into_iter().chain([asset.filter(|_| owned)]).flatten() {
            if let Some(cell) = row.get_mut(hidden) {
                *cell = Cell::Empty;
            }
        }
    }
}
