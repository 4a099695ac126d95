//! What the person asks for on the form, as a request.

use super::{
    frameworks::FRAMEWORK,
    own_words::{self, Written},
    person::{self, ALL_DAYS},
    reason::REASON,
};
use crate::{
    state::{App, EvidenceRights},
    text::{evidence as text, typed_date::typed_date},
    ui::{DateParts, FieldError},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    ids::SiteId,
    time::{add_days, take_days},
};
use evidence::{Framework, PackKind, Request, framework};
use markup::prelude::*;

/// Value of the choice of a framework that is a file for this pack only. No id of a framework looks like it.
pub const FILE_ONCE: &str = ":file";

#[derive(Clone, Copy)]
pub struct Asked {
    pub kind: RwSignal<Option<String>>,
    pub period: RwSignal<Option<String>>,
    /// The same of a pack about one person, which begins with everything.
    pub days: RwSignal<Option<String>>,
    pub from: RwSignal<DateParts>,
    pub to: RwSignal<DateParts>,
    pub sites: RwSignal<Vec<String>>,
    /// Empty for all.
    pub categories: RwSignal<Vec<String>>,
    pub framework: RwSignal<String>,
    /// The file for this pack only.
    pub file_once: RwSignal<Option<Framework>>,
    pub staff: RwSignal<String>,
    /// Code of the person whom a pack is about.
    pub person: RwSignal<String>,
    pub names: RwSignal<Option<String>>,
    pub reason: RwSignal<String>,
    /// What the maker says about the examples.
    pub words: Written,
    pub errors: RwSignal<Vec<FieldError>>,
}

impl Asked {
    pub fn new(app: App, rights: &EvidenceRights) -> Asked {
        let first = kinds(rights).first().map(|kind| kind.code().to_owned());
        let here = untrack(|| app.site()).filter(|site| rights.sites.iter().any(|(id, _)| id == site));
        let sites = here.or_else(|| rights.sites.first().map(|(id, _)| id.clone()));
        Asked {
            kind: RwSignal::new(first),
            period: RwSignal::new(Some("12".to_owned())),
            days: RwSignal::new(Some(ALL_DAYS.to_owned())),
            from: RwSignal::default(),
            to: RwSignal::default(),
            sites: RwSignal::new(sites.into_iter().map(|site| site.to_string()).collect()),
            categories: RwSignal::default(),
            framework: RwSignal::new(framework::quality_statements().id.clone()),
            file_once: RwSignal::new(None),
            staff: RwSignal::default(),
            person: RwSignal::default(),
            names: RwSignal::new(Some("no".to_owned())),
            reason: RwSignal::default(),
            words: RwSignal::default(),
            errors: RwSignal::default(),
        }
    }

    pub fn pack_kind(self) -> PackKind {
        self.kind.read().as_deref().and_then(PackKind::from_code).unwrap_or(PackKind::Inspector)
    }

    /// Days of one's own are asked for.
    pub fn wants_own_days(self) -> bool {
        let chosen = if self.pack_kind().is_about_one() { self.days } else { self.period };
        chosen.read().as_deref() == Some("own")
    }

    pub fn wants_names(self) -> bool {
        self.names.read().as_deref() == Some("yes")
    }

    pub fn error(self, id: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
        })
    }

    /// Faults that belong to no field in particular.
    pub fn show_faults(self, faults: &[String]) {
        self.errors.set(faults.iter().map(|fault| FieldError::new("kind", fault.as_str())).collect());
    }

    /// None where something must be put right first; the form then says what.
    pub fn request(self, app: App, rights: &EvidenceRights) -> Option<Request> {
        let (mut request, mut errors) = untrack(|| self.build(app, rights));
        if let Some(request) = request.as_mut() {
            request.words =
                untrack(|| own_words::written(app, self, request.identified.is_some(), &mut errors));
        }
        let is_fine = errors.is_empty();
        self.errors.set(errors);
        request.filter(|_| is_fine)
    }

    /// As far as it can be made of what is chosen now, without what is typed about examples, and what must be put right
    /// first. Tracked, but for the reason.
    pub fn build(self, app: App, rights: &EvidenceRights) -> (Option<Request>, Vec<FieldError>) {
        let mut errors = Vec::new();
        let request = self.gather(app, rights, &mut errors);
        (request, errors)
    }

    fn gather(self, app: App, rights: &EvidenceRights, errors: &mut Vec<FieldError>) -> Option<Request> {
        let mut wrong = |id: &str, words: &str| errors.push(FieldError::new(id, words));
        let kind = self.pack_kind();
        let sites: Vec<SiteId> = match asks_sites(kind) {
            true => self.sites.get().iter().map(|site| site.as_str().into()).collect(),
            false => rights.sites.iter().map(|(site, _)| site.clone()).collect(),
        };
        let chosen = kind.is_about_one().then(|| self.person.get());
        if let Some(words) = chosen.as_ref().and_then(|code| person::fault(&app.directory.read(), code)) {
            wrong("person", words);
        }
        let dates = match kind.is_about_one() && !self.wants_own_days() {
            true => Some(person::all_days(&app.register.read(), &sites, app.today())),
            false => self.dates(app.today(), &mut wrong),
        };
        if sites.is_empty() {
            wrong("sites", "Choose at least one site.");
        }
        let framework = match self.framework.get() {
            _ if !kind.uses_framework() => Some(framework::quality_statements().clone()),
            id if id == FILE_ONCE => {
                let file = self.file_once.get();
                if file.is_none() {
                    wrong("framework-file", "Choose a framework file, or one of the lists.");
                }
                file
            }
            id => {
                let offer = framework::shelf::offer(&app.directory.read(), &id);
                if offer.is_none() {
                    wrong(FRAMEWORK, text::CHOOSE_FRAMEWORK);
                }
                offer
            }
        };
        let identified = (self.wants_names() && !kind.is_coded_only()).then(|| self.reason.get_untracked());
        if identified.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            wrong(REASON, if kind.is_about_one() { text::WHY_STAFF } else { text::WHY_NAMES });
        }
        let staff = (kind == PackKind::SupervisionNote).then(|| self.staff.get());
        if staff.as_ref().is_some_and(String::is_empty) {
            wrong("staff", "Choose whose supervision the note is for.");
        }
        let (from, to) = dates?;
        let framework = framework?;
        Some(Request {
            kind,
            sites,
            from,
            to,
            categories: if chooses_categories(kind) { self.categories.get() } else { Vec::new() },
            framework,
            identified,
            made_at: app.instant(),
            made_by: rights.role,
            staff: staff.map(Into::into),
            person: chosen.map(Into::into),
            examples: Vec::new(),
            words: Vec::new(),
        })
    }

    fn dates(self, today: NaiveDate, wrong: &mut impl FnMut(&str, &str)) -> Option<(NaiveDate, NaiveDate)> {
        let months = match self.period.get().as_deref() {
            _ if self.wants_own_days() => {
                let (from, to) = (date(&self.from.get()), date(&self.to.get()));
                if from.is_none() {
                    wrong("from", "Write the first day with day, month and year, for example 1 9 2026.");
                }
                if to.is_none() {
                    wrong("to", "Write the last day with day, month and year, for example 30 11 2026.");
                }
                let dates = from.zip(to)?;
                if let Some((id, words)) = not_a_period(dates, today) {
                    wrong(id, words);
                    return None;
                }
                return Some(dates);
            }
            Some(months) => months.parse::<u64>().unwrap_or(3),
            None => 3,
        };
        Some((months_before(today, months), today))
    }
}

