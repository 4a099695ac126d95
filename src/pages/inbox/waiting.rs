//! What waits for a person: which records and actions, in which group, in which order.
//! Pure: the caller gives the register, the person and the time.

use crate::{
    pages::oversee::untold::{self, is_untold},
    text::review::{record::may_be_incident, rivals},
};
use domain::{
    category::CategorySpec,
    directory::Settings,
    due::{self, Due},
    ids::{EventId, RecordId},
    pathway::State,
    record::Record,
    register::Register,
    roles::{Role, Roles},
    sight::Viewer,
    time::{Instant, london_date},
};

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// Choose one of two decisions of a step.
    Settle(u8),
    Step(u8),
    Answer(EventId),
    Do(EventId),
    /// Check the work of somebody else.
    Verify(EventId),
    /// A body must still be told by the decision in force.
    Tell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    MayBeIncident,
    /// Nobody can go on before the choice, and nothing says until when.
    TwoDecisions,
    Overdue,
    Today,
    /// Nothing says until when.
    Undated,
    Later,
}

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub record: RecordId,
    /// The line is drawn again when the record changes.
    pub version: u32,
    pub task: Task,
    pub group: Group,
    pub due: Option<Due>,
    pub overdue: bool,
    /// When the record was reported.
    pub since: Instant,
    /// This person owns it; otherwise they may do it for somebody else.
    pub mine: bool,
}

impl Group {
    pub const ALL: [Group; 6] = [
        Group::MayBeIncident,
        Group::TwoDecisions,
        Group::Overdue,
        Group::Today,
        Group::Undated,
        Group::Later,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Group::MayBeIncident => "Urgent, or may be an incident",
            Group::TwoDecisions => rivals::CHOOSE,
            Group::Overdue => "Overdue",
            Group::Today => "Due today",
            Group::Undated => "No due date",
            Group::Later => "Later",
        }
    }
}

/// Everything at a site that this person may do, in the order to do it.
pub fn waiting(register: &Register, viewer: &Viewer<'_>, site: &str, now: Instant) -> Vec<Waiting> {
    let settings = viewer.directory.settings(site);
    let desk = Desk { viewer, roles: viewer.roles(site), now };
    let mut lines: Vec<Waiting> = Vec::new();
    for record in register.of_site(site).filter(|record| record.state.is_live()) {
        let items = due::items(record, &settings);
        desk.add(record, &items, &settings, &mut lines);
    }
    let end_of_time = Instant::MAX_UTC;
    lines.sort_by_cached_key(|line| {
        // The choice has no time of its own, and takes a minute: it must not lie below what has one.
        let is_choice = matches!(line.task, Task::Settle(_));
        (line.group, !is_choice, line.due.map_or(end_of_time, Due::instant), line.since, line.record.clone())
    });
    lines
}

/// The next line that this person owns, after one record is dealt with.
pub fn next<'a>(lines: &'a [Waiting], after: &RecordId) -> Option<&'a Waiting> {
    lines.iter().find(|line| line.mine && line.record != *after)
}

struct Desk<'a> {
    viewer: &'a Viewer<'a>,
    roles: Roles,
    now: Instant,
}

