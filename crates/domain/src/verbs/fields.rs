//! The fields of every verb. Source: model.md sections 3, 6 and 8.3.

use crate::{
    fields::{Field, Kind, ListOf, optional, required},
    vocabulary as list,
};

/// Step 1 fields of every category; each category adds its own.
pub const REPORT: &[Field] = &[
    required("category", Kind::Code(&list::CATEGORY)),
    required("happened", Kind::Code(&list::HAPPENED)),
    optional("reached", Kind::Code(&list::REACHED)),
    optional("harm", Kind::Code(&list::HARM)),
    optional("occurred_at", Kind::Instant),
    optional("unit", Kind::Listed(ListOf::Units)),
    optional("location", Kind::Listed(ListOf::Places)),
    optional("people", Kind::Texts),
    optional("text", Kind::Text),
    optional("concern", Kind::Code(&list::CONCERN)),
    optional("caught_by", Kind::Code(&list::CAUGHT_BY)),
    optional("defence", Kind::Code(&list::DEFENCE)),
    optional("immediate_actions", Kind::Texts),
    optional("shift", Kind::Code(&list::SHIFT)),
    optional("agency_present", Kind::Bool),
    optional("short_staffed", Kind::Bool),
    optional("good_catch", Kind::Bool),
    optional("identity", Kind::Code(&list::IDENTITY)),
];

/// Beside the step 1 fields: what the old list says of its end, and the row of the file that it comes from.
pub const IMPORT_PAST: &[Field] =
    &[optional("closed_note", Kind::Text), optional("source_row", Kind::Whole { min: 1, max: i64::MAX })];
pub const AMEND: &[Field] = &[required("changes", Kind::Changes), required("reason", Kind::Text)];
pub const RESUBMIT: &[Field] = &[optional("changes", Kind::Changes), optional("text", Kind::Text)];
pub const TEXT: &[Field] = &[required("text", Kind::Text)];
pub const QUESTION: &[Field] = &[required("question", Kind::Text)];
pub const ANSWER: &[Field] = &[required("question", Kind::Id), required("text", Kind::Text)];
/// Not in model.md: see decision 027. Beside the step 1 fields of a report, never among what is amended.
pub const PHOTOS: &[Field] = &[optional("photos", Kind::Photos)];
pub const NOTE: &[Field] = &[required("text", Kind::Text), optional("photos", Kind::Photos)];
pub const REASON: &[Field] = &[required("reason", Kind::Text)];

const ONE_TO_FIVE: Kind = Kind::Whole { min: 1, max: 5 };

pub const REVIEW_RISK: &[Field] = &[
    required("potential_most_likely", ONE_TO_FIVE),
    required("potential_worst", ONE_TO_FIVE),
    required("likelihood", ONE_TO_FIVE),
    optional("note", Kind::Text),
    optional("interim", Kind::Text),
    optional("factors", Kind::Codes(&list::FACTOR)),
    optional("confirms_near_miss", Kind::Code(&YES_NO)),
];

/// `confirms_near_miss` takes y or n, without the third answer of step 3.
pub static YES_NO: list::CodeList = list::CodeList {
    name: "yes_no",
    codes: &[
        list::Code { code: "y", label: "Yes", help: "", facts: &[] },
        list::Code { code: "n", label: "No", help: "", facts: &[] },
    ],
};

const BODY_DECISION: &[Field] = &[required("needed", Kind::Bool), optional("reason", Kind::Text)];

pub const ASSESS: &[Field] = &[
    required("answers", Kind::CodeMap(&list::QUESTION, &list::ANSWER)),
    required("outcome", Kind::Code(&list::NOTIFICATION_OUTCOME)),
    optional("reason", Kind::Text),
    optional("bodies", Kind::GroupMap(&list::BODY, BODY_DECISION)),
    optional("advice_from", Kind::Text),
    optional("wider_risk", Kind::Text),
    optional("finding", Kind::Text),
    // Worked out on the author's device and carried in the event; see `notification`.
    optional("suggests", Kind::CodeMap(&list::BODY, &list::SUGGESTION)),
    optional("rules", Kind::Text),
];

pub const RECORD_SENT: &[Field] = &[
    required("body", Kind::Code(&list::BODY)),
    required("sent_at", Kind::Instant),
    optional("reference", Kind::Text),
    optional("how", Kind::Text),
    // Where the proof is kept; not in model.md, and nothing is checked against it.
    optional("proof", Kind::Text),
];

pub const PLAN_ACTION: &[Field] = &[
    required("text", Kind::Text),
    required("owner", Kind::Staff),
    required("due", Kind::Date),
    required("strength", Kind::Code(&list::CONTROL_STRENGTH)),
    optional("kind", Kind::Code(&list::ACTION_KIND)),
    // Docs/decisions/016: the id of the first of several actions that are one, and what a repair waits for.
    optional("shared", Kind::Text),
    optional("contractor", Kind::Text),
    optional("waiting_for", Kind::Text),
    // The same: what was thought about one person's work before an action for that person.
    optional("just_culture", Kind::Code(&list::JUST_CULTURE)),
];

pub const COMPLETE_ACTION: &[Field] = &[
    required("action", Kind::Id),
    optional("done_on", Kind::Date),
    optional("evidence", Kind::Codes(&list::EVIDENCE_SOURCE)),
    optional("note", Kind::Text),
    // What shows that it is done; see decision 027.
    optional("photos", Kind::Photos),
];

