//! What evidence belongs to which statement or question of a framework. Versioned data, never code: a provider may
//! load files of its own, also in the place of the built-in ones, because the wording of the regulator changes.
//! Source: background.md sections 0 and 1.5, requirement 87.

pub(crate) mod matching;
mod parse;
pub mod shelf;

use crate::words;
pub use parse::{FrameworkFault, MOST_BYTES, MOST_OWN, parse};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::OnceLock};

/// One version of one framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub id: String,
    pub version: String,
    pub title: String,
    pub status: Status,
    /// Day or month on which the wording was last checked.
    pub checked: String,
    /// What a reader must know about this version.
    pub note: String,
    pub entries: Vec<Entry>,
}

impl Framework {
    /// "version of November 2026", "draft of November 2026", or the version as it was written.
    pub fn edition(&self) -> String {
        let version = &self.version;
        match (words::month_of(version), self.status == Status::Draft) {
            (Some(month), true) => format!("draft of {month}"),
            (Some(month), false) => format!("version of {month}"),
            (None, true) => format!("a draft, version {version}"),
            (None, false) => format!("version {version}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    InForce,
    /// The final wording is not known.
    Draft,
    /// Made by the provider.
    Own,
}

/// One quality statement, question or line of enquiry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub code: String,
    /// The key question that it belongs to: "Safe".
    pub group: String,
    pub title: String,
    /// What our records can show for it, in one sentence.
    pub shows: String,
    pub evidence: Vec<Evidence>,
}

/// One kind of evidence, chosen by rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is evidence of, in a few words.
    pub says: String,
    /// Records for which all of this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<Where>,
    /// Ids of figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
    /// Codes of `category` whose audits and oversight belong here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audits: Vec<String>,
    /// Codes of `alert_rule`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<String>,
}

/// A record belongs where every part that is given holds; in one part any of the codes is enough.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Where {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// Step 1 field -> codes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub factor: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<String>,
    /// Codes of `alert_rule`; the alert is not dismissed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alert: Vec<String>,
    /// Codes of `body` that had to be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdict: Vec<String>,
    /// Strength of a done action.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strength: Vec<String>,
    /// Codes of `evidence_source`, of an action or an outcome.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Steps that were reached; every one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has: Vec<Has>,
}

/// Something that a record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Has {
    RiskReview,
    Decision,
    DoneAction,
    CheckedAction,
    Outcome,
    ReporterTold,
    PlanChanged,
    PersonInvolved,
    FamilyTold,
    Supervision,
    Alert,
    Closed,
}

const STATEMENTS: &str = include_str!("quality-statements.json");
const KEY_LINES: &str = include_str!("key-lines-of-enquiry-draft-2026.json");

/// Statements of the single assessment framework.
pub fn quality_statements() -> &'static Framework {
    static BUILT_IN: OnceLock<Framework> = OnceLock::new();
    BUILT_IN.get_or_init(|| built_in(STATEMENTS))
}

/// What is known of the key lines of enquiry of 2026. A draft, and it says so.
pub fn key_lines_of_enquiry() -> &'static Framework {
    static BUILT_IN: OnceLock<Framework> = OnceLock::new();
    BUILT_IN.get_or_init(|| built_in(KEY_LINES))
}

/// The built-in files as they are, to start from; in the order of `all`.
pub fn files() -> [(&'static Framework, &'static str); 2] {
    [(quality_statements(), STATEMENTS), (key_lines_of_enquiry(), KEY_LINES)]
}

/// The built-in ones; the one in force first.
pub fn all() -> [&'static Framework; 2] {
    [quality_statements(), key_lines_of_enquiry()]
}

/// The built-in one of that id.
pub fn find(id: &str) -> Option<&'static Framework> {
    all().into_iter().find(|framework| framework.id == id)
}

fn built_in(text: &str) -> Framework {
    match parse(text) {
        Ok(framework) => framework,
        Err(faults) => unreachable!("a built-in framework does not read: {faults:?}"),
    }
}
