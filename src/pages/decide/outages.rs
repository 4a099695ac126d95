//! What the record knows of what a question asks about: how long something was off.

use super::answers::QUESTION;
use crate::{
    pages::record::form::Entry,
    state::use_app,
    text::review::outage::{asked_by, known},
};
use domain::record::Record;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn KnownOutages(record: Arc<Record>, entry: Entry, question: &'static str) -> impl IntoView {
    let app = use_app();
    if asked_by(question, &record.outages).is_empty() {
        return Node::Nothing;
    }
    let name = format!("{QUESTION}{question}");
    live(move || {
        let now = app.now.get();
        let asked = asked_by(question, &record.outages);
        let against = entry.code(&name) == "n" && asked.iter().any(|outage| outage.is_over_24h(now));
        let lines = asked.iter().map(|outage| view! { <p>{known(outage, now)}</p> }).collect_view();
        let against = against.then(|| {
            view! { <p>"Your answer is no, and the record says yes: who must be told goes by the record."</p> }
        });
        view! {
            <div class="known-outages small" data-role="known-outages" role="status">
                {lines}
                {against}
            </div>
        }
    })
}
