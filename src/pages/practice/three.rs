//! Three yes or no questions; the word for the answers is that of the rules which judge every report.

use crate::{
    state::use_app,
    text::learning::practice as text,
    ui::{Bound, Choice, Icon, Radios},
};
use domain::{
    record::{Facts, Kind},
    time::Instant,
    vocabulary::KIND,
};
use markup::prelude::*;
use serde_json::{Map, Value};

type Answer = RwSignal<Option<String>>;

#[component]
pub fn Three() -> impl IntoView {
    let app = use_app();
    let (happened, reached, harmed) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let is = |answer: Answer, code: &'static str| move || answer.read().as_deref() == Some(code);
    let (something, someone) = (is(happened, "y"), is(reached, "y"));
    let second = Memo::new(move |_| something());
    let third = Memo::new(move |_| second.get() && someone());
    let kind = move || kind(happened.get(), reached.get(), harmed.get(), app.now.get());
    let word = move || match kind() {
        Some(kind) => view! {
            <p class="practice__mark"><Icon name="lightbulb" /> <span>{KIND.label(kind.code())}</span></p>
            <p>{text::because(kind)}</p>
        },
        None => view! { <p class="muted">{text::ANSWER_FIRST}</p> },
    };
    view! {
        <section class="stack">
            <h2>{text::THREE}</h2>
            {ask("happened", text::HAPPENED, happened)}
            {move || second.get().then(|| ask("reached", text::REACHED, reached))}
            {move || third.get().then(|| ask("harmed", text::HARMED, harmed))}
            <div class="practice__word" aria-live="polite">{word}</div>
        </section>
    }
}

fn ask(id: &'static str, legend: &'static str, answer: Answer) -> Node {
    let options = vec![Choice::new("y", "Yes"), Choice::new("n", "No")];
    let value = Bound::new(move || answer.get(), move |code| answer.set(code));
    view! { <Radios id legend options value chips=true /> }
}

/// What the answers so far say; none while a needed one is missing.
fn kind(
    happened: Option<String>,
    reached: Option<String>,
    harmed: Option<String>,
    at: Instant,
) -> Option<Kind> {
    let mut facts = Map::new();
    let mut put = |name: &str, code: &str| drop(facts.insert(name.to_owned(), Value::from(code)));
    let yes = |answer: Option<String>| answer.map(|code| code == "y");
    match yes(happened)? {
        false => put("happened", "nothing_yet"),
        true => {
            put("happened", "something_happened");
            let reached = yes(reached)?;
            put("reached", if reached { "yes" } else { "no" });
            if reached {
                put("harm", if yes(harmed)? { "some" } else { "none" });
            }
        }
    }
    Some(Facts::new(facts, at).kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    #[test]
    fn the_rules_give_the_word_and_a_missing_answer_gives_none() {
        let at = parse_instant("2026-06-11T12:00Z").expect("a time");
        let answer = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
        let check = |happened: &str, reached: &str, harmed: &str, expected: Option<Kind>| {
            assert_eq!(kind(answer(happened), answer(reached), answer(harmed), at), expected);
        };
        check("", "", "", None);
        check("n", "", "", Some(Kind::Hazard));
        check("y", "", "", None);
        check("y", "n", "", Some(Kind::NearMiss));
        check("y", "y", "", None);
        check("y", "y", "n", Some(Kind::NoHarmIncident));
        check("y", "y", "y", Some(Kind::Incident));
        // An answer that is left over from before does not count.
        check("n", "y", "y", Some(Kind::Hazard));
    }
}