/// Which of the two days is wrong, and why. Nothing is known of days to come: a pack must not say that it covers them.
fn not_a_period(
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Option<(&'static str, &'static str)> {
    if from > today {
        return Some(("from", "The first day is after today."));
    }
    if to > today {
        return Some(("to", "The last day is after today."));
    }
    (to < from).then_some(("to", "The last day is before the first day."))
}

/// Today so many months ago, and one day later: the period holds whole months up to today.
fn months_before(today: NaiveDate, months: u64) -> NaiveDate {
    let months = chrono::Months::new(u32::try_from(months).unwrap_or(3));
    add_days(today.checked_sub_months(months).unwrap_or_else(|| take_days(today, 91)), 1)
}

fn date(parts: &DateParts) -> Option<NaiveDate> {
    typed_date(&parts.day, &parts.month, &parts.year).filter(|date| (2000..2200).contains(&date.year()))
}

/// The medication audit file is about medicines, whatever else was chosen before; one person asks for all that is held.
pub fn chooses_categories(kind: PackKind) -> bool {
    !matches!(kind, PackKind::MedicationAuditFile | PackKind::AboutOnePerson)
}

/// What is held about one person is at any site.
pub fn asks_sites(kind: PackKind) -> bool {
    !kind.is_about_one()
}

/// Tells some records all the way through, as examples.
pub fn has_examples(kind: PackKind) -> bool {
    !kind.is_coded_only() && !kind.is_about_one()
}

/// Kinds of packs that this person may have made, the likeliest first.
pub fn kinds(rights: &EvidenceRights) -> Vec<PackKind> {
    if rights.coded_only {
        return vec![PackKind::Commissioner];
    }
    let inside = [PackKind::SupervisionNote, PackKind::AboutOnePerson];
    PackKind::ALL.into_iter().filter(|kind| rights.manages || !inside.contains(kind)).collect()
}

/// Words and hints of the kinds.
pub fn kind_words(kind: PackKind) -> (&'static str, &'static str) {
    text::kind(kind)
}

#[cfg(test)]
mod tests {
    use super::{DateParts, date, months_before, not_a_period};
    use domain::time::parse_date;

    #[test]
    fn a_date_is_read_and_one_of_another_age_is_not() {
        let parts = |day: &str, month: &str, year: &str| DateParts {
            day: day.into(),
            month: month.into(),
            year: year.into(),
        };
        assert_eq!(date(&parts("1", "9", "2026")), parse_date("2026-09-01"));
        assert_eq!(date(&parts(" 30 ", "Sept", "26")), parse_date("2026-09-30"));
        assert_eq!(date(&parts("1", "9", "1926")), None);
        assert_eq!(date(&parts("", "", "")), None);
    }

    #[test]
    fn a_period_ends_today_at_the_latest() {
        let day = |text: &str| parse_date(text).expect("a date");
        let today = day("2026-11-25");
        let wrong = |from: &str, to: &str| not_a_period((day(from), day(to)), today).map(|(id, _)| id);
        assert_eq!(wrong("2026-09-01", "2026-11-25"), None);
        assert_eq!(wrong("2026-09-01", "2026-09-01"), None);
        assert_eq!(wrong("2026-09-01", "2026-08-31"), Some("to"));
        assert_eq!(wrong("2026-09-01", "2026-11-26"), Some("to"));
        assert_eq!(wrong("2026-11-26", "2026-11-30"), Some("from"));
    }

    #[test]
    fn three_months_end_today() {
        let today = parse_date("2026-11-25").expect("a date");
        assert_eq!(Some(months_before(today, 3)), parse_date("2026-08-26"));
        assert_eq!(Some(months_before(today, 12)), parse_date("2025-11-26"));
    }
}
