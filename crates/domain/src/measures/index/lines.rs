//! What is counted that is no record: late items, actions, steps that were done. Each line names its record.

use super::{Filter, Index, Row, Which};
use crate::{
    directory::Directory,
    due::{self, Item},
    measures::{StepDone, steps_between},
    pathway::State,
    patterns::Rule,
    record::{Action, Record},
    register::Register,
    time::{self, Instant},
};
use chrono::NaiveDate;
use std::{collections::BTreeSet, sync::Arc};

/// How late: the rungs of the ladder. Source: background.md section 3.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LateFor {
    /// 0 to 7 days.
    Week,
    /// 8 to 30 days.
    Month,
    /// Over 30 days.
    Longer,
}

/// Something of a record that is overdue now.
#[derive(Clone, Debug)]
pub struct Late {
    pub record: Arc<Record>,
    pub item: Item,
    /// London dates from due to now.
    pub days: i64,
}

/// An action that was planned on the dates.
#[derive(Clone, Debug)]
pub struct ActionLine {
    pub record: Arc<Record>,
    pub action: Action,
}

/// A step that was done on the dates.
#[derive(Clone, Debug)]
pub struct StepLine {
    pub record: Arc<Record>,
    pub done: StepDone,
}

impl LateFor {
    pub const ALL: [LateFor; 3] = [LateFor::Week, LateFor::Month, LateFor::Longer];

    pub fn of(days: i64) -> LateFor {
        match days {
            ..=7 => LateFor::Week,
            8..=30 => LateFor::Month,
            _ => LateFor::Longer,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            LateFor::Week => "week",
            LateFor::Month => "month",
            LateFor::Longer => "longer",
        }
    }

    pub fn from_code(code: &str) -> Option<LateFor> {
        LateFor::ALL.into_iter().find(|rung| rung.code() == code)
    }
}

/// Everything late now of a site and category, whatever the dates; the latest first.
pub fn late(index: &Index, directory: &Directory, filter: &Filter, now: Instant) -> Vec<Late> {
    let today = time::london_date(now);
    let mut lines = Vec::new();
    for row in index.of_any_date(filter).filter(|row| row.record.state != State::Closed) {
        let items = due::items(&row.record, &directory.settings(&row.record.site));
        for item in items.into_iter().filter(|item| item.is_overdue(now)) {
            let due = match item.due {
                due::Due::At(instant) => time::london_date(instant),
                due::Due::On(date) => date,
            };
            lines.push(Late { record: row.record.clone(), item, days: time::days_between(due, today) });
        }
    }
    lines.sort_by_key(|line| line.item.due.instant());
    lines
}

/// Records of the dates that say that something came back after it was put right: they follow another record in an
/// alert of that rule which nobody dismissed.
pub fn came_back<'a>(index: &'a Index, register: &Register, filter: &Filter) -> Vec<&'a Row> {
    let sites = register.directory().sites.keys();
    let sites = sites.filter(|site| filter.site.as_ref().is_none_or(|only| only == *site));
    let followers: BTreeSet<&str> = sites
        .flat_map(|site| register.alerts(site))
        .filter(|alert| alert.rule == Rule::RecurrenceAfterClose && !alert.is_dismissed())
        .flat_map(|alert| alert.records().map(|id| id.as_str()).filter(|id| *id != alert.key))
        .collect();
    let rows = index.rows(filter, Which::All).into_iter();
    rows.filter(|row| followers.contains(row.record.id.as_str())).collect()
}

/// Actions of live records planned on the London dates.
pub fn actions(index: &Index, filter: &Filter) -> Vec<ActionLine> {
    let planned =
        |action: &&Action| (filter.from..=filter.to).contains(&time::london_date(action.planned_at));
    index
        .of_any_date(filter)
        .flat_map(|row| {
            let actions = row.record.actions.iter().filter(planned).cloned();
            actions.map(|action| ActionLine { record: row.record.clone(), action })
        })
        .collect()
}

/// Actions of live records whose date is one of these, done or past it. The number behind "Actions done in time".
pub fn actions_due(index: &Index, filter: &Filter, today: NaiveDate) -> Vec<ActionLine> {
    index
        .of_any_date(filter)
        .flat_map(|row| {
            let due = row.record.actions.iter().filter(|one| one.was_due(filter.from, filter.to, today));
            due.cloned().map(|action| ActionLine { record: row.record.clone(), action })
        })
        .collect()
}

/// Steps done on the London dates, also of records that were withdrawn later: those that `time_to_step` counts.
pub fn step_lines(index: &Index, directory: &Directory, filter: &Filter) -> Vec<StepLine> {
    let records = index.rows.iter().map(|row| &row.record).chain(&index.ended);
    let records = records.filter(|record| filter.is_about(record));
    steps_between(records, directory, filter.from, filter.to)
        .map(|(record, done)| StepLine { record: record.clone(), done })
        .collect()
}
