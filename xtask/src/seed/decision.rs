//! Step 3 of the story: who must be told, and why. The reason goes by the facts.

use super::{
    journey::{Desk, Next},
    words::{Case, chosen, one_in},
};
use domain::{
    notification::{self, Suggestion},
    record::{Kind, Record},
    roles::Role,
};
use serde_json::{Map, json};
use std::collections::BTreeMap;

const COUNCIL: &str = "council_safeguarding";

impl Desk<'_> {
    /// Every question answered, every body to think about decided with a reason.
    pub(super) fn decide(&self, record: &Record) -> Option<Next> {
        let by = self.first(record, Role::RegisteredManager)?;
        let answers: BTreeMap<String, String> = notification::questions_for(record.spec()?)
            .map(|question| (question.id.clone(), self.answer(record, &question.id).to_owned()))
            .collect();
        let repeat = self.register.is_repeat_concern(record);
        let suggested = notification::suggest(record, &answers, self.now, repeat);
        let all = |wanted: Suggestion| {
            let fits = suggested.iter().filter(move |(_, suggestion)| **suggestion == wanted);
            fits.map(|(body, _)| body.as_str()).collect::<Vec<_>>()
        };
        let mut needed = all(Suggestion::Needed);
        let mut bodies = Map::new();
        for body in all(Suggestion::Consider) {
            let referred = body == COUNCIL && is_referred(record);
            if referred {
                needed.push(COUNCIL);
            }
            let case = Case { record, outcome: "", bodies: &[body] };
            let reason = match referred {
                true => chosen(&self.words.decisions.referred, &[&record.id])?.clone(),
                false => self.words.body_reason(&case),
            };
            bodies.insert(body.to_owned(), json!({"needed": referred, "reason": reason}));
        }
        let outcome = match (needed.is_empty(), repeat) {
            (false, _) => "notify_now",
            (true, true) => "potential_risk_monitor",
            (true, false) => "not_notifiable",
        };
        let mut reason = self.words.reason(&Case { record, outcome, bodies: &needed });
        if record.notification().is_some() {
            reason = chosen(&self.words.decisions.again, &[&record.id])?.replace("{reason}", &reason);
        }
        let with = json!({"answers": answers, "outcome": outcome, "reason": reason, "bodies": bodies});
        Some(Next { verb: "assess_notification", by, with })
    }

    fn answer(&self, record: &Record, question: &str) -> &'static str {
        let harmed = record.kind == Kind::Incident;
        let held = record.kind == Kind::RestrictivePractice;
        let is_off = record.outages.iter().any(|outage| outage.is_over_24h(self.now));
        let yes = match question {
            "harm" => harmed,
            "restraint" => held,
            // What the contract in the lists names.
            "contract" => harmed || held || is_off,
            "controlled_drug" => record.facts.code("risk_group") == Some("controlled_drug"),
            _ => false,
        };
        if yes { "y" } else { "n" }
    }
}

/// The council hears of some of what it only might have to hear of.
fn is_referred(record: &Record) -> bool {
    let is_grave = matches!(record.kind, Kind::Incident | Kind::RestrictivePractice);
    is_grave && one_in(4, &[&record.id, COUNCIL])
}
