//! What is seldom needed: links, outages, the same as another report, take back, open again.

use super::{Part, may::may};
use crate::{routes, state::use_app, text::evidence as text};
use domain::record::Record;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn MorePart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let here = routes::record(&record.id);
    // Asked where the category asks about outages in step 3.
    let has_outages = record.spec().is_some_and(|spec| spec.asks.contains(&"utility_24h"));
    let forms = [
        ("start_outage", "outage", "Something is not working"),
        ("link", "link", "Link to another record"),
        ("link", "reference", "Link to another system"),
        ("mark_duplicate", "duplicate", "Same as another report"),
        ("withdraw", "withdraw", "Take this record back"),
        ("reopen", "reopen", "Open again"),
    ];
    let acts: Vec<_> = forms
        .into_iter()
        .filter(|(verb, _, _)| has_outages || *verb != "start_outage")
        .filter(|(verb, _, _)| may(app, verb, &record, None))
        .map(|(_, form, words)| (words, format!("{here}?do={form}")))
        .chain(untrack(|| app.evidence_rights()).map(|_| (text::STORY_LINK, routes::whole_story(&record.id))))
        .collect();
    let reason = record.last_reason.clone().filter(|_| !record.state.is_open());
    if acts.is_empty() && reason.is_none() {
        return Node::Nothing;
    }
    view! {
        <Part title="More" acts>
            {reason.map(|reason| view! { <p>{format!("Why it ended: {reason}")}</p> })}
        </Part>
    }
}
