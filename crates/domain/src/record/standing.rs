//! What follows from a record as it stands: the decisions in effect, risk, urgency, and what counts.

use super::{
    Action, Band, DecisionBody, Kind, Notification, OutcomeReview, Question, Record, RiskReview, Standing,
    StepDecision, UrgentReason,
};
use crate::{
    category::{CategorySpec, National},
    directory::Settings,
    event::{Event, Received, SecondLook},
    ids::EventId,
    pathway::State,
    time::{Instant, days_after, hours_after},
    verbs, vocabulary,
};

impl Record {
    pub fn spec(&self) -> Option<&'static CategorySpec> {
        self.facts.spec()
    }

    /// Nobody said yet what it was or whom it reached, and the reporter can still say it.
    pub fn needs_details(&self) -> bool {
        self.kind == Kind::Unclassified
            && self.facts.particular_subtype().is_none()
            && matches!(self.state, State::AwaitingRiskReview | State::Returned)
    }

    /// Fields that nobody has been asked about yet, as a quick record leaves them. What was brought in from an older list
    /// was finished there.
    pub fn unanswered(&self) -> Vec<&'static str> {
        if self.imported.is_some() { Vec::new() } else { self.facts.unanswered() }
    }

    /// The code of a field of step 1, if somebody said it.
    pub fn said(&self, field: &str) -> Option<&str> {
        self.facts.code(field).filter(|_| !self.unanswered().contains(&field))
    }

    /// The subtype, if somebody said it.
    pub fn said_subtype(&self) -> Option<&str> {
        self.said(self.spec()?.subtype)
    }

    /// Where the national lists put it. As long as nobody said what it was, no list has a place for it.
    pub fn national(&self) -> National {
        match self.said_subtype() {
            None if self.facts.subtype().is_some() => National::default(),
            _ => self.facts.national(),
        }
    }

    /// The decision of a step that is in force, among those that `wanted` accepts.
    fn in_force(&self, wanted: impl Fn(&DecisionBody) -> bool) -> Option<&StepDecision> {
        self.latest_effective(|decision| wanted(&decision.body))
    }

    /// Of the decisions wanted the one whose word counts. Among rivals: the first that was accepted, or
    /// what had followed it by the time a rival came.
    pub(super) fn latest_effective(&self, wanted: impl Fn(&StepDecision) -> bool) -> Option<&StepDecision> {
        self.decisions
            .iter()
            .filter(|decision| wanted(decision))
            .filter_map(|decision| match decision.standing {
                Standing::Effective { since, .. } => Some((since, decision)),
                Standing::Rival | Standing::NotKept => None,
            })
            .max_by_key(|(since, _)| *since)
            .map(|(_, decision)| decision)
    }

    /// The risk review in force, with who made it.
    pub fn risk_decision(&self) -> Option<&StepDecision> {
        self.in_force(|body| matches!(body, DecisionBody::Risk(_)))
    }

    pub fn risk(&self) -> Option<&RiskReview> {
        match &self.risk_decision()?.body {
            DecisionBody::Risk(review) => Some(review),
            _ => None,
        }
    }

    pub fn band(&self) -> Option<Band> {
        self.risk().map(RiskReview::band)
    }

    /// The notification decision in force, with who made it.
    pub fn notification_decision(&self) -> Option<&StepDecision> {
        self.in_force(|body| matches!(body, DecisionBody::Notification(_)))
    }

    /// What the server would have suggested otherwise about the decision in force. It stands until somebody decides again:
    /// the new decision answers it.
    pub fn second_look(&self) -> Option<&SecondLook> {
        self.notification_decision().filter(|_| self.state.is_live())?.second.as_ref()
    }

    pub fn notification(&self) -> Option<&Notification> {
        match &self.notification_decision()?.body {
            DecisionBody::Notification(decision) => Some(decision),
            _ => None,
        }
    }

    /// The assessment in force, revisions left out.
    pub fn assessment(&self) -> Option<&StepDecision> {
        self.in_force(|body| matches!(body, DecisionBody::Notification(decision) if !decision.revises))
    }

    /// The end of step 4 in force.
    pub fn action_decision(&self) -> Option<&StepDecision> {
        self.in_force(|body| matches!(body, DecisionBody::Finished(_) | DecisionBody::NoAction { .. }))
    }

    pub fn outcome_decision(&self) -> Option<&StepDecision> {
        self.in_force(|body| matches!(body, DecisionBody::Outcome(_)))
    }

    pub fn outcome(&self) -> Option<&OutcomeReview> {
        match &self.outcome_decision()?.body {
            DecisionBody::Outcome(review) => Some(review),
            _ => None,
        }
    }

    /// The latest outcome since step 5 was last entered.
    pub fn current_outcome(&self) -> Option<(&StepDecision, &OutcomeReview)> {
        let decision = self.outcome_decision().filter(|decision| decision.version > self.outcome_entered)?;
        match &decision.body {
            DecisionBody::Outcome(review) => Some((decision, review)),
            _ => None,
        }
    }

    /// The result at 90 days is recorded and is good: the record waits only for somebody to finish it. Its state is
    /// still that of step 5. A result of no change or worse goes back to step 4.
    pub fn waits_to_be_finished(&self) -> bool {
        if self.state != State::AwaitingOutcome || !self.conflicts.is_empty() {
            return false;
        }
        let Some((decision, review)) = self.current_outcome() else { return false };
        let at_90_days = self
            .outcome_since
            .is_some_and(|entered| decision.at >= days_after(entered, crate::due::SECOND_REVIEW_DAYS));
        review.verdict == "sustained" || (review.verdict == "improved" && at_90_days)
    }

    /// Step 2 says that this is a near miss.
    pub fn is_confirmed(&self) -> bool {
        self.risk().is_some_and(|review| review.confirms_near_miss == Some(true))
    }

    /// Counts for patterns. Source: model.md section 2.
    pub fn is_in_play(&self) -> bool {
        let Some(spec) = self.spec() else { return false };
        if !self.state.is_live() {
            return false;
        }
        if !spec.needs_confirmation {
            return true;
        }
        self.kind != Kind::Unclassified
            && (self.is_confirmed() || self.imported.is_some() || (spec.rules.in_play_unconfirmed)(self.kind))
    }

    pub fn counts_as_near_miss(&self, settings: &Settings) -> bool {
        self.is_in_play() && self.kind.counts_as_near_miss(settings)
    }

    /// Why the record is urgent now, in the order of model.md section 7. Answers: see decision 012.
    /// None for the past, unless somebody opens it again.
    pub fn urgent_reasons(&self) -> Vec<UrgentReason> {
        if self.imported.is_some() && !self.state.is_open() {
            return Vec::new();
        }
        let own = self.spec().and_then(|spec| (spec.rules.urgent)(&self.facts));
        let mut reasons: Vec<UrgentReason> = [
            (self.kind == Kind::Incident, UrgentReason::Incident),
            (self.kind == Kind::RestrictivePractice, UrgentReason::RestrictivePractice),
            (self.facts.code("concern") == Some("very"), UrgentReason::ConcernVery),
            (self.band() == Some(Band::Extreme), UrgentReason::BandExtreme),
        ]
        .into_iter()
        .filter_map(|(holds, reason)| holds.then_some(reason))
        .chain(self.notification().into_iter().flat_map(Notification::grave_answers))
        .chain(own)
        .collect();
        reasons.sort_unstable();
        reasons
    }

    pub fn is_urgent(&self) -> bool {
        self.urgent_since.is_some()
    }

    /// Decisions of the same step from other devices that the author of this event had not seen.
    pub fn rivals_of<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a StepDecision> {
        let step = verbs::find(&event.verb).and_then(|spec| spec.decides);
        self.decisions.iter().filter(move |known| {
            Some(known.step) == step
                && !known.revises()
                && self.state.is_live()
                && known.standing != Standing::NotKept
                && known.device != event.device
                && known.version > event.seen
        })
    }

    pub fn decision_of(&self, event: &str) -> Option<&StepDecision> {
        self.decisions.iter().find(|decision| &*decision.id == event)
    }

    pub fn action(&self, id: &str) -> Option<&Action> {
        self.actions.iter().find(|action| &*action.id == id)
    }

    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| !question.returned && question.answer.is_none())
    }

    /// Open questions that somebody waits for. What was asked before the record was closed may still be answered, but
    /// nobody waits for it.
    pub fn pressing_questions(&self) -> impl Iterator<Item = &Question> {
        let closed_at = self.closed_at.filter(|_| self.state == State::Closed);
        self.open_questions().filter(move |question| closed_at.is_none_or(|closed| question.at > closed))
    }

    /// The question that the record went back with, while it waits for the reporter.
    pub fn return_question(&self) -> Option<&Question> {
        self.questions.iter().rev().find(|question| question.returned && question.answer.is_none())
    }

    pub fn is_sent(&self, body: &str) -> bool {
        self.sent.iter().any(|sent| sent.body == body)
    }

    /// Bodies that must be told by the decision in force and have not been.
    pub fn unsent_bodies(&self) -> impl Iterator<Item = &str> {
        let bodies = self.notification().map(|decision| &decision.bodies);
        bodies
            .into_iter()
            .flatten()
            .filter(|(body, decision)| decision.needed && !self.is_sent(body))
            .map(|(body, _)| body.as_str())
    }

    /// No done action of the record is stronger or intermediate; also when there are none.
    pub fn is_weak_only(&self) -> bool {
        !self.actions.iter().any(|action| action.done.is_some() && action.strength != "weaker")
    }

    pub fn event(&self, id: &str) -> Option<&Received> {
        self.events.iter().find(|received| &*received.event.id == id).map(|received| &**received)
    }

    /// Ids of the two or more decisions of a step that wait to be settled.
    pub fn conflict(&self, step: u8) -> &[EventId] {
        self.conflicts.get(&step).map(Vec::as_slice).unwrap_or_default()
    }
}

impl StepDecision {
    pub fn revises(&self) -> bool {
        matches!(&self.body, DecisionBody::Notification(decision) if decision.revises)
    }
}

impl super::Outage {
    /// Ran for more than 24 elapsed hours, or has no known end and has run so long by `now`.
    /// Source: model.md section 11.4.
    pub fn is_over_24h(&self, now: Instant) -> bool {
        self.ended_at.unwrap_or(now) > hours_after(self.started_at, 24)
    }

    /// Electricity, gas, water or sewerage; everything else counts as a safety device.
    pub fn is_utility(&self) -> bool {
        vocabulary::OUTAGE_WHAT.find(&self.what).and_then(|code| code.fact("group")) == Some("utility")
    }
}
