//! The decisions of steps 2 to 5, with what each of them said.

use crate::{
    event::{Author, Event, SecondLook},
    ids::{DeviceId, EventId, StaffId},
    pathway::State,
    time::{self, Instant},
};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One decision of one step, effective or not.
#[derive(Clone, Debug, PartialEq)]
pub struct StepDecision {
    pub id: EventId,
    /// 2 to 5.
    pub step: u8,
    pub by: Author,
    pub device: DeviceId,
    pub version: u32,
    /// Corrected time.
    pub at: Instant,
    pub body: DecisionBody,
    /// Set aside in favour of another by `resolve`, or waiting as a rival.
    pub standing: Standing,
    /// The state that it gives.
    pub gives: State,
    /// Step 3: what the server, which knew more, would have suggested otherwise.
    pub second: Option<SecondLook>,
    /// Its author was not signed in on the shared device when it arrived, as in `Judgement`.
    pub author_away: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In force since that version of the record; the highest one of a step is *the* decision.
    Effective {
        since: u32,
        /// A person chose it among rivals.
        kept: bool,
    },
    /// Arrived without having seen an earlier decision; waits for `resolve`.
    Rival,
    /// Another one was kept.
    NotKept,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DecisionBody {
    Risk(RiskReview),
    Returned { question: String },
    Notification(Notification),
    Finished(Finished),
    NoAction { reason: String, factors: Vec<String> },
    Outcome(OutcomeReview),
}

/// Step 2. Scores run from 1 to 5.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskReview {
    pub potential_most_likely: u8,
    pub potential_worst: u8,
    pub likelihood: u8,
    pub note: String,
    pub interim: String,
    pub factors: Vec<String>,
    /// Only asked where the category needs confirmation.
    pub confirms_near_miss: Option<bool>,
}

/// The word for a risk score. Source: model.md section 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    Low,
    Moderate,
    High,
    Extreme,
}

impl Band {
    /// 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme (7, 13 and 14 are not products of two scores).
    pub fn of(score: u8) -> Band {
        match score {
            0..=3 => Band::Low,
            4..=7 => Band::Moderate,
            8..=14 => Band::High,
            _ => Band::Extreme,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Moderate => "moderate",
            Band::High => "high",
            Band::Extreme => "extreme",
        }
    }
}

impl RiskReview {
    pub fn score(&self) -> u8 {
        self.potential_most_likely * self.likelihood
    }

    pub fn band(&self) -> Band {
        Band::of(self.score())
    }
}

/// Step 3: an assessment or a revision of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// Question -> y, n or unsure.
    pub answers: BTreeMap<String, String>,
    /// Code of `notification_outcome`.
    pub outcome: String,
    pub reason: String,
    /// Body -> what was suggested, what was decided and why. Every body is here.
    pub bodies: BTreeMap<String, BodyDecision>,
    pub advice_from: String,
    pub wider_risk: String,
    pub finding: String,
    /// Version of the rule set that made the suggestions.
    pub rules: String,
    pub revises: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BodyDecision {
    pub suggested: String,
    pub needed: bool,
    pub reason: String,
}

/// Step 4 done.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    pub factors: Vec<String>,
    pub plan: Map<String, Value>,
    pub audit_sample: String,
    pub note: String,
    /// Why, and why that, down to the cause; may be empty.
    pub whys: Vec<String>,
    /// Code of `just_culture`; may be empty.
    pub just_culture: String,
}

/// Step 5.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeReview {
    pub measure: String,
    pub baseline: Count,
    pub value: Count,
    pub review: String,
    /// Code of `verdict`.
    pub verdict: String,
    pub evidence: Vec<String>,
    pub supervision: Option<Supervision>,
    pub note: String,
}

/// A count per so many of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Count {
    pub count: f64,
    pub per: Option<f64>,
    pub unit: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Supervision {
    pub staff: StaffId,
    pub date: Option<NaiveDate>,
    pub result: String,
}

impl OutcomeReview {
    /// No change or worse: back to step 4.
    pub fn goes_back(&self) -> bool {
        matches!(self.verdict.as_str(), "no_change" | "worse")
    }
}

