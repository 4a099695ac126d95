//! The five steps: the states a record waits in, and which parties may use a verb in which states.
//! Declarative: the table itself is in `verbs`. Source: model.md sections 4 to 6.

use crate::roles::Role;

/// Where a record waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum State {
    AwaitingRiskReview,
    AwaitingNotificationDecision,
    AwaitingAction,
    AwaitingOutcome,
    Closed,
    Returned,
    Withdrawn,
    Duplicate,
}

impl State {
    pub const ALL: [State; 8] = [
        State::AwaitingRiskReview,
        State::AwaitingNotificationDecision,
        State::AwaitingAction,
        State::AwaitingOutcome,
        State::Closed,
        State::Returned,
        State::Withdrawn,
        State::Duplicate,
    ];

    pub fn code(self) -> &'static str {
        match self {
            State::AwaitingRiskReview => "awaiting_risk_review",
            State::AwaitingNotificationDecision => "awaiting_notification_decision",
            State::AwaitingAction => "awaiting_action",
            State::AwaitingOutcome => "awaiting_outcome",
            State::Closed => "closed",
            State::Returned => "returned",
            State::Withdrawn => "withdrawn",
            State::Duplicate => "duplicate",
        }
    }

    pub fn is_open(self) -> bool {
        States::OPEN.has(self)
    }

    /// Neither withdrawn nor duplicate.
    pub fn is_live(self) -> bool {
        States::LIVE.has(self)
    }

    /// The step that the record waits for: 1 while it is back with the reporter, none once it has ended.
    pub fn step(self) -> Option<u8> {
        match self {
            State::Returned => Some(1),
            State::AwaitingRiskReview => Some(2),
            State::AwaitingNotificationDecision => Some(3),
            State::AwaitingAction => Some(4),
            State::AwaitingOutcome => Some(5),
            State::Closed | State::Withdrawn | State::Duplicate => None,
        }
    }
}

/// A set of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct States(u8);

impl States {
    pub const ANY: States = States(0xff);
    pub const OPEN: States = States::of(&[
        State::AwaitingRiskReview,
        State::AwaitingNotificationDecision,
        State::AwaitingAction,
        State::AwaitingOutcome,
        State::Returned,
    ]);
    pub const LIVE: States = States(States::OPEN.0 | 1 << State::Closed as u8);

    pub const fn of(states: &[State]) -> States {
        let mut set = 0;
        let mut index = 0;
        while index < states.len() {
            set |= 1 << states[index] as u8;
            index += 1;
        }
        States(set)
    }

    pub const fn has(self, state: State) -> bool {
        self.0 & (1 << state as u8) != 0
    }
}

/// Somebody who may use a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// Any role except inspector and commissioner.
    Staff,
    /// Nobody in particular; only for a new report.
    Anonymous,
    /// The author of the record's report, by token where the report is anonymous.
    Reporter,
    /// The owner of a step, the registered manager, and for steps 2, 4 and 5 the deputy manager.
    Doers(u8),
    /// The doers of any step from 2 to 5 of the category.
    AnyDoer,
    Holder(Role),
    /// The owner of the action that is named.
    ActionOwner,
    /// The lead to whom the alert that is named goes.
    AlertLead,
}

/// One line of the transition table.
#[derive(Debug)]
pub struct Permit {
    pub party: Party,
    pub states: States,
}

pub const fn permit(party: Party, states: States) -> Permit {
    Permit { party, states }
}
