//! A small home, and what the people in it write about its one record.

use domain::{
    directory::{Directory, Site, Staff},
    event::{Author, Event},
    notification,
    record::Record,
    register::Register,
    roles::Role,
    time::{Instant, parse_date, parse_instant},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::Arc};

pub const RECORD: &str = "record";
/// Who is on which device. The manager's role may end.
pub const PEOPLE: [(&str, usize); 3] = [("manager", 0), ("deputy", 1), ("senior", 1)];
/// A second manager, who is on neither device and settles what has to be settled.
pub const OTHER_MANAGER: &str = "manager2";

/// Where the record is when the two devices last agreed.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    Reported,
    Decided,
    Closed,
}

/// What somebody may write, if the rules on their device allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Report,
    Review,
    Return,
    Resubmit,
    Assess,
    NoAction,
    Better,
    Worse,
    Close,
    Reopen,
    /// Keep one of the rivals: step, and the number of its event.
    Resolve(u8, u8),
}

/// One event: small enough to be part of a state of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    pub number: u8,
    pub person: u8,
    pub device: u8,
    pub verb: Verb,
    pub seen: u8,
    /// After the manager's role ended.
    pub late: bool,
}

impl Verb {
    pub fn all(conflicts: &BTreeMap<u8, Vec<domain::ids::EventId>>) -> Vec<Verb> {
        let mut verbs = vec![
            Verb::Review,
            Verb::Return,
            Verb::Resubmit,
            Verb::Assess,
            Verb::NoAction,
            Verb::Better,
            Verb::Worse,
            Verb::Close,
            Verb::Reopen,
        ];
        for (step, rivals) in conflicts {
            verbs.extend(rivals.iter().filter_map(|id| Some(Verb::Resolve(*step, id.parse().ok()?))));
        }
        verbs
    }

    fn name(self) -> &'static str {
        match self {
            Verb::Report => "report",
            Verb::Review => "review_risk",
            Verb::Return => "return_for_correction",
            Verb::Resubmit => "resubmit",
            Verb::Assess => "assess_notification",
            Verb::NoAction => "no_action_needed",
            Verb::Better | Verb::Worse => "record_outcome",
            Verb::Close => "close",
            Verb::Reopen => "reopen",
            Verb::Resolve(..) => "resolve",
        }
    }

    fn fields(self) -> Map<String, Value> {
        let outcome = |verdict: &str| {
            json!({
                "measure": "again", "baseline": { "count": 2 }, "value": { "count": 1 }, "review": "28d",
                "verdict": verdict, "evidence": ["audit"],
            })
        };
        let with = match self {
            Verb::Report => json!({
                "category": "medication", "happened": "something_happened", "reached": "no",
                "error_type": "wrong_dose",
            }),
            Verb::Review => json!({ "potential_most_likely": 2, "potential_worst": 3, "likelihood": 2 }),
            Verb::Return => json!({ "question": "Which box?" }),
            Verb::Resubmit => json!({ "text": "The blue one." }),
            Verb::Assess => assessment(),
            Verb::NoAction | Verb::Reopen => json!({ "reason": "As agreed." }),
            Verb::Better => outcome("improved"),
            Verb::Worse => outcome("no_change"),
            Verb::Close => json!({ "reason": "Done.", "weak_reason": "Nothing more to change." }),
            Verb::Resolve(step, keep) => {
                json!({ "step": step, "keep": keep.to_string(), "reason": "Talked through." })
            }
        };
        with.as_object().cloned().unwrap_or_default()
    }
}

fn assessment() -> Value {
    let spec = domain::category::find("medication").expect("a category");
    let answers: BTreeMap<&str, &str> =
        notification::questions_for(spec).map(|question| (question.id.as_str(), "n")).collect();
    json!({ "answers": answers, "outcome": "not_notifiable", "reason": "Stopped in time.", "bodies": {} })
}

impl Written {
    pub fn event(&self) -> Event {
        Event {
            id: self.number.to_string().into(),
            verb: self.verb.name().to_owned(),
            site: "elm".into(),
            record: Some(RECORD.into()),
            by: Author::from(name_of(self.person)),
            device: format!("device-{}", self.device).into(),
            with: self.verb.fields().into(),
            seen: self.seen.into(),
            device_time: at(self.late),
            offset_ms: Some(0),
        }
    }
}

pub fn name_of(person: u8) -> &'static str {
    PEOPLE.get(usize::from(person)).map_or(OTHER_MANAGER, |(name, _)| name)
}

/// The manager's role ends with the first day; everything late is on a day after it.
pub fn at(late: bool) -> Instant {
    let text = if late { "2026-06-13T09:00:00Z" } else { "2026-06-10T09:00:00Z" };
    parse_instant(text).expect("an instant")
}

pub fn directory(ended: bool) -> Arc<Directory> {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site::default());
    for (name, role) in [
        ("manager", Role::RegisteredManager),
        (OTHER_MANAGER, Role::RegisteredManager),
        ("deputy", Role::DeputyManager),
        ("senior", Role::Senior),
    ] {
        let to = (ended && name == "manager").then(|| parse_date("2026-06-10")).flatten();
        let roles = [("elm".into(), vec![role])].into();
        directory.staff.insert(name.into(), Staff { roles, to, ..Staff::default() });
    }
    Arc::new(directory)
}

impl Start {
    /// Who wrote what before the two devices part, each having seen everything before.
    pub fn story(self) -> Vec<Written> {
        let verbs: &[(Verb, u8)] = match self {
            Start::Reported => &[(Verb::Report, 2)],
            Start::Decided => &[(Verb::Report, 2), (Verb::Review, 2), (Verb::Assess, 3)],
            Start::Closed => &[
                (Verb::Report, 2),
                (Verb::Review, 2),
                (Verb::Assess, 3),
                (Verb::NoAction, 1),
                (Verb::Better, 1),
                (Verb::Close, 1),
            ],
        };
        (0..)
            .zip(verbs)
            .map(|(number, (verb, person))| {
                let device = if *person == 3 { 2 } else { 1 };
                Written { number, person: *person, device, verb: *verb, seen: number, late: false }
            })
            .collect()
    }
}

pub fn record(register: &Register) -> &Record {
    register.record(RECORD).expect("the record is there")
}