impl DecisionBody {
    /// Reads what a decision event says; `None` when the verb is no decision.
    /// `bodies` is worked out by the fold, which knows the record.
    pub fn read(event: &Event) -> Option<(u8, DecisionBody)> {
        let with = &event.with;
        Some(match event.verb.as_str() {
            "review_risk" => (
                2,
                DecisionBody::Risk(RiskReview {
                    potential_most_likely: small(with, "potential_most_likely"),
                    potential_worst: small(with, "potential_worst"),
                    likelihood: small(with, "likelihood"),
                    note: text(with, "note"),
                    interim: text(with, "interim"),
                    factors: texts(with, "factors"),
                    confirms_near_miss: with
                        .get("confirms_near_miss")
                        .and_then(Value::as_str)
                        .map(|answer| answer == "y"),
                }),
            ),
            "return_for_correction" => (2, DecisionBody::Returned { question: text(with, "question") }),
            "assess_notification" | "revise_notification" => (
                3,
                DecisionBody::Notification(Notification {
                    answers: answers(with),
                    outcome: text(with, "outcome"),
                    reason: text(with, "reason"),
                    bodies: BTreeMap::new(),
                    advice_from: text(with, "advice_from"),
                    wider_risk: text(with, "wider_risk"),
                    finding: text(with, "finding"),
                    rules: text(with, "rules"),
                    revises: event.verb == "revise_notification",
                }),
            ),
            "finish_actions" => (
                4,
                DecisionBody::Finished(Finished {
                    factors: texts(with, "factors"),
                    plan: with.get("plan").and_then(Value::as_object).cloned().unwrap_or_default(),
                    audit_sample: text(with, "audit_sample"),
                    note: text(with, "note"),
                    whys: texts(with, "whys"),
                    just_culture: text(with, "just_culture"),
                }),
            ),
            "no_action_needed" => {
                (4, DecisionBody::NoAction { reason: text(with, "reason"), factors: texts(with, "factors") })
            }
            "record_outcome" => (
                5,
                DecisionBody::Outcome(OutcomeReview {
                    measure: text(with, "measure"),
                    baseline: count(with, "baseline"),
                    value: count(with, "value"),
                    review: text(with, "review"),
                    verdict: text(with, "verdict"),
                    evidence: texts(with, "evidence"),
                    supervision: with.get("supervision").and_then(Value::as_object).map(|group| {
                        Supervision {
                            staff: text(group, "staff").into(),
                            date: time::parse_date(&text(group, "date")),
                            result: text(group, "result"),
                        }
                    }),
                    note: text(with, "note"),
                }),
            ),
            _ => return None,
        })
    }

    /// The state that the decision gives.
    pub fn gives(&self) -> State {
        match self {
            DecisionBody::Risk(_) => State::AwaitingNotificationDecision,
            DecisionBody::Returned { .. } => State::Returned,
            DecisionBody::Notification(decision) if decision.outcome == "seek_advice" => {
                State::AwaitingNotificationDecision
            }
            DecisionBody::Notification(_) => State::AwaitingAction,
            DecisionBody::Finished(_) | DecisionBody::NoAction { .. } => State::AwaitingOutcome,
            DecisionBody::Outcome(review) if review.goes_back() => State::AwaitingAction,
            DecisionBody::Outcome(_) => State::AwaitingOutcome,
        }
    }

    /// Contributory factors named by the decision.
    pub fn factors(&self) -> &[String] {
        match self {
            DecisionBody::Risk(review) => &review.factors,
            DecisionBody::Finished(finished) => &finished.factors,
            DecisionBody::NoAction { factors, .. } => factors,
            _ => &[],
        }
    }
}

impl StepDecision {
    pub fn is_effective(&self) -> bool {
        matches!(self.standing, Standing::Effective { .. })
    }

    /// This reader gets the decision without its words: an empty reason does not mean that none was written.
    pub fn withholds_words(&self) -> bool {
        self.by == Author::Hidden
    }

    /// True or false once a person chose among rivals; none before.
    pub fn kept(&self) -> Option<bool> {
        match self.standing {
            Standing::Effective { kept: true, .. } => Some(true),
            Standing::NotKept => Some(false),
            Standing::Effective { kept: false, .. } | Standing::Rival => None,
        }
    }
}

/// The step 3 answers of an event.
pub fn answers(with: &Map<String, Value>) -> BTreeMap<String, String> {
    let answers = with.get("answers").and_then(Value::as_object);
    answers
        .into_iter()
        .flatten()
        .filter_map(|(question, answer)| Some((question.clone(), answer.as_str()?.to_owned())))
        .collect()
}

fn text(with: &Map<String, Value>, name: &str) -> String {
    with.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn texts(with: &Map<String, Value>, name: &str) -> Vec<String> {
    let list = with.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn small(with: &Map<String, Value>, name: &str) -> u8 {
    with.get(name).and_then(Value::as_u64).and_then(|number| u8::try_from(number).ok()).unwrap_or_default()
}

fn count(with: &Map<String, Value>, name: &str) -> Count {
    let Some(group) = with.get(name).and_then(Value::as_object) else { return Count::default() };
    Count {
        count: group.get("count").and_then(Value::as_f64).unwrap_or_default(),
        per: group.get("per").and_then(Value::as_f64),
        unit: text(group, "unit"),
    }
}
