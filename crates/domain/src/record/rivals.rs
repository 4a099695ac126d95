//! Two people decided the same step without seeing each other: what waits for the choice.

use super::{Band, DecisionBody, Notification, Record, StepDecision};

/// Questions of step 3 that make a record urgent where the answer is not "no". Source: model.md section 7.
const GRAVE: [&str; 3] = ["death", "abuse", "police"];

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
                GRAVE.iter().any(|question| said.fears(question))
                    || said.bodies.values().any(|body| body.needed)
            }
            _ => false,
        })
    }
}

impl Notification {
    /// The answer is yes, or nobody is sure.
    pub fn fears(&self, question: &str) -> bool {
        self.answers.get(question).is_some_and(|answer| answer == "y" || answer == "unsure")
    }
}
