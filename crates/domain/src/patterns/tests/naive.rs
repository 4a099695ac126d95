//! The rules as the model words them, without any index: slow, and easy to read beside model.md section 11.

use crate::{
    event::{Event, Outcome, Received},
    ids::RecordId,
    pathway::State,
    record::{Band, Record},
    register::Register,
    time::{self, Instant},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq)]
pub struct Simple {
    pub name: String,
    pub records: BTreeSet<RecordId>,
    pub raised_at: Instant,
    pub settled: bool,
}

/// The alerts that events drive, at one site.
#[derive(Default)]
pub struct Naive {
    pub alerts: Vec<Simple>,
}

const WINDOWS: [(&str, usize, i64); 9] = [
    ("same_type_same_place", 3, 30),
    ("same_person", 3, 14),
    ("same_person_medication", 2, 7),
    ("same_risk_group", 2, 30),
    ("same_asset", 2, 90),
    ("same_trigger_same_person", 3, 14),
    ("same_shift", 4, 28),
    ("same_factor", 5, 60),
    ("caught_by_luck", 2, 30),
];

impl Naive {
    /// `register` has taken the event.
    pub fn take(&mut self, register: &Register, received: &Received) {
        let (event, judgement) = (&received.event, &received.judgement);
        if matches!(judgement.result, Outcome::SetAside | Outcome::Refused) {
            return;
        }
        let Some(record) = event.record.as_ref().and_then(|id| register.record(id)) else {
            return self.settle(event);
        };
        let now = judgement.received_at;
        if record.is_in_play() {
            for (rule, threshold, days) in WINDOWS {
                for key in keys(rule, record) {
                    let special = matches!(&*key, "insulin" | "anticoagulant" | "controlled_drug");
                    let days = if rule == "same_risk_group" && special { 90 } else { days };
                    self.window(register, record, (rule, &key), (threshold, days), now);
                }
            }
        }
        self.single(record, event, now);
        self.recurrence(register, record, now);
        if matches!(&*event.verb, "report" | "amend" | "resubmit") {
            self.repair(register, record, now);
        }
    }

    fn settle(&mut self, event: &Event) {
        let Some(name) = event.text("alert") else { return };
        if matches!(&*event.verb, "link_alert" | "dismiss_alert")
            && let Some(alert) = self.alerts.iter_mut().rev().find(|alert| alert.name == name)
        {
            alert.settled = true;
        }
    }

    fn window(
        &mut self,
        register: &Register,
        x: &Record,
        (rule, key): (&str, &str),
        (threshold, days): (usize, i64),
        now: Instant,
    ) {
        let m: Vec<&Record> = register
            .records()
            .filter(|record| record.is_in_play() && keys(rule, record).contains(key))
            .collect();
        let on = |record: &Record| record.facts.occurred_on();
        let mut q = BTreeSet::new();
        for r in &m {
            let ahead = time::days_between(on(x), on(r));
            if !(0..days).contains(&ahead) {
                continue;
            }
            let w: Vec<&&Record> =
                m.iter().filter(|one| (0..days).contains(&time::days_between(on(one), on(r)))).collect();
            if w.len() >= threshold {
                q.extend(w.into_iter().map(|record| record.id.clone()));
            }
        }
        if !q.is_empty() {
            self.join(&format!("{rule}|{key}"), &x.id, q, now);
        }
    }

    fn join(&mut self, name: &str, x: &RecordId, q: BTreeSet<RecordId>, now: Instant) {
        let newest = self.alerts.iter_mut().rev().find(|alert| alert.name == name);
        if let Some(alert) = newest.filter(|alert| !alert.settled) {
            alert.records.extend(q);
            return;
        }
        if !self.alerts.iter().any(|alert| alert.name == name && alert.records.contains(x)) {
            self.alerts.push(Simple { name: name.to_owned(), records: q, raised_at: now, settled: false });
        }
    }

    fn single(&mut self, record: &Record, event: &Event, now: Instant) {
        let made = event.verb == "review_risk" || event.verb == "resolve";
        let id = if event.verb == "resolve" { event.text("keep").unwrap_or_default() } else { &event.id };
        let current = record.risk_decision().is_some_and(|decision| &*decision.id == id);
        if made && current && record.is_in_play() && record.band() >= Some(Band::High) {
            let name = format!("single_high_potential|{}", record.id);
            self.join(&name, &record.id, [record.id.clone()].into(), now);
        }
    }

    fn recurrence(&mut self, register: &Register, e: &Record, now: Instant) {
        for p in register.records() {
            let xs: BTreeSet<RecordId> =
                register.records().filter(|x| came_back(p, x)).map(|x| x.id.clone()).collect();
            if e.id != p.id && !xs.contains(&e.id) || xs.is_empty() {
                continue;
            }
            let name = format!("recurrence_after_close|{}", p.id);
            let fresh = if e.id == p.id { xs.clone() } else { [e.id.clone()].into() };
            self.join_first(&name, &p.id, &fresh, xs, now);
        }
    }

