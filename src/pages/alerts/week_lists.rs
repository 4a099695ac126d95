//! What the week in alerts lists, in words: alerts that say the same on one line, as on the list of alerts.

use super::line::{is_mine, of, sees};
use crate::{
    routes,
    state::App,
    text::{
        alerts::{alert as words, several, state},
        common::{count, day, list, short_day},
        review::record::{place, title, upper_first},
    },
};
use domain::{
    directory::Directory,
    patterns::{Alert, Digest, Status, Together, Week, digest, together},
    record::Record,
    register::Register,
    roles::Roles,
    time::{Instant, london_date},
};
use leptos::prelude::{Get, Read};

/// What was raised before stands behind a line to press.
const OLD_DAYS: i64 = 28;

/// One line of the sheet: what, where it leads, and what is said beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub title: String,
    /// None for several alerts: each of them leads to itself.
    pub href: Option<String>,
    pub words: String,
    /// Those that stand together here.
    pub within: Vec<Entry>,
    pub is_old: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lists {
    pub summary: String,
    /// The number of Home, while the week is not over.
    pub needs: Option<String>,
    pub new: Vec<Entry>,
    pub open: Vec<Entry>,
    pub waiting: Vec<Entry>,
    pub settled: Vec<Entry>,
    pub late: Vec<Entry>,
    pub silent: Option<String>,
}

/// What every line is said from.
struct Said<'a> {
    register: &'a Register,
    directory: &'a Directory,
    roles: Roles,
    /// For a week that is over: what was open is as old as it was then.
    at: Instant,
}

impl Entry {
    /// Alerts, or records.
    pub fn number(&self) -> usize {
        self.within.len().max(1)
    }
}

impl Lists {
    /// Tracked.
    pub fn of(app: App, week: Week) -> Lists {
        let site = app.site().unwrap_or_default();
        let (roles, now) = (app.roles(), app.now.get());
        let (register, directory) = (app.register.read(), app.directory.read());
        let found = digest(&register, &site, (week, now), |alert| sees(alert, roles));
        let end = week.moments().1;
        let said = Said { register: &register, directory: &directory, roles, at: end.min(now) };
        let silent: Vec<String> = found.silent_units().map(words::unit).collect();
        let silent: Vec<&str> = silent.iter().map(String::as_str).collect();
        Lists {
            summary: summary(&found, week.moments()),
            needs: (now < end).then(|| said.needs(&found)),
            new: said.folded(&found.new, |alert| said.alert(alert, said.with_whose(alert, raised(alert)))),
            open: said.folded(&found.open, |alert| said.unsettled(alert)),
            waiting: said.folded(&found.waiting, |alert| said.unsettled(alert)),
            settled: found.settled.iter().map(|alert| said.settled(alert)).collect(),
            late: found.late.iter().map(|record| said.late(record)).collect(),
            silent: (!silent.is_empty())
                .then(|| format!("No near miss for 28 days from {}. Ask why.", list(&silent))),
        }
    }
}

