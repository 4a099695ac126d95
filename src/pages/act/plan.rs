//! The form of a new action: ideas to start from, how strong it is while it is written, and which other records
//! the same work answers.

use super::strength::{EarlyWord, StrengthNow};
use crate::{
    pages::record::{
        form::{Ask, Entry, Fields, beside_field},
        forms::FormSpec,
        shared::{Also, OneSite, also, could_share, write_each},
    },
    state::{Kind, use_app},
    text::{common::count, review::strength},
    ui::{Button, Buttons, Choice, Details, Form, Radios},
};
use domain::{category::Offered, ids::RecordId, record::Record, vocabulary as list};
use markup::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Ideas in the open; the others are behind a line to press.
const IN_THE_OPEN: usize = 3;
const JUST_CULTURE: &str = "just_culture";

#[component]
pub fn PlanForm(record: Arc<Record>, spec: &'static FormSpec, entry: Entry) -> impl IntoView {
    let app = use_app();
    let asks = spec.asks(&record);
    let named =
        |names: &[&str]| asks.iter().filter(|ask| names.contains(&ask.name)).copied().collect::<Vec<Ask>>();
    let (text, who, strong) = (named(&["text"]), named(&["owner", "due"]), named(&["strength"]));
    let rest = named(&["kind", "contractor", "waiting_for"]);
    let options: Vec<_> =
        could_share(app, &record, None).into_iter().map(|(id, words)| (id.to_string(), words)).collect();
    let several = app.directory.read_untracked().sites.len() > 1;
    let to_send = asks.clone();
    let submit = move |()| {
        let Some(mut with) = entry.read(&to_send) else { return };
        let answer = untrack(|| entry.code(JUST_CULTURE));
        if !answer.is_empty() {
            with.insert(JUST_CULTURE.into(), answer.into());
        }
        let others: Vec<RecordId> = also(entry).iter().map(|id| id.as_str().into()).collect();
        for other in &others {
            if let Err(problem) = app.check("plan_action", Some(other.clone()), with.clone()) {
                return entry.show(&problem, beside_field);
            }
        }
        let copy = with.clone();
        entry.send("plan_action", with, beside_field, move |written| {
            entry.clear();
            let each = others.into_iter().map(|other| {
                let mut with = copy.clone();
                with.insert("shared".into(), written.event.to_string().into());
                (other, with)
            });
            let each: Vec<_> = each.collect();
            let number = each.len();
            write_each(app, "plan_action", each, move |problem| match (problem, number) {
                (Some(words), _) => app.notices.show(Kind::Warning, words),
                (None, 0) => app.notices.show(Kind::Success, spec.done),
                (None, _) => {
                    let records = count(number, "other record", "other records");
                    app.notices.show(Kind::Success, format!("The action is added here and to {records}."));
                }
            });
        });
    };
    view! {
        <EarlyWord record=record.clone() />
        <Ideas record=record.clone() entry />
        <Form on_submit=submit>
            <Fields asks=text entry />
            <JustCulture entry />
            <Fields asks=who entry />
            <Fields asks=strong entry />
            <StrengthNow record entry />
            <Fields asks=rest entry />
            {(!options.is_empty() || several)
                .then(|| {
                    let none = options.is_empty();
                    view! {
                        <Details summary="This action also answers other records (optional)">
                            {none.then(|| view! { <p>"No other record of this site waits for an action."</p> })}
                            <OneSite app />
                            <Also
                                entry
                                legend="Other records that wait for an action"
                                hint="Each gets the same action. The list of actions shows it once"
                                options
                            />
                        </Details>
                    }
                })}
            <Buttons>
                <Button busy=entry.busy>{spec.button}</Button>
            </Buttons>
        </Form>
    }
}

/// Actions that others took for the same thing; each can be changed before it is saved. Lists that arrive while the
/// page is open bring theirs at once.
#[component]
fn Ideas(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let app = use_app();
    let ideas = Memo::new(move |_| {
        let directory = app.directory.read();
        record.spec().map(|spec| spec.ideas_for(&directory, &record.site, &record.facts)).unwrap_or_default()
    });
    live(move || {
        let ideas = ideas.get();
        if ideas.is_empty() {
            return Node::Nothing;
        }
        let chips = |ideas: &[Offered]| {
            ideas.iter().cloned().map(|idea| view! { <Idea idea entry /> }).collect_view()
        };
        let (open, more) = ideas.split_at(ideas.len().min(IN_THE_OPEN));
        let open = chips(open);
        let rest = (!more.is_empty()).then(|| {
            let summary = count(more.len(), "more idea", "more ideas");
            let more = chips(more);
            view! { <Details summary><ul class="ideas">{more}</ul></Details> }
        });
        view! {
            <section class="stack" aria-labelledby="ideas">
                <h3 id="ideas">"Ideas to start from"</h3>
                <p class="muted">"Press one to put it in the form. Change the words so that they fit."</p>
                <ul class="ideas">{open}</ul>
                {rest}
            </section>
        }
    })
}

#[component]
fn Idea(idea: Offered, entry: Entry) -> impl IntoView {
    let Offered { text, strength, kind } = idea;
    let label = list::CONTROL_STRENGTH.label(&strength).to_owned();
    let (words, code) = (text.clone(), strength.clone());
    let choose = move |_| {
        for (name, value) in [("text", &text), ("strength", &strength), ("kind", &kind)] {
            entry.set(name, Value::from(value.as_str()));
        }
        entry.app.notices.say("The idea is in the form. Change the words as you need.");
    };
    view! {
        <li>
            <button class="idea" type="button" on:click=choose>
                <span class="idea__words">{words}</span>
                <span class="idea__strength" data-strength=code>{label}</span>
            </button>
        </li>
    }
}

/// Asked before an action that is about one member of staff. The answer stands with the action, for whoever ends the
/// step.
#[component]
fn JustCulture(entry: Entry) -> impl IntoView {
    let asked = Memo::new(move |_| {
        strength::is_about_one_person(&entry.code("text")) || !entry.code(JUST_CULTURE).is_empty()
    });
    let options: Vec<Choice> = crate::pages::record::form::of_list(&list::JUST_CULTURE);
    live(move || {
        asked.get().then(|| {
            let options = options.clone();
            view! {
                <section class="just-culture">
                    <Radios
                        id=JUST_CULTURE
                        legend="Would another competent person in the same situation have done the same?"
                        hint="This reads like something for one person. Think about this first"
                        options
                        value=entry.one(JUST_CULTURE)
                    />
                </section>
            }
        })
    })
}
