//! The numbers of a pack, each with its definition, numerator and denominator. Nothing is counted good or bad here.
//! Source: model.md section 13 for what domain measures; the shares are defined in `specs`.

mod small;
mod specs;
mod tally;

use crate::selection::Selection;
use chrono::NaiveDate;
use domain::{
    audits::{self, AuditLine, AuditState, OversightLine, Period},
    category::Cadence,
    ids::SiteId,
    measures,
    time::london_date,
};
use small::Splits;
pub(crate) use small::is_small;
pub use specs::is_known;
use specs::{SPECS, Spec, Unit, Value};
use std::collections::BTreeMap;
pub use tally::Tally;

/// Where a figure was counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// None: all sites of the pack together.
    pub site: Option<SiteId>,
    /// None: all categories of the pack together.
    pub category: Option<&'static str>,
}

/// One number.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub id: &'static str,
    pub name: &'static str,
    pub definition: &'static str,
    pub denominator_name: &'static str,
    pub unit: &'static str,
    pub place: Place,
    /// None where there is nothing to count.
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    /// As people read it: "12 of 20 (60%)", "not enough to say".
    pub shown: String,
    /// The maker of the pack is not shown what it is worked out from.
    pub withheld: bool,
}

/// One month of one site.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MonthRow {
    pub near_misses: u32,
    pub incidents: u32,
    pub records: u32,
    /// Occupied bed days, where somebody wrote them.
    pub bed_days: Option<f64>,
    /// Near misses per 1000 bed days.
    pub rate: Option<f64>,
    /// Every day of the month lies in the period, is over, and is one on which the site had records.
    pub is_whole: bool,
}

/// Everything that was counted.
#[derive(Clone, Debug)]
pub struct Figures {
    tallies: BTreeMap<Place, Tally>,
    /// All sites together, by month.
    pub months: Vec<(Period, MonthRow)>,
    pub by_site: BTreeMap<SiteId, Vec<(Period, MonthRow)>>,
    /// What may be split by category, site and month, where the pack is for outside eyes.
    splits: Option<Splits>,
}

impl Figures {
    /// Every figure of a request.
    pub fn for_request(register: &domain::register::Register, request: &crate::Request) -> Figures {
        Figures::of(&Selection::of(register, request))
    }

    pub(crate) fn of(selection: &Selection<'_>) -> Figures {
        let tallies = tally::count(selection);
        let by_site: BTreeMap<SiteId, Vec<(Period, MonthRow)>> =
            selection.request.sites.iter().map(|site| (site.clone(), months(selection, site))).collect();
        let mut months: Vec<(Period, MonthRow)> = Vec::new();
        for rows in by_site.values() {
            for (index, (period, row)) in rows.iter().enumerate() {
                match months.get_mut(index) {
                    Some((_, sum)) => sum.add(row),
                    None => months.push((*period, *row)),
                }
            }
        }
        for (_, row) in &mut months {
            row.rate = measures::rate_of(f64::from(row.near_misses), row.bed_days);
        }
        let ids = SPECS.iter().map(|spec| spec.id);
        let splits = selection.is_coded_only().then(|| Splits::of(ids, &tallies, &months));
        Figures { tallies, months, by_site, splits }
    }

    pub fn tally(&self, site: Option<&SiteId>, category: Option<&'static str>) -> &Tally {
        static NOTHING: std::sync::OnceLock<Tally> = std::sync::OnceLock::new();
        let place = Place { site: site.cloned(), category };
        self.tallies.get(&place).unwrap_or_else(|| NOTHING.get_or_init(Tally::default))
    }

    /// One figure at one place.
    pub fn figure(&self, id: &str, site: Option<&SiteId>, category: Option<&'static str>) -> Option<Figure> {
        let spec = SPECS.iter().find(|spec| spec.id == id)?;
        Some(spec.figure(Place { site: site.cloned(), category }, self.tally(site, category)))
    }

    /// May a figure stand at a place? In a pack for outside eyes no small count may follow from it.
    pub fn may_show(&self, id: &str, site: Option<&SiteId>, category: Option<&str>) -> bool {
        self.splits.as_ref().is_none_or(|splits| splits.allow(id, site, category))
    }

    /// May records and incidents stand beside the near misses of each month?
    pub fn may_show_months(&self) -> bool {
        self.splits.as_ref().is_none_or(|splits| splits.months)
    }

    /// May more be told of a site than its figures?
    pub fn may_show_sites(&self) -> bool {
        self.splits.is_none()
    }

    /// Every figure at every place where it may stand, in the order of `SPECS`.
    pub fn all(&self) -> impl Iterator<Item = Figure> {
        SPECS.iter().flat_map(|spec| {
            let places = self.tallies.iter();
            let shown =
                places.filter(|(place, _)| self.may_show(spec.id, place.site.as_ref(), place.category));
            shown.map(|(place, tally)| spec.figure(place.clone(), tally))
        })
    }

