//! How strong an action is, shown while it is written and chosen.

use crate::{
    pages::record::form::Entry,
    state::use_app,
    text::review::strength,
    ui::{Details, Notice, SummaryList, SummaryRow, Tone},
};
use domain::{record::Record, vocabulary::CONTROL_STRENGTH};
use markup::prelude::*;
use std::sync::Arc;

/// Said before the first action: what a repeat asks for at its end.
#[component]
pub fn EarlyWord(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let repeat = app.register.read_untracked().is_repeat(&record);
    let has_stronger = record.actions.iter().any(|action| action.strength != "weaker");
    (repeat && !has_stronger).then(|| {
        view! {
            <Notice tone=Tone::Warning title="This has come back">
                <p>"When only weaker actions are taken, the record can be finished only with a reason. Think of a change to the place, the equipment or the steps first."</p>
            </Notice>
        }
    })
}

/// How strong the action is, and the strongest of the record so far.
#[component]
pub fn StrengthNow(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let best = record.actions.iter().map(|action| action.strength.as_str()).max_by_key(|code| rank(code));
    let so_far = best.map(|code| {
        format!(
            "The strongest action of this record so far: {}.",
            CONTROL_STRENGTH.label(code).to_lowercase()
        )
    });
    view! {
        <StrengthBox entry so_far />
    }
}

/// The strength that is chosen, or the one that the words speak for.
#[component]
pub fn StrengthBox(
    entry: Entry,
    /// A sentence below.
    #[prop(default = None)]
    so_far: Option<String>,
) -> impl IntoView {
    let words = Memo::new(move |_| strength::of_words(&entry.code("text")));
    let chosen = Memo::new(move |_| entry.code("strength"));
    let shown =
        move || Some(chosen.get()).filter(|code| !code.is_empty()).or_else(|| words.get().map(str::to_owned));
    let sentence = move || {
        let chosen = chosen.get();
        let read = words.get();
        let label = |code: &str| CONTROL_STRENGTH.label(code).to_lowercase();
        match (chosen.as_str(), read) {
            ("", None) => "Choose how strong it is. It shows here.".to_owned(),
            ("", Some(read)) => format!("From its words: {}. {}", label(read), strength::help(read)),
            (chosen, Some(read)) if rank(read) < rank(chosen) => format!(
                "You chose {}. Its words read as {}. {}",
                label(chosen),
                label(read),
                strength::help(read)
            ),
            (chosen, _) => format!("{}. {}", CONTROL_STRENGTH.label(chosen), strength::help(chosen)),
        }
    };
    let examples = strength::EXAMPLES
        .into_iter()
        .map(|(code, words)| view! { <SummaryRow key=CONTROL_STRENGTH.label(code)>{words}</SummaryRow> })
        .collect_view();
    view! {
        <div class="strength" data-strength=shown>
            <svg class="strength__bars" viewBox="0 0 44 24" aria-hidden="true" focusable="false">
                <rect x="0" y="14" width="12" height="10" rx="2" />
                <rect x="16" y="7" width="12" height="17" rx="2" />
                <rect x="32" y="0" width="12" height="24" rx="2" />
            </svg>
            <p class="strength__words" aria-live="polite">{sentence}</p>
        </div>
        {so_far.map(|words| view! { <p class="muted small">{words}</p> })}
        <Details summary="Examples of stronger and weaker actions">
            <SummaryList>{examples}</SummaryList>
        </Details>
    }
}

fn rank(code: &str) -> u8 {
    match code {
        "stronger" => 3,
        "intermediate" => 2,
        "weaker" => 1,
        _ => 0,
    }
}
