//! How each event changes a record. Events come in order of arrival, already judged.
//! Nothing is refused here: what was accepted is applied.

use super::{
    Action, Amendment, DecisionBody, Done, Facts, Feedback, Imported, Link, LinkTarget, Note, Outage,
    Question, Record, Reporter, Sent, Standing, StepDecision, Verified,
};
use crate::{
    event::{Author, Event, Outcome, Received},
    ids::EventId,
    notification,
    pathway::State,
    time::{self, Instant},
};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::Arc};

impl Record {
    /// The record that a report makes, or a past event that is brought in; `None` for an event that names no record.
    pub(crate) fn from_report(received: &Arc<Received>) -> Option<Record> {
        let Received { event, judgement } = &**received;
        let id = event.record.clone()?;
        let at = judgement.corrected_at;
        let imported = (event.verb == "import_past").then(|| imported(event));
        let facts = Arc::new(Facts::of_report(event, at));
        let reporter = match (facts.identity(), &event.by) {
            (_, Author::Anonymous) | ("anonymous", Author::Hidden) => Reporter::Anonymous,
            ("confidential", by) => Reporter::Confidential(by.staff().cloned()),
            (_, Author::Staff(id)) => Reporter::Named(id.clone()),
            (_, Author::Hidden) => Reporter::Confidential(None),
        };
        let mut record = Record {
            id,
            site: event.site.clone(),
            arrival: 0,
            version: judgement.version.unwrap_or(1),
            state: if imported.is_some() { State::Closed } else { State::AwaitingRiskReview },
            kind: facts.kind(),
            original: facts.clone(),
            facts,
            reporter,
            imported,
            reported_at: at,
            report_device: event.device.clone(),
            clock_start: at,
            returned_at: None,
            action_since: None,
            outcome_since: None,
            closed_at: None,
            outcome_entered: 0,
            urgent_since: None,
            decisions: Vec::new(),
            conflicts: BTreeMap::new(),
            decision_stale: false,
            actions: Vec::new(),
            questions: Vec::new(),
            notes: Vec::new(),
            told: Vec::new(),
            feedback: Vec::new(),
            links: Vec::new(),
            outages: Vec::new(),
            sent: Vec::new(),
            amendments: Vec::new(),
            photos: Vec::new(),
            duplicate_of: None,
            last_reason: None,
            set_aside: Vec::new(),
            events: vec![received.clone()],
        };
        record.take_photos(event, at);
        record.note_urgency(at);
        Some(record)
    }

