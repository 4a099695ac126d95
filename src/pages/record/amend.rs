//! Corrects the facts of a report, with a reason; the original stays visible.

use super::form::{Ask, Entry, Fields, Look, Source, answers_of, ask, beside_field, read, time_name};
use crate::{
    state::{Kind, use_app},
    text::review::{errors, facts, record::title},
    ui::{Button, Buttons, Details, ErrorSummary, FieldError, Form, LinkButton, Page},
};
use domain::{
    fields::{Field, Kind as FieldKind},
    record::Record,
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

const REASON: Ask = ask("reason", "Why do you correct it?", Look::Words).needed();

#[component]
pub fn AmendPage(record: Arc<Record>, #[prop(into)] back: String) -> impl IntoView {
    let app = use_app();
    let asks = asks(&record);
    let entry = Entry::open(
        app,
        format!("{}/amend", record.id),
        record.site.clone(),
        Some(record.id.clone()),
        now_in_boxes(&asks, &record),
    );
    let (first, rest): (Vec<Ask>, Vec<Ask>) = asks.iter().partition(|ask| ask.required);
    let navigate = use_navigate();
    let (start, cancel) = (now_in_boxes(&asks, &record), back.clone());
    let home = back.clone();
    let submit = move |()| {
        let Some(with) = correction(entry, &asks, &start) else { return };
        let (navigate, back) = (navigate.clone(), back.clone());
        entry.send("amend", with, beside_field, move |_| {
            app.notices.show(Kind::Success, "The facts are corrected.");
            navigate(&back, Default::default());
        });
    };
    view! {
        <Page
            title="Correct the facts"
            heading="Correct the facts"
            caption=title(&record)
            back=home
            has_error=entry.has_error()
        >
            <ErrorSummary errors=entry.errors />
            <p>"What was first reported stays visible. Change only what is wrong."</p>
            <Form on_submit=submit>
                <Fields asks=first entry />
                <Details summary="More facts">
                    <Fields asks=rest entry />
                </Details>
                <Fields asks=vec![REASON] entry />
                <Buttons>
                    <Button busy=entry.busy>"Save the correction"</Button>
                    <LinkButton href=cancel kind=crate::ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

/// One question per step 1 field; those that decide the kind come first and are marked as needed.
fn asks(record: &Record) -> Vec<Ask> {
    const DECIDE_THE_KIND: [&str; 3] = ["reached", "harm", "occurred_at"];
    let Some(spec) = record.spec() else { return Vec::new() };
    let fields =
        facts::fields(spec).into_iter().filter(|field| !matches!(field.name, "category" | "identity"));
    fields
        .map(|field| {
            let question = ask(field.name, facts::label(field.name), look(field));
            let first = field.required || DECIDE_THE_KIND.contains(&field.name);
            if first { question.needed() } else { question }
        })
        .collect()
}

fn look(field: &'static Field) -> Look {
    match (field.name, &field.kind) {
        ("location", _) => Look::Pick(Source::Place),
        ("asset", _) => Look::Pick(Source::Asset),
        ("unit", _) => Look::Pick(Source::Unit),
        ("people", _) => Look::PickMany(Source::Person),
        ("text", _) => Look::Words,
        (_, FieldKind::Code(list)) => Look::One(list),
        (_, FieldKind::Codes(list)) => Look::Many(list),
        (_, FieldKind::Texts) => Look::Lines,
        (_, FieldKind::Instant) => Look::Moment,
        (_, FieldKind::Date) => Look::Date,
        (_, FieldKind::Bool) => Look::YesNo,
        (_, FieldKind::Whole { .. }) => Look::Whole,
        _ => Look::Line,
    }
}

fn now_in_boxes(asks: &[Ask], record: &Record) -> Map<String, Value> {
    let occurred_at = Value::from(record.facts.occurred_at().to_rfc3339());
    asks.iter()
        .flat_map(|ask| match (ask.name, record.facts.fields.get(ask.name)) {
            ("occurred_at", None) => answers_of(ask, &occurred_at),
            (_, value) => answers_of(ask, value.unwrap_or(&Value::Null)),
        })
        .collect()
}

/// Only what differs from the boxes as they were; a field that was emptied is removed.
fn correction(entry: Entry, asks: &[Ask], start: &Map<String, Value>) -> Option<Map<String, Value>> {
    let answers = entry.answers.get_untracked();
    // Facts that do not apply may stay empty: only the reason is needed here.
    let optional: Vec<Ask> = asks.iter().map(|ask| Ask { required: false, ..*ask }).collect();
    let (now, mut problems) = read(&optional, &answers);
    let mut with = entry.read(&[REASON]).unwrap_or_default();
    entry.also_asks(&optional);
    problems.extend(entry.errors.get_untracked());
    let touched = |name: &str| typed(&answers, name) != typed(start, name);
    let changes: Map<String, Value> = asks
        .iter()
        .filter(|ask| touched(ask.name) || touched(&time_name(ask.name)))
        .map(|ask| (ask.name.to_owned(), now.get(ask.name).cloned().unwrap_or(Value::Null)))
        .collect();
    if changes.is_empty() && problems.is_empty() {
        let first = asks.first().map_or("main", |ask| ask.name);
        problems
            .push(FieldError::new(first, errors::missing("changes").unwrap_or("Change at least one answer")));
    }
    if !problems.is_empty() {
        entry.errors.set(problems);
        return None;
    }
    with.insert("changes".into(), Value::Object(changes));
    Some(with)
}

/// What stands in a box; an empty box is the same as none.
fn typed<'a>(answers: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    answers.get(name).filter(|value| !domain::fields::is_empty(value))
}
