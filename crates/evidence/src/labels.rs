//! Step 1 in words: what each field is called and what its value says, as far as this reader may know.

use crate::{cast::Cast, words};
use domain::{
    category::CATEGORIES,
    fields::{self, Field, Kind, ListOf},
    patterns::State,
    record::{Action, NOT_ANSWERED, Record},
    time, verbs,
};
use serde_json::Value;

const LABELS: &[(&str, &str)] = &[
    ("category", "Category"),
    ("happened", "Did something happen?"),
    ("reached", "Did it reach a person?"),
    ("harm", "Was anyone harmed?"),
    ("hands_on", "Was anyone held or blocked?"),
    ("error_type", "What nearly went wrong"),
    ("hazard", "Hazard"),
    ("behaviour_type", "What nearly happened"),
    ("occurred_at", "When it happened"),
    ("unit", "Unit"),
    ("location", "Place"),
    ("people", "People"),
    ("text", "In the reporter's words"),
    ("concern", "How worried the reporter was"),
    ("caught_by", "Who noticed it"),
    ("defence", "What stopped it"),
    ("immediate_actions", "Done straight away"),
    ("shift", "Shift"),
    ("agency_present", "Agency staff were there"),
    ("short_staffed", "Short of staff"),
    ("good_catch", "Worth sharing as good practice"),
    ("stage", "Stage"),
    ("risk_group", "Kind of medicine"),
    ("medicine", "Medicine"),
    ("mar_ref", "Medicine record (MAR) reference"),
    ("made_safe", "Made safe"),
    ("asset", "Equipment"),
    ("exam_due", "Examination due"),
    ("triggers", "What was happening before"),
    ("early_signs", "Early signs"),
    ("strategies", "What helped"),
    ("outcome", "How it ended"),
    ("restrictive_types", "Kind of restriction"),
    ("intensity", "How strong, from 1 to 5"),
    ("duration_min", "How long, in minutes"),
    ("prn", "When-needed medicine given"),
    ("identity", "Name of the reporter"),
];

/// What a step 1 field is called.
pub fn label(name: &str) -> &str {
    LABELS.iter().find(|(field, _)| *field == name).map_or(name, |(_, label)| label)
}

/// Said in the sentences around, or by the identity of the reporter.
const ELSEWHERE: [&str; 6] = ["category", "identity", "text", "occurred_at", "location", "unit"];

/// Of a record of which nobody has said what it was.
pub const NO_NATIONAL_KIND: &str =
    "For CQC and the national lists: not known yet, because nobody has said what it was.";

/// The facts of a report as label and words. Words that somebody typed only where `free`.
pub fn facts(record: &Record, cast: &Cast, free: bool) -> Vec<(String, String)> {
    let (facts, unanswered) = (&record.facts, record.unanswered());
    let Some(spec) = facts.spec() else { return Vec::new() };
    let own = spec.fields.iter();
    let common = verbs::REPORT.iter();
    own.chain(common)
        .filter(|field| !ELSEWHERE.contains(&field.name))
        .filter_map(|field| {
            if unanswered.contains(&field.name) {
                return Some((label(field.name).to_owned(), NOT_ANSWERED.to_owned()));
            }
            let value = facts.fields.get(field.name).filter(|value| !fields::is_empty(value))?;
            Some((label(field.name).to_owned(), value_words(field, value, cast, free)?))
        })
        .collect()
}

/// The value of a field in words; none where it must not be told.
pub fn value_words(field: &Field, value: &Value, cast: &Cast, free: bool) -> Option<String> {
    let each = |word: &dyn Fn(&str) -> String| -> String {
        let list = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        list.map(word).collect::<Vec<_>>().join(", ")
    };
    Some(match &field.kind {
        Kind::Code(list) => list.label(value.as_str()?).to_owned(),
        Kind::Codes(list) => each(&|code| list.label(code).to_owned()),
        Kind::Bool => if value.as_bool()? { "Yes" } else { "No" }.into(),
        Kind::Whole { .. } | Kind::Number { .. } => value.to_string(),
        Kind::Date => words::day(time::parse_date(value.as_str()?)?),
        Kind::Instant => words::moment(time::parse_instant(value.as_str()?)?),
        Kind::Listed(ListOf::Places) => cast.place(value.as_str()?),
        Kind::Listed(ListOf::Assets) => cast.asset(value.as_str()?),
        Kind::Listed(ListOf::Units) => value.as_str()?.to_owned(),
        Kind::Texts if field.name == "people" => each(&|code| cast.person(code)),
        Kind::Texts if free => each(&str::to_owned),
        Kind::Text if free => value.as_str()?.to_owned(),
        _ => return None,
    })
}

/// "Wrong dose": the subtype in words.
pub fn subtype(record: &Record) -> String {
    match (record.spec(), record.facts.subtype()) {
        (Some(_), Some(_)) if record.said_subtype().is_none() => NOT_ANSWERED.to_owned(),
        (Some(spec), Some(code)) => spec.subtypes.label(code).to_owned(),
        _ => "Not said".to_owned(),
    }
}

/// "Medicines".
pub fn category(record: &Record) -> &str {
    domain::vocabulary::CATEGORY.label(record.facts.category())
}

/// The kind in a few words, for tables and sentences.
pub fn kind(record: &Record) -> &'static str {
    use domain::record::Kind;
    match record.kind {
        Kind::Hazard => "hazard",
        Kind::NearMiss => "near miss",
        Kind::NoHarmIncident => "no-harm incident",
        Kind::Incident => "incident",
        Kind::RestrictivePractice => "restrictive practice",
        Kind::Unclassified => "not yet classified",
    }
}

/// "a stronger action that stops it next time", without its words.
pub fn action_kind(action: &Action) -> String {
    let strength = match action.strength.as_str() {
        "stronger" => "a stronger action",
        "weaker" => "a weaker action",
        _ => "an action in between stronger and weaker",
    };
    let kind = match action.kind.as_str() {
        "immediate" => " straight away",
        "corrective" => " that puts it right",
        "preventive" => " that stops it next time",
        _ => "",
    };
    format!("{strength}{kind}")
}

/// The words of an action that the app offered and nobody changed: they can name nobody. None where somebody typed.
pub fn offered(action: &Action) -> Option<&'static str> {
    let templates = CATEGORIES.into_iter().flat_map(|spec| spec.templates());
    let text = action.text.trim();
    templates.map(|template| template.text).find(|offered| *offered == text)
}

/// What became of an alert, for a reader who does not work here: it needs them for nothing.
pub fn alert_state(state: State) -> &'static str {
    match state {
        State::Open => "Nobody has settled it yet",
        settled => domain::vocabulary::ALERT_STATE.label(settled.code()),
    }
}
