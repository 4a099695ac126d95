//! The questions, the bodies they point to, and the decision, on one page.

use super::{
    answers::{self, Typed},
    bodies::Bodies,
    questions::Questions,
};
use crate::{
    pages::{
        inbox,
        record::form::{Ask, Entry, Fields, Look, ask},
    },
    routes,
    state::{Kind, use_app},
    text::review::{body, steps},
    ui::{Button, Buttons, Form, Radios},
};
use domain::{record::Record, vocabulary::NOTIFICATION_OUTCOME};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use std::sync::Arc;

const REASON: Ask = ask("reason", "Why?", Look::Words).needed();
const MORE: [Ask; 3] = [
    ask("wider_risk", "Is there a wider risk?", Look::Words)
        .hint("For example, the same thing could happen in other places"),
    ask("finding", "What did you find?", Look::Words).under("Finding and advice"),
    ask("advice_from", "Who gave advice?", Look::Line).under("Finding and advice"),
];

pub fn entry_of(record: &Record, revises: bool) -> Entry {
    let app = use_app();
    let start = record.notification().filter(|_| revises).map(answers::from_decision).unwrap_or_default();
    let key = format!("{}/decide/{}", record.id, record.decisions.len());
    Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start)
}

#[component]
pub fn DecideForm(record: Arc<Record>, entry: Entry, verb: &'static str) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let revises = verb == "revise_notification";
    let of = record.id.clone();
    let repeat = Memo::new(move |_| {
        app.with_record(&of, |record, register| register.is_repeat_concern(record)).unwrap_or_default()
    });
    let suggest = {
        let record = record.clone();
        move |typed: &Typed| answers::suggestions(typed, &record, app.instant(), repeat.get_untracked())
    };
    let known = record.clone();
    let submit = move |()| {
        let typed = entry.answers.get_untracked();
        let Some(spec) = known.spec() else { return };
        let suggestions = suggest(&typed);
        let missing = answers::missing(&typed, spec, &suggestions, revises);
        if !missing.is_empty() {
            return entry.errors.set(missing);
        }
        let to_tell = suggestions
            .iter()
            .any(|(body, suggestion)| answers::needed(&typed, body, *suggestion) && !known.is_sent(body));
        let (navigate, id) = (navigate.clone(), known.id.clone());
        entry.send(verb, answers::with(&typed), answers::beside, move |_| {
            let words = if to_tell {
                "Saved. Now tell them, and record when you did."
            } else {
                "The decision is saved."
            };
            app.notices.show(Kind::Success, words);
            let next = if to_tell { routes::record(&id) } else { inbox::after(app, &id) };
            navigate(&next, Default::default());
        });
    };
    let written = steps::destination(&record, 3, &app.directory.read_untracked());
    let outcomes: Vec<_> = crate::pages::record::form::of_list(&NOTIFICATION_OUTCOME)
        .into_iter()
        .filter(|choice| !(revises && choice.value == "seek_advice"))
        .collect();
    view! {
        <Form on_submit=submit>
            <Questions record=record.clone() entry />
            <Bodies record entry repeat />
            <Radios
                id="outcome"
                legend="What do you decide?"
                options=outcomes
                value=entry.one("outcome")
                error=entry.error("outcome")
            />
            <Fields asks=vec![REASON] entry />
            <Fields asks=MORE.to_vec() entry />
            <p class="muted">{format!("Written in: {written}")}</p>
            <Buttons>
                <Button busy=entry.busy>{if revises { "Save the change" } else { "Save the decision" }}</Button>
            </Buttons>
            <p class="small muted">{body::caveat()}</p>
        </Form>
    }
}
