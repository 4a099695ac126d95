//! The verbs: their fields, and who may use each of them in which states.
//! This is the transition table (role x state x verb). Source: model.md section 6; `ask_manager` and
//! `answer_provider` are of docs/decisions/015.

mod fields;

use crate::{
    fields::Field,
    pathway::{
        Party::{self, ActionOwner, AlertLead, Anonymous, AnyDoer, Doers, Holder, Reporter, Staff},
        Permit, State, States, permit,
    },
    roles::{
        Role::{Administrator, DeputyManager, Provider, RegisteredManager, Senior},
        Roles,
    },
};
pub use fields::{IMPORT_PAST, PHOTOS, PLAN, REPORT};

#[derive(Debug)]
pub struct VerbSpec {
    pub name: &'static str,
    pub fields: &'static [Field],
    pub permits: &'static [Permit],
    /// The step of which this is a decision in the sense of conflicts (model.md section 12.4).
    pub decides: Option<u8>,
    /// The step that this completes, for the mark `stepped_in`; 1 for resubmit.
    pub completes: Option<u8>,
    /// Refused while two decisions of the record rival each other.
    pub waits_for_conflict: bool,
    /// About a site, not about one record.
    pub of_site: bool,
}

const S2: States = States::of(&[State::AwaitingRiskReview]);
const S3: States = States::of(&[State::AwaitingNotificationDecision]);
const S4: States = States::of(&[State::AwaitingAction]);
const S5: States = States::of(&[State::AwaitingOutcome]);
const R: States = States::of(&[State::Returned]);
const S2_R: States = States::of(&[State::AwaitingRiskReview, State::Returned]);
const AFTER_3: States = States::of(&[State::AwaitingAction, State::AwaitingOutcome, State::Closed]);
const ENDED: States = States::of(&[State::Closed, State::Withdrawn, State::Duplicate]);

const fn verb(name: &'static str, fields: &'static [Field], permits: &'static [Permit]) -> VerbSpec {
    VerbSpec {
        name,
        fields,
        permits,
        decides: None,
        completes: None,
        waits_for_conflict: false,
        of_site: false,
    }
}

const fn decision(step: u8, spec: VerbSpec) -> VerbSpec {
    VerbSpec { decides: Some(step), completes: Some(step), waits_for_conflict: true, ..spec }
}

const fn site_verb(name: &'static str, fields: &'static [Field], permits: &'static [Permit]) -> VerbSpec {
    VerbSpec { of_site: true, ..verb(name, fields, permits) }
}

