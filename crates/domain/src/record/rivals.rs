//! Two people decided the same step without seeing each other: what waits for the choice.

use super::{Band, DecisionBody, Notification, Record, StepDecision, UrgentReason};

/// Questions of step 3 that make a record urgent where the answer is not "no". Source: model.md section 7.
const GRAVE: [(&str, UrgentReason); 3] = [
    ("death", UrgentReason::AnswerDeath),
    ("abuse", UrgentReason::AnswerAbuse),
    ("police", UrgentReason::AnswerPolice),
];

impl Record {
    /// Every decision that waits for the choice, in the order of arrival.
    pub fn rivals(&self) -> impl Iterator<Item = &StepDecision> {
        self.conflicts.values().flatten().filter_map(|id| self.decision_of(id))
    }

    /// Would one of them, if it is chosen, make the record urgent, or tell a body?
    pub fn has_grave_rival(&self) -> bool {
        self.rivals().any(|rival| match &rival.body {
            DecisionBody::Risk(review) => review.band() == Band::Extreme,
            DecisionBody::Notification(said) => {
                said.grave_answers().next().is_some() || said.bodies.values().any(|body| body.needed)
            }
            _ => false,
        })
    }
}

impl Notification {
    /// What makes a record urgent: the answer is yes, or nobody is sure. Decision 012.
    pub(super) fn grave_answers(&self) -> impl Iterator<Item = UrgentReason> {
        let fears = |question| self.answers.get(question).is_some_and(|said| said == "y" || said == "unsure");
        GRAVE.into_iter().filter(move |(question, _)| fears(*question)).map(|(_, reason)| reason)
    }
}
