//! Which records an audit looks at, and its figures. Two places that know the same draw the same.
//! Source: model.md section 11.5.

use super::{Draw, Figures, Period};
use crate::{
    event::Outcome,
    ids::RecordId,
    pathway::State,
    patterns::Known,
    record::{Band, Record},
    time::{self, Instant},
};

/// One of so many of the records that were not high or extreme.
const ONE_IN: usize = 10;

/// Every closed record of band high or extreme, and a systematic part of the rest.
pub(super) fn draw(known: Known<'_>, site: &str, category: &str, period: Period) -> (Vec<RecordId>, Draw) {
    let (grave, rest): (Vec<&Record>, Vec<&Record>) =
        population(known, site, category, period).partition(|record| record.band() >= Some(Band::High));
    let rest = in_order(rest);
    let (start, step) = match rest.len() {
        0 => (0, 1),
        few if few < ONE_IN => (period.number() % few, few),
        _ => (period.number() % ONE_IN, ONE_IN),
    };
    let ids = |records: &[&Record]| records.iter().map(|record| record.id.clone()).collect();
    let draw = Draw { grave: ids(&grave), rest: rest.len(), start, step };
    let drawn = rest.into_iter().skip(start).step_by(step);
    (ids(&in_order(grave.into_iter().chain(drawn).collect())), draw)
}

/// All figures but the findings, which are the audit's own.
pub(super) fn figures(known: Known<'_>, site: &str, category: &str, period: Period) -> Figures {
    let mut figures = Figures::default();
    let settings = known.settings(site);
    let live = of_category(known, site, category).filter(|record| record.state.is_live());
    for record in live.filter(|record| period.has(record.facts.occurred_on())) {
        figures.records += 1;
        figures.near_misses += u32::from(record.counts_as_near_miss(settings));
    }
    let closed = population(known, site, category, period).count();
    Figures { closed: u32::try_from(closed).unwrap_or(u32::MAX), ..figures }
}

/// Closed records whose latest close lies in the period.
fn population<'a>(
    known: Known<'a>,
    site: &'a str,
    category: &'a str,
    period: Period,
) -> impl Iterator<Item = &'a Record> {
    of_category(known, site, category)
        .filter(|record| record.state == State::Closed && record.imported.is_none())
        .filter(move |record| closed_at(record).is_some_and(|at| period.has(time::london_date(at))))
}

fn of_category<'a>(known: Known<'a>, site: &'a str, category: &'a str) -> impl Iterator<Item = &'a Record> {
    let records = known.records.values().map(|record| &**record);
    records.filter(move |record| &*record.site == site && record.facts.category() == category)
}

fn closed_at(record: &Record) -> Option<Instant> {
    let closes = |event: &str| event == "close";
    let mut events = record.events.iter().rev();
    let close = events
        .find(|received| closes(&received.event.verb) && received.judgement.result == Outcome::Applied)?;
    Some(close.judgement.corrected_at)
}

fn in_order(mut records: Vec<&Record>) -> Vec<&Record> {
    records.sort_by_key(|record| (record.facts.occurred_at(), record.reported_at, record.arrival));
    records
}
