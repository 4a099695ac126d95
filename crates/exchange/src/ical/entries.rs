//! What is due, for whom.

use chrono::NaiveDate;
use domain::{
    audits::{self, AuditState, Period},
    category::{CATEGORIES, CategorySpec},
    due::{self, Due, Item},
    ids,
    pathway::State,
    record::{NOT_ANSWERED, Record},
    register::Register,
    roles::{Role, Roles},
    sight::Viewer,
    time::{self, Instant},
};

/// One line of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Stays the same as long as it is the same thing, whatever its date.
    pub uid: String,
    pub when: When,
    pub summary: String,
    pub description: String,
    pub site: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// All day.
    On(NaiveDate),
    At(Instant),
}

impl When {
    pub(super) fn start(self) -> Instant {
        match self {
            When::On(date) => time::start_of(date),
            When::At(instant) => instant,
        }
    }
}

impl From<Due> for When {
    fn from(due: Due) -> Self {
        match due {
            Due::At(instant) => When::At(instant),
            Due::On(date) => When::On(date),
        }
    }
}

const AUDITORS: Roles = Roles::of(&[Role::RegisteredManager, Role::DeputyManager, Role::Provider]);

pub(super) fn of_site(register: &Register, site: &str, viewer: &Viewer<'_>, now: Instant) -> Vec<Entry> {
    let roles = viewer.roles(site);
    let known = register.directory().sites.get(site);
    let name = known.map(|site| site.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(site);
    let place = Place { register, site, name, now };
    let mut entries = Vec::new();
    if roles.meets(AUDITORS) {
        entries.extend(place.audits());
    }
    if roles.has(Role::Provider) {
        entries.extend(place.oversights());
    }
    let settings = register.directory().settings(site);
    for record in register.of_site(site).filter(|record| viewer.sees(record)) {
        let items = due::items(record, &settings).into_iter();
        let mine = items.filter(|item| is_theirs(item, record, viewer, roles));
        entries.extend(mine.map(|item| place.item(record, &item)));
    }
    entries
}

fn is_theirs(item: &Item, record: &Record, viewer: &Viewer<'_>, roles: Roles) -> bool {
    let is_reporter = record.reporter.is(&domain::event::Author::Staff(viewer.staff.clone()));
    item.owner.iter().any(|owner| match Role::from_code(owner) {
        Some(Role::Reporter) => is_reporter,
        Some(role) => roles.has(role),
        None => *owner == **viewer.staff,
    })
}

struct Place<'a> {
    register: &'a Register,
    site: &'a str,
    name: &'a str,
    now: Instant,
}

impl Place<'_> {
    fn entry(&self, uid: &str, when: When, is_late: bool, summary: &str, description: String) -> Entry {
        let late = if is_late { "Late: " } else { "" };
        Entry {
            uid: format!("{uid}@noticed"),
            when,
            summary: format!("{late}{summary} - {}", self.name),
            description,
            site: self.name.to_owned(),
        }
    }

    fn is_past(&self, date: NaiveDate) -> bool {
        time::london_date(self.now) > date
    }

    /// Those that wait, and the one of the period that runs now.
    fn audits(&self) -> Vec<Entry> {
        let owed = audits::audits(self.register, self.site, self.now).into_iter();
        let owed = owed
            .filter(|line| line.state != AuditState::Signed)
            .map(|line| (line.category, line.period, line.due));
        let days = self.register.directory().settings(self.site).audit_due_days;
        let next = self.is_live().then(|| self.running(days, |spec| spec.audits)).into_iter().flatten();
        owed.chain(next)
            .map(|(category, period, due)| {
                let name = period.words();
                let summary = format!("Audit due: {}, {name}", label(category));
                let words = format!(
                    "The audit of {name} can be opened from {}.",
                    period.next().first().format("%-d %B %Y")
                );
                let uid = format!("audit-{}-{category}-{period}", self.site);
                self.entry(&uid, When::On(due), self.is_past(due), &summary, words)
            })
            .collect()
    }

    fn oversights(&self) -> Vec<Entry> {
        let owed = audits::oversights(self.register, self.site, self.now).into_iter();
        let owed = owed
            .filter(|line| line.state != AuditState::Signed)
            .map(|line| (line.category, line.period, line.due));
        let days = self.register.directory().settings(self.site).oversight_due_days;
        let next = self.is_live().then(|| self.running(days, |spec| spec.oversight)).into_iter().flatten();
        owed.chain(next)
            .map(|(category, period, due)| {
                let name = period.words();
                let summary = format!("Oversight due: {}, {name}", label(category));
                let words = format!("Look at the audits of {name} and sign.");
                let uid = format!("oversight-{}-{category}-{period}", self.site);
                self.entry(&uid, When::On(due), self.is_past(due), &summary, words)
            })
            .collect()
    }

    fn is_live(&self) -> bool {
        self.register.directory().sites.get(self.site).is_some_and(|site| site.live_from.is_some())
    }

    /// Category, period and due date of the period that holds today.
    fn running(
        &self,
        days: u64,
        cadence: impl Fn(&CategorySpec) -> domain::category::Cadence,
    ) -> Vec<(&'static str, Period, NaiveDate)> {
        let today = time::london_date(self.now);
        let of = |spec: &'static CategorySpec| {
            let period = Period::of(cadence(spec), today);
            (spec.id, period, time::add_days(period.last(), days))
        };
        CATEGORIES.into_iter().map(of).collect()
    }

    fn item(&self, record: &Record, item: &Item) -> Entry {
        let what = what(record);
        let short = ids::reference(&record.id, ids::REFERENCE);
        let is_past = item.is_overdue(self.now);
        // The clock of the decision runs from the report, but nobody can decide before the risk is reviewed.
        let waits = is_past && item.name == "3" && record.state == State::AwaitingRiskReview;
        let is_late = is_past && !waits;
        let is_action = record.action(&item.name).is_some();
        let (uid, words) = match item.name.as_str() {
            "returned" => ("returned".to_owned(), "Answer the question"),
            "2" => ("step-2".to_owned(), "Review the risk"),
            "3" if waits => ("step-3".to_owned(), "Waits for the risk review; the decision is late"),
            "3" => ("step-3".to_owned(), "Decide who must be told"),
            "4" => ("step-4".to_owned(), "Put it right"),
            "5" if record.waits_to_be_finished() => ("step-5".to_owned(), "Finish the record"),
            "5" if record.current_outcome().is_some() => ("step-5".to_owned(), "Did it last? Look back"),
            "5" => ("step-5".to_owned(), "Did it work? Look back"),
            action => (format!("action-{action}"), "Action due"),
        };
        let uid = if is_action { uid } else { format!("{uid}-{}", record.id) };
        let summary = format!("{words}: {what} ({short})");
        self.entry(
            &uid,
            item.due.into(),
            is_late,
            &summary,
            format!("Record {short}. Open Noticed to see it."),
        )
    }
}

fn label(category: &str) -> &'static str {
    domain::category::find(category).map_or("all", |spec| spec.name)
}

fn what(record: &Record) -> String {
    let Some(spec) = record.spec() else { return "a near miss".to_owned() };
    let subtype = record.said_subtype().map_or(NOT_ANSWERED, |subtype| spec.subtypes.label(subtype));
    format!("{}, {subtype}", spec.name)
}
