//! What happens next to a record: who does it, with which words. One step at a time, from its state alone.

use super::{cast::Cast, chance::Chance, unusual::letter, year::Year};
use chrono::Duration;
use domain::{
    notification::{self, Suggestion},
    pathway::State,
    record::{Action, Kind, Record, Reporter},
    register::Register,
    roles::Role,
    time::{Instant, add_days, london_date},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One event to be.
pub struct Next {
    pub verb: &'static str,
    pub by: String,
    pub with: Value,
}

pub struct Desk<'a> {
    pub register: &'a Register,
    pub cast: &'a Cast,
    /// Only in the long story.
    pub year: Option<&'a Year>,
    pub now: Instant,
}

impl Desk<'_> {
    /// `None`: nothing more to do, or nobody who could.
    pub fn next(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        if self.year.is_some()
            && let Some(next) = self.unusual(record, chance)
        {
            return Some(next);
        }
        match record.state {
            State::AwaitingRiskReview => self.review(record, chance),
            State::Returned => self.resubmit(record),
            State::AwaitingNotificationDecision => self.decide(record),
            State::AwaitingAction => self.act(record, chance),
            State::AwaitingOutcome => self.outcome(record, chance),
            State::Closed | State::Withdrawn | State::Duplicate => None,
        }
    }

    fn review(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let by = self.holder(record, record.spec()?.owner(2), chance)?;
        if record.kind == Kind::Unclassified {
            let question = "Did it reach the person, or was it stopped in time?";
            return Some(Next { verb: "return_for_correction", by, with: json!({"question": question}) });
        }
        // A whole year is calmer than the weeks of a demonstration.
        let weights = if self.year.is_some() { [8, 8, 3, 1] } else { [3, 5, 3, 1] };
        let scores: Vec<(i64, i64)> = (1..).zip(weights).collect();
        let likely = chance.weighted(&scores, |score| score.1)?.0;
        let mut with = json!({
            "potential_most_likely": likely,
            "potential_worst": chance.between(likely, 5),
            "likelihood": chance.weighted(&[(1, 2), (2, 4), (3, 3), (4, 1)], |score| score.1)?.0,
        });
        if chance.happens(30) {
            with["factors"] = json!([chance.pick(FACTORS)?]);
        }
        if record.spec()?.needs_confirmation {
            with["confirms_near_miss"] = json!("y");
        }
        if chance.happens(40) {
            with["note"] = json!("Spoke to the team on shift. It could have gone further.");
        }
        Some(Next { verb: "review_risk", by, with })
    }

    fn resubmit(&self, record: &Record) -> Option<Next> {
        let Reporter::Named(by) = &record.reporter else { return None };
        // A missed dose always reached the person.
        let missed = self.year.is_some() && record.facts.code("error_type") == Some("omitted");
        let changes = if missed { json!({"harm": "none"}) } else { json!({"reached": "no"}) };
        let with =
            json!({"changes": changes, "text": "Checked with the next shift: it was stopped in time."});
        Some(Next { verb: "resubmit", by: by.to_string(), with })
    }

    /// Every question answered, every body to think about decided with a reason.
    pub(super) fn decide(&self, record: &Record) -> Option<Next> {
        let by = self.first(record, Role::RegisteredManager)?;
        let harmed = record.kind == Kind::Incident;
        let held = self.year.is_some() && record.kind == Kind::RestrictivePractice;
        let controlled = self.year.is_some() && record.facts.code("risk_group") == Some("controlled_drug");
        let answer = |question: &str| match question {
            "harm" if harmed => "y",
            "restraint" if held => "y",
            "controlled_drug" if controlled => "y",
            _ => "n",
        };
        let answers: BTreeMap<String, String> = notification::questions_for(record.spec()?)
            .map(|question| (question.id.clone(), answer(&question.id).to_owned()))
            .collect();
        let repeat = self.register.is_repeat_concern(record);
        let suggested = notification::suggest(record, &answers, self.now, repeat);
        let consider = suggested.iter().filter(|(_, suggestion)| **suggestion == Suggestion::Consider);
        let reason =
            "Talked through with the deputy. Below the local threshold, looked at again if it comes back.";
        let bodies: Map<String, Value> =
            consider.map(|(body, _)| (body.clone(), json!({"needed": false, "reason": reason}))).collect();
        let needed = suggested.values().any(|suggestion| *suggestion == Suggestion::Needed);
        let outcome = match (needed, repeat) {
            (true, _) => "notify_now",
            (false, true) => "potential_risk_monitor",
            (false, false) => "not_notifiable",
        };
        let with = json!({
            "answers": answers,
            "outcome": outcome,
            "reason": "Stopped before it reached anybody, and looked into straight away.",
            "bodies": bodies,
        });
        Some(Next { verb: "assess_notification", by, with })
    }

    fn act(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let lead = self.first(record, record.spec()?.pathway.lead)?;
        let current: Vec<&Action> = record.actions.iter().filter(|action| action.current).collect();
        if current.is_empty() || current.len() == 1 && current[0].done.is_none() && chance.happens(25) {
            return self.plan(record, lead, chance);
        }
        if let Some(open) = current.iter().find(|action| action.done.is_none()) {
            let evidence =
                chance.pick(&["maintenance_log", "mar_chart", "support_plan", "staff_practice"])?;
            let with = json!({"action": open.id, "evidence": [evidence]});
            return Some(Next { verb: "complete_action", by: open.owner.to_string(), with });
        }
        let unverified = current.iter().find(|action| action.verified.is_none());
        if let Some(action) = unverified.filter(|_| record.spec().is_some_and(|spec| spec.needs_verification))
        {
            let by = self.first(record, Role::DeputyManager)?;
            let result = if self.year.is_some() && chance.happens(6) { "not_fixed" } else { "fixed" };
            return Some(Next {
                verb: "verify_action",
                by,
                with: json!({"action": action.id, "result": result}),
            });
        }
        if let Some(body) = record.unsent_bodies().next() {
            let with = json!({"body": body, "sent_at": self.now.to_rfc3339(), "how": "Online form", "reference": letter(&record.id, body)});
            return Some(Next {
                verb: "record_sent",
                by: self.first(record, Role::RegisteredManager)?,
                with,
            });
        }
        if record.told.is_empty() {
            let text = chance.pick(THANKS)?;
            return Some(Next { verb: "tell_reporter", by: lead, with: json!({"text": text}) });
        }
        let factors = if chance.happens(30) { vec![*chance.pick(FACTORS)?] } else { Vec::new() };
        let mut with = json!({"factors": factors});
        if let Some(change) = self.change_of_plan(record) {
            with["plan"] = change;
        }
        Some(Next { verb: "finish_actions", by: lead, with })
    }

    fn plan(&self, record: &Record, lead: String, chance: &mut Chance) -> Option<Next> {
        let plans = PLANS.iter().find(|(category, _)| *category == record.facts.category())?.1;
        let usual = chance.pick(plans)?;
        let due = add_days(london_date(self.now), u64::try_from(chance.between(3, 14)).ok()?);
        let offered = record.spec().map(|spec| spec.templates_for(&record.facts)).unwrap_or_default();
        let (of_thread, takes_offered) = (self.of_thread(record), chance.happens(40));
        let with = match chance.pick(&offered).filter(|_| takes_offered && of_thread.is_none()) {
            // Pressed, as most people do where one fits.
            Some(one) => {
                json!({"text": one.text, "owner": lead, "due": due, "strength": one.strength, "kind": one.kind})
            }
            None => {
                let (text, strength) = of_thread.unwrap_or(*usual);
                json!({"text": text, "owner": lead, "due": due, "strength": strength})
            }
        };
        Some(Next { verb: "plan_action", by: lead, with })
    }

    fn outcome(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let by = self.first(record, Role::DeputyManager)?;
        if record.current_outcome().is_some() {
            let weak = self.register.is_repeat(record) && record.is_weak_only();
            let with = if weak {
                json!({"weak_reason": "A stronger change needs new equipment, ordered for next quarter."})
            } else {
                json!({})
            };
            return Some(Next { verb: "close", by, with });
        }
        if let Some(with) = self.measured(record) {
            return Some(Next { verb: "record_outcome", by, with });
        }
        let verdict = *chance.weighted(&[("improved", 11), ("no_change", 1)], |verdict| verdict.1)?;
        let after = if verdict.0 == "no_change" { 2 } else { chance.between(0, 1) };
        let with = json!({
            "measure": "the same thing happening again",
            "baseline": {"count": 2, "per": 28, "unit": "days"},
            "value": {"count": after, "per": 28, "unit": "days"},
            "review": "28d",
            "verdict": verdict.0,
            "evidence": ["feedback_staff", "audit"],
        });
        Some(Next { verb: "record_outcome", by, with })
    }

    pub(super) fn holder(&self, record: &Record, role: Role, chance: &mut Chance) -> Option<String> {
        let holders = self.cast.holders(&record.site, role);
        let others: Vec<&str> = holders
            .iter()
            .copied()
            .filter(|who| !matches!(&record.reporter, Reporter::Named(id) if **id == **who))
            .collect();
        chance.pick(if others.is_empty() { &holders } else { &others }).map(|who| (*who).to_owned())
    }

    pub(super) fn first(&self, record: &Record, role: Role) -> Option<String> {
        if role == Role::RegisteredManager
            && let Some(deputy) = self.stand_in(record)
        {
            return Some(deputy);
        }
        self.cast.holders(&record.site, role).first().map(|who| (*who).to_owned())
    }
}

