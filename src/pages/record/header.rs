//! Where a record stands, in tags and one sentence.

use crate::{
    state::use_app,
    text::{
        common,
        review::{gone, levels, record as words},
    },
    ui::{Notice, StatusTag, Tone},
};
use domain::{due, record::Record, vocabulary};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn Header(
    record: Arc<Record>,
    /// More tags.
    #[prop(into, optional)]
    more: ViewFn,
) -> impl IntoView {
    let app = use_app();
    let (status, label) = words::state_of(&record);
    let band = record.band().map(|band| {
        let label = format!("Risk: {}", words::lower_first(vocabulary::BAND.label(band.code())));
        view! { <StatusTag status=levels::tone(band) label /> }
    });
    let rivals = (!record.conflicts.is_empty())
        .then(|| view! { <StatusTag status="contested" label="Two decisions" /> });
    let incident = words::may_be_incident(&record)
        .then(|| view! { <StatusTag status="urgent" label="May be an incident" /> });
    let kind = vocabulary::KIND.label(record.kind.code());
    let reasons = words::urgent_reasons(&record);
    let gone = record.words_gone().map(|gone| {
        view! {
            <Notice title=gone::TITLE>
                <p>{gone::said(gone)}</p>
            </Notice>
        }
    });
    let details = words::details_by(&record, &app.directory.read_untracked());
    let details = details.map(|words| view! { <Notice title="Details needed"><p>{words}</p></Notice> });
    let urgent = (!reasons.is_empty() && record.state.is_open()).then(|| {
        let words = format!("{}.", words::upper_first(&common::list(&reasons).to_lowercase()));
        view! {
            <Notice tone=Tone::Warning title="Urgent">
                <p>{words}</p>
            </Notice>
        }
    });
    let stale = record.decision_stale.then(|| {
        view! {
            <Notice tone=Tone::Warning title="The facts changed after the decision">
                <p>"Look again at who must be told. The record cannot be finished before that."</p>
            </Notice>
        }
    });
    let (at, known) = (record.reported_at, record.clone());
    let reported = move || {
        let reporter = words::reporter(&known, &app.directory.read());
        let reference = words::reference(&known.id);
        format!("Reported {} by {reporter}. {kind}. Reference {reference}.", common::when(at, app.now.get()))
    };
    view! {
        <div class="record-header stack">
            {gone}
            <p class="cluster">
                <StatusTag status label />
                {incident}
                {band}
                {rivals}
                <Late record />
                {more.run()}
            </p>
            <p class="muted">{reported}</p>
            {details}
            {urgent}
            {stale}
        </div>
    }
}

/// "Overdue", when the step that it waits for is.
#[component]
pub fn Late(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let settings = app.directory.read_untracked().settings(&record.site);
    let item = due::current(&record, &settings);
    let is_late = Memo::new(move |_| item.as_ref().is_some_and(|item| item.is_overdue(app.now.get())));
    live(move || is_late.get().then(|| view! { <StatusTag status="overdue" label="Overdue" /> }))
}
