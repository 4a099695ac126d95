//! Questions of the provider about a period, and the answers of those who manage the site. `?question=` opens the page
//! at one of them.

use super::Subject;
use crate::{
    pages::{
        address::address,
        oversee::waiting::seen_key,
        record::{
            form::{Ask, Entry, Fields, Look, ask, beside_field},
            may::may_at,
        },
    },
    state::use_app,
    text::{common, review::people},
    ui::{Button, Details, ErrorSummary, FieldError, Form, Kind, StatusTag, TextArea, lead_to},
};
use domain::audits::ProviderQuestion;
use markup::prelude::*;
use serde_json::{Map, Value};

const QUESTION: [Ask; 1] = [ask("text", "Your question", Look::Words).needed()];
const TEXT: &str = "text";

#[component]
pub fn Questions(subject: Subject) -> impl IntoView {
    let app = use_app();
    let of = subject.clone();
    // Those about no period stand on every page of the category, and those about nothing on every page.
    let asked = Memo::new(move |_| {
        let register = app.register.read();
        let is_here = |question: &&ProviderQuestion| {
            question.category.is_none_or(|category| category == of.spec.id)
                && question.period.is_none_or(|period| period == of.period)
        };
        let mut asked: Vec<ProviderQuestion> =
            register.provider_questions(&of.site).filter(is_here).cloned().collect();
        asked.reverse();
        asked
    });
    let may_ask = may_at(app, &subject.site, "ask_manager");
    if may_ask {
        // The provider has read the answers that stand on this page.
        Effect::new(move |_| {
            for question in asked.read().iter().filter(|question| question.answer.is_some()) {
                app.seen.mark(&seen_key(question), 1);
            }
        });
    }
    let may_answer = may_at(app, &subject.site, "answer_provider");
    let of = subject.clone();
    let keys = Memo::new(move |_| {
        asked.read().iter().map(|one| (one.id.clone(), one.answer.is_some())).collect::<Vec<_>>()
    });
    let address = address();
    let wanted = Memo::new(move |_| address.read().query.get("question"));
    // Once: what arrives later does not move the page.
    Effect::new(move |led: Option<Option<String>>| {
        let wanted = wanted.get().filter(|id| keys.read().iter().any(|(key, _)| **key == **id));
        if let Some(id) = wanted.as_ref().filter(|_| led.flatten() != wanted) {
            lead_to(heading_of(id));
        }
        wanted
    });
    let lines = move || -> Vec<Node> {
        keys.track();
        let asked = asked.get_untracked();
        asked.into_iter().map(|question| view! { <Line subject=of.clone() question may_answer /> }).collect()
    };
    let none = move || {
        let words = if may_ask {
            "You have asked nothing about this period."
        } else {
            "The provider has asked nothing about this period."
        };
        keys.read().is_empty().then(|| view! { <p class="muted">{words}</p> })
    };
    view! {
        <section class="stack">
            <h2>"Questions to the manager"</h2>
            {none}
            <ul class="plain-list stack">{lines}</ul>
            {may_ask.then(|| view! { <Details summary="Ask the manager"><AskForm subject=subject.clone() /></Details> })}
        </section>
    }
}

fn heading_of(id: &str) -> String {
    format!("question-{id}")
}

#[component]
fn AskForm(subject: Subject) -> impl IntoView {
    let app = use_app();
    let key = format!("ask_manager/{}/{}/{}", subject.site, subject.spec.id, subject.period);
    let entry = Entry::open(app, key, subject.site.clone(), None, Map::new());
    let submit = move |()| {
        let Some(mut with) = entry.read(&QUESTION) else { return };
        with.insert("category".to_owned(), Value::from(subject.spec.id));
        with.insert("period".to_owned(), Value::from(subject.period.to_string()));
        let done = "The question is sent to the managers of this site.";
        entry.send_saying("ask_manager", with, beside_field, done, move |_| entry.clear());
    };
    view! {
        <ErrorSummary errors=entry.errors />
        <Form on_submit=submit>
            <Fields asks=QUESTION.to_vec() entry />
            <p><Button kind=Kind::Secondary busy=entry.busy icon="send">"Ask this question"</Button></p>
        </Form>
    }
}

#[component]
fn Line(subject: Subject, question: ProviderQuestion, may_answer: bool) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let head = |by, at| format!("{}, {}", people::author(by, &directory, &subject.site), common::moment(at));
    let asked = head(&question.by, question.at);
    let answer = question.answer.as_ref().map(|answer| {
        let (by, text) = (head(&answer.by, answer.at), answer.text.clone());
        view! {
            <div class="stack">
                <p class="small muted">{format!("Answer. {by}")}</p>
                <blockquote class="quote">{text}</blockquote>
            </div>
        }
    });
    let is_open = question.answer.is_none();
    let waits = is_open.then(|| view! { <p><StatusTag status="due" label="Waits for an answer" /></p> });
    let form = (is_open && may_answer).then(|| {
        let (subject, id) = (subject.clone(), question.id.to_string());
        view! { <AnswerForm subject id /> }
    });
    let (text, heading) = (question.text, heading_of(&question.id));
    view! {
        <li class="message stack">
            <h3 class="small muted" id=heading tabindex="-1">{format!("Question. {asked}")}</h3>
            <blockquote class="quote">{text}</blockquote>
            {answer}
            {waits}
            {form}
        </li>
    }
}

#[component]
fn AnswerForm(subject: Subject, id: String) -> impl IntoView {
    let app = use_app();
    let entry = Entry::open(app, format!("answer_provider/{id}"), subject.site, None, Map::new());
    // Several questions may wait on one page.
    let input = format!("answer-{id}");
    let error_at = input.clone();
    let submit = move |()| {
        let text = untrack(|| entry.code(TEXT));
        if text.trim().is_empty() {
            return entry.errors.set(vec![FieldError::new(error_at.clone(), "Write your answer.")]);
        }
        let mut with = Map::from_iter([(TEXT.to_owned(), Value::from(text))]);
        with.insert("question".to_owned(), Value::from(id.as_str()));
        entry.send_saying(
            "answer_provider",
            with,
            beside_field,
            "The answer is sent to the provider.",
            |_| {},
        );
    };
    view! {
        <ErrorSummary errors=entry.errors />
        <Form on_submit=submit>
            <TextArea id=input.clone() label="Your answer" error=entry.error(input) value=entry.text(TEXT) />
            <p><Button kind=Kind::Secondary busy=entry.busy icon="send">"Answer the provider"</Button></p>
        </Form>
    }
}
