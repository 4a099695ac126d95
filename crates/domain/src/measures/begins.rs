//! From when the records of a site say something: a zero of the time before is not a measured zero.

use crate::{audits::Period, category::Cadence, ids::SiteId, register::Register};
use chrono::NaiveDate;

/// The first day of a site with Noticed, or the month of its first record where that came later; the day of its first
/// record where no first day was set. Past incidents that were read in lie before it. None for a site without either.
pub fn begins(register: &Register, site: &str) -> Option<NaiveDate> {
    let live_from = register.directory().sites.get(site).and_then(|site| site.live_from);
    let first = register.of_site(site).map(|record| record.facts.occurred_on()).min();
    match (live_from, first) {
        (Some(live_from), Some(first)) => Some(live_from.max(Period::of(Cadence::Monthly, first).first())),
        (live_from, first) => live_from.or(first),
    }
}

/// The day from which every one of these sites counts, and the last of them to begin. Before it a number of all of them
/// holds fewer sites, so one that joins would look like a change. A site that begins after `today`, or has nothing to
/// begin with, is not waited for. None where no site counts.
pub fn all_begin<'a>(
    register: &Register,
    sites: impl IntoIterator<Item = &'a SiteId>,
    today: NaiveDate,
) -> Option<(NaiveDate, &'a SiteId)> {
    let begun = sites.into_iter().filter_map(|site| Some((begins(register, site)?, site)));
    begun.filter(|(first, _)| *first <= today).max()
}
