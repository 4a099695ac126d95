//! Which audits and oversights a site owes, and when they are due. Source: model.md section 11.5.

use super::{Audit, OversightSigned, Period};
use crate::{
    category::{self, CATEGORIES, CategorySpec},
    register::Register,
    time::{self, Instant},
};
use chrono::NaiveDate;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditState {
    Expected,
    Open,
    Signed,
}

/// An audit that a site owes or has.
#[derive(Clone, Debug)]
pub struct AuditLine<'a> {
    pub category: &'static str,
    pub period: Period,
    pub state: AuditState,
    pub due: NaiveDate,
    /// Its period began on or after the day the site went live, and is over.
    pub is_expected: bool,
    /// Once it is opened.
    pub audit: Option<&'a Audit>,
}

impl AuditLine<'_> {
    /// On or before the day on which it was due, by the London calendar.
    pub fn is_signed_in_time(&self) -> bool {
        let signed = self.audit.and_then(|audit| audit.signed.as_ref());
        signed.is_some_and(|signed| time::london_date(signed.at) <= self.due)
    }
}

/// An oversight that a site owes or has; open is not one of its states.
#[derive(Clone, Debug)]
pub struct OversightLine<'a> {
    pub category: &'static str,
    pub period: Period,
    pub state: AuditState,
    pub due: NaiveDate,
    pub is_expected: bool,
    pub signed: Option<&'a OversightSigned>,
}

impl AuditState {
    pub fn code(self) -> &'static str {
        match self {
            AuditState::Expected => "expected",
            AuditState::Open => "open",
            AuditState::Signed => "signed",
        }
    }
}

impl AuditLine<'_> {
    /// `category/period`.
    pub fn name(&self) -> String {
        name(self.category, self.period)
    }
}

impl OversightLine<'_> {
    /// `category/period`.
    pub fn name(&self) -> String {
        name(self.category, self.period)
    }
}

fn name(category: &str, period: Period) -> String {
    [category, "/", &period.to_string()].concat()
}

/// One audit; none where it is neither expected nor opened.
pub fn audit<'a>(
    register: &'a Register,
    site: &str,
    category: &str,
    period: &str,
    now: Instant,
) -> Option<AuditLine<'a>> {
    let spec = category::find(category)?;
    audit_line(register, site, spec, Period::parse_as(spec.audits, period)?, now)
}

/// One oversight; none where it is neither expected nor signed.
pub fn oversight<'a>(
    register: &'a Register,
    site: &str,
    category: &str,
    period: &str,
    now: Instant,
) -> Option<OversightLine<'a>> {
    let spec = category::find(category)?;
    oversight_line(register, site, spec, Period::parse_as(spec.oversight, period)?, now)
}

/// Every audit of a site that is expected, open or signed; by category, then period.
pub fn audits<'a>(register: &'a Register, site: &str, now: Instant) -> Vec<AuditLine<'a>> {
    let mut lines = Vec::new();
    for spec in CATEGORIES {
        let opened = register.book(site).into_iter().flat_map(|book| &book.audits);
        let opened = opened.filter(|audit| audit.category == spec.id).map(|audit| audit.period);
        let mut periods: Vec<Period> = opened.chain(expected_audits(register, site, spec, now)).collect();
        periods.sort_unstable();
        periods.dedup();
        lines.extend(periods.into_iter().filter_map(|period| audit_line(register, site, spec, period, now)));
    }
    lines
}

/// Every oversight of a site that is expected or signed; by category, then period.
pub fn oversights<'a>(register: &'a Register, site: &str, now: Instant) -> Vec<OversightLine<'a>> {
    let mut lines = Vec::new();
    for spec in CATEGORIES {
        let signed = register.book(site).into_iter().flat_map(|book| &book.oversights);
        let signed = signed.filter(|signed| signed.category == spec.id).map(|signed| signed.period);
        let owed = expected_audits(register, site, spec, now)
            .map(|period| Period::of(spec.oversight, period.first()))
            .filter(|period| period.is_over(now));
        let mut periods: Vec<Period> = signed.chain(owed).collect();
        periods.sort_unstable();
        periods.dedup();
        lines.extend(
            periods.into_iter().filter_map(|period| oversight_line(register, site, spec, period, now)),
        );
    }
    lines
}

/// Audits that are expected inside an oversight period.
pub fn constituents<'a>(
    register: &'a Register,
    site: &'a str,
    spec: &'static CategorySpec,
    oversight: Period,
    now: Instant,
) -> impl Iterator<Item = AuditLine<'a>> {
    expected_audits(register, site, spec, now)
        .filter(move |period| oversight.has(period.first()))
        .filter_map(move |period| audit_line(register, site, spec, period, now))
}

fn audit_line<'a>(
    register: &'a Register,
    site: &str,
    spec: &'static CategorySpec,
    period: Period,
    now: Instant,
) -> Option<AuditLine<'a>> {
    let audit = register.book(site).and_then(|book| book.audit_of(spec.id, period));
    let is_expected = is_expected_audit(register, site, period, now);
    let state = match audit {
        Some(audit) if audit.signed.is_some() => AuditState::Signed,
        Some(_) => AuditState::Open,
        None if is_expected => AuditState::Expected,
        None => return None,
    };
    let due = time::add_days(period.last(), register.directory().settings(site).audit_due_days);
    Some(AuditLine { category: spec.id, period, state, due, is_expected, audit })
}

fn oversight_line<'a>(
    register: &'a Register,
    site: &str,
    spec: &'static CategorySpec,
    period: Period,
    now: Instant,
) -> Option<OversightLine<'a>> {
    let signed = register.book(site).and_then(|book| book.oversight_of(spec.id, period));
    let has_audit = expected_audits(register, site, spec, now).any(|audit| period.has(audit.first()));
    let is_expected = period.is_over(now) && has_audit;
    let state = match signed {
        Some(_) => AuditState::Signed,
        None if is_expected => AuditState::Expected,
        None => return None,
    };
    let due = time::add_days(period.last(), register.directory().settings(site).oversight_due_days);
    Some(OversightLine { category: spec.id, period, state, due, is_expected, signed })
}

fn is_expected_audit(register: &Register, site: &str, period: Period, now: Instant) -> bool {
    live_from(register, site).is_some_and(|live_from| period.first() >= live_from) && period.is_over(now)
}

/// Every audit period that begins on or after the day the site went live and is over.
fn expected_audits(
    register: &Register,
    site: &str,
    spec: &CategorySpec,
    now: Instant,
) -> impl Iterator<Item = Period> + use<> {
    let first = live_from(register, site).map(|live_from| {
        let period = Period::of(spec.audits, live_from);
        if period.first() < live_from { period.next() } else { period }
    });
    std::iter::successors(first, |period| Some(period.next())).take_while(move |period| period.is_over(now))
}

fn live_from(register: &Register, site: &str) -> Option<NaiveDate> {
    register.directory().sites.get(site)?.live_from
}