    /// Takes the next event of this record.
    pub(crate) fn take(&mut self, received: &Arc<Received>) {
        self.events.push(received.clone());
        let Received { event, judgement } = &**received;
        match judgement.result {
            Outcome::SetAside => return self.set_aside.push(event.id.clone()),
            Outcome::Refused => return,
            Outcome::Applied | Outcome::Conflict => {}
        }
        self.version = judgement.version.unwrap_or(self.version + 1);
        let at = judgement.corrected_at;
        if judgement.result == Outcome::Conflict {
            self.keep_rival(event, at);
        } else {
            self.take_photos(event, at);
            self.apply(event, at);
        }
        if let Some(decision) = self.decisions.last_mut().filter(|decision| decision.id == event.id) {
            decision.second.clone_from(&judgement.second);
            decision.author_away = judgement.author_away;
        }
        self.note_urgency(at);
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        let with = &event.with;
        let text = |name: &str| event.text(name).unwrap_or_default().to_owned();
        let instant = |name: &str| event.text(name).and_then(time::parse_instant).unwrap_or(at);
        let date = |name: &str| event.text(name).and_then(time::parse_date);
        let note = || Note { id: event.id.clone(), text: text("text"), by: event.by.clone(), at };
        match event.verb.as_str() {
            "amend" => self.amend(event, at),
            "resubmit" => {
                self.amend(event, at);
                self.answer_return(note());
                self.clock_start = at;
                self.enter(State::AwaitingRiskReview, at);
            }
            "add_note" => self.notes.push(note()),
            "tell_reporter" => self.told.push(note()),
            "add_feedback" => self.feedback.push(Feedback { from: text("from"), note: note() }),
            "ask" => self.questions.push(self.question(event, text("text"), at, false)),
            "answer" => {
                let asked = text("question");
                if let Some(question) = self.questions.iter_mut().find(|question| *question.id == *asked) {
                    question.answer = Some(note());
                }
            }
            "record_sent" => self.sent.push(Sent {
                body: text("body"),
                sent_at: instant("sent_at"),
                reference: text("reference"),
                how: text("how"),
                proof: text("proof"),
                by: event.by.clone(),
            }),
            "plan_action" => self.actions.push(Action {
                id: event.id.clone(),
                text: text("text"),
                owner: text("owner").into(),
                due: date("due").unwrap_or_else(|| time::london_date(at)),
                strength: text("strength"),
                kind: event.text("kind").unwrap_or("corrective").to_owned(),
                planned_at: at,
                planned_by: event.by.clone(),
                done: None,
                verified: None,
                current: true,
                shared: event.text("shared").map(Into::into),
                contractor: text("contractor"),
                waiting_for: text("waiting_for"),
                just_culture: text("just_culture"),
            }),
            "complete_action" => {
                let done = Done {
                    on: date("done_on").unwrap_or_else(|| time::london_date(at)),
                    by: event.by.clone(),
                    evidence: super::decision::texts(with, "evidence"),
                    note: text("note"),
                };
                self.with_action(&text("action"), |action| action.done = Some(done));
            }
            "verify_action" => {
                let fixed = event.text("result") == Some("fixed");
                let check = Verified { by: event.by.clone(), at, note: text("note") };
                self.with_action(&text("action"), |action| {
                    action.verified = fixed.then_some(check);
                    if !fixed {
                        action.done = None;
                    }
                });
            }
            "close" => self.end(State::Closed, event, at),
            "withdraw" => self.end(State::Withdrawn, event, at),
            "mark_duplicate" => {
                self.duplicate_of = event.text("of").map(Into::into);
                self.end(State::Duplicate, event, at);
            }
            "reopen" => self.reopen(event, at),
            "link" => self.links.push(Link {
                id: event.id.clone(),
                target: match event.text("to") {
                    Some(record) => LinkTarget::Record(record.into()),
                    None => LinkTarget::Other { kind: text("kind"), reference: text("ref") },
                },
            }),
            "start_outage" => self.outages.push(Outage {
                id: event.id.clone(),
                what: text("what"),
                started_at: instant("started_at"),
                ended_at: None,
            }),
            "end_outage" => {
                let (outage, ended_at) = (text("outage"), instant("ended_at"));
                if let Some(outage) = self.outages.iter_mut().find(|known| *known.id == *outage) {
                    outage.ended_at = Some(ended_at);
                }
            }
            "resolve" => self.resolve(event),
            _ => self.decide_step(event, at),
        }
    }

    /// An accepted decision of a step, in force at once.
    fn decide_step(&mut self, event: &Event, at: Instant) {
        let standing = Standing::Effective { since: self.version, kept: false };
        let Some(decision) = self.decision(event, at, standing) else { return };
        if let DecisionBody::Returned { question } = &decision.body {
            self.questions.push(self.question(event, question.clone(), at, true));
        }
        if matches!(decision.body, DecisionBody::Notification(_)) {
            self.decision_stale = false;
        }
        let (gives, revises) = (decision.gives, decision.revises());
        self.decisions.push(decision);
        if !revises && gives != self.state {
            self.enter(gives, at);
        }
    }

    /// A decision that had not seen an earlier one of the same step: kept beside it.
    fn keep_rival(&mut self, event: &Event, at: Instant) {
        let Some(decision) = self.decision(event, at, Standing::Rival) else { return };
        let rivals: Vec<EventId> = self.rivals_of(event).map(|rival| rival.id.clone()).collect();
        let waiting = self.conflicts.entry(decision.step).or_default();
        for id in rivals.into_iter().chain([decision.id.clone()]) {
            if !waiting.contains(&id) {
                waiting.push(id);
            }
        }
        self.decisions.push(decision);
    }

    fn decision(&self, event: &Event, at: Instant, standing: Standing) -> Option<StepDecision> {
        let (step, mut body) = DecisionBody::read(event)?;
        if let DecisionBody::Notification(decision) = &mut body {
            decision.bodies = notification::decided(&event.with);
        }
        Some(StepDecision {
            id: event.id.clone(),
            step,
            by: event.by.clone(),
            device: event.device.clone(),
            version: self.version,
            at,
            gives: body.gives(),
            body,
            standing,
            second: None,
            author_away: false,
        })
    }

