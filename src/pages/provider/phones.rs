//! Phones and tablets that have not been there for a day. The service knows; this needs a connection.

use crate::state::{App, DeviceRow, Problem};
use domain::{ids::SiteId, time::Instant};
use leptos::prelude::*;

/// After so many whole days a phone is silent.
const SILENT_DAYS: i64 = 1;

#[derive(Clone, Copy)]
pub struct Phones {
    app: App,
    told: LocalResource<Result<Vec<DeviceRow>, Problem>>,
}

/// How many are silent at a site.
pub enum Silent {
    /// Not told yet, or no connection.
    NotKnown,
    Some(usize),
}

impl Phones {
    pub fn ask(app: App) -> Phones {
        Phones { app, told: LocalResource::new(move || async move { app.admin.devices().await }) }
    }

    /// Why nothing is known. Tracked.
    pub fn words(self) -> Option<String> {
        match self.told.get() {
            None => Some("Asking the service which phones have been silent.".to_owned()),
            Some(Err(problem)) => {
                Some(format!("Which phones are silent is known only with a connection. {}", problem.sentence))
            }
            Some(Ok(_)) => None,
        }
    }

    /// Tracked.
    pub fn of(self, site: &SiteId) -> Silent {
        match self.silent(site) {
            Some(rows) => Silent::Some(rows.len()),
            None => Silent::NotKnown,
        }
    }

    /// Those of a site, the longest silent first. Tracked.
    pub fn silent(self, site: &SiteId) -> Option<Vec<DeviceRow>> {
        let rows = self.told.get()?.ok()?;
        let (directory, now) = (self.app.directory.read(), self.app.now.get());
        let at_site = |row: &DeviceRow| {
            let works_here = |id: &domain::ids::StaffId| {
                directory.staff.get(id).is_some_and(|staff| staff.roles.contains_key(site))
            };
            match &row.site {
                Some(own) => own == site,
                None => row.people.iter().any(|person| works_here(&person.id)),
            }
        };
        let mut silent: Vec<DeviceRow> =
            rows.into_iter().filter(|row| is_silent(row, now) && at_site(row)).collect();
        silent.sort_by_key(last);
        Some(silent)
    }
}

/// When it was last there, to the day.
pub fn last(row: &DeviceRow) -> Instant {
    row.last_contact_at.unwrap_or(row.enrolled_at)
}

fn is_silent(row: &DeviceRow, now: Instant) -> bool {
    row.revoked_at.is_none() && !row.this && (now - last(row)).num_days() >= SILENT_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    fn row(last: Option<&str>) -> DeviceRow {
        let at = |text: &str| parse_instant(text).expect(text);
        DeviceRow {
            id: "d".into(),
            label: "Phone".into(),
            shared: false,
            site: None,
            people: Vec::new(),
            enrolled_at: at("2026-11-01T08:00Z"),
            last_contact_at: last.map(at),
            revoked_at: None,
            this: false,
            removable: true,
        }
    }

    #[test]
    fn a_phone_is_silent_after_a_whole_day_also_one_that_never_called() {
        let now = parse_instant("2026-11-25T12:00Z").expect("a time");
        assert!(!is_silent(&row(Some("2026-11-24T12:01Z")), now));
        assert!(is_silent(&row(Some("2026-11-24T12:00Z")), now));
        assert!(is_silent(&row(None), now));
        assert!(!is_silent(&DeviceRow { revoked_at: Some(now), ..row(None) }, now));
        assert!(!is_silent(&DeviceRow { this: true, ..row(None) }, now));
    }
}
