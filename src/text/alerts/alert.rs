//! One alert in words: how many of what since when, by which numbers, and what is usual there.

use super::rule::{code_label, days, numbers};
use crate::text::{
    common::{count, day, list, short_day},
    review::{
        alike::in_common,
        gone::shown,
        record::{asset_name, lower_first, people, place_name, title},
    },
};
use domain::{
    category,
    directory::{Directory, Site},
    event::{Mark, Received},
    pathway::State,
    patterns::{Alert, RULE_SET, Rule, Usual, Version, Window},
    record::{Action, Facts, Kind, Record},
    register::Register,
    time::{self, days_between, london_date},
    vocabulary as codes,
};

/// "3 near misses with the same trigger (unfamiliar staff) for person S-03 in 14 days": a title, without a full stop.
pub fn headline(alert: &Alert, register: &Register, directory: &Directory) -> String {
    headline_by(alert, register, directory, window_of(alert, directory))
}

/// The same by other numbers than those of its moment.
pub fn headline_by(
    alert: &Alert,
    register: &Register,
    directory: &Directory,
    window: Option<Window>,
) -> String {
    let records: Vec<&Record> = alert.records().filter_map(|id| register.record(id)).collect();
    match window.filter(|_| !records.is_empty()) {
        Some(window) => {
            let about = about(alert.rule, &alert.key, directory);
            format!("{} {about} {}", how_many(&records), since(&records, window))
        }
        None => of_another_rule(alert, &records, directory),
    }
}

/// "This rule raises an alert at 3." With its days where the alert has grown beyond them.
pub fn threshold(alert: &Alert, register: &Register, directory: &Directory) -> Option<String> {
    let window = window_of(alert, directory)?;
    let records: Vec<&Record> = alert.records().filter_map(|id| register.record(id)).collect();
    Some(match spans(&records) > i64::from(window.days) {
        true => format!("This rule raises an alert at {}.", numbers(window)),
        false => format!("This rule raises an alert at {}.", window.threshold),
    })
}

/// The numbers by which it was raised.
fn version_of<'a>(alert: &Alert, directory: &'a Directory) -> Option<Version<'a>> {
    directory.sites.get(&alert.site)?.version_of(alert.rule, &alert.key, alert.raised_at)
}

/// Also where the site is not known here: then the usual numbers.
pub fn window_of(alert: &Alert, directory: &Directory) -> Option<Window> {
    let known = version_of(alert, directory).map(|version| version.window);
    known.or_else(|| alert.rule.window(&alert.key, &Site::default().settings))
}

/// Incidents and what is not yet clear form patterns too, and are not called near misses.
fn how_many(records: &[&Record]) -> String {
    let only_near = records.iter().all(|record| matches!(record.kind, Kind::NearMiss | Kind::Hazard));
    match only_near {
        true => count(records.len(), "near miss", "near misses"),
        false => count(records.len(), "report", "reports"),
    }
}

/// Dates from the first record to the last, both included.
fn spans(records: &[&Record]) -> i64 {
    let dates = || records.iter().map(|record| record.facts.occurred_on());
    dates().min().zip(dates().max()).map_or(0, |(first, last)| days_between(first, last) + 1)
}

fn since(records: &[&Record], window: Window) -> String {
    let span = spans(records);
    if span <= i64::from(window.days) {
        return format!("in {}", days(window.days));
    }
    format!("in {}", days(u32::try_from(span).unwrap_or(u32::MAX)))
}

fn about(rule: Rule, key: &str, directory: &Directory) -> String {
    match rule {
        Rule::SameTypeSamePlace => {
            let mut parts = key.splitn(3, '/');
            let spec = parts.next().and_then(category::find);
            let subtype = parts.next().unwrap_or_default();
            let what = spec.map_or(subtype, |spec| spec.subtypes.label(subtype));
            let place = place_name(parts.next().unwrap_or_default(), directory);
            format!("of the same thing ({}) in the same place ({place})", lower(what))
        }
        Rule::SamePerson => format!("about person {key}"),
        Rule::SamePersonMedication => format!("about medicines and person {key}"),
        Rule::SameRiskGroup => {
            format!("about the same kind of medicine ({})", lower(&code_label("risk_group", key)))
        }
        Rule::SameAsset => format!("about the same equipment ({})", asset_name(key, directory)),
        Rule::SameTriggerSamePerson => {
            let (person, trigger) = key.rsplit_once('/').unwrap_or((key, ""));
            format!("with the same trigger ({}) for person {person}", lower(&code_label("triggers", trigger)))
        }
        Rule::SameShift => {
            let (category, shift) = key.split_once('/').unwrap_or(("", key));
            let of = category::find(category).map_or("one category", |spec| spec.name);
            format!("about {} on the {shift} shift", lower(of))
        }
        Rule::SameFactor => format!("with the same cause ({})", lower(codes::FACTOR.label(key))),
        _ => "that only luck caught".to_owned(),
    }
}

