//! Alerts: a DetectedIssue where it is about a person or a medicine, otherwise a Flag on the site.

use super::{
    Build,
    parts::{concept, extension, identifier, words},
};
use crate::csv::instant_text;
use domain::{
    patterns::{Alert, Rule, State, Status},
    vocabulary as v,
};
use serde_json::{Value, json};

impl Build<'_> {
    pub(super) fn alert(&mut self, alert: &Alert) {
        let key = self.pack.alert_key(alert);
        // A key may hold anything; the moment and the site make the name short and its own.
        let number = self.known.len();
        let id = format!("alert-{number}-{}", alert.rule.code());
        let state = alert.state(self.pack.selection.now);
        // Only what is in the bundle: a record may have happened outside its dates.
        let listed: Vec<Value> = alert
            .records()
            .map(|record| self.event_reference(record))
            .filter(|reference| reference["reference"].as_str().is_some_and(|name| self.known.contains(name)))
            .collect();
        let code = concept(&v::ALERT_RULE, Some(alert.rule.code()));
        let name = identifier("alert", &[alert.rule.code(), "|", &key].concat());
        // It may have been raised by the report itself.
        let hidden = alert.records().find(|record| self.pack.hidden().has(record));
        let raised = self.pack.hidden().moment(hidden.map_or("", |record| record.as_str()), alert.raised_at);
        if alert.rule.spec().names_person || alert.rule == Rule::SameRiskGroup {
            let patient = self.person_of(alert).map(|person| self.patient(&person));
            let mitigation = self.mitigation(alert);
            self.add("DetectedIssue", &id, || {
                json!({
                    "identifier": [name],
                    "status": if state == State::Dismissed { "cancelled" } else { "final" },
                    "code": code,
                    "patient": patient,
                    "identifiedDateTime": raised,
                    "implicated": listed,
                    "mitigation": mitigation,
                })
            });
            return;
        }
        let subject = self.site(&alert.site);
        let records = listed.into_iter().map(|record| extension("record", "valueReference", record));
        let mut extensions: Vec<Value> = records.collect();
        extensions.push(extension(
            "alert-state",
            "valueCodeableConcept",
            concept(&v::ALERT_STATE, Some(state.code())),
        ));
        let is_active = matches!(state, State::Open | State::Snoozed);
        let ended = alert
            .settled
            .as_ref()
            .filter(|_| !is_active)
            .map(|settled| instant_text(settled.at.max(alert.raised_at)));
        self.add("Flag", &id, || {
            json!({
                "extension": extensions,
                "identifier": [name],
                "status": if is_active { "active" } else { "inactive" },
                "category": [words("Pattern of near misses")],
                "code": code,
                "subject": subject,
                "period": {"start": raised, "end": ended},
            })
        });
    }

    fn person_of(&self, alert: &Alert) -> Option<String> {
        crate::pack::person_of(alert).map(str::to_owned)
    }

    fn mitigation(&mut self, alert: &Alert) -> Value {
        let Status::Linked { .. } = &alert.status else { return Value::Null };
        let Some(settled) = &alert.settled else { return Value::Null };
        let author = self.role(&settled.by, &alert.site, settled.at);
        json!([{"action": words("An action covers it"), "date": instant_text(settled.at), "author": author}])
    }
}
