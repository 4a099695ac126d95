//! Steps 2 to 5: the RiskAssessment, a Task for each step that was reached, a Task for each action, and a
//! Communication for each body that was told.

use super::{
    Build,
    parts::{concept, extension, identifier, words},
};
use crate::csv::instant_text;
use chrono::NaiveDate;
use domain::{
    due::{self, Due},
    event::Author,
    record::{Action, DecisionBody, Record, StepDecision},
    time::Instant,
    vocabulary as v,
};
use serde_json::{Value, json};

impl Build<'_> {
    pub(super) fn steps(&mut self, record: &Record) {
        self.risk(record);
        let settings = self.pack.register.directory().settings(&record.site);
        let waiting = due::items(record, &settings);
        let made: [(u8, Option<&StepDecision>); 4] = [
            (2, record.risk_decision()),
            (3, record.notification_decision()),
            (4, record.action_decision()),
            (5, record.outcome_decision()),
        ];
        for (step, decision) in made {
            let name = step.to_string();
            let item = waiting.iter().find(|item| item.name == name);
            if decision.is_none() && item.is_none() {
                continue;
            }
            let task = self.step(record, step, decision, item.map(|item| item.due));
            if step == 4 {
                for action in &record.actions {
                    self.action(record, action, &task);
                }
            }
        }
        self.told(record);
    }

    /// Scores and band are extensions: a `prediction` without a probability, which a risk matrix does not give, is
    /// refused by strict validators (constraint ras-2).
    fn risk(&mut self, record: &Record) {
        let Some((decision, review)) = record.risk_decision().zip(record.risk()) else { return };
        let subject = self.subject(record);
        let performer = self.role(&decision.by, &record.site, decision.at);
        let basis = self.event_reference(&record.id);
        let number = |name: &str, value: u8| extension(name, "valueInteger", value.into());
        let note = self.pack.selection.identified.then(|| json!([{"text": review.note}]));
        let note = note.filter(|_| !review.note.trim().is_empty());
        let band = review.band().code();
        self.add("RiskAssessment", &decision.id, || {
            json!({
                "extension": [
                    number("potential-most-likely", review.potential_most_likely),
                    number("potential-worst", review.potential_worst),
                    number("likelihood", review.likelihood),
                    number("score", review.score()),
                    extension("band", "valueCodeableConcept", concept(&v::BAND, Some(band))),
                ],
                "identifier": [identifier("decision", &decision.id)],
                "status": "final",
                "method": words("Risk matrix of 5 by 5: most likely harm times likelihood"),
                "subject": subject,
                "occurrenceDateTime": instant_text(decision.at),
                "performer": performer,
                "basis": [basis],
                "note": note,
            })
        });
    }

    /// A step: requested while it waits, completed once its decision is in force and nothing more waits.
    fn step(
        &mut self,
        record: &Record,
        step: u8,
        decision: Option<&StepDecision>,
        due: Option<Due>,
    ) -> Value {
        let is_done = due.is_none() && decision.is_some();
        let owner = match decision {
            Some(decision) if is_done => self.role(&decision.by, &record.site, decision.at),
            _ => Value::Null,
        };
        let owner = match record.spec() {
            Some(spec) if owner.is_null() => self.holder(spec.owner(step).code(), &record.site),
            _ => owner,
        };
        let subject = self.subject(record);
        let focus = self.event_reference(&record.id);
        let entered = entered(record, step);
        let last = decision.map(|decision| decision.at.max(entered));
        let output = decision.map(output).unwrap_or_default();
        let id = format!("step-{step}-{}", self.name(&record.id));
        let due = due.map(|due| match due {
            Due::At(instant) => self.moment(record, instant),
            Due::On(date) => day(date),
        });
        let entered = self.moment(record, entered);
        self.add("Task", &id, || {
            json!({
                "status": if is_done { "completed" } else { "requested" },
                "intent": "plan",
                "code": concept(&v::STEP, Some(&step.to_string())),
                "focus": focus,
                "for": subject,
                "authoredOn": entered,
                "lastModified": last.map(instant_text),
                "owner": owner,
                "restriction": {"period": {"end": due}},
                "output": output,
            })
        })
    }

    fn action(&mut self, record: &Record, action: &Action, step: &Value) {
        let owner = self.role(&Author::Staff(action.owner.clone()), &record.site, action.planned_at);
        let focus = self.event_reference(&record.id);
        let done = action.done.as_ref();
        let text = self.pack.selection.identified.then_some(action.text.as_str());
        let done_on = done.map(|done| day(done.on));
        let evidence = done.into_iter().flat_map(|done| &done.evidence);
        let output: Vec<Value> =
            evidence.map(|code| out("Evidence", concept(&v::EVIDENCE_SOURCE, Some(code)))).collect();
        self.add("Task", &format!("action-{}", action.id), || {
            json!({
                "identifier": [identifier("action", &action.id)],
                "partOf": [step],
                "status": if done.is_some() { "completed" } else { "accepted" },
                "businessStatus": concept(&v::CONTROL_STRENGTH, Some(&action.strength)),
                "intent": "plan",
                "code": concept(&v::ACTION_KIND, Some(&action.kind)),
                "description": text,
                "focus": focus,
                "authoredOn": instant_text(action.planned_at),
                "executionPeriod": {"end": done_on},
                "owner": owner,
                "restriction": {"period": {"end": day(action.due)}},
                "output": output,
            })
        });
    }

    fn told(&mut self, record: &Record) {
        for (number, sent) in record.sent.iter().enumerate() {
            let recipient = self.body(&sent.body);
            let sender = self.role(&sent.by, &record.site, sent.sent_at);
            let subject = self.subject(record);
            let about = self.event_reference(&record.id);
            let reference = self.pack.selection.identified.then_some(sent.reference.as_str());
            let reference = reference.filter(|reference| !reference.trim().is_empty());
            let id = format!("told-{number}-{}", self.name(&record.id));
            self.add("Communication", &id, || {
                json!({
                    "identifier": reference.map(|reference| json!([identifier("reference", reference)])),
                    "status": "completed",
                    "subject": subject,
                    "about": [about],
                    "sent": instant_text(sent.sent_at),
                    "recipient": [recipient],
                    "sender": sender,
                })
            });
        }
    }
}

fn entered(record: &Record, step: u8) -> Instant {
    let known = match step {
        4 => record.action_since.or(record.assessment().map(|decision| decision.at)),
        5 => record.outcome_since,
        3 => record.risk_decision().map(|decision| decision.at),
        _ => None,
    };
    known.unwrap_or(record.clock_start)
}

fn output(decision: &StepDecision) -> Vec<Value> {
    match &decision.body {
        DecisionBody::Notification(made) => {
            let needed = made.bodies.iter().filter(|(_, body)| body.needed);
            let bodies = needed.map(|(code, _)| out("Must be told", concept(&v::BODY, Some(code))));
            [out("Decision", concept(&v::NOTIFICATION_OUTCOME, Some(&made.outcome)))]
                .into_iter()
                .chain(bodies)
                .collect()
        }
        DecisionBody::Outcome(review) => {
            let evidence =
                review.evidence.iter().map(|code| out("Evidence", concept(&v::EVIDENCE_SOURCE, Some(code))));
            [out("Verdict", concept(&v::VERDICT, Some(&review.verdict)))]
                .into_iter()
                .chain(evidence)
                .collect()
        }
        _ => Vec::new(),
    }
}

fn out(kind: &str, value: Value) -> Value {
    json!({"type": words(kind), "valueCodeableConcept": value})
}

fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
