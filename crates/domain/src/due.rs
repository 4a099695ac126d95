//! Due times: what waits, until when, and who is shown that it is late. Source: model.md section 9.
//! Pure: the caller gives `now`.

use crate::{
    audits::{self, AuditState},
    directory::Settings,
    ids::RecordId,
    pathway::State,
    record::{Action, Record},
    register::Register,
    time::{self, Instant},
};
use chrono::NaiveDate;

/// The second look at whether it lasted, counted from when step 5 was entered.
pub(crate) const SECOND_REVIEW_DAYS: u64 = 90;

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Overdue when now is later.
    At(Instant),
    /// Overdue from 00:00 London of the next date.
    On(NaiveDate),
}

impl Due {
    pub fn is_past(self, now: Instant) -> bool {
        match self {
            Due::At(instant) => now > instant,
            Due::On(date) => time::london_date(now) > date,
        }
    }

    /// For ordering: a date counts as 00:00 of the next date.
    pub fn instant(self) -> Instant {
        match self {
            Due::At(instant) => instant,
            Due::On(date) => time::start_of(time::add_days(date, 1)),
        }
    }
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// `returned`, `2` to `5`, or the id of an action.
    pub name: String,
    pub due: Due,
    /// Twice the allowed time, where the registered manager is shown it too.
    pub twice: Option<Due>,
    /// Role codes, or the id of a member of staff.
    pub owner: Vec<String>,
    /// Due at once: shown as overdue only after the grace time.
    grace_min: u64,
}

impl Item {
    pub fn is_overdue(&self, now: Instant) -> bool {
        match self.due {
            Due::At(instant) => now > time::minutes_after(instant, self.grace_min),
            due => due.is_past(now),
        }
    }

    /// Who is shown that it is late: the owner, past twice the time also the registered manager.
    pub fn shown_to(&self, now: Instant) -> Vec<String> {
        let mut shown = self.owner.clone();
        let manager = "registered_manager";
        if self.twice.is_some_and(|twice| twice.is_past(now)) && !shown.iter().any(|owner| owner == manager) {
            shown.push(manager.to_owned());
        }
        shown
    }
}

/// Everything of a record that waits, in the order returned, 2, 3, 4, 5, actions.
pub fn items(record: &Record, settings: &Settings) -> Vec<Item> {
    let owner = |step| vec![record.spec().map(|spec| spec.owner(step).code()).unwrap_or_default().to_owned()];
    match record.state {
        State::Returned => vec![returned(record, settings)],
        State::AwaitingRiskReview => {
            let due = Due::At(time::hours_after(record.clock_start, settings.step2_hours));
            let twice =
                Due::At(time::hours_after(record.clock_start, settings.step2_hours.saturating_mul(2)));
            let step2 = Item { name: "2".into(), due, twice: Some(twice), owner: owner(2), grace_min: 0 };
            vec![step2, step3(record, settings)]
        }
        State::AwaitingNotificationDecision => vec![step3(record, settings)],
        State::AwaitingAction => {
            let step4 = step4(record, settings, owner(4));
            let open = record.actions.iter().filter(|action| action.done.is_none());
            step4.into_iter().chain(open.map(of_action)).collect()
        }
        State::AwaitingOutcome => step5(record, settings, owner(5)).into_iter().collect(),
        State::Closed | State::Withdrawn | State::Duplicate => Vec::new(),
    }
}

/// The item of the step that the record waits for now.
pub fn current(record: &Record, settings: &Settings) -> Option<Item> {
    let name = match record.state.step()? {
        1 => "returned".to_owned(),
        step => step.to_string(),
    };
    items(record, settings).into_iter().find(|item| item.name == name)
}

/// One line of the overdue list of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Overdue {
    pub record: RecordId,
    pub item: Item,
}

/// Late items of a site's records, ordered by due, then record, then item.
pub fn overdue(register: &Register, site: &str, now: Instant) -> Vec<Overdue> {
    let settings = register.directory().settings(site);
    let mut late: Vec<Overdue> = register
        .of_site(site)
        .flat_map(|record| items(record, &settings).into_iter().map(|item| (record.id.clone(), item)))
        .filter(|(_, item)| item.is_overdue(now))
        .map(|(record, item)| Overdue { record, item })
        .collect();
    late.sort_by(|one, other| {
        let key = |line: &Overdue| (line.item.due.instant(), line.record.clone(), line.item.name.clone());
        key(one).cmp(&key(other))
    });
    late
}

/// One line of the overdue list: something of a record, an audit or an oversight.
#[derive(Clone, Debug, PartialEq)]
pub enum Late {
    Record(Overdue),
    /// `category/period`.
    Audit {
        name: String,
        due: Due,
    },
    Oversight {
        name: String,
        due: Due,
    },
}

