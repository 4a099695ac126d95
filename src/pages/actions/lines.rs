//! The actions that this person may see, by how pressing they are.

use crate::state::App;
use chrono::{Datelike, NaiveDate};
use domain::{
    ids::EventId,
    record::{Action, Record},
    sight::Viewer,
    time::add_days,
};
use markup::prelude::*;
use std::{collections::HashSet, sync::Arc};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Overdue,
    ThisWeek,
    Later,
    DoneThisMonth,
}

impl Group {
    /// Those that are not done, the most pressing first.
    pub(super) const OPEN: [Group; 3] = [Group::Overdue, Group::ThisWeek, Group::Later];

    pub(super) fn label(self) -> &'static str {
        match self {
            Group::Overdue => "Overdue",
            Group::ThisWeek => "This week",
            Group::Later => "Later",
            Group::DoneThisMonth => "Done this month",
        }
    }
}

#[derive(Clone, PartialEq)]
pub(super) struct Line {
    pub record: Arc<Record>,
    pub action: EventId,
    pub group: Group,
    pub due: NaiveDate,
    pub mine: bool,
}

/// Open actions of live records, and those done since the first of the month. Tracked.
pub(super) fn lines(app: App) -> Vec<Line> {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return Vec::new() };
    let directory = app.directory.read();
    let today = app.today();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: today };
    let register = app.register.read();
    let mut lines: Vec<Line> = register
        .of_site(&site)
        .filter(|record| !record.actions.is_empty() && record.state.is_live() && viewer.sees(record))
        .filter_map(|record| register.shared_record(&record.id))
        .flat_map(|record| {
            let line = |action: &Action| {
                let group = group(action, record.state.is_open(), today)?;
                let mine = *action.owner == *me.staff;
                Some(Line { record: record.clone(), action: action.id.clone(), group, due: action.due, mine })
            };
            record.actions.iter().filter_map(line).collect::<Vec<_>>()
        })
        .collect();
    lines.sort_by(|one, other| {
        (one.group, one.due, &one.action).cmp(&(other.group, other.due, &other.action))
    });
    once(&mut lines);
    lines
}

/// One piece of work for several records stands once, where it is most pressing.
fn once(lines: &mut Vec<Line>) {
    let mut seen = HashSet::new();
    lines.retain(|line| match line.record.action(&line.action) {
        Some(action) => seen.insert(action.work().clone()),
        None => false,
    });
}

fn group(action: &Action, is_open: bool, today: NaiveDate) -> Option<Group> {
    match &action.done {
        Some(done) => {
            let this_month = (done.on.year(), done.on.month()) == (today.year(), today.month());
            this_month.then_some(Group::DoneThisMonth)
        }
        None if !is_open => None,
        None if action.due < today => Some(Group::Overdue),
        None if action.due <= end_of_week(today) => Some(Group::ThisWeek),
        None => Some(Group::Later),
    }
}

/// The Sunday of this week.
fn end_of_week(today: NaiveDate) -> NaiveDate {
    add_days(today, u64::from(6 - today.weekday().num_days_from_monday()))
}
