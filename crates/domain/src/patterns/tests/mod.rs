//! Alerts by example, and by comparison with the rules written down naively.

mod deciding;
mod naive;
mod others;
mod property;
mod timed;
mod together;
mod windows;

use super::{Alert, State};
use crate::{
    decide::{Arrival, Moment, decide, judge},
    directory::{Directory, Site, Staff},
    event::{Event, Judgement, Outcome, Received},
    ids::{DeviceId, EventId},
    record::Record,
    refusal::Code,
    register::Register,
    roles::Role,
    time::{Instant, parse_instant},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A home with somebody for every role, and `boss` who holds them all.
pub(crate) fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.sites.insert("meadow".into(), Site::default());
    let writers = Role::ALL.into_iter().filter(|role| role.is_staff());
    for role in writers.clone() {
        let roles = [("meadow".into(), vec![role])].into();
        directory.staff.insert(role.code().into(), Staff { roles, ..Staff::default() });
    }
    let roles = [("meadow".into(), writers.collect())].into();
    directory.staff.insert("boss".into(), Staff { roles, ..Staff::default() });
    directory
}

/// Writes events and takes them in, each at the moment that is given.
pub(crate) struct Home {
    pub register: Register,
    pub log: Vec<Arc<Received>>,
}

pub(crate) fn at(text: &str) -> Instant {
    parse_instant(text).unwrap_or_else(|| panic!("{text}"))
}

/// Noon London on a date in summer.
pub(crate) fn noon(date: &str) -> Instant {
    at(&format!("{date}T12:00+01:00"))
}

impl Home {
    pub fn new() -> Self {
        Self::with(directory())
    }

    pub fn with(directory: Directory) -> Self {
        Self { register: Register::new(Arc::new(directory)), log: Vec::new() }
    }

    pub fn event(&self, by: &str, when: Instant, verb: &str, record: &str, with: Value) -> Event {
        Event {
            id: EventId::new(format!("e{}", self.log.len() + 1)),
            verb: verb.to_owned(),
            site: "meadow".into(),
            record: (!record.is_empty()).then(|| record.into()),
            by: by.into(),
            device: DeviceId::new(format!("{by}-phone")),
            with: with.as_object().cloned().unwrap_or_default().into(),
            seen: self.register.record(record).map_or(0, |record| record.version),
            device_time: when,
            offset_ms: Some(0),
        }
    }

    /// The author's own check.
    pub fn tries(
        &self,
        by: &str,
        when: Instant,
        verb: &str,
        record: &str,
        with: Value,
    ) -> Result<Event, Code> {
        let moment = Moment { corrected_at: when, token_for: None };
        let event = self.event(by, when, verb, record, with);
        decide(&self.register, event, &moment).map_err(|refusal| refusal.code)
    }

    pub fn arrives(&mut self, event: Event, received_at: Instant) -> Judgement {
        self.register.settle_before(received_at);
        let seq = self.log.len() as u64 + 1;
        let arrival = Arrival { seq, received_at, offset_ms: 0, token_for: None, online: false };
        let judgement = judge(&self.register, &event, &arrival);
        let received = Arc::new(Received { event, judgement: judgement.clone() });
        self.log.push(received.clone());
        self.register.take(received);
        judgement
    }

    /// Written and received at the same moment.
    pub fn does(&mut self, by: &str, when: Instant, verb: &str, record: &str, with: Value) -> EventId {
        self.late(by, (when, when), verb, record, with)
    }

    /// Written at one moment, received at a later one.
    pub fn late(
        &mut self,
        by: &str,
        (written, received): (Instant, Instant),
        verb: &str,
        record: &str,
        with: Value,
    ) -> EventId {
        let event = self.event(by, written, verb, record, with);
        let event = decide(&self.register, event, &Moment { corrected_at: written, token_for: None })
            .unwrap_or_else(|refusal| panic!("{verb} of {record}: {}", refusal.code));
        let judgement = self.arrives(event.clone(), received);
        assert_eq!(judgement.result, Outcome::Applied, "{verb} of {record}: {:?}", judgement.code);
        event.id
    }

    pub fn reports(&mut self, when: Instant, record: &str, with: Value) {
        self.does("reporter", when, "report", record, with);
    }

    pub fn record(&self, id: &str) -> &Record {
        self.register.record(id).unwrap_or_else(|| panic!("{id}"))
    }

    pub fn alert(&self, name: &str) -> &Alert {
        self.register.alert("meadow", name).unwrap_or_else(|| panic!("{name}"))
    }

    /// Records of the newest alert of that name; none where there is no alert.
    pub fn listed(&self, name: &str) -> Option<Vec<&str>> {
        let alert = self.register.alert("meadow", name)?;
        Some(alert.records().map(|record| record.as_str()).collect())
    }

    pub fn state(&self, name: &str, now: Instant) -> State {
        self.alert(name).state(now)
    }

    pub fn count(&self, name: &str) -> usize {
        self.register.alerts("meadow").filter(|alert| alert.name() == name).count()
    }

    /// Steps 2 and 3, one minute apart.
    pub fn reviewed(&mut self, when: Instant, record: &str) {
        let minute = chrono::Duration::minutes(1);
        self.does("boss", when, "review_risk", record, risk(2, 2));
        let notification = no_to_all(self.record(record));
        self.does("boss", when + minute, "assess_notification", record, notification);
    }

    /// Steps 2 to 4 without an action.
    pub fn finished(&mut self, when: Instant, record: &str) {
        self.reviewed(when - chrono::Duration::minutes(2), record);
        self.does("boss", when, "no_action_needed", record, json!({"reason": "Put right at once"}));
    }
}

pub(crate) fn risk(likely: u8, likelihood: u8) -> Value {
    json!({"potential_most_likely": likely, "potential_worst": 5, "likelihood": likelihood, "confirms_near_miss": "y"})
}

pub(crate) fn no_to_all(record: &Record) -> Value {
    let questions = record.spec().into_iter().flat_map(crate::notification::questions_for);
    let answers: serde_json::Map<String, Value> =
        questions.map(|question| (question.id.clone(), json!("n"))).collect();
    let body = json!({"needed": false, "reason": "Looked at"});
    let bodies = json!({"council_safeguarding": body, "cqc": body});
    json!({"answers": answers, "outcome": "not_notifiable", "reason": "Caught in time", "bodies": bodies})
}

/// A report with some fields replaced; null leaves one out.
pub(crate) fn report(category: &str, fields: Value) -> Value {
    let mut with = match category {
        "medication" => {
            json!({"category": category, "happened": "something_happened", "reached": "no", "error_type": "mar_gap"})
        }
        "environment" => json!({"category": category, "happened": "nothing_yet", "hazard": "hoist"}),
        _ => {
            json!({"category": category, "happened": "something_happened", "reached": "no", "hands_on": "no", "behaviour_type": "throwing", "triggers": ["noise"]})
        }
    };
    for (name, value) in fields.as_object().into_iter().flatten() {
        with[name] = value.clone();
    }
    with
}

pub(crate) fn medication(fields: Value) -> Value {
    report("medication", fields)
}