/// How long until the next step: hours at first, days for actions, four weeks until it is clear whether it worked.
pub fn wait(record: &Record, chance: &mut Chance) -> Duration {
    let hours = match record.state {
        State::AwaitingRiskReview if chance.happens(85) => chance.between(1, 9),
        State::AwaitingRiskReview => chance.between(13, 40),
        State::Returned => chance.between(2, 30),
        State::AwaitingNotificationDecision if chance.happens(85) => chance.between(1, 14),
        State::AwaitingNotificationDecision => chance.between(26, 60),
        State::AwaitingAction
            if record.actions.iter().any(|action| action.current && action.done.is_none()) =>
        {
            chance.between(20, 240)
        }
        State::AwaitingAction => chance.between(3, 60),
        State::AwaitingOutcome if record.current_outcome().is_some() => chance.between(1, 48),
        State::AwaitingOutcome => chance.between(27 * 24, 30 * 24),
        _ => 24,
    };
    Duration::minutes(hours * 60 + chance.between(0, 59))
}

const FACTORS: &[&str] = &[
    "communication",
    "task",
    "training",
    "equipment_supplies",
    "workload_and_staffing",
    "internal_environment",
];

const THANKS: &[&str] = &[
    "Thank you. Because you told us, we changed how this is checked.",
    "You noticed it in time. It is being put right, and the team has been told why.",
    "Thank you for speaking up. The change is in the handover from today.",
];

/// Category, then text and strength of likely actions.
type Plans = &'static [(&'static str, &'static str)];
const PLANS: &[(&str, Plans)] = &[
    (
        "medication",
        &[
            ("Dose changes written on the MAR before the next round and signed by two", "intermediate"),
            ("Reminder at handover about the six checks", "weaker"),
            ("Pharmacy prints larger labels for look-alike boxes", "stronger"),
            ("Protected time for the round: phone held by a colleague", "intermediate"),
        ],
    ),
    (
        "environment",
        &[
            ("Engineer replaced the part and tested it under load", "stronger"),
            ("Added to the weekly safety walk", "intermediate"),
            ("Sign put up and team told", "weaker"),
            ("Non-slip surface laid by the door", "stronger"),
        ],
    ),
    (
        "behaviour",
        &[
            ("Photo card of who is coming, shown one hour before", "intermediate"),
            ("Agency bookings accept named staff only", "stronger"),
            ("Team reminded to offer a choice first", "weaker"),
            ("Quiet room next to the garden door", "stronger"),
        ],
    ),
];
