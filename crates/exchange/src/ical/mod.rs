//! A calendar (RFC 5545) of what is due: audits, oversights, actions, steps, and the looks back at 28 and 90 days.
//! It names no person and holds no words that somebody typed: calendars are copied to many places.

mod entries;
mod text;

use domain::{ids::SiteId, register::Register, sight::Viewer, time::Instant};
pub use entries::{Entry, When};

/// What is due at those sites and is this viewer's to do, by when it is due.
pub fn entries(register: &Register, sites: &[SiteId], viewer: &Viewer<'_>, now: Instant) -> Vec<Entry> {
    let mut all: Vec<Entry> =
        sites.iter().flat_map(|site| entries::of_site(register, site, viewer, now)).collect();
    all.sort_by(|one, other| (one.when.start(), &one.uid).cmp(&(other.when.start(), &other.uid)));
    all
}

/// The calendar as text. `name` is what a calendar app shows for it.
pub fn calendar(
    register: &Register,
    sites: &[SiteId],
    viewer: &Viewer<'_>,
    now: Instant,
    name: &str,
) -> String {
    text::calendar(&entries(register, sites, viewer, now), now, name)
}