fn of_another_rule(alert: &Alert, records: &[&Record], directory: &Directory) -> String {
    let first = records.first().copied();
    let named = |id: &str| records.iter().copied().find(|record| *record.id == *id).or(first);
    let of = |record: Option<&Record>| {
        record.map_or_else(|| "a record that is not here".into(), |record| which(record, directory))
    };
    match alert.rule {
        Rule::SingleHighPotential => format!("It could have been very bad: {}", lower(&of(first))),
        Rule::RecurrenceAfterClose => {
            let after = times(records.len().saturating_sub(1));
            format!("It came back {after} after we acted: {}", lower(&of(named(&alert.key))))
        }
        Rule::DelayedRepair => match records.len() {
            0 | 1 => {
                let is = if waits(alert, first) { "is" } else { "was" };
                format!("A repair {is} past its date: {}", lower(&of(first)))
            }
            more => {
                let first = named(&alert.key);
                let waits = if waits(alert, first) { "it waits" } else { "it waited" };
                format!("A fault was reported {} more while {waits}: {}", times(more - 1), lower(&of(first)))
            }
        },
        Rule::LackOfImprovement => format!("It has not got better: {}", lower(&of(first))),
        Rule::AuditFinding => {
            let (category, item) = alert.key.split_once('/').unwrap_or(("", &alert.key));
            let of =
                category::find(category).map_or("An audit".to_owned(), |spec| format!("{} audit", spec.name));
            let found = count(records.len(), "record", "records");
            format!("{of} answered no for {found}: {}", codes::AUDIT_ITEM.label(item))
        }
        Rule::Silence => format!("No near miss from {} for 28 days", unit(&alert.key)),
        Rule::Outage24h => {
            let what = alert.key.rsplit_once('/').map_or("", |(_, what)| what);
            format!("Off for more than 24 hours: {}", lower(codes::OUTAGE_WHAT.label(what)))
        }
        rule => codes::ALERT_RULE.label(rule.code()).to_owned(),
    }
}

fn times(number: usize) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        more => count(more, "time", "times"),
    }
}

/// "Hoist (Hoist 7)": what it was, and the thing, place, medicine or person that tells it from others of its kind.
pub fn which(record: &Record, directory: &Directory) -> String {
    let facts = &record.facts;
    let what = match (record.spec(), facts.particular_subtype()) {
        (Some(spec), Some(code)) => spec.subtypes.label(code).to_owned(),
        _ => title(record),
    };
    let particular = |name: &str| facts.code(name).filter(|code| Facts::is_particular(code));
    let apart = (particular("asset").map(|code| asset_name(code, directory)))
        .or_else(|| particular("location").map(|code| place_name(code, directory)))
        .or_else(|| particular("risk_group").map(|code| lower(&code_label("risk_group", code))))
        .or_else(|| people(record).map(|codes| format!("person {codes}")));
    match apart {
        Some(apart) => format!("{what} ({apart})"),
        None => what,
    }
}

/// The record that an alert about a late repair is named after still waits to be put right. The alert itself stays
/// open until somebody settles it. Source: model.md section 11.1.
fn waits(alert: &Alert, record: Option<&Record>) -> bool {
    let Some(record) = record else { return true };
    let is_asked_again = alert.records().nth(1).is_some();
    match record.state {
        // In step 4 what was done may be all that the alert is about.
        State::AwaitingAction if !is_asked_again => {
            let late = record.actions.iter().filter(|action| alert.subjects().contains(&action.id));
            late.map(|action| action.done.is_none()).reduce(|one, other| one || other).unwrap_or(true)
        }
        state => matches!(
            state,
            State::Returned
                | State::AwaitingRiskReview
                | State::AwaitingNotificationDecision
                | State::AwaitingAction
        ),
    }
}