    /// Every figure of the whole pack.
    pub fn whole(&self) -> Vec<Figure> {
        SPECS.iter().filter_map(|spec| self.figure(spec.id, None, None)).collect()
    }
}

impl MonthRow {
    fn add(&mut self, other: &MonthRow) {
        self.near_misses += other.near_misses;
        self.incidents += other.incidents;
        self.records += other.records;
        // A rate needs the bed days of every site.
        self.bed_days = self.bed_days.zip(other.bed_days).map(|(own, other)| own + other);
        self.is_whole &= other.is_whole;
    }
}

impl Spec {
    fn figure(&self, place: Place, tally: &Tally) -> Figure {
        let withheld = self.id == "decisions_reasoned" && tally.reasons_withheld > 0;
        let Value { value, numerator, denominator } =
            if withheld { Value::default() } else { (self.of)(tally) };
        Figure {
            id: self.id,
            name: self.name,
            definition: self.definition,
            denominator_name: self.denominator,
            unit: self.unit.code(),
            place,
            value,
            numerator,
            denominator,
            shown: if withheld {
                "not shown to the maker of this pack".to_owned()
            } else {
                shown(self.unit, value, numerator, denominator)
            },
            withheld,
        }
    }
}

fn shown(unit: Unit, value: Option<f64>, numerator: Option<f64>, denominator: Option<f64>) -> String {
    match (unit, value, numerator, denominator) {
        (Unit::Count, Some(value), ..) => format!("{value:.0}"),
        (Unit::Share, Some(value), Some(part), Some(whole)) => {
            format!("{part:.0} of {whole:.0} ({}%)", crate::words::short(value))
        }
        (Unit::Minutes, Some(value), _, Some(n)) => {
            format!("{} (middle of {n:.0})", crate::words::minutes(value))
        }
        _ => "nothing to count".to_owned(),
    }
}

/// The months of the period at one site that have begun, zeros included.
fn months(selection: &Selection<'_>, site: &SiteId) -> Vec<(Period, MonthRow)> {
    let request = selection.request;
    let to = request.to.min(london_date(request.made_at));
    let from =
        measures::begins(selection.register, site).map_or(request.from, |begun| begun.max(request.from));
    let mut rows: Vec<(Period, MonthRow)> =
        std::iter::successors(Some(Period::of(Cadence::Monthly, request.from)), |month| Some(month.next()))
            .take_while(|month| month.first() <= to)
            .map(|month| (month, MonthRow::default()))
            .collect();
    let settings = selection.register.directory().settings(site);
    for record in selection.records.iter().filter(|record| record.site == *site) {
        let month = Period::of(Cadence::Monthly, record.facts.occurred_on());
        let Ok(place) = rows.binary_search_by(|(row, _)| row.cmp(&month)) else { continue };
        let row = &mut rows[place].1;
        row.records += 1;
        row.near_misses += u32::from(record.counts_as_near_miss(&settings));
        row.incidents += u32::from(record.kind == domain::record::Kind::Incident);
    }
    for (month, row) in &mut rows {
        let known = selection.register.denominators(site, "occupied_bed_days", *month).last();
        // Part of a month has no bed days of its own.
        row.is_whole = from <= month.first() && month.last() <= to;
        row.bed_days = known.filter(|_| row.is_whole).map(|known| known.value);
        row.rate = measures::rate_of(f64::from(row.near_misses), row.bed_days);
    }
    rows
}

/// Audits of a site in the period: those whose period ends inside it.
pub fn audits_in<'a>(selection: &Selection<'a>, site: &str) -> Vec<AuditLine<'a>> {
    let request = selection.request;
    let wanted = request.wanted_categories();
    audits::audits(selection.register, site, request.made_at)
        .into_iter()
        .filter(|line| wanted.contains(&line.category))
        .filter(|line| (request.from..=request.to).contains(&line.period.last()))
        .collect()
}

/// Oversights of a site in the period.
pub fn oversights_in<'a>(selection: &Selection<'a>, site: &str) -> Vec<OversightLine<'a>> {
    let request = selection.request;
    let wanted = request.wanted_categories();
    audits::oversights(selection.register, site, request.made_at)
        .into_iter()
        .filter(|line| wanted.contains(&line.category))
        .filter(|line| (request.from..=request.to).contains(&line.period.last()))
        .collect()
}

/// Its date has passed, or it is signed already. One that is not due yet is neither done nor missed.
pub(crate) fn counts_by(made_at: domain::time::Instant, due: NaiveDate, signed: bool) -> bool {
    signed || due < london_date(made_at)
}

pub(crate) fn is_signed(state: AuditState) -> bool {
    state == AuditState::Signed
}