pub const VERIFY_ACTION: &[Field] = &[
    required("action", Kind::Id),
    required("result", Kind::Code(&list::VERIFY_RESULT)),
    optional("note", Kind::Text),
];

/// A change to a support plan.
pub const PLAN: &[Field] = &[
    optional("section", Kind::Text),
    optional("version", Kind::Text),
    optional("changed", Kind::Date),
    optional("person_involved", Kind::Bool),
    optional("family_told", Kind::Bool),
    optional("stomp_flag", Kind::Bool),
];

pub const FINISH_ACTIONS: &[Field] = &[
    optional("factors", Kind::Codes(&list::FACTOR)),
    optional("plan", Kind::Group(PLAN)),
    optional("audit_sample", Kind::Text),
    optional("note", Kind::Text),
    // Docs/decisions/016: why, and why that, in order; and was one person's work looked at fairly.
    optional("whys", Kind::Texts),
    optional("just_culture", Kind::Code(&list::JUST_CULTURE)),
];

pub const NO_ACTION: &[Field] =
    &[required("reason", Kind::Text), optional("factors", Kind::Codes(&list::FACTOR))];

const COUNT: &[Field] = &[
    required("count", Kind::Number { min: 0.0 }),
    optional("per", Kind::Number { min: 0.0 }),
    optional("unit", Kind::Code(&list::MEASURE_UNIT)),
];

const SUPERVISION: &[Field] =
    &[optional("staff", Kind::Staff), optional("date", Kind::Date), optional("result", Kind::Text)];

pub const RECORD_OUTCOME: &[Field] = &[
    required("measure", Kind::Text),
    required("baseline", Kind::Group(COUNT)),
    required("value", Kind::Group(COUNT)),
    required("review", Kind::Code(&list::REVIEW_POINT)),
    required("verdict", Kind::Code(&list::VERDICT)),
    optional("evidence", Kind::Codes(&list::EVIDENCE_SOURCE)),
    optional("supervision", Kind::Group(SUPERVISION)),
    optional("note", Kind::Text),
];

pub const CLOSE: &[Field] = &[optional("reason", Kind::Text), optional("weak_reason", Kind::Text)];
pub const MARK_DUPLICATE: &[Field] = &[required("of", Kind::Id), optional("reason", Kind::Text)];

pub const LINK: &[Field] =
    &[optional("to", Kind::Id), optional("kind", Kind::Code(&list::LINK_KIND)), optional("ref", Kind::Text)];

pub const ADD_FEEDBACK: &[Field] =
    &[required("from", Kind::Code(&list::FEEDBACK_FROM)), required("text", Kind::Text)];

/// A story is of the site, not of its record: it carries its own words, and the record only as a reference.
pub const SHARE_STORY: &[Field] = &[
    required("record", Kind::Id),
    required("noticed", Kind::Text),
    required("changed", Kind::Text),
    required("different", Kind::Text),
    required("consent", Kind::Code(&list::STORY_CONSENT)),
    // The reporter, who agreed.
    optional("credit", Kind::Staff),
];
/// The version of the definitions that were practised; never how many answers were right.
pub const FINISH_PRACTICE: &[Field] = &[required("version", Kind::Text)];
pub const UNSHARE_STORY: &[Field] = &[required("story", Kind::Id), required("reason", Kind::Text)];

pub const START_OUTAGE: &[Field] =
    &[required("what", Kind::Code(&list::OUTAGE_WHAT)), required("started_at", Kind::Instant)];
pub const END_OUTAGE: &[Field] = &[required("outage", Kind::Id), required("ended_at", Kind::Instant)];

pub const RESOLVE: &[Field] = &[
    required("step", Kind::Whole { min: 2, max: 5 }),
    required("keep", Kind::Id),
    required("reason", Kind::Text),
];

pub const PERIOD: &[Field] =
    &[required("category", Kind::Code(&list::CATEGORY)), required("period", Kind::Period)];

pub const ANSWER_AUDIT: &[Field] = &[
    required("audit", Kind::Id),
    required("record", Kind::Id),
    required("item", Kind::Code(&list::AUDIT_ITEM)),
    required("answer", Kind::Code(&list::AUDIT_ANSWER)),
    optional("note", Kind::Text),
];

pub const SIGN_AUDIT: &[Field] = &[required("audit", Kind::Id), required("summary", Kind::Text)];

pub const SIGN_OVERSIGHT: &[Field] = &[
    required("category", Kind::Code(&list::CATEGORY)),
    required("period", Kind::Period),
    optional("note", Kind::Text),
];

/// A question about a site, and where it has one, about the audits of a category and period.
pub const ASK_MANAGER: &[Field] = &[
    required("text", Kind::Text),
    optional("category", Kind::Code(&list::CATEGORY)),
    optional("period", Kind::Period),
];

pub const DENOMINATOR: &[Field] = &[
    required("measure", Kind::Code(&list::DENOMINATOR)),
    required("month", Kind::Period),
    required("value", Kind::Number { min: f64::MIN_POSITIVE }),
];

pub const LINK_ALERT: &[Field] = &[required("alert", Kind::Alert), required("action", Kind::Id)];
pub const DISMISS_ALERT: &[Field] = &[required("alert", Kind::Alert), required("reason", Kind::Text)];
pub const SNOOZE_ALERT: &[Field] = &[required("alert", Kind::Alert), required("until", Kind::Instant)];
