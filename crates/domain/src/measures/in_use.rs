//! Which sites a rate of all sites together must have a number for.

use crate::{audits::Period, directory::Site, record::Record, register::Register};
use chrono::NaiveDate;

/// From when a site counts: its first day with Noticed; where none was set, the day of its first record. None: it is
/// not in use, because it is retired or has neither.
pub(super) fn in_use_from(register: &Register, id: &str, site: &Site) -> Option<NaiveDate> {
    let first = || register.of_site(id).map(|record: &Record| record.facts.occurred_on()).min();
    site.live_from.or_else(first).filter(|_| !site.retired)
}

/// A site without near misses must have the number of a month too: without it the rate of all would come out too high.
pub(super) fn needs_number(from: Option<NaiveDate>, month: Period) -> bool {
    from.is_some_and(|from| from <= month.last())
}
