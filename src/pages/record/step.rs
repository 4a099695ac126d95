//! The page of a step: what was reported beside the questions, or the reason why the step is not open.

use super::{Facts, Header, may::may};
use crate::{
    routes,
    state::use_app,
    text::review::{record as words, steps},
    ui::{EmptyState, ErrorSummary, FieldError, Kind, LinkButton, Page},
};
use domain::record::Record;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn StepPage(
    record: Arc<Record>,
    #[prop(into)] title: String,
    /// The verb that this step is for; the page opens only for those who may use it now.
    verb: &'static str,
    #[prop(into)] errors: Signal<Vec<FieldError>>,
    /// More under the facts, for example similar records.
    #[prop(into, optional)]
    beside: ViewFn,
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let back = routes::record(&record.id);
    let caption = words::title(&record);
    if !may(app, verb, &record, None) {
        return view! { <NotOpen record title /> };
    }
    view! {
        <Page
            title=title.clone()
            heading=title
            caption
            back
            back_label="The record"
            has_error=Signal::derive(move || !errors.read().is_empty())
            wide=true
        >
            <ErrorSummary errors />
            <div class="step-columns">
                <div class="step-columns__facts stack">
                    <Header record=record.clone() />
                    <Facts record plain=true />
                    {beside.run()}
                </div>
                <div class="step-columns__questions stack">{children()}</div>
            </div>
        </Page>
    }
}

#[component]
fn NotOpen(record: Arc<Record>, title: String) -> impl IntoView {
    let (_, state) = words::state(record.state);
    let words = match record.state.step() {
        Some(step) => {
            format!("Now: {}. {} is next.", words::lower_first(state), steps::task_of(&record, step))
        }
        None => format!("Now: {}.", words::lower_first(state)),
    };
    let back = routes::record(&record.id);
    view! {
        <Page title=title.clone() heading=title caption=words::title(&record) back=back.clone() back_label="The record">
            <EmptyState title="This step is not open for you now." icon="lock">
                <p>{words}</p>
                <LinkButton href=back kind=Kind::Secondary>"See the record"</LinkButton>
            </EmptyState>
        </Page>
    }
}
