//! One change: what was done, the measure, the looks, evidence and what people say.

use crate::{
    pages::record::{may::may, seen},
    routes,
    state::{App, use_app},
    text::{
        common::day,
        learning as text,
        review::{
            decision::{count, labels},
            gone,
            history::NOT_SHOWN,
            record::{icon, title},
            steps,
        },
    },
    ui::{Icon, StatusTag, SummaryList, SummaryRow},
};
use domain::{
    ids::RecordId,
    learning::{Improvement, Look, Standing},
    record::{DecisionBody, Record},
    time::london_date,
    vocabulary as list,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Card(id: RecordId, standing: Standing) -> impl IntoView {
    let app = use_app();
    let Some(record) = untrack(|| seen(app, &id)) else { return Node::Nothing };
    let words = title(&record);
    let (status, label) = text::standing(standing);
    let rows = rows(&record).into_iter().map(|(key, words)| view! { <SummaryRow key>{words}</SummaryRow> });
    let rows = rows.collect_view();
    let href = routes::record(&record.id);
    let heading = format!("change-{}", record.id);
    let acts = acts(app, &record);
    view! {
        <article class="improvement" aria-labelledby=heading.clone()>
            <div class="improvement__head">
                <h2 class="card__title" id=heading>
                    <Icon name=icon(&record) /> " " <a class="lone" href=href>{words}</a>
                </h2>
                <StatusTag status label />
            </div>
            <SummaryList>{rows}</SummaryList>
            <Looks record=record.clone() />
            <Said record />
            {(!acts.is_empty()).then(|| view! { <ul class="record-part__acts no-print">{acts}</ul> })}
        </article>
    }
}

/// What was done, or why nothing was; empty before either.
pub(super) fn what_we_changed(record: &Record) -> String {
    let done: Vec<String> = record
        .actions
        .iter()
        .filter(|action| action.done.is_some())
        .map(|action| {
            let strength = list::CONTROL_STRENGTH.label(&action.strength).to_lowercase();
            format!(
                "{} (strength: {strength})",
                gone::shown(&action.text, record, NOT_SHOWN).trim_end_matches('.')
            )
        })
        .collect();
    match record.action_decision().map(|decision| &decision.body) {
        Some(DecisionBody::NoAction { reason, .. }) if done.is_empty() => {
            format!("No action: {}", gone::shown(reason, record, "why is not shown to you"))
        }
        _ => done.join(". "),
    }
}

/// What was done, what was counted, and how it is known.
fn rows(record: &Record) -> Vec<(&'static str, String)> {
    let mut rows = vec![(text::CHANGED, what_we_changed(record))];
    if let Some(review) = record.outcome() {
        rows.push(("What was counted", gone::shown(&review.measure, record, "Not shown to you").to_owned()));
        rows.push((
            "Before and after",
            format!("{}, then {}", count(&review.baseline), count(&review.value)),
        ));
        rows.push(("How we know", labels(&list::EVIDENCE_SOURCE, &review.evidence)));
    }
    rows.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// The two looks with their dates and results, and the check that attaches itself: did it come back?
#[component]
pub fn Looks(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    live(move || {
        let register = app.register.read();
        let Some(change) = Improvement::of(&record, &register) else { return Node::Nothing };
        let today = app.today();
        let late = change.look_due(today).map(|look| look.review);
        let open = record.state.is_open();
        let looks =
            change.looks.iter().map(|look| one(look, late == Some(look.review), open, today)).collect_view();
        let similar =
            text::similar_since(change.similar_since(&register), london_date(change.changed_at), today);
        let back = !change.came_back.is_empty();
        let back_words = back.then_some("An alert says that it came back.");
        let back = back.to_string();
        view! {
            <ul class="looks">
                {looks}
                <li class="look" data-late=back>
                    <span class="look__name">"Did it come back?"</span>
                    <span>{similar} " " {back_words}</span>
                </li>
            </ul>
        }
    })
}

fn one(look: &Look<'_>, late: bool, open: bool, today: chrono::NaiveDate) -> Node {
    let words = match look.found {
        Some((decision, review)) => {
            format!("{}, {}.", list::VERDICT.label(&review.verdict), day(london_date(decision.at)))
        }
        None if !open => "The record was finished without it.".to_owned(),
        None => text::look_due(look.due, today),
    };
    let late = late.to_string();
    view! {
        <li class="look" data-late=late>
            <span class="look__name">{text::look(look.review)}</span>
            <span>{words}</span>
        </li>
    }
}

/// What people say about the change.
#[component]
fn Said(record: Arc<Record>) -> impl IntoView {
    let lines = record
        .feedback
        .iter()
        .rev()
        .map(|feedback| {
            let from = list::FEEDBACK_FROM.label(&feedback.from);
            let when = day(london_date(feedback.note.at));
            let words = feedback.note.text.clone();
            view! {
                <li>
                    <p class="small muted">{format!("{from}, {when}")}</p>
                    <blockquote class="quote">{words}</blockquote>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty())
        .then(|| view! { <ul class="plain-list stack" aria-label="What people say">{lines}</ul> })
}

fn acts(app: App, record: &Record) -> Vec<Node> {
    let here = routes::record(&record.id);
    let told = app.site().and_then(|site| app.register.read_untracked().story_of(&site, &record.id));
    let story = match told {
        Some(story) => Some(("See its story", format!("{}?story={}", routes::BOARD, story.id))),
        None => super::tell::may_tell(app, record).then(|| (text::MAKE_STORY, routes::story(&record.id))),
    };
    let acts = [
        (!record.waits_to_be_finished() && may(app, "record_outcome", record, None))
            .then(|| (steps::button(5), routes::step(&record.id, steps::address(5)))),
        may(app, "add_feedback", record, None).then(|| ("Add feedback", format!("{here}?do=feedback"))),
        story,
    ];
    let name = title(record);
    acts.into_iter()
        .flatten()
        .map(|(words, href)| {
            view! { <li><a href=href>{words}<span class="visually-hidden">{format!(": {name}")}</span></a></li> }
        })
        .collect()
}
