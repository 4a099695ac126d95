//! Step 4: the actions that put it right, and the end of the step.

mod plan;
mod strength;

use super::{
    inbox,
    record::{
        ActionList, Part, StepPage, VerbPage, entry_of, form_page, forms, known, may::may, opened_form,
        record_id, seen,
    },
};
use crate::{
    routes,
    state::use_app,
    text::{common::count, review::steps},
    ui::{Buttons, Kind, LinkButton, Notice, SummaryList, SummaryRow, Tone},
};
use domain::{ids::RecordId, record::Record, vocabulary::NOTIFICATION_OUTCOME};
use markup::prelude::*;
use plan::PlanForm;
use std::sync::Arc;
pub use strength::StrengthBox;

/// `?do=` opens one of the forms: done, verify, finish, none.
#[component]
pub fn ActPage() -> impl IntoView {
    let app = use_app();
    let id = record_id();
    let opened = opened_form();
    live(move || {
        let id = id.get();
        let here = routes::step(&id, "act");
        match opened.get() {
            None => known(id, |record| view! { <Act record /> }),
            Some((form, _)) if form == "plan" => known(id, |record| view! { <Act record /> }),
            // Both end the step: the next thing that waits comes after.
            Some((form, about)) if matches!(form.as_str(), "finish" | "none") => known(id, move |record| {
                let back = inbox::after(app, &record.id);
                match forms::find(&form) {
                    Some(spec) => {
                        let about = about.clone();
                        view! { <VerbPage spec record about back=here.clone() then=back /> }
                    }
                    None => Node::Nothing,
                }
            }),
            Some((form, about)) => {
                known(id, move |record| form_page(&form, record, about.clone(), here.clone()))
            }
        }
    })
}

#[component]
fn Act(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let id = record.id.clone();
    let Some(spec) = forms::find("plan") else { return Node::Nothing };
    let entry = entry_of(spec, &record, None);
    let here = routes::step(&id, "act");
    let written = steps::destination(&record, 4, &app.directory.read_untracked());
    let (decided, live) = (record.clone(), id);
    let form_record = record.clone();
    view! {
        <StepPage
            record
            title="Put it right"
            verb="plan_action"
            errors=entry.errors
            beside=move || view! { <Decided record=decided.clone() /> }
        >
            {move || seen(app, &live).map(|record| view! { <Planned record back=here.clone() /> })}
            <section class="stack">
                <h2>"Add an action"</h2>
                <PlanForm spec record=form_record entry />
            </section>
            <p class="muted">{format!("Written in: {written}")}</p>
        </StepPage>
    }
}

/// What the manager found in step 3.
#[component]
fn Decided(record: Arc<Record>) -> impl IntoView {
    let decision = record.notification().cloned();
    let rows = decision.map(|decision| {
        let rows = [
            ("Decision", NOTIFICATION_OUTCOME.label(&decision.outcome).to_owned()),
            ("Why", decision.reason),
            ("Wider risk", decision.wider_risk),
            ("Finding", decision.finding),
        ];
        rows.into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| view! { <SummaryRow key>{text}</SummaryRow> })
            .collect_view()
    });
    let reason = record.outcome().filter(|review| review.goes_back()).map(|review| {
        let words = if review.note.is_empty() {
            "What was done did not work. Try something stronger.".to_owned()
        } else {
            review.note.clone()
        };
        view! {
            <Notice tone=Tone::Warning title="It has not got better">
                <p>{words}</p>
            </Notice>
        }
    });
    view! {
        {reason}
        {rows.filter(|rows| !rows.is_empty()).map(|rows| view! { <Part title="From the manager"><SummaryList>{rows}</SummaryList></Part> })}
    }
}

/// The actions so far, and the end of the step.
#[component]
fn Planned(record: Arc<Record>, back: String) -> impl IntoView {
    let app = use_app();
    let open = record.actions.iter().filter(|action| action.done.is_none()).count();
    let must_check = record.spec().is_some_and(|spec| spec.needs_verification);
    let unchecked = record
        .actions
        .iter()
        .filter(|action| must_check && action.done.is_some() && action.verified.is_none())
        .count();
    let planned = record.actions.iter().any(|action| action.current);
    let words = match (planned, open, unchecked) {
        (false, _, _) => "Add at least one action, or say why none is needed.".to_owned(),
        (_, 0, 0) => "All actions are done. Finish this step.".to_owned(),
        (_, 0, _) => {
            format!("{} to be checked by another person.", count(unchecked, "action has", "actions have"))
        }
        _ => format!("{} not done yet.", count(open, "action is", "actions are")),
    };
    let ready = planned && open == 0 && unchecked == 0;
    let (finish, none) = (format!("{back}?do=finish"), format!("{back}?do=none"));
    let may_finish = may(app, "finish_actions", &record, None);
    let id: RecordId = record.id.clone();
    view! {
        <section class="stack" id=format!("actions-{id}")>
            <h2>"Actions"</h2>
            <ActionList record back />
            <p>{words}</p>
            {may_finish
                .then(|| {
                    view! {
                        <Buttons>
                            {ready.then(|| view! { <LinkButton href=finish>"Finish this step"</LinkButton> })}
                            {(open == 0 && !ready || !planned)
                                .then(|| {
                                    view! {
                                        <LinkButton href=none kind=Kind::Secondary>"No action is needed"</LinkButton>
                                    }
                                })}
                        </Buttons>
                    }
                })}
        </section>
    }
}
