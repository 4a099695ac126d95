//! What two records have in common, in words.

use domain::record::{Facts, Record};

pub const SAME_PERSON: &str = "same person";

/// "same place", "same kind of medicine", in the order in which a list says them.
pub fn in_common(record: &Record, other: &Record) -> Vec<&'static str> {
    let shared = |name: &str| {
        let code = record.facts.code(name).filter(|code| Facts::is_particular(code));
        code.is_some_and(|code| other.facts.code(name) == Some(code))
    };
    let person = record.facts.people().any(|person| other.facts.people().any(|known| known == person));
    let all = [
        (shared("location"), "same place"),
        (person, SAME_PERSON),
        (shared("asset"), "same equipment"),
        (shared("risk_group"), "same kind of medicine"),
    ];
    all.into_iter().filter_map(|(holds, words)| holds.then_some(words)).collect()
}
