//! Help with a question: what it means, what counts and what does not, and what the law does not say.

use crate::text::review::body;
use domain::notification;
use markup::prelude::*;

#[component]
pub fn QuestionHelp(id: &'static str) -> impl IntoView {
    let Some(help) = notification::help().question(id) else { return Node::Nothing };
    view! {
        <details class="details question-help">
            <summary class="details__summary">
                <span>"What counts as yes?"</span>
                <span class="visually-hidden">{format!(" {}", body::question(id))}</span>
            </summary>
            <div class="details__body small">
                <p>{help.explain.clone()}</p>
                <Lines title="Yes, for example" lines=&help.yes />
                <Lines title="Not here" lines=&help.no />
                <Lines title="What the law does not say" lines=&help.silent />
                <Lines title="Check this before you rely on it" lines=&help.unsure />
                <p class="muted">{body::source(id)}</p>
            </div>
        </details>
    }
}

#[component]
fn Lines(title: &'static str, lines: &'static [String]) -> impl IntoView {
    if lines.is_empty() {
        return Node::Nothing;
    }
    let lines = lines.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
    view! {
        <div class="question-help__part">
            <p class="question-help__title">{title}</p>
            <ul>{lines}</ul>
        </div>
    }
}
