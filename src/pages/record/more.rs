//! What is seldom needed: the same as another report, take back, open again.

use super::{Part, may::may};
use crate::{routes, state::use_app};
use domain::record::Record;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn MorePart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let here = routes::record(&record.id);
    let forms = [
        ("mark_duplicate", "duplicate", "Same as another report"),
        ("withdraw", "withdraw", "Take this record back"),
        ("reopen", "reopen", "Open again"),
    ];
    let acts: Vec<_> = forms
        .into_iter()
        .filter(|(verb, _, _)| may(app, verb, &record, None))
        .map(|(_, form, words)| (words, format!("{here}?do={form}")))
        .collect();
    let reason = record.last_reason.clone().filter(|_| !record.state.is_open());
    if acts.is_empty() && reason.is_none() {
        return ().into_any();
    }
    view! {
        <Part title="More" acts>
            {reason.map(|reason| view! { <p>{format!("Why it ended: {reason}")}</p> })}
        </Part>
    }
    .into_any()
}
