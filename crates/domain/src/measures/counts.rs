//! Counts and rates of the register, of one site or all, one category or all. Source: model.md section 13.

use super::{
    in_use::{in_use_from, needs_number},
    per_cent, rate_of,
};
use crate::{
    audits::Period,
    category::Cadence,
    record::{Kind, Record},
    register::Register,
};
use chrono::NaiveDate;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope<'a> {
    /// None: all sites together.
    pub site: Option<&'a str>,
    /// None: all categories together.
    pub category: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Counts as a near miss.
    NearMiss,
    /// Of the kind incident.
    Incident,
    /// Any live record.
    All,
}

/// A part of a whole, with both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// None without a whole.
    pub value: Option<f64>,
    /// How many near misses the part is.
    pub n: u32,
    pub denominator: Option<f64>,
}

impl What {
    pub fn from_code(code: &str) -> Option<What> {
        match code {
            "near_miss" => Some(What::NearMiss),
            "incident" => Some(What::Incident),
            "all" => Some(What::All),
            _ => None,
        }
    }
}

impl<'a> Scope<'a> {
    pub(super) fn records(self, register: &'a Register) -> impl Iterator<Item = &'a Record> {
        register.records().filter(move |record| self.takes(record))
    }

    /// Whether a record is of this site and category.
    pub(super) fn takes(self, record: &Record) -> bool {
        self.site.is_none_or(|site| *record.site == *site)
            && self.category.is_none_or(|category| record.facts.category() == category)
    }

    fn counted(
        self,
        register: &'a Register,
        what: What,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl Iterator<Item = (&'a Record, NaiveDate)> {
        self.records(register)
            .filter(move |record| is(register, record, what))
            .map(|record| (record, record.facts.occurred_on()))
            .filter(move |(_, date)| (from..=to).contains(date))
    }
}

fn is(register: &Register, record: &Record, what: What) -> bool {
    match what {
        What::All => record.state.is_live(),
        What::Incident => record.state.is_live() && record.kind == Kind::Incident,
        What::NearMiss => record.counts_as_near_miss(register.view().settings(&record.site)),
    }
}

/// Live records that happened on the dates, both included.
pub fn count(register: &Register, scope: &Scope<'_>, what: What, from: NaiveDate, to: NaiveDate) -> u32 {
    total(scope.counted(register, what, from, to).count())
}

/// By calendar month, zeros included.
pub fn monthly_counts(
    register: &Register,
    scope: &Scope<'_>,
    what: What,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<(Period, u32)> {
    let first = Period::of(Cadence::Monthly, from);
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    let mut counts: Vec<(Period, u32)> =
        months.take_while(|month| month.first() <= to).map(|month| (month, 0)).collect();
    for (_, date) in scope.counted(register, what, from, to) {
        if let Ok(index) =
            counts.binary_search_by(|(month, _)| month.cmp(&Period::of(Cadence::Monthly, date)))
        {
            counts[index].1 += 1;
        }
    }
    counts
}

/// Near misses of a month per 1000 of its denominator, whichever are asked for. All sites together have a rate only where every site that was
/// in use by then has the denominator, also one without near misses.
pub fn rate(register: &Register, scope: &Scope<'_>, denominator: &str, month: &str) -> Share {
    let Some(month @ Period::Month(..)) = Period::parse(month) else { return Share::default() };
    let mut sum = Share { value: None, n: 0, denominator: Some(0.0) };
    let sites = register.directory().sites.iter().map(|(id, site)| (&**id, site));
    for (site, of) in sites.filter(|(site, _)| scope.site.is_none_or(|only| only == *site)) {
        let here = Scope { site: Some(site), ..*scope };
        let near_misses = count(register, &here, What::NearMiss, month.first(), month.last());
        let known = register.book(site).and_then(|book| book.denominator(denominator, month));
        sum.n += near_misses;
        sum.denominator = match known {
            Some(known) => sum.denominator.map(|sum| sum + known.value),
            None if near_misses == 0 && !needs_number(in_use_from(register, site, of), month) => {
                sum.denominator
            }
            None => None,
        };
    }
    sum.denominator = sum.denominator.filter(|sum| *sum > 0.0);
    Share { value: rate_of(f64::from(sum.n), sum.denominator), ..sum }
}

/// The same of the near misses that go with the denominator, as pages and lists show it. None where the category of the
/// scope does not go with it. Source: docs/decisions/044.
pub fn rate_per(register: &Register, scope: &Scope<'_>, denominator: &str, month: &str) -> Option<Share> {
    Some(rate(register, &scope.per(denominator)?, denominator, month))
}

/// Near misses that only luck caught, per cent of near misses.
pub fn luck_share(register: &Register, scope: &Scope<'_>, from: NaiveDate, to: NaiveDate) -> Share {
    let (mut lucky, mut all) = (0, 0);
    for (record, _) in scope.counted(register, What::NearMiss, from, to) {
        all += 1;
        lucky += u32::from(record.facts.is_luck());
    }
    let whole = (all > 0).then_some(f64::from(all));
    Share {
        value: whole.map(|whole| per_cent(f64::from(lucky), whole)),
        n: lucky,
        denominator: Some(f64::from(all)),
    }
}

fn total(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