pub static VERBS: &[VerbSpec] = &[
    verb("report", fields::REPORT, &[permit(Staff, States::ANY), permit(Anonymous, States::ANY)]),
    // Not in model.md: see decision 013.
    verb(
        "import_past",
        fields::IMPORT_PAST,
        &[permit(Holder(RegisteredManager), States::ANY), permit(Holder(Administrator), States::ANY)],
    ),
    verb("amend", fields::AMEND, &[permit(Reporter, S2_R), permit(AnyDoer, States::OPEN)]),
    verb("add_note", fields::NOTE, &[permit(Staff, States::ANY), permit(Reporter, States::ANY)]),
    verb("ask", fields::TEXT, &[permit(AnyDoer, States::LIVE)]),
    verb("answer", fields::ANSWER, &[permit(Reporter, States::LIVE)]),
    decision(2, verb("review_risk", fields::REVIEW_RISK, &[permit(Doers(2), S2)])),
    decision(2, verb("return_for_correction", fields::QUESTION, &[permit(Doers(2), S2)])),
    VerbSpec {
        completes: Some(1),
        ..verb(
            "resubmit",
            fields::RESUBMIT,
            &[permit(Reporter, R), permit(Holder(DeputyManager), R), permit(Holder(RegisteredManager), R)],
        )
    },
    decision(3, verb("assess_notification", fields::ASSESS, &[permit(Doers(3), S3)])),
    VerbSpec {
        completes: Some(3),
        waits_for_conflict: true,
        ..verb("revise_notification", fields::ASSESS, &[permit(Doers(3), AFTER_3)])
    },
    verb(
        "record_sent",
        fields::RECORD_SENT,
        &[
            permit(Holder(RegisteredManager), States::LIVE),
            permit(Holder(DeputyManager), States::LIVE),
            permit(Holder(Provider), States::LIVE),
        ],
    ),
    verb("plan_action", fields::PLAN_ACTION, &[permit(Doers(4), S4)]),
    verb("complete_action", fields::COMPLETE_ACTION, &[permit(ActionOwner, S4), permit(Doers(4), S4)]),
    verb("verify_action", fields::VERIFY_ACTION, &[permit(Doers(4), S4), permit(Holder(Senior), S4)]),
    decision(4, verb("finish_actions", fields::FINISH_ACTIONS, &[permit(Doers(4), S4)])),
    decision(4, verb("no_action_needed", fields::NO_ACTION, &[permit(Doers(4), S4)])),
    decision(5, verb("record_outcome", fields::RECORD_OUTCOME, &[permit(Doers(5), S5)])),
    VerbSpec {
        completes: Some(5),
        waits_for_conflict: true,
        ..verb("close", fields::CLOSE, &[permit(Doers(5), S5)])
    },
    verb(
        "reopen",
        fields::REASON,
        &[permit(Holder(DeputyManager), ENDED), permit(Holder(RegisteredManager), ENDED)],
    ),
    verb(
        "withdraw",
        fields::REASON,
        &[permit(Reporter, S2_R), permit(Holder(RegisteredManager), States::OPEN)],
    ),
    verb("mark_duplicate", fields::MARK_DUPLICATE, &[permit(Doers(2), States::OPEN)]),
    verb("link", fields::LINK, &[permit(AnyDoer, States::ANY)]),
    verb("tell_reporter", fields::TEXT, &[permit(AnyDoer, States::ANY)]),
    verb("add_feedback", fields::ADD_FEEDBACK, &[permit(AnyDoer, States::LIVE)]),
    verb("start_outage", fields::START_OUTAGE, &[permit(Staff, States::OPEN)]),
    verb("end_outage", fields::END_OUTAGE, &[permit(Staff, States::LIVE)]),
    verb("resolve", fields::RESOLVE, &[permit(Holder(RegisteredManager), States::LIVE)]),
    site_verb("open_audit", fields::PERIOD, &[permit(Holder(RegisteredManager), States::ANY)]),
    site_verb(
        "answer_audit",
        fields::ANSWER_AUDIT,
        &[permit(Holder(RegisteredManager), States::ANY), permit(Holder(DeputyManager), States::ANY)],
    ),
    site_verb("sign_audit", fields::SIGN_AUDIT, &[permit(Holder(RegisteredManager), States::ANY)]),
    site_verb("sign_oversight", fields::SIGN_OVERSIGHT, &[permit(Holder(Provider), States::ANY)]),
    site_verb("ask_manager", fields::ASK_MANAGER, &[permit(Holder(Provider), States::ANY)]),
    site_verb(
        "answer_provider",
        fields::ANSWER,
        &[permit(Holder(RegisteredManager), States::ANY), permit(Holder(DeputyManager), States::ANY)],
    ),
    site_verb(
        "record_denominator",
        fields::DENOMINATOR,
        &[
            permit(Holder(RegisteredManager), States::ANY),
            permit(Holder(DeputyManager), States::ANY),
            permit(Holder(Administrator), States::ANY),
        ],
    ),
    site_verb("link_alert", fields::LINK_ALERT, ALERT_PARTIES),
    site_verb("dismiss_alert", fields::DISMISS_ALERT, &[permit(Holder(RegisteredManager), States::ANY)]),
    site_verb("snooze_alert", fields::SNOOZE_ALERT, ALERT_PARTIES),
    site_verb("share_story", fields::SHARE_STORY, TELLERS),
    site_verb("unshare_story", fields::UNSHARE_STORY, TELLERS),
    site_verb("finish_practice", fields::FINISH_PRACTICE, &[permit(Staff, States::ANY)]),
];

const TELLERS: &[Permit] =
    &[permit(Holder(DeputyManager), States::ANY), permit(Holder(RegisteredManager), States::ANY)];

const ALERT_PARTIES: &[Permit] = &[
    permit(Holder(RegisteredManager), States::ANY),
    permit(Holder(DeputyManager), States::ANY),
    permit(AlertLead, States::ANY),
];

/// The verb of that name, or `None` for one that a newer app made.
pub fn find(name: &str) -> Option<&'static VerbSpec> {
    VERBS.iter().find(|spec| spec.name == name)
}

impl VerbSpec {
    /// Its event makes a record, instead of being about one.
    pub fn makes_record(&self) -> bool {
        matches!(self.name, "report" | "import_past")
    }

    /// Whoever holds one of these roles may use it, in some state, about any record or site where they hold it.
    pub fn is_for(&self, roles: Roles) -> bool {
        self.permits.iter().any(|permit| matches!(permit.party, Party::Holder(role) if roles.has(role)))
    }

    /// Only the reporter may use it, in any state.
    pub fn is_the_reporters(&self) -> bool {
        self.permits.iter().all(|permit| permit.party == Party::Reporter)
    }
}
