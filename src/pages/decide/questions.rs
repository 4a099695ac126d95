//! The questions of the category in their order, with a quick way to say no to the rest.

use super::{answers::QUESTION, help::QuestionHelp, outages::KnownOutages, rules_of_others::Contracts};
use crate::{
    pages::record::form::Entry,
    routes,
    state::use_app,
    text::{common::count, review::body},
    ui::{Button, Choice, Kind, Radios, focus_again},
};
use domain::record::{Kind as RecordKind, Record};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn Questions(record: Arc<Record>, entry: Entry) -> impl IntoView {
    let app = use_app();
    let ids = record.spec().map(body::questions).unwrap_or_default();
    let open = {
        let ids = ids.clone();
        move || -> Vec<&'static str> {
            let is_open = |id: &&&str| entry.code(&format!("{QUESTION}{id}")).is_empty();
            ids.iter().filter(is_open).copied().collect()
        }
    };
    let (left, to_fill) = (open.clone(), open);
    let last = ids.last().copied();
    let fill = move |()| {
        let rest = untrack(&to_fill);
        for id in &rest {
            entry.set(&format!("{QUESTION}{id}"), "n".into());
        }
        entry.errors.set(Vec::new());
        app.notices.say(format!("{} set to no.", count(rest.len(), "answer", "answers")));
        // The button is gone. What stands before it has the focus now.
        if let Some(last) = last {
            focus_again(format!("input[name='{QUESTION}{last}']:checked"));
        }
    };
    let harmless =
        matches!(record.kind, RecordKind::Hazard | RecordKind::NearMiss | RecordKind::NoHarmIncident);
    let amend = format!("{}?do=amend", routes::record(&record.id));
    let kind = record.kind;
    let mismatch = move || match entry.code(&format!("{QUESTION}harm")).as_str() {
        "y" => harmless,
        "n" => kind == RecordKind::Incident,
        _ => false,
    };
    let (site, near) = (record.site.clone(), record);
    let rows = ids
        .into_iter()
        .map(|id| {
            let name = format!("{QUESTION}{id}");
            let options =
                vec![Choice::new("y", "Yes"), Choice::new("n", "No"), Choice::new("unsure", "Not sure")];
            let contracts = (id == "contract").then(|| view! { <Contracts site=site.clone() /> });
            view! {
                <div class="question stack">
                    <Radios
                        id=name.clone()
                        legend=body::question(id)
                        hint=body::question_hint(id)
                        options
                        value=entry.one(name.clone())
                        error=entry.error(name)
                        chips=true
                    />
                    {contracts}
                    <KnownOutages record=near.clone() entry question=id />
                    <QuestionHelp id />
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="question-set stack">
            <h2>"Questions"</h2>
            {rows}
            {move || {
                mismatch()
                    .then(|| {
                        view! {
                            <p>
                                "Your answer about harm does not fit the report. "
                                <a href=amend.clone()>"Correct the facts of the report first"</a>
                            </p>
                        }
                    })
            }}
            {move || {
                let rest = left().len();
                (rest > 0)
                    .then(|| {
                        view! {
                            <Button kind=Kind::Secondary on_press=Callback::new(fill.clone())>
                                {format!("No to all the others ({rest})")}
                            </Button>
                        }
                    })
            }}
        </section>
    }
}
