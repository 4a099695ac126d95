//! The tables for spreadsheets, with their dictionary.

use super::about_one;
use crate::{figures::Figures, pack::View, pack::crosses, selection::Selection};
use domain::vocabulary;
use exchange::{
    Hidden,
    csv::{self, About, Cell, Form, Table},
};

/// Name and text of every table.
pub(super) fn write(view: &View<'_>) -> Vec<(String, Vec<u8>)> {
    let mut tables = if view.selection.is_coded_only() { counts(view) } else { rows(view.selection) };
    // Figures are about everybody at the sites.
    if view.selection.cast.about().is_none() {
        tables.push(figures(view.figures));
    }
    let (dictionary, codes) = (csv::dictionary(&tables), csv::codes(&tables));
    tables.extend([dictionary, codes]);
    let text = |table: &Table| (format!("tables/{}", table.name), csv::to_text(table, true).into_bytes());
    tables.iter().map(text).collect()
}

/// One row for each record, action, decision, alert and audit of the pack.
fn rows(selection: &Selection<'_>) -> Vec<Table> {
    let wanted = selection.exchange();
    let pack = exchange::Pack::new(selection.register, &wanted);
    let mut tables = csv::with_ids(&pack);
    tables.retain(|table| table.name != "measures.csv");
    if selection.cast.about().is_some() {
        about_one::narrow(&mut tables, selection);
    }
    let sites = &selection.request.sites;
    let categories = selection.request.wanted_categories();
    // Those of the pack have the names of the pack.
    let mut hidden = match selection.cast.is_identified() {
        true => Hidden::default(),
        false => Hidden::of(selection.register),
    };
    let inside = selection.records.iter().chain(&selection.left_out);
    for record in inside {
        if hidden.has(&record.id) {
            hidden.rename(&record.id, selection.name(record));
        }
    }
    for table in &mut tables {
        let (site, category, record) =
            (table.column("site"), table.column("category"), table.column("record"));
        table.rows.retain(|row| {
            let text = |column: Option<usize>| match column.and_then(|column| row.get(column)) {
                Some(Cell::Text(text)) => Some(text.as_str()),
                _ => None,
            };
            let of_site = text(site).is_none_or(|site| sites.iter().any(|wanted| **wanted == *site));
            let of_category = text(category).is_none_or(|category| categories.contains(&category));
            // What is about one holds only records of that one.
            let about_one = selection.request.staff.is_some() || selection.cast.about().is_some();
            let of_note = !about_one
                || text(record)
                    .is_some_and(|id| selection.register.record(id).is_some_and(|_| selection.knows(id)));
            of_site && of_category && of_note
        });
        csv::hide(table, &hidden);
    }
    tables
}

fn about(name: &str, meaning: &str, form: Form) -> About {
    About { name: name.to_owned(), meaning: meaning.to_owned(), form }
}

/// Counts only: for who may not see one record by itself.
fn counts(view: &View<'_>) -> Vec<Table> {
    let mut cross = Table {
        name: "counts.csv",
        columns: vec![
            about("table", "Which table it belongs to.", Form::Id),
            about("row", "Name of the row.", Form::Text),
            about("column", "Name of the column.", Form::Text),
            about(
                "records",
                "How many records. A category in which a count is 1 or 2, or in which one could be worked out, has no \
                 rows.",
                Form::Whole,
            ),
        ],
        rows: Vec::new(),
    };
    for table in crosses(view) {
        for (name, cells) in &table.rows {
            for (column, count) in table.columns.iter().zip(cells) {
                let count = Cell::Whole(i64::from(*count));
                cross.rows.push(vec![table.id.into(), name.into(), (*column).into(), count]);
            }
        }
    }
    let mut months = Table {
        name: "months.csv",
        columns: vec![
            about("month", "The month.", Form::Period),
            about(
                "whole",
                "yes: every day of the month is counted; no: a part of it, because the period begins or ends in it, it \
                 is not over, or a site had no records before.",
                Form::YesNo,
            ),
            about("records", "Records of any kind. Empty: a count of 1 or 2 would follow.", Form::Whole),
            about("near_misses", "Records that count as near misses.", Form::Whole),
            about("incidents", "Records that did harm. Empty: a count of 1 or 2 would follow.", Form::Whole),
            about(
                "bed_days",
                "Occupied bed days of the whole month, where written for every site.",
                Form::Number,
            ),
            about("rate", "Near misses per 1,000 bed days.", Form::Number),
        ],
        rows: Vec::new(),
    };
    for (month, row) in &view.figures.months {
        let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        let split = |count: u32| match view.figures.may_show_months() {
            true => Cell::Whole(count.into()),
            false => Cell::Empty,
        };
        months.rows.push(vec![
            month.to_string().into(),
            row.is_whole.into(),
            split(row.records),
            Cell::Whole(row.near_misses.into()),
            split(row.incidents),
            number(row.bed_days),
            number(row.rate),
        ]);
    }
    vec![cross, months]
}

fn figures(figures: &Figures) -> Table {
    let mut table = Table {
        name: "figures.csv",
        columns: vec![
            about("figure", "Id of the figure; figures.json has its definition.", Form::Id),
            about("name", "What it is called.", Form::Text),
            about("site", "Code of the site; empty: all sites of the pack.", Form::Id),
            about("category", "Category; empty: all of the pack.", Form::Code(&vocabulary::CATEGORY)),
            about("value", "The figure. Empty: nothing to count.", Form::Number),
            about("numerator", "What was counted.", Form::Number),
            about("denominator", "Out of how many.", Form::Number),
            about("unit", "count, per_cent or minutes.", Form::Id),
        ],
        rows: Vec::new(),
    };
    for figure in figures.all() {
        let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        let label = figure.place.category.map(|code| vocabulary::CATEGORY.label(code)).unwrap_or_default();
        table.rows.push(vec![
            figure.id.into(),
            figure.name.into(),
            figure.place.site.as_ref().map_or(Cell::Empty, |site| site.as_str().into()),
            figure.place.category.unwrap_or_default().into(),
            label.into(),
            number(figure.value),
            number(figure.numerator),
            number(figure.denominator),
            figure.unit.into(),
        ]);
    }
    // A column of codes has one of labels beside it.
    table.columns.insert(4, about("category_label", "The words for category.", Form::Label));
    table
}