impl Said<'_> {
    /// The same number as on Home and on the list: those that wait until a date are in neither.
    fn needs(&self, found: &Digest<'_>) -> String {
        let open = found.new.iter().chain(&found.open).copied();
        let mine: Vec<&Alert> = open.filter(|alert| is_mine(alert, self.roles)).collect();
        let lines = together(&mine, self.register).len();
        format!("{} now. Those that wait until a date are not counted.", several::need_you(mine.len(), lines))
    }

    /// `each` says one alert.
    fn folded(&self, alerts: &[&Alert], each: impl Fn(&Alert) -> Entry) -> Vec<Entry> {
        let lines = together(alerts, self.register).into_iter();
        lines.flat_map(|line| self.line(&line, alerts, &each)).collect()
    }

    fn line(&self, line: &Together, alerts: &[&Alert], each: &dyn Fn(&Alert) -> Entry) -> Vec<Entry> {
        let alerts: Vec<&Alert> =
            line.alerts.iter().filter_map(|place| alerts.get(*place).copied()).collect();
        let within: Vec<Entry> = alerts.iter().map(|alert| each(alert)).collect();
        let Some(about) = &line.about else { return within };
        let raised = || alerts.iter().map(|alert| alert.raised_at);
        let dates =
            raised().min().zip(raised().max()).map(|(first, last)| (london_date(first), london_date(last)));
        let dates = dates.map_or_else(String::new, |(first, last)| match first == last {
            true => format!(" Raised {}.", day(first)),
            false => format!(" Raised from {} to {}.", day(first), day(last)),
        });
        let mine =
            if alerts.iter().any(|alert| is_mine(alert, self.roles)) { " They go to you." } else { "" };
        let folded = Entry {
            title: several::headline(about, &alerts, self.directory),
            href: None,
            words: format!("{}.{dates}{mine}", count(alerts.len(), "alert", "alerts")),
            is_old: within.iter().all(|entry| entry.is_old),
            within,
        };
        vec![folded]
    }

    fn unsettled(&self, alert: &Alert) -> Entry {
        let waits = match alert.status {
            Status::Snoozed { until } if alert.waits_at(self.at) || until <= self.at => {
                format!(" It {}.", state::in_a_line(alert, self.register, self.directory, self.at))
            }
            _ => String::new(),
        };
        let age = words::age(alert, self.at);
        let words = format!("{} Open {age}.{waits}", raised(alert));
        self.alert(alert, self.with_whose(alert, words))
    }

    fn with_whose(&self, alert: &Alert, words: String) -> String {
        let mine = if is_mine(alert, self.roles) { " Goes to you." } else { "" };
        format!("{words}{mine}")
    }

    fn settled(&self, alert: &Alert) -> Entry {
        let how = state::in_a_line(alert, self.register, self.directory, self.at);
        let words = format!("{} {}.", raised(alert), upper_first(how.trim_end_matches('.')));
        // What was done in the week is read in the week.
        Entry { is_old: false, ..self.alert(alert, words) }
    }

    fn alert(&self, alert: &Alert, words: String) -> Entry {
        let name = alert.name();
        let mut same = self.register.alerts(&alert.site).filter(|other| other.name() == name);
        let is_newest = self.register.alert(&alert.site, &name) == Some(alert);
        let nth = same.position(|other| other == alert).filter(|_| !is_newest).map(|place| place + 1);
        Entry {
            title: words::headline(alert, self.register, self.directory),
            href: Some(of(&name, nth)),
            words,
            within: Vec::new(),
            is_old: OLD_DAYS < domain::patterns::days_open(alert, self.at),
        }
    }

    fn late(&self, record: &Record) -> Entry {
        let words = record.events.first().map_or_else(String::new, |report| {
            let judgement = &report.judgement;
            let (written, arrived) =
                (london_date(judgement.corrected_at), london_date(judgement.received_at));
            format!("Recorded {}, arrived {}.", short_day(written), short_day(arrived))
        });
        let about: Vec<String> = place(record, self.directory).into_iter().chain([words]).collect();
        Entry {
            title: title(record),
            href: Some(routes::record(&record.id)),
            words: about.join(". "),
            within: Vec::new(),
            is_old: false,
        }
    }
}

fn raised(alert: &Alert) -> String {
    format!("Raised {}.", day(london_date(alert.raised_at)))
}

/// "10 new alerts: 1 still open, 2 waiting until a date, 7 settled. From before: 3 still open, none settled. No reports
/// came late." Every alert that was raised in the week is new, however it stands at its end.
fn summary(found: &Digest<'_>, (start, end): (Instant, Instant)) -> String {
    if found.is_empty() {
        return "No alert was raised, open or settled in this week, and no report came late.".into();
    }
    let many = |number: usize, one: &str, more: &str| match number {
        0 => format!("no {more}"),
        some => count(some, one, more),
    };
    let parts = |is_new: bool| {
        let of = |alerts: &[&Alert]| {
            alerts.iter().filter(|alert| (start..end).contains(&alert.raised_at) == is_new).count()
        };
        [of(&found.new) + of(&found.open), of(&found.waiting), of(&found.settled)]
    };
    let told = |[open, waiting, settled]: [usize; 3]| {
        let number = |many: usize, what: &str| match many {
            0 => format!("none {what}"),
            some => format!("{some} {what}"),
        };
        let waiting = (waiting > 0).then(|| format!("{waiting} waiting until a date"));
        let all = [Some(number(open, "still open")), waiting, Some(number(settled, "settled"))];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let (new, before) = (parts(true), parts(false));
    let raised = match new.iter().sum::<usize>() {
        0 => "No new alerts.".to_owned(),
        some => format!("{}: {}.", count(some, "new alert", "new alerts"), told(new)),
    };
    let before = match before.iter().sum::<usize>() {
        0 => "None from before.".to_owned(),
        _ => format!("From before: {}.", told(before)),
    };
    let late = upper_first(&many(found.late.len(), "report came", "reports came"));
    format!("{raised} {before} {late} late.")
}

#[cfg(test)]
mod tests;
