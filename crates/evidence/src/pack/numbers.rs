//! Tables of figures: the whole with its categories, the months, and sites beside each other.

use super::View;
use crate::{
    covered::covered,
    doc::{Block, Cell, Section, Table},
    figures::Figure,
    words,
};
use chrono::NaiveDate;
use domain::{audits::Period, vocabulary};

/// Stands where a number is not split, because a small count would follow from it.
const NOT_SPLIT: &str = "not shown";

/// Figures of the whole pack and of each category.
pub(super) fn figures(view: &View<'_>, caption: &str, ids: &[&str]) -> Block {
    let categories = view.selection.request.wanted_categories();
    let mut columns = vec![("What", 5), ("All", 3)];
    if categories.len() > 1 {
        columns.extend(categories.iter().map(|code| (vocabulary::CATEGORY.label(code), 3)));
    }
    let (caption, wanted) = shown(view, caption, ids);
    let mut table =
        Table::new(caption, &columns).based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for whole in wanted {
        let mut row = vec![Cell::from(whole.name), Cell::number(&whole.shown)];
        if categories.len() > 1 {
            let of = |category| match view.figures.may_show(whole.id, None, Some(category)) {
                true => view.figures.figure(whole.id, None, Some(category)).map(|figure| figure.shown),
                false => Some(NOT_SPLIT.to_owned()),
            };
            row.extend(categories.iter().map(|category| Cell::number(of(category).unwrap_or_default())));
        }
        table.row(row);
    }
    Block::Table(table)
}

/// Figures of the whole pack, each with the sentence of what it counts.
pub(super) fn told(view: &View<'_>, caption: &str, ids: &[&str]) -> Block {
    let (caption, wanted) = shown(view, caption, ids);
    let mut table = Table::new(caption, &[("What", 3), ("All", 2), ("What it counts", 6)])
        .based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for figure in wanted {
        table.row([Cell::from(figure.name), Cell::number(&figure.shown), Cell::from(figure.definition)]);
    }
    Block::Table(table)
}

/// The caption with what is left out of it, and what is not.
fn shown(view: &View<'_>, caption: &str, ids: &[&str]) -> (String, Vec<Figure>) {
    let wanted: Vec<Figure> = ids.iter().filter_map(|id| view.figures.figure(id, None, None)).collect();
    let (withheld, wanted): (Vec<Figure>, Vec<Figure>) =
        wanted.into_iter().partition(|figure| figure.withheld);
    let mut caption = caption.to_owned();
    if !withheld.is_empty() {
        let names: Vec<String> = withheld.iter().map(|figure| words::lower_first(figure.name)).collect();
        caption.push_str(&format!(
            ". Left out: {}, because the maker of this pack is not shown what it is counted from",
            words::listed(&names)
        ));
    }
    (caption, wanted)
}

/// Sites beside each other; nothing for one site.
pub(super) fn sites(view: &View<'_>, ids: &[&str]) -> Option<Block> {
    let sites = &view.selection.request.sites;
    if sites.len() < 2 {
        return None;
    }
    let figures: Vec<Figure> = ids.iter().filter_map(|id| view.figures.figure(id, None, None)).collect();
    let columns: Vec<(&'static str, u8)> =
        std::iter::once(("Site", 4)).chain(figures.iter().map(|figure| (figure.name, 3))).collect();
    let mut table =
        Table::new("Sites beside each other. Counts of sites of different size do not compare", &columns)
            .based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for site in sites {
        let of = |id: &&str| match view.figures.may_show(id, Some(site), None) {
            true => view.figures.figure(id, Some(site), None).map(|figure| figure.shown),
            false => Some(NOT_SPLIT.to_owned()),
        };
        let cells = ids.iter().map(|id| Cell::number(of(id).unwrap_or_default()));
        table.row(std::iter::once(Cell::from(view.selection.cast.site(site))).chain(cells));
    }
    Some(Block::Table(table))
}

/// Month by month.
pub(super) fn months(view: &View<'_>) -> Block {
    let whole = view.figures.may_show_months();
    let mut columns = vec![("Month", 4)];
    if whole {
        columns.push(("Records", 2));
    }
    columns.push(("Near misses", 2));
    if whole {
        columns.push(("Incidents", 2));
    }
    columns.extend([("Bed days", 2), ("Near misses per 1,000 bed days", 3)]);
    let caption = match whole {
        true => "Month by month",
        false => "Month by month. Records and incidents are left out, because a count of 1 or 2 would follow",
    };
    let mut table = Table::new(caption, &columns)
        .based_on(view.basis("occupied bed days of whole months, where written"));
    let (from, to) = covered(view.selection);
    for (month, row) in &view.figures.months {
        let dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let mut cells = vec![Cell::from(month_name(*month, from, to))];
        if whole {
            cells.push(Cell::number(row.records));
        }
        cells.push(Cell::number(row.near_misses));
        if whole {
            cells.push(Cell::number(row.incidents));
        }
        cells.push(Cell::number(dash(row.bed_days.map(|days| format!("{days:.0}")))));
        cells.push(Cell::number(dash(row.rate.map(|rate| format!("{rate:.2}")))));
        table.row(cells);
    }
    Block::Table(table)
}

/// "August 2026", or "August 2026, from 26 August" where only a part of it is counted.
fn month_name(month: Period, from: NaiveDate, to: NaiveDate) -> String {
    let name = words::month(month.first());
    let starts = (from > month.first()).then(|| words::day_of_year(from));
    let ends = (to < month.last()).then(|| words::day_of_year(to));
    match (starts, ends) {
        _ if from > month.last() => format!("{name}, before every site had records"),
        (Some(from), Some(to)) => format!("{name}, {from} to {to}"),
        (Some(from), None) => format!("{name}, from {from}"),
        (None, Some(to)) => format!("{name}, to {to}"),
        (None, None) => name,
    }
}

/// What each figure means.
pub(super) fn definitions(view: &View<'_>) -> Section {
    let mut table = Table::new("What each number counts", &[("Number", 3), ("Definition", 6), ("Out of", 3)]);
    for figure in view.figures.whole() {
        table.row([
            Cell::from(figure.name),
            Cell::from(figure.definition),
            Cell::from(figure.denominator_name),
        ]);
    }
    Section::new(2, "definitions", "What each number counts").on_new_page().with(Block::Table(table))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_date;

    #[test]
    fn a_month_of_which_only_a_part_is_counted_says_so() {
        let date = |text: &str| parse_date(text).expect(text);
        let name = |from, to| month_name(Period::Month(2026, 8), date(from), date(to));
        assert_eq!(name("2026-08-01", "2026-08-31"), "August 2026");
        assert_eq!(name("2026-07-09", "2026-11-25"), "August 2026");
        assert_eq!(name("2026-08-26", "2026-11-25"), "August 2026, from 26 August");
        assert_eq!(name("2026-06-01", "2026-08-25"), "August 2026, to 25 August");
        assert_eq!(name("2026-08-03", "2026-08-25"), "August 2026, 3 August to 25 August");
        assert_eq!(name("2026-09-01", "2026-11-25"), "August 2026, before every site had records");
    }
}
