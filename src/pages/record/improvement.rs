//! What became of the change: the looks, what people say, and the story of it.

use super::{Part, may::may};
use crate::{
    pages::learning::{Looks, may_tell},
    routes,
    state::use_app,
    text::{
        common, learning as text,
        review::{gone, people},
    },
};
use domain::{record::Record, vocabulary::FEEDBACK_FROM};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn ImprovementPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let changed = record.outcome_since.is_some() && record.state.is_live();
    if !changed && record.feedback.is_empty() {
        return Node::Nothing;
    }
    let here = routes::record(&record.id);
    let told = app.register.read_untracked().story_of(&record.site, &record.id);
    let story = match told {
        Some(story) => {
            Some(("See its story on the team board", format!("{}?story={}", routes::BOARD, story.id)))
        }
        None => may_tell(app, &record).then(|| (text::MAKE_STORY, routes::story(&record.id))),
    };
    let feedback =
        may(app, "add_feedback", &record, None).then(|| ("Add feedback", format!("{here}?do=feedback")));
    let directory = app.directory.read_untracked();
    let said = record
        .feedback
        .iter()
        .rev()
        .map(|feedback| {
            let from = FEEDBACK_FROM.label(&feedback.from);
            let by = people::in_record(&feedback.note.by, &record, &directory);
            let head = format!("{from}. Written by {by}, {}", common::moment(feedback.note.at));
            let words = gone::shown(&feedback.note.text, &record, "").to_owned();
            view! {
                <li class="message stack">
                    <p class="small muted">{head}</p>
                    <blockquote class="quote">{words}</blockquote>
                </li>
            }
        })
        .collect_view();
    let looks = changed.then(|| view! { <Looks record /> });
    view! {
        <Part title="Did it work?" acts=feedback.into_iter().chain(story).collect()>
            {looks}
            <ul class="plain-list stack">{said}</ul>
        </Part>
    }
}
