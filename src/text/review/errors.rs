//! What to say beside a field that has no answer yet, or one that does not fit: which field, and what to type.

/// The sentence for a missing answer, by the name of the field; none where the field has no sentence of its own.
pub fn missing(field: &str) -> Option<&'static str> {
    MISSING.iter().find(|(name, _)| *name == field).map(|(_, words)| *words)
}

/// Names the field before what to do: "First day: type a real date", "How many? Type a number". `what` begins small.
pub fn of_field(label: &str, what: &str) -> String {
    match label.ends_with('?') {
        true => format!("{label} {}", super::record::upper_first(what)),
        false => format!("{label}: {what}"),
    }
}

const MISSING: &[(&str, &str)] = &[
    ("name", "Enter a name"),
    ("tell", "Say what must be told"),
    ("roles", "Select at least one role"),
    ("text", "Write a few words"),
    ("question", "Write your question"),
    ("reason", "Say why"),
    ("potential_most_likely", "Select what would most likely have happened"),
    ("potential_worst", "Select the worst that could have happened"),
    ("likelihood", "Select how likely it is to happen again"),
    ("confirms_near_miss", "Select yes if this is a near miss"),
    ("note", "Say why it is not a near miss"),
    ("outcome", "Select a decision"),
    ("body", "Select who was told"),
    ("sent_at", "Type the date and time"),
    ("owner", "Select who does it"),
    ("due", "Select by when"),
    ("strength", "Select how strong the action is"),
    ("result", "Select if it is fixed"),
    ("measure", "Say what you counted"),
    ("baseline.count", "Type the number before"),
    ("value.count", "Type the number after"),
    ("review", "Select when you looked"),
    ("verdict", "Select if it worked"),
    ("evidence", "Select at least one kind of evidence"),
    ("of", "Select the record that stays"),
    ("to", "Select the other record"),
    ("kind", "Select what it is"),
    ("noticed", "Say what was noticed"),
    ("changed", "Say what was changed"),
    ("different", "Say what is different now"),
    ("consent", "Select what the reporter told you"),
    ("from", "Select who said it"),
    ("ref", "Type the reference"),
    ("what", "Select what is off"),
    ("started_at", "Type the date and time when it stopped"),
    ("ended_at", "Type the date and time when it worked again"),
    ("until", "Type the date until which it waits"),
    ("action", "Select the action"),
    ("threshold", "Type how many reports"),
    ("days", "Type in how many days"),
    ("keep", "Select the decision to keep"),
    ("changes", "Change at least one answer"),
    ("triggers", "Select what was happening before"),
];