impl Desk<'_> {
    fn add(&self, record: &Record, items: &[due::Item], settings: &Settings, lines: &mut Vec<Waiting>) {
        let Some(spec) = record.spec() else { return };
        let me = self.viewer.staff.as_str();
        if is_untold(record) && self.roles.meets(MANAGERS) {
            let due = untold::due(record, settings).map(|due| (due, due.is_past(self.now)));
            lines.push(self.line(record, Task::Tell, self.roles.has(Role::RegisteredManager), due));
        }
        let mut add = |task, mine, item: Option<&due::Item>| {
            let due = item.map(|item| (item.due, item.is_overdue(self.now)));
            lines.push(self.line(record, task, mine, due));
        };
        if let Some(step) = record.conflicts.keys().next().copied() {
            if self.roles.has(Role::RegisteredManager) {
                add(Task::Settle(step), true, None);
            }
        } else if let Some(step) = record.state.step() {
            let name = if step == 1 { "returned".to_owned() } else { step.to_string() };
            let item = items.iter().find(|item| item.name == name);
            let (owns, may) = self.rights(record, spec, step);
            let told = item.is_some_and(|item| item.is_overdue(self.now) && self.is_shown(item));
            let told = told || self.sees_at_once(record, spec, step);
            if owns || may || told {
                add(Task::Step(step), owns || told, item);
            }
        }
        if record.reporter.is(&domain::event::Author::Staff(me.into())) {
            for question in record.pressing_questions() {
                add(Task::Answer(question.id.clone()), true, None);
            }
        }
        if record.state == State::AwaitingAction {
            for action in &record.actions {
                match &action.done {
                    None if *action.owner == *me => {
                        let item = items.iter().find(|item| *item.name == *action.id);
                        add(Task::Do(action.id.clone()), true, item);
                    }
                    Some(done) if spec.needs_verification && action.verified.is_none() && !done.by.is(me) => {
                        let owns = self.roles.has(Role::Senior) || self.roles.has(spec.owner(4));
                        if owns || self.roles.meets(MANAGERS) {
                            let item = items.iter().find(|item| item.name == "4");
                            add(Task::Verify(action.id.clone()), owns, item);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Is this late item shown to one of this person's roles?
    fn is_shown(&self, item: &due::Item) -> bool {
        let shown = item.shown_to(self.now);
        self.roles.iter().any(|role| shown.iter().any(|code| code == role.code()))
    }

    /// Who decides whom to tell has an urgent record from the start, while it still waits for its review: that decision
    /// is due at once. Source: model.md section 9, step 3.
    fn sees_at_once(&self, record: &Record, spec: &CategorySpec, step: u8) -> bool {
        step == 2 && record.is_urgent() && self.roles.has(spec.owner(3))
    }

    /// Does this person own the step, and may they do it?
    fn rights(&self, record: &Record, spec: &CategorySpec, step: u8) -> (bool, bool) {
        if step == 1 {
            let mine = record.reporter.is(&domain::event::Author::Staff(self.viewer.staff.clone()));
            return (mine, self.roles.meets(MANAGERS));
        }
        let stands_in = if step == 3 { Roles::of(&[Role::RegisteredManager]) } else { MANAGERS };
        (self.roles.has(spec.owner(step)), self.roles.meets(stands_in))
    }

    /// `due`: until when, and if that is over.
    fn line(&self, record: &Record, task: Task, mine: bool, due: Option<(Due, bool)>) -> Waiting {
        let (due, overdue) = (due.map(|(due, _)| due), due.is_some_and(|(_, overdue)| overdue));
        let today = london_date(self.now);
        let undecided = matches!(record.state.step(), Some(1..=3));
        let is_choice = matches!(task, Task::Settle(_));
        // Until one of two decisions is chosen, the graver one may be right.
        let is_grave = is_choice && record.has_grave_rival();
        let is_first = undecided && (record.is_urgent() || may_be_incident(record));
        let group = if task == Task::Tell || is_first || is_grave {
            Group::MayBeIncident
        } else if is_choice {
            Group::TwoDecisions
        } else if overdue {
            Group::Overdue
        } else {
            match due {
                Some(Due::At(at)) if london_date(at) > today => Group::Later,
                Some(Due::On(date)) if date > today => Group::Later,
                Some(_) => Group::Today,
                None => Group::Undated,
            }
        };
        Waiting {
            record: record.id.clone(),
            version: record.version,
            task,
            group,
            due,
            overdue,
            since: record.reported_at,
            mine,
        }
    }
}

/// They may do the steps of others.
const MANAGERS: Roles = Roles::of(&[Role::RegisteredManager, Role::DeputyManager]);

#[cfg(test)]
mod tests;
