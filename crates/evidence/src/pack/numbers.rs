//! Tables of figures: the whole with its categories, the months, and sites beside each other.

use super::View;
use crate::{
    doc::{Block, Cell, Section, Table},
    figures::{Figure, MonthRow},
    words,
};
use domain::{audits::Period, measures, vocabulary};

/// Figures of the whole pack and of each category.
pub(super) fn figures(view: &View<'_>, caption: &str, ids: &[&str]) -> Block {
    let categories = view.selection.request.wanted_categories();
    let mut columns = vec![("What", 5), ("All", 3)];
    if categories.len() > 1 {
        columns.extend(categories.iter().map(|code| (vocabulary::CATEGORY.label(code), 3)));
    }
    let mut table =
        Table::new(caption, &columns).based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for id in ids {
        let Some(whole) = view.figures.figure(id, None, None) else { continue };
        let mut row = vec![Cell::from(whole.name), Cell::number(&whole.shown)];
        if categories.len() > 1 {
            let of = |category| view.figures.figure(id, None, Some(category)).map(|figure| figure.shown);
            row.extend(categories.iter().map(|category| Cell::number(of(category).unwrap_or_default())));
        }
        table.row(row);
    }
    Block::Table(table)
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
        let of = |id: &&str| view.figures.figure(id, Some(site), None).map(|figure| figure.shown);
        let cells = ids.iter().map(|id| Cell::number(of(id).unwrap_or_default()));
        table.row(std::iter::once(Cell::from(view.selection.cast.site(site))).chain(cells));
    }
    Some(Block::Table(table))
}

/// Month by month.
pub(super) fn months(view: &View<'_>) -> Block {
    months_table(
        &view.figures.months,
        "Month by month",
        view.basis("occupied bed days of whole months, where written"),
    )
}

fn months_table(rows: &[(Period, MonthRow)], caption: &str, basis: String) -> Block {
    let mut table = Table::new(
        caption,
        &[
            ("Month", 4),
            ("Records", 2),
            ("Near misses", 2),
            ("Incidents", 2),
            ("Bed days", 2),
            ("Near misses per 1,000 bed days", 3),
        ],
    )
    .based_on(basis);
    for (month, row) in rows {
        let dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        table.row([
            Cell::from(words::month(month.first())),
            Cell::number(row.records),
            Cell::number(row.near_misses),
            Cell::number(row.incidents),
            Cell::number(dash(row.bed_days.map(|days| format!("{days:.0}")))),
            Cell::number(dash(row.rate.map(|rate| format!("{rate:.2}")))),
        ]);
    }
    Block::Table(table)
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

/// The first half of the period beside the second, with how likely such a difference is by chance.
pub(super) fn halves(view: &View<'_>) -> Vec<Block> {
    let request = view.selection.request;
    let days = (request.to - request.from).num_days() + 1;
    if days < 28 {
        return vec![Block::Para(
            "The period is shorter than 28 days: too short to compare its halves.".into(),
        )];
    }
    let middle = domain::time::add_days(request.from, u64::try_from(days / 2).unwrap_or_default());
    let (before, after) = (days / 2, days - days / 2);
    let mut counts = [[0_u64; 2]; 2];
    for record in &view.selection.records {
        let half = usize::from(record.facts.occurred_on() >= middle);
        let settings = view.selection.register.directory().settings(&record.site);
        counts[0][half] += u64::from(record.kind == domain::record::Kind::Incident);
        counts[1][half] += u64::from(record.counts_as_near_miss(&settings));
    }
    let mut table = Table::new(
        "First half of the period beside the second",
        &[("What", 3), ("First half", 2), ("Second half", 2), ("By chance alone (p)", 3)],
    )
    .based_on(
        view.basis(&format!("{before} days before {}, {after} days from it", words::short_day(middle))),
    );
    for (name, [first, second]) in ["Incidents", "Near misses reported"].into_iter().zip(counts) {
        let compared = measures::before_after(first, before as f64, second, after as f64);
        table.row([
            Cell::from(name),
            Cell::number(first),
            Cell::number(second),
            Cell::number(format!("{:.3}", compared.p)),
        ]);
    }
    vec![Block::Table(table), Block::Para(verdict(counts, before, after))]
}

fn verdict([incidents, near_misses]: [[u64; 2]; 2], before: i64, after: i64) -> String {
    let compared = measures::before_after(incidents[0], before as f64, incidents[1], after as f64);
    let reporting = measures::before_after(near_misses[0], before as f64, near_misses[1], after as f64);
    let fell = compared.ratio.is_some_and(|ratio| ratio < 1.0);
    let first = match (incidents[0] + incidents[1], compared.p < 0.05, fell) {
        (0, ..) => "There were no incidents in either half.",
        (1..10, false, _) => "There are too few incidents to say whether they became fewer.",
        (_, false, _) => "The difference in incidents is no more than chance would bring.",
        (_, true, true) => "Incidents became fewer, by more than chance would bring.",
        (_, true, false) => "Incidents became more, by more than chance would bring.",
    };
    let reported_less = reporting.p < 0.05 && reporting.ratio.is_some_and(|ratio| ratio < 1.0);
    let second = if reported_less {
        " Fewer near misses were reported too, so part of the change may be a change in reporting."
    } else {
        " Reporting of near misses did not fall."
    };
    format!("{first}{second}")
}