    fn repair(&mut self, register: &Register, e: &Record, now: Instant) {
        for p in register.records() {
            let xs: BTreeSet<RecordId> =
                register.records().filter(|x| asks_again(p, x)).map(|x| x.id.clone()).collect();
            if e.id != p.id && !xs.contains(&e.id) || xs.is_empty() {
                continue;
            }
            let name = format!("delayed_repair|{}", p.id);
            let fresh = if e.id == p.id { xs.clone() } else { [e.id.clone()].into() };
            self.join_first(&name, &p.id, &fresh, xs, now);
        }
    }

    fn join_first(
        &mut self,
        name: &str,
        p: &RecordId,
        fresh: &BTreeSet<RecordId>,
        xs: BTreeSet<RecordId>,
        now: Instant,
    ) {
        let listed =
            |x: &&RecordId| self.alerts.iter().any(|one| one.name == name && one.records.contains(*x));
        let x = fresh.iter().find(|x| !listed(x)).or_else(|| fresh.first()).cloned();
        let records = xs.into_iter().chain([p.clone()]).collect();
        if let Some(x) = x {
            self.join(name, &x, records, now);
        }
    }
}

fn came_back(p: &Record, x: &Record) -> bool {
    let Some(finished) = p.action_decision().map(|decision| decision.at) else { return false };
    let shared = |name: &str| p.facts.code(name).is_some() && p.facts.code(name) == x.facts.code(name);
    let group = p.facts.code("risk_group") != Some("other") && shared("risk_group");
    let person = p.facts.list("people").any(|person| x.facts.list("people").any(|other| other == person));
    let on: fn(Instant) -> NaiveDate = time::london_date;
    p.id != x.id
        && matches!(p.state, State::AwaitingOutcome | State::Closed)
        && p.is_in_play()
        && x.is_in_play()
        && p.facts.category() == x.facts.category()
        && p.facts.particular_subtype().is_some()
        && p.facts.subtype() == x.facts.subtype()
        && (shared("location") || group || shared("asset") || person)
        && x.facts.occurred_at() > finished
        && time::days_between(on(finished), x.facts.occurred_on()) <= 90
}

fn asks_again(p: &Record, x: &Record) -> bool {
    let code = |record: &Record, name: &str| record.facts.code(name).map(str::to_owned);
    let same = |name: &str| code(p, name).is_some() && code(p, name) == code(x, name);
    let no_asset = code(p, "asset").is_none() && code(x, "asset").is_none();
    let same_spot =
        no_asset && same("location") && same("hazard") && code(p, "hazard").as_deref() != Some("other");
    p.id != x.id
        && p.facts.category() == "environment"
        && x.facts.category() == "environment"
        && x.is_in_play()
        && matches!(p.state.step(), Some(1..=4))
        && (p.reported_at, p.arrival) < (x.reported_at, x.arrival)
        && (same("asset") || same_spot)
}

fn keys(rule: &str, record: &Record) -> BTreeSet<String> {
    let facts = &record.facts;
    let said = |code: &&str| *code != "other" && *code != "unknown";
    let people = || facts.list("people").map(str::to_owned);
    let one = |key: Option<String>| key.into_iter().collect();
    match rule {
        "same_type_same_place" => one(facts
            .particular_subtype()
            .zip(facts.code("location"))
            .map(|(subtype, place)| format!("{}/{subtype}/{place}", facts.category()))),
        "same_person" => people().collect(),
        "same_person_medication" if facts.category() == "medication" => people().collect(),
        "same_risk_group" => one(facts.code("risk_group").filter(said).map(str::to_owned)),
        "same_asset" => one(facts.code("asset").map(str::to_owned)),
        "same_trigger_same_person" => {
            let triggers: Vec<&str> = facts.list("triggers").filter(said).collect();
            people()
                .flat_map(|person| triggers.iter().map(move |trigger| format!("{person}/{trigger}")))
                .collect()
        }
        "same_shift" => one(Some(format!("{}/{}", facts.category(), facts.shift()))),
        "same_factor" => {
            let effective = record.decisions.iter().filter(|decision| decision.is_effective());
            effective
                .flat_map(|decision| decision.body.factors())
                .filter(|code| said(&code.as_str()))
                .cloned()
                .collect()
        }
        "caught_by_luck" => one(facts.is_luck().then(|| "all".to_owned())),
        _ => BTreeSet::new(),
    }
}

/// By name in the order raised, as far as events alone drive it.
pub fn by_name(alerts: impl Iterator<Item = Simple>) -> BTreeMap<String, Vec<Simple>> {
    let mut named: BTreeMap<String, Vec<Simple>> = BTreeMap::new();
    for alert in alerts {
        named.entry(alert.name.clone()).or_default().push(alert);
    }
    named
}