impl Late {
    pub fn due(&self) -> Due {
        match self {
            Late::Record(line) => line.item.due,
            Late::Audit { due, .. } | Late::Oversight { due, .. } => *due,
        }
    }

    fn order(&self) -> (Instant, u8, &str) {
        match self {
            Late::Record(line) => (line.item.due.instant(), 0, ""),
            Late::Audit { name, due } => (due.instant(), 1, name),
            Late::Oversight { name, due } => (due.instant(), 2, name),
        }
    }

    /// Role codes, or the id of a member of staff.
    pub fn shown_to(&self, now: Instant) -> Vec<String> {
        match self {
            Late::Record(line) => line.item.shown_to(now),
            Late::Audit { .. } => vec!["registered_manager".to_owned(), "provider".to_owned()],
            Late::Oversight { .. } => vec!["provider".to_owned()],
        }
    }
}

/// The overdue list of a site: by due; at the same due records first, then audits, then oversights.
pub fn overdue_list(register: &Register, site: &str, now: Instant) -> Vec<Late> {
    let audits = audits::audits(register, site, now).into_iter().filter(|audit| audit.is_expected);
    let audits = audits
        .filter(|audit| audit.state != AuditState::Signed)
        .map(|audit| Late::Audit { name: audit.name(), due: Due::On(audit.due) });
    let oversights = audits::oversights(register, site, now).into_iter();
    let oversights = oversights
        .filter(|oversight| oversight.is_expected && oversight.state != AuditState::Signed)
        .map(|oversight| Late::Oversight { name: oversight.name(), due: Due::On(oversight.due) });
    let mut late: Vec<Late> = overdue(register, site, now).into_iter().map(Late::Record).collect();
    late.extend(audits.chain(oversights).filter(|line| line.due().is_past(now)));
    // Records come in their order already.
    late.sort_by(|one, other| one.order().cmp(&other.order()));
    late
}

fn returned(record: &Record, settings: &Settings) -> Item {
    let since = record.returned_at.unwrap_or(record.clock_start);
    Item {
        name: "returned".into(),
        due: Due::At(time::hours_after(since, settings.returned_hours)),
        twice: Some(Due::At(time::hours_after(since, settings.returned_hours.saturating_mul(2)))),
        owner: vec!["reporter".into()],
        grace_min: 0,
    }
}

fn step3(record: &Record, settings: &Settings) -> Item {
    let usual = time::hours_after(record.clock_start, settings.step3_hours);
    let at_once = record.urgent_since.filter(|since| *since <= usual);
    Item {
        name: "3".into(),
        due: Due::At(at_once.unwrap_or(usual)),
        twice: None,
        owner: vec!["registered_manager".into(), "provider".into()],
        grace_min: if at_once.is_some() { settings.at_once_grace_min } else { 0 },
    }
}

fn step4(record: &Record, settings: &Settings, owner: Vec<String>) -> Option<Item> {
    /// A finished plan is closed within this many days of its last action.
    const AFTER_PLAN_DAYS: u64 = 7;
    let since = record.action_since?;
    let entered = time::london_date(since);
    let latest = record.actions.iter().filter(|action| action.current).map(|action| action.due).max();
    let (due, twice) = match latest {
        Some(latest) => {
            let due = time::add_days(latest, AFTER_PLAN_DAYS);
            (Due::On(due), Due::On(twice_as_late(entered, due)))
        }
        None => (
            Due::At(time::days_after(since, settings.step4_days)),
            Due::At(time::days_after(since, settings.step4_days.saturating_mul(2))),
        ),
    };
    Some(Item { name: "4".into(), due, twice: Some(twice), owner, grace_min: 0 })
}

fn of_action(action: &Action) -> Item {
    let planned = time::london_date(action.planned_at);
    Item {
        name: action.id.to_string(),
        due: Due::On(action.due),
        twice: Some(Due::On(twice_as_late(planned, action.due))),
        owner: vec![action.owner.to_string()],
        grace_min: 0,
    }
}

fn step5(record: &Record, settings: &Settings, owner: Vec<String>) -> Option<Item> {
    let entered = record.outcome_since?;
    let second = time::days_after(entered, SECOND_REVIEW_DAYS);
    let (start, days) = match record.current_outcome() {
        None => (entered, settings.step5_days),
        Some((review, _)) if second > review.at => (entered, SECOND_REVIEW_DAYS),
        Some((review, _)) => (review.at, settings.step5_days),
    };
    Some(Item {
        name: "5".into(),
        due: Due::At(time::days_after(start, days)),
        twice: Some(Due::At(time::days_after(start, days.saturating_mul(2)))),
        owner,
        grace_min: 0,
    })
}

fn twice_as_late(start: NaiveDate, due: NaiveDate) -> NaiveDate {
    time::add_days(start, u64::try_from(2 * time::days_between(start, due)).unwrap_or_default())
}
