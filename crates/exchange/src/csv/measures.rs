//! `measures.csv`: every count and time by site, category and month, as the pages show them.

use super::{
    Cell,
    Form::{Code, Id, Number, Period, Text},
    sheet::{Column, Sheet, column},
};
use crate::Pack;
use domain::{
    audits,
    category::CATEGORIES,
    ids::SiteId,
    measures::{self, Scope, What},
    vocabulary as v,
};

pub(super) struct Measures;

pub(super) struct Row<'a> {
    site: &'a SiteId,
    category: &'static str,
    month: audits::Period,
    measure: String,
    value: Cell,
    n: Cell,
    denominator: Cell,
}

impl Sheet for Measures {
    type Row<'a> = Row<'a>;
    const NAME: &'static str = "measures.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("site", Id, "Code of the site.", |row| row.site.as_str().into()),
        column("category", Code(&v::CATEGORY), "What is counted.", |row| row.category.into()),
        column(
            "month",
            Period,
            "Calendar month, by when it happened; times by when the step was done. Months before the site had records \
             have no rows.",
            |row| row.month.to_string().into(),
        ),
        column("measure", Text, MEANING, |row| row.measure.as_str().into()),
        column("value", Number, "The value; empty where it cannot be worked out.", |row| row.value.clone()),
        column("n", Number, "How many records it is made of.", |row| row.n.clone()),
        column("denominator", Number, "What it is divided by.", |row| row.denominator.clone()),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<Row<'a>> {
        let wanted = |category: &str| pack.selection.category.as_ref().is_none_or(|only| only == category);
        let mut rows = Vec::new();
        for site in pack.sites() {
            // A zero of a month before the site had records was not measured.
            let months: Vec<audits::Period> = measured(pack, site);
            for spec in CATEGORIES.into_iter().filter(|spec| wanted(spec.id)) {
                for month in &months {
                    rows.extend(of_month(pack, site, spec.id, *month));
                }
            }
        }
        rows
    }
}

/// Months that end after the records of the site began, or that hold past incidents that were read in.
fn measured(pack: &Pack<'_>, site: &SiteId) -> Vec<audits::Period> {
    let begun = measures::begins(pack.register, site);
    let has_records = |month: &audits::Period| {
        pack.register.of_site(site).any(|record| month.has(record.facts.occurred_on()))
    };
    let is_measured =
        |month: &audits::Period| begun.is_some_and(|begun| begun <= month.last()) || has_records(month);
    pack.months().filter(is_measured).collect()
}

const MEANING: &str = "near_misses, incidents, all: number of records; rate_...: near misses per 1000 of the \
    denominator, rate_administrations of medication only; luck_share: near misses that only luck caught, in per cent; step_N_median_min, step_N_p90_min: \
    minutes to do step N; step_N_in_time_pct: per cent done before it was late.";

/// Months are taken whole, also where the selection begins or ends inside one.
fn of_month<'a>(
    pack: &Pack<'a>,
    site: &'a SiteId,
    category: &'static str,
    month: audits::Period,
) -> Vec<Row<'a>> {
    let register = pack.register;
    let scope = Scope { site: Some(site), category: Some(category) };
    let (from, to) = (month.first(), month.last());
    let mut rows = Vec::new();
    let mut add = |measure: String, value: Cell, n: Cell, denominator: Cell| {
        rows.push(Row { site, category, month, measure, value, n, denominator });
    };
    for (name, what) in [("near_misses", What::NearMiss), ("incidents", What::Incident), ("all", What::All)] {
        let count = measures::count(register, &scope, what, from, to);
        add(name.to_owned(), count.into(), count.into(), Cell::Empty);
    }
    // Per 1000 doses the rows of medication only: docs/decisions/044.
    let goes_with = |denominator: &&v::Code| {
        scope.per(denominator.code).is_some_and(|per| per.category == scope.category)
    };
    for denominator in v::DENOMINATOR.codes.iter().filter(goes_with) {
        let rate = measures::rate(register, &scope, denominator.code, &month.to_string());
        let name = ["rate_", denominator.code].concat();
        add(name, rate.value.into(), rate.n.into(), rate.denominator.into());
    }
    let luck = measures::luck_share(register, &scope, from, to);
    add("luck_share".to_owned(), luck.value.into(), luck.n.into(), luck.denominator.into());
    for (step, times) in (2..).zip(measures::times_to_steps(register, &scope, from, to)) {
        let parts = [
            ("median_min", times.median_min),
            ("p90_min", times.p90_min),
            ("in_time_pct", times.in_time_pct),
        ];
        for (part, value) in parts {
            add(format!("step_{step}_{part}"), value.into(), times.n.into(), Cell::Empty);
        }
    }
    rows
}