    /// One of the rivals is kept. Source: model.md section 12.4.
    fn resolve(&mut self, event: &Event) {
        let step = event.with.get("step").and_then(Value::as_u64).and_then(|step| u8::try_from(step).ok());
        let Some(rivals) = step.and_then(|step| self.conflicts.remove(&step)) else { return };
        let keep = event.text("keep").unwrap_or_default();
        let first = self.latest_effective(|decision| rivals.contains(&decision.id)).cloned();
        let (Some(first), Some(kept)) = (first, self.decision_of(keep).cloned()) else { return };
        let moved_on =
            self.decisions.iter().any(|later| later.step > kept.step && later.version > first.version);
        for decision in self.decisions.iter_mut().filter(|decision| rivals.contains(&decision.id)) {
            decision.standing = match (decision.id == kept.id, decision.standing) {
                (false, _) => Standing::NotKept,
                (true, Standing::Effective { since, .. }) if kept.id == first.id => {
                    Standing::Effective { since, kept: true }
                }
                (true, _) => Standing::Effective { since: self.version, kept: true },
            };
        }
        if kept.id == first.id || self.state != first.gives || moved_on {
            return;
        }
        if let DecisionBody::Returned { question } = &kept.body {
            self.questions.push(Question {
                id: kept.id.clone(),
                text: question.clone(),
                by: kept.by.clone(),
                at: kept.at,
                returned: true,
                answer: None,
            });
        }
        self.re_enter(kept.gives, kept.at);
        if matches!(kept.body, DecisionBody::Outcome(_)) {
            // Step 5 counts as entered by the kept outcome, which is then its first.
            self.outcome_entered = self.outcome_entered.min(kept.version.saturating_sub(1));
        }
    }

    fn amend(&mut self, event: &Event, at: Instant) {
        let Some(changes) =
            event.with.get("changes").and_then(Value::as_object).filter(|map| !map.is_empty())
        else {
            return;
        };
        let before: Map<String, Value> = changes
            .keys()
            .map(|name| (name.clone(), self.facts.fields.get(name).cloned().unwrap_or(Value::Null)))
            .collect();
        self.facts = Arc::new(self.facts.changed(changes));
        self.amendments.push(Amendment {
            id: event.id.clone(),
            changes: changes.clone(),
            before,
            reason: event.text("reason").or(event.text("text")).unwrap_or_default().to_owned(),
            by: event.by.clone(),
            at,
        });
        let kind = self.facts.kind();
        if kind != self.kind && self.notification().is_some() {
            self.decision_stale = true;
        }
        self.kind = kind;
    }

    fn reopen(&mut self, event: &Event, at: Instant) {
        self.last_reason = event.text("reason").map(str::to_owned);
        self.duplicate_of = None;
        if self.state == State::Closed {
            self.enter(State::AwaitingAction, at);
        } else {
            self.clock_start = at;
            self.enter(State::AwaitingRiskReview, at);
        }
    }

    fn end(&mut self, state: State, event: &Event, at: Instant) {
        self.last_reason = event.text("reason").or(event.text("weak_reason")).map(str::to_owned);
        self.enter(state, at);
    }

    fn enter(&mut self, state: State, at: Instant) {
        if state == State::AwaitingAction {
            self.actions.iter_mut().for_each(|action| action.current = false);
        }
        if state == State::AwaitingOutcome {
            self.outcome_entered = self.version;
        }
        self.state = state;
        self.stamp(at);
    }

    /// A kept decision gives a state: it counts as entered at the time of that decision. Where the record is in
    /// that state already, actions planned in it stay part of it.
    fn re_enter(&mut self, state: State, at: Instant) {
        if state == self.state {
            self.stamp(at);
        } else {
            self.enter(state, at);
        }
    }

    fn stamp(&mut self, at: Instant) {
        match self.state {
            State::Returned => self.returned_at = Some(at),
            State::AwaitingAction => self.action_since = Some(at),
            State::AwaitingOutcome => self.outcome_since = Some(at),
            State::Closed => self.closed_at = Some(at),
            _ => {}
        }
    }

    fn answer_return(&mut self, note: Note) {
        if let Some(question) = self.questions.iter_mut().rev().find(|question| question.returned) {
            question.answer = Some(note);
        }
    }

    fn question(&self, event: &Event, text: String, at: Instant, returned: bool) -> Question {
        Question { id: event.id.clone(), text, by: event.by.clone(), at, returned, answer: None }
    }

    fn with_action(&mut self, id: &str, change: impl FnOnce(&mut Action)) {
        if let Some(action) = self.actions.iter_mut().find(|action| &*action.id == id) {
            change(action);
        }
    }

    /// "Urgent since" is the corrected time of the first event of the present unbroken spell.
    fn note_urgency(&mut self, at: Instant) {
        if self.urgent_reasons().is_empty() {
            self.urgent_since = None;
        } else {
            self.urgent_since.get_or_insert(at);
        }
    }
}

fn imported(event: &Event) -> Imported {
    let row = event.with.get("source_row").and_then(Value::as_u64);
    Imported {
        closed_note: event.text("closed_note").unwrap_or_default().to_owned(),
        source_row: row.and_then(|row| u32::try_from(row).ok()),
    }
}