/// "Fix the carpet edge, due 20 October 2026": the actions that an alert about late repairs waits for. Of one that is
/// done: when, and how late. `settles`: who reads it may settle the alert, and is asked to once nothing waits.
pub fn repairs(alert: &Alert, register: &Register, settles: impl FnOnce() -> bool) -> Option<String> {
    let record = Some(alert).filter(|alert| alert.rule == Rule::DelayedRepair)?;
    let record = register.record(&record.key)?;
    let actions = record.actions.iter().filter(|action| alert.subjects().contains(&action.id));
    let line = |action: &Action| {
        let late = action.late_days().and_then(|days| usize::try_from(days).ok()).unwrap_or_default();
        let stands = action.done.as_ref().map(|done| match late {
            0 => format!(" Done on {}, in time.", day(done.on)),
            late => format!(" Done on {}, {} late.", day(done.on), count(late, "day", "days")),
        });
        format!(
            "{}, due {}.{}",
            // Of a reader without names the words are kept back.
            shown(action.text.trim_end_matches('.'), record, "An action"),
            day(action.due),
            stands.unwrap_or_default()
        )
    };
    let mut lines: Vec<String> = actions.map(line).collect();
    if !lines.is_empty() && !alert.is_settled() && !waits(alert, Some(record)) && settles() {
        lines.push("Settle it?".to_owned());
    }
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// What a record has in common with the one that came first, or that it is that one; none in an alert of another kind.
pub fn why_listed(alert: &Alert, first: &Record, record: &Record) -> Option<String> {
    let is_first = record.id == first.id;
    match alert.rule {
        Rule::RecurrenceAfterClose if is_first => Some("This is the one that was acted on.".into()),
        Rule::DelayedRepair if is_first && waits(alert, Some(record)) => {
            Some("This is the repair that waits.".into())
        }
        Rule::DelayedRepair if is_first => Some("This is the repair that was late.".into()),
        Rule::RecurrenceAfterClose | Rule::DelayedRepair => {
            let shared = in_common(first, record);
            (!shared.is_empty()).then(|| format!("In common: {}.", list(&shared)))
        }
        _ => None,
    }
}

/// A site without units has one, which nobody calls by a name.
pub fn unit(key: &str) -> String {
    if key == "main" { "this site".into() } else { key.to_owned() }
}

/// "Goes to the Registered Manager and the Medicines lead."
pub fn whom(alert: &Alert) -> String {
    let roles: Vec<String> =
        alert.to.iter().map(|role| format!("the {}", lower_role(codes::ROLE.label(role.code())))).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    format!("Goes to {}.", list(&roles))
}

/// "Registered Manager" keeps its capitals; other roles are ordinary words.
fn lower_role(label: &str) -> String {
    if label == codes::ROLE.label("registered_manager") { label.to_owned() } else { lower_first(label) }
}

/// "Review how we handle medicines", where the rule has an escalation.
pub fn escalation(alert: &Alert) -> Option<&'static str> {
    alert.escalation.map(|code| codes::ESCALATION.label(code))
}

/// Which version of the rule spoke, with its numbers and who set them.
pub fn version(alert: &Alert, directory: &Directory) -> String {
    let Some(version) = version_of(alert, directory) else {
        return format!("By the rules {RULE_SET}. This rule has no numbers to change.");
    };
    let numbers = numbers(version.window);
    match version.change {
        None => format!("By version 1 of this rule: {numbers}. The rules are {RULE_SET}."),
        Some(change) => {
            let date = day(london_date(change.at));
            let by = Some(&*change.by).filter(|by| !by.is_empty());
            let by = by.map(|by| format!(", set by {}", directory.staff_name(by))).unwrap_or_default();
            let why = Some(&change.reason).filter(|why| !why.is_empty()).map(|why| format!(" Reason: {why}"));
            let why = why.unwrap_or_default();
            format!("By version {} of this rule: {numbers}, since {date}{by}.{why}", version.number)
        }
    }
}

/// What is usual there, or that nobody knows.
pub fn usual(usual: Usual, window: Window) -> String {
    let before = format!("In the {} before the first of them", days(window.days));
    match usual {
        Usual::Count(0) => format!("{before} there were none."),
        Usual::Count(1) => format!("{before} there was 1."),
        Usual::Count(more) => format!("{before} there were {more}."),
        Usual::Unknown(first) => {
            format!("What is usual is not known: the records here begin on {}.", day(first))
        }
    }
}

/// "Joined late: recorded 2 September, arrived 5 September." None for a record that came in time.
pub fn joined_late(alert: &Alert, record: &Record) -> Option<String> {
    if !alert.late_records().any(|id| *id == record.id) {
        return None;
    }
    let late = |received: &&std::sync::Arc<Received>| received.judgement.marks.contains(&Mark::LateSync);
    let judgement = &record.events.iter().find(late)?.judgement;
    let (written, arrived) = (london_date(judgement.corrected_at), london_date(judgement.received_at));
    Some(match written == arrived {
        true => {
            let hours = (judgement.received_at - judgement.corrected_at).num_hours();
            format!("Joined late: arrived {} after it was recorded.", in_hours(hours))
        }
        false => format!("Joined late: recorded {}, arrived {}.", short_day(written), short_day(arrived)),
    })
}

fn in_hours(hours: i64) -> String {
    match usize::try_from(hours) {
        Ok(hours @ 1..) => count(hours, "hour", "hours"),
        _ => "more than an hour".to_owned(),
    }
}

/// For the middle of a sentence.
pub fn lower(words: &str) -> String {
    lower_first(words)
}

/// The category whose records an alert is about: of its records, or of its key; none for a silent unit.
pub fn categories(alert: &Alert, register: &Register) -> Vec<String> {
    let mut all: Vec<String> = alert
        .records()
        .filter_map(|id| register.record(id))
        .map(|record| record.facts.category().to_owned())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// "since today", "for 1 day", "for 12 days": how long an alert has been there.
pub fn age(alert: &Alert, now: time::Instant) -> String {
    match domain::patterns::days_open(alert, now) {
        0 => "since today".into(),
        days => format!("for {}", count(usize::try_from(days).unwrap_or_default(), "day", "days")),
    }
}

#[cfg(test)]
mod tests;
