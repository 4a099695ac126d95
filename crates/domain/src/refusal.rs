//! Why something was refused: a stable code, and one plain sentence that says what to do.

mod for_manager;

pub use for_manager::{IN_CONFIDENCE, IN_CONFIDENCE_SENTENCE};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A refusal: nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .code.sentence())]
pub struct Refusal {
    pub code: Code,
    /// The field at fault, where one field is at fault.
    pub field: Option<String>,
}

impl Refusal {
    pub fn new(code: Code) -> Self {
        Self { code, field: None }
    }

    pub fn of(code: Code, field: impl Into<String>) -> Self {
        Self { code, field: Some(field.into()) }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal::new(code)
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $sentence:literal)*) => {
        /// Stable refusal codes. Source: model.md sections 1.3, 6, 8.3, 10 and 12.3.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[serde(rename = $text)] $variant,)*
        }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// What staff read: what is wrong and what to do.
            pub fn sentence(self) -> &'static str {
                match self { $(Code::$variant => $sentence,)* }
            }
        }
    };
}

codes! {
    IdReused "id_reused" "This was already sent with other words. Record it again as a new entry."
    RecordUnknown "record_unknown" "This record is not known here yet. Wait until this device has updated, then try again."
    AuditUnknown "audit_unknown" "This audit is not known here yet. Wait until this device has updated, then try again."
    AlertUnknown "alert_unknown" "This alert is not known here yet. Wait until this device has updated, then try again."
    ActionUnknown "action_unknown" "This action is not known here yet. Wait until this device has updated, then try again."
    OutageUnknown "outage_unknown" "This outage is not known here yet. Wait until this device has updated, then try again."
    QuestionUnknown "question_unknown" "This question is not known here yet. Wait until this device has updated, then try again."
    NoRoleAtSite "no_role_at_site" "You have no role at this site on this date. Ask your manager to give you one."
    TokenWrong "token_wrong" "Only the device that sent this report without a name can add to it."
    ReadOnlyRole "read_only_role" "Your role can read but not change records."
    RoleNotAllowed "role_not_allowed" "Your role does not do this step. Ask the person who does."
    NotTheReporter "not_the_reporter" "Only the person who reported this can do that."
    WrongState "wrong_state" "The record has moved on, so this step is not open now. Look at the record again."
    MissingField "missing_field" "Something that is needed is missing. Answer it and try again."
    UnknownCode "unknown_code" "One of the answers is not on the list. Choose an answer from the list."
    BadValue "bad_value" "A date, time or number does not fit. Check it and try again."
    RecordExists "record_exists" "This record was already made by another report. Record it again as a new one."
    FactsContradict "facts_contradict" "Two answers do not fit together. Check what happened and who it reached."
    OccurredInFuture "occurred_in_future" "The time it happened is in the future. Choose an earlier time."
    FieldNotAmendable "field_not_amendable" "This answer can no longer be changed. Add a note instead."
    QuestionAnswered "question_answered" "This question already has an answer. Add a note instead."
    ConflictOpen "conflict_open" "Two people decided this step without seeing each other. The Registered Manager must choose one first."
    FactsUnsure "facts_unsure" "It is not clear yet if it reached somebody. Ask the reporter, or correct the facts first."
    WorstBelowMostLikely "worst_below_most_likely" "The worst result cannot be milder than the most likely one. Check both answers."
    OutcomeNotAllowed "outcome_not_allowed" "A changed decision cannot be \"Ask for advice first\". Choose another decision."
    SentInFuture "sent_in_future" "The time you told them is in the future. Choose an earlier time."
    OwnerUnknown "owner_unknown" "The person chosen for this action does not work at this site. Choose somebody who does."
    DueInPast "due_in_past" "The date to do this by has passed. Choose today or a later date."
    ActionDone "action_done" "This action is already done."
    DoneInFuture "done_in_future" "The date it was done is in the future. Choose today or an earlier date."
    ActionNotDone "action_not_done" "This action is not done yet, so it cannot be checked."
    VerifierMustDiffer "verifier_must_differ" "Somebody else must check this. The person who did it cannot check their own work."
    NoActions "no_actions" "There is no action yet. Add one, or say why no action is needed."
    ActionsOpen "actions_open" "Some actions are not done. Finish them first."
    NotVerified "not_verified" "Some repairs are not checked. Another person must check them first."
    EvidenceMissing "evidence_missing" "Say how you know that it is better: choose at least one kind of evidence."
    UrgentNeedsManager "urgent_needs_manager" "This record is urgent. Only the Registered Manager can take it back."
    DuplicateOfSelf "duplicate_of_self" "A record cannot be a duplicate of itself. Choose another record."
    OtherSite "other_site" "The other record belongs to another site. Choose a record of this site."
    DuplicateChain "duplicate_chain" "The other record was itself taken back or is a duplicate. Choose the record that stays."
    StartedInFuture "started_in_future" "The start is in the future. Choose an earlier time."
    OutageEnded "outage_ended" "This outage already has an end."
    EndBeforeStart "end_before_start" "The end is before the start. Choose a later time."
    EndedInFuture "ended_in_future" "The end is in the future. Choose an earlier time."
    NoConflict "no_conflict" "There is nothing to settle for this step."
    KeepUnknown "keep_unknown" "That is not one of the decisions to choose from. Choose one of those shown."
    PeriodNotOver "period_not_over" "This period is not over yet. Open the audit after its last day."
    AuditExists "audit_exists" "This audit is already open."
    AuditSigned "audit_signed" "This audit is signed and can no longer be changed."
    NotInSample "not_in_sample" "This record is not in the sample of this audit."
    NoteMissing "note_missing" "The answer is no, so a note is needed. Say what was missing."
    AuditIncomplete "audit_incomplete" "Some questions of this audit have no answer yet. Answer them before you sign."
    OversightExists "oversight_exists" "This period is already signed."
    AuditsUnsigned "audits_unsigned" "An audit of this period is not signed. Say why in a note, or ask for the audit first."
    AlertSettled "alert_settled" "This alert is already settled."
    UntilOutOfRange "until_out_of_range" "An alert can wait for at most 28 days. Choose an earlier date."
    QuestionUnanswered "question_unanswered" "A question has no answer yet. Answer every question."
    ReclassifyFirst "reclassify_first" "Your answer about harm does not fit the report. Correct the facts of the report first."
    BodyUndecided "body_undecided" "For one of the bodies to think about, say if they must be told, and why."
    BodyReasonMissing "body_reason_missing" "You decided differently from the suggestion, or about a body to think about. Say why."
    OutcomeContradictsBodies "outcome_contradicts_bodies" "The decision does not fit the list of who must be told. Change one of them."
    ReasonMissing "reason_missing" "A reason is needed. Say why."
    NotSentYet "not_sent_yet" "Somebody who must be told has not been told. Record when you told them first."
    DecisionStale "decision_stale" "The facts changed after the decision. Look at who must be told again first."
    OutageRunning "outage_running" "Something is still switched off. Record when it ended first."
    VerdictNeeded "verdict_needed" "Say if it worked first, or ask the Registered Manager to close with a reason."
    WeakOnlyNeedsReason "weak_only_needs_reason" "This came back, and only weaker actions were taken. Say why a stronger one was not possible."
    RoleEnded "role_ended" "Your role ended before this arrived. It is kept, and the Registered Manager can see it."
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl std::str::FromStr for Code {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text).ok_or(())
    }
}
