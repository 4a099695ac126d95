//! What a registered manager reads about an entry that the rules set aside: why, and what the manager can do. The
//! sentence of the code itself speaks to whoever wrote the entry.

use super::Code;

/// In place of the reason, for an entry whose author must not be known: the reason alone would tell who it was.
pub const IN_CONFIDENCE: &str = "in_confidence";
pub const IN_CONFIDENCE_SENTENCE: &str =
    "It could not be used as it came. Read it, and record again what is missing.";

impl Code {
    pub fn for_manager(self) -> &'static str {
        match self {
            Code::IdReused => {
                "The same entry had come before with other words, and those stand. Compare them, and record again what is missing."
            }
            Code::RecordUnknown => {
                "The record that it is about has not arrived. Ask the writer, and record again what is missing."
            }
            Code::AuditUnknown => {
                "The audit that it is about has not arrived. Open the audit, and do this again if it is still needed."
            }
            Code::AlertUnknown => {
                "The alert that it is about is not there any more. Look at the alerts, and do this again if it is still needed."
            }
            Code::ActionUnknown => {
                "The action that it is about has not arrived. Look at the record, and do this again if it is still needed."
            }
            Code::OutageUnknown => {
                "The outage that it is about has not arrived. Look at the record, and do this again if it is still needed."
            }
            Code::QuestionUnknown => {
                "The question that it is about has not arrived. Look at the record, and add a note if it is still needed."
            }
            Code::NoRoleAtSite => {
                "The writer had no role at this site on that date. Give the role under Manage, Staff, or record it again."
            }
            Code::TokenWrong => {
                "It adds to a report without a name, and only the device that sent that report can. Read it, and add a note to the record if it matters."
            }
            Code::ReadOnlyRole => {
                "The role of the writer can read but not change records. Ask the writer, and record again what is missing."
            }
            Code::RoleNotAllowed => {
                "The role of the writer does not do this step. Look at the record, and have the step done by the person who does it."
            }
            Code::NotTheReporter => {
                "Only the person who reported the record can do this, and the writer did not. Add a note to the record if it matters."
            }
            Code::RoleEnded => {
                "The role of the writer had ended before this arrived. Look at the record, and do this again if it is still needed."
            }
            Code::WrongState => {
                "The record had moved on, so this step was not open any more. Look at the record, and do what is still missing."
            }
            Code::ConflictOpen => {
                "Two people had decided this step without seeing each other, and nobody had chosen yet. Choose one, then do this again if it is still needed."
            }
            Code::MissingField => {
                "Something that is needed was missing. Ask the writer, and record it again."
            }
            Code::UnknownCode => {
                "One of the answers is not on the list. Ask the writer, and record it again."
            }
            Code::BadValue => "A date, time or number did not fit. Ask the writer, and record it again.",
            Code::RecordExists => {
                "This record had already been made by another report. Record this one again as a new one."
            }
            Code::FactsContradict => {
                "Two answers did not fit together: what happened, and who it reached. Ask the writer, and record it again."
            }
            Code::OccurredInFuture => {
                "The time it happened was in the future. Ask the writer when it was, and record it again."
            }
            Code::FieldNotAmendable => {
                "This answer could no longer be changed. Add a note to the record instead."
            }
            Code::QuestionAnswered => {
                "This question had an answer already. Add a note to the record if this one says more."
            }
            Code::FactsUnsure => {
                "It was not clear if it reached somebody. Ask the reporter, or correct the facts, then do this step again."
            }
            Code::WorstBelowMostLikely => {
                "The worst result was milder than the most likely one. Ask the writer, and have the risk looked at again."
            }
            Code::OutcomeNotAllowed => {
                "A changed decision cannot be to ask for advice first. Look at the decision, and change it if it is needed."
            }
            Code::SentInFuture => {
                "The time at which they were told was in the future. Ask the writer, and record again when they were told."
            }
            Code::OwnerUnknown => {
                "The person chosen for this action does not work at this site. Plan the action again with somebody who does."
            }
            Code::DueInPast => "The date to do the action by had passed. Plan it again with a later date.",
            Code::ActionDone => {
                "The action was done already. Look at the record, and add a note if this says more."
            }
            Code::DoneInFuture => {
                "The date on which it was done was in the future. Ask the writer, and mark it as done again."
            }
            Code::ActionNotDone => {
                "The action was not done yet, so it could not be checked. Have it checked when it is done."
            }
            Code::VerifierMustDiffer => {
                "The writer did the work and cannot check it. Have it checked by somebody else."
            }
            Code::NoActions => "There was no action yet. Add one, or say why no action is needed.",
            Code::ActionsOpen => "Some actions were not done. Have them finished, then finish this step.",
            Code::NotVerified => {
                "Some repairs were not checked. Have them checked by another person, then finish this step."
            }
            Code::EvidenceMissing => {
                "It did not say how anybody knows that it is better. Record the result again, with the evidence."
            }
            Code::UrgentNeedsManager => {
                "The record is urgent, so only you can take it back. Look at the record, and decide."
            }
            Code::DuplicateOfSelf => {
                "It marks the record as a duplicate of itself. Look at the record, and choose the other one."
            }
            Code::OtherSite => {
                "The other record belongs to another site. Look at the record, and choose one of this site."
            }
            Code::DuplicateChain => {
                "The other record was itself taken back or is a duplicate. Choose the record that stays."
            }
            Code::StartedInFuture => {
                "The start was in the future. Ask the writer when it was, and record it again."
            }
            Code::OutageEnded => {
                "This outage had an end already. Look at the record, and add a note if this says more."
            }
            Code::EndBeforeStart => {
                "The end was before the start. Ask the writer when it was, and record it again."
            }
            Code::EndedInFuture => {
                "The end was in the future. Ask the writer when it was, and record it again."
            }
            Code::NoConflict => "There was nothing to choose any more for this step. Look at the record.",
            Code::KeepUnknown => {
                "It chose none of the decisions that there were. Look at the record, and choose one."
            }
            Code::PeriodNotOver => {
                "The period of this audit was not over yet. Open the audit after its last day."
            }
            Code::AuditExists => "This audit was open already. Look at it, and add what is missing.",
            Code::AuditSigned => {
                "This audit was signed already and can no longer be changed. Look at it, and add what is missing to the next one."
            }
            Code::NotInSample => "The record is not in the sample of this audit. Look at the audit.",
            Code::NoteMissing => {
                "The answer was no, and a note was missing. Ask the writer, and answer the question again."
            }
            Code::AuditIncomplete => {
                "Some questions of this audit had no answer yet. Have them answered, then have it signed."
            }
            Code::OversightExists => "This period was signed already. Look at it.",
            Code::AuditsUnsigned => {
                "An audit of this period was not signed. Have it signed first, or say why not."
            }
            Code::AlertSettled => "This alert was settled already. Look at the alert.",
            Code::UntilOutOfRange => {
                "It let the alert wait for more than 28 days. Look at the alert, and choose an earlier date."
            }
            Code::QuestionUnanswered => "A question had no answer. Decide again who must be told.",
            Code::ReclassifyFirst => {
                "The answer about harm did not fit the report. Correct the facts of the report, then decide again who must be told."
            }
            Code::BodyUndecided => {
                "It did not say of one of the bodies to think about if they must be told. Decide again who must be told."
            }
            Code::BodyReasonMissing => {
                "It decided differently from what was suggested, and did not say why. Decide again who must be told."
            }
            Code::OutcomeContradictsBodies => {
                "The decision did not fit the list of who must be told. Decide again who must be told."
            }
            Code::ReasonMissing => {
                "A reason was needed and was missing. Ask the writer, and do this again if it is still needed."
            }
            Code::NotSentYet => {
                "Somebody who must be told had not been told. Tell them and record when, then do this again."
            }
            Code::DecisionStale => {
                "The facts had changed after the decision. Decide again who must be told first."
            }
            Code::OutageRunning => {
                "Something was still switched off. Record when it ended, then do this again."
            }
            Code::VerdictNeeded => {
                "Nobody had said if it worked. Record the result, or finish the record with a reason."
            }
            Code::WeakOnlyNeedsReason => {
                "It came back, and only weaker actions were taken. Say why a stronger one was not possible, or plan one."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manager did not write it: "your role" would be about the wrong person.
    #[test]
    fn no_sentence_speaks_to_the_writer() {
        for code in Code::ALL {
            let sentence = code.for_manager().to_lowercase();
            let words: Vec<&str> = sentence.split(|letter: char| !letter.is_alphabetic()).collect();
            assert!(!words.contains(&"your"), "{code}: {sentence}");
            assert!(
                !sentence.contains("registered manager") && !sentence.contains("try again"),
                "{code}: {sentence}"
            );
            assert!(
                sentence.ends_with('.') && sentence.matches(". ").count() == 1,
                "why, and what to do: {sentence}"
            );
        }
    }
}
