//! Questions that wait for the reporter, each with its box.

use super::{act::Say, mine};
use crate::{
    state::App,
    text::capture::reports as text,
    ui::{Kind, Notice, Tone},
};
use domain::ids::RecordId;
use markup::prelude::*;
use serde_json::json;

/// What the page needs to know of one question.
#[derive(Clone, PartialEq)]
struct Asked {
    id: String,
    words: String,
    /// "Amara N. asks you:".
    by: String,
    returned: bool,
    /// Somebody waits for the answer.
    pressing: bool,
}

#[component]
pub fn Answers(app: App, record: RecordId) -> impl IntoView {
    let id = StoredValue::new(record);
    let asked = Memo::new(move |_| {
        let look = |record: &domain::record::Record| {
            let one = |question: &domain::record::Question| Asked {
                id: question.id.to_string(),
                words: question.text.clone(),
                by: text::asks(mine::name_of(app, &question.by).as_deref(), record.spec()),
                returned: question.returned,
                pressing: record.pressing_questions().any(|pressing| pressing.id == question.id),
            };
            mine::asked(record).into_iter().map(one).collect::<Vec<_>>()
        };
        app.with_record(&id.read_value(), |record, _| look(record)).unwrap_or_default()
    });
    view! {
        <For each=move || asked.get() key=|asked| asked.id.clone() let:question>
            <Answer app record=id.get_value() question />
        </For>
    }
}

#[component]
fn Answer(app: App, record: RecordId, question: Asked) -> impl IntoView {
    let Asked { id, words, by, returned, pressing } = question;
    let (tone, title) = match (returned, pressing) {
        (true, _) => (Tone::Warning, text::RETURNED),
        (false, true) => (Tone::Warning, text::ANSWER_NEEDED),
        (false, false) => (Tone::Info, text::MAY_BE_ANSWERED),
    };
    let nobody_waits = (!returned && !pressing).then(|| view! { <p>{text::NOBODY_WAITS}</p> });
    let (button, done) =
        if returned { (text::RESUBMIT, text::RESUBMITTED) } else { (text::SEND_ANSWER, text::ANSWERED) };
    let field = format!("answer-{id}");
    let make = Callback::new(move |said: String| match returned {
        true => ("resubmit", json!({ "text": said })),
        false => ("answer", json!({ "question": id, "text": said })),
    });
    view! {
        <Notice tone title=title>
            {nobody_waits}
            <p>{by}</p>
            <p class="quote">{words}</p>
            <Say
                app
                id=field
                label=text::YOUR_ANSWER
                hint=text::ADD_HINT
                button
                missing=text::ANSWER_MISSING
                done
                kind=Kind::Primary
                make
                record
            />
        </Notice>
    }
}
