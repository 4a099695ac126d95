//! The bodies that the answers point to, live: why, by when, and if they must be told.

use super::{
    answers::{self, BODY_OF, WHY},
    rules_of_others::{Contracts, CouncilText},
};
use crate::{
    pages::record::form::Entry,
    state::use_app,
    text::{
        common,
        review::{due, outage},
    },
    ui::{Choice, Details, Notice, Radios, StatusTag, TextField},
};
use domain::{
    notification::{self, Suggestion, tell_by},
    record::{Kind, Record},
    vocabulary::{BODY, SUGGESTION},
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn Bodies(
    record: Arc<Record>,
    entry: Entry,
    /// A pattern of concern holds the record; an alert may arrive while the form is open.
    repeat: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let known = record.clone();
    let suggested = Memo::new(move |_| {
        let (now, repeat) = (app.now.get(), repeat.get());
        let all = entry.answers.with(|typed| answers::suggestions(typed, &known, now, repeat));
        answers::in_order(&all)
            .into_iter()
            .map(|(body, strength)| (body.clone(), *strength))
            .collect::<Vec<_>>()
    });
    let of = move |wanted: bool| {
        let all = suggested.get();
        all.into_iter()
            .filter(move |(_, strength)| (*strength != Suggestion::NotNeeded) == wanted)
            .collect::<Vec<_>>()
    };
    let harmless = !matches!(record.kind, Kind::Incident | Kind::RestrictivePractice);
    let still_notifiable = Memo::new(move |_| {
        let any = entry.answers.with(|typed| {
            suggested.read().iter().any(|(body, strength)| answers::needed(typed, body, *strength))
        });
        harmless && any && !entry.answers.with(answers::tells_of_harm)
    });
    let (first, others) = (record.clone(), record);
    view! {
        <section class="stack" aria-live="polite">
            <h2>"Who must be told"</h2>
            {move || {
                still_notifiable
                    .get()
                    .then(|| {
                        view! {
                            <Notice>
                                <p>"Nobody was harmed, but somebody must still be told."</p>
                            </Notice>
                        }
                    })
            }}
            {move || {
                of(true).is_empty().then(|| view! { <p class="muted">"Your answers do not point to anybody yet."</p> })
            }}
            <For each=move || of(true) key=|(body, strength)| (body.clone(), strength.code()) let:body>
                <BodyChoice record=first.clone() entry body repeat />
            </For>
            <Details summary="Tell somebody else too">
                <For each=move || of(false) key=|(body, strength)| (body.clone(), strength.code()) let:body>
                    <BodyChoice record=others.clone() entry body repeat />
                </For>
            </Details>
        </section>
    }
}

#[component]
fn BodyChoice(
    record: Arc<Record>,
    entry: Entry,
    body: (String, Suggestion),
    repeat: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let (code, suggestion) = body;
    let (choice, why) = (format!("{BODY_OF}{code}"), format!("{WHY}{code}"));
    let reasons = {
        let (record, code) = (record.clone(), code.clone());
        Memo::new(move |_| {
            let (now, repeat) = (app.now.get(), repeat.get());
            entry.answers.with(|typed| answers::reasons(typed, &record, now, repeat, &code))
        })
    };
    let (settings, contract) = {
        let directory = app.directory.read_untracked();
        let today = untrack(|| app.today());
        (directory.settings(&record.site), directory.shortest_contract(&record.site, today))
    };
    let loaded = match code.as_str() {
        "council_safeguarding" => view! { <CouncilText site=record.site.clone() /> },
        "commissioner" => view! { <Contracts site=record.site.clone() /> },
        _ => Node::Nothing,
    };
    let how = notification::help().body(&code).map(|help| {
        let words = [help.how.as_str(), help.silent.as_str()].join(" ");
        view! { <p class="small muted">{words.trim().to_owned()}</p> }
    });
    let by_when = {
        let code = code.clone();
        move || {
            let (now, repeat) = (app.now.get(), repeat.get());
            let decision = entry
                .answers
                .with(|typed| answers::as_decided(typed, &answers::suggestions(typed, &record, now, repeat)));
            let needed = decision.bodies.get(&code).is_some_and(|body| body.needed);
            needed.then(|| match tell_by(&record, &decision, &code, &settings) {
                Some(by) => format!("Tell them {}.", due::tell_by(by, now)),
                None => {
                    let passed = outage::told_since(&code, &record.outages, now)
                        .map(|since| format!(" It had been off for 24 hours {}.", common::when(since, now)));
                    format!(
                        "Tell them {}. {} since the report.{}",
                        due::no_time(&code, contract),
                        due::elapsed(record.reported_at, now),
                        passed.unwrap_or_default()
                    )
                }
            })
        }
    };
    // The suggestion is what counts while nothing is chosen, so it is shown as chosen.
    let value = {
        let (get, set) = (choice.clone(), choice.clone());
        let usual = match suggestion {
            Suggestion::Needed => Some("y"),
            Suggestion::NotNeeded => Some("n"),
            Suggestion::Consider => None,
        };
        crate::ui::Bound::new(
            move || Some(entry.code(&get)).filter(|code| !code.is_empty()).or(usual.map(str::to_owned)),
            move |chosen: Option<String>| entry.set(&set, chosen.unwrap_or_default().into()),
        )
    };
    let status = match suggestion {
        Suggestion::Needed => "overdue",
        Suggestion::Consider => "due",
        Suggestion::NotNeeded => "other",
    };
    let options = vec![Choice::new("y", "Tell them"), Choice::new("n", "Need not be told")];
    let name = BODY.label(&code).to_owned();
    let why_label = match suggestion {
        Suggestion::Consider => format!("Why? ({name})"),
        _ => format!("Why, if you decide differently ({name})"),
    };
    view! {
        <div class="body-choice stack" data-suggestion=suggestion.code()>
            <p class="cluster">
                <StatusTag status label=SUGGESTION.label(suggestion.code()) />
            </p>
            <Radios
                id=choice.clone()
                legend=name
                options
                value
                error=entry.error(choice)
                chips=true
            />
            {move || {
                let lines = reasons.get();
                (!lines.is_empty())
                    .then(|| {
                        let lines = lines.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
                        view! {
                            <div class="small">
                                <p class="loaded-rule__title">"Why"</p>
                                <ul>{lines}</ul>
                            </div>
                        }
                    })
            }}
            {loaded}
            {move || by_when().map(|words| view! { <p>{words}</p> })}
            {how}
            <TextField
                id=why.clone()
                label=why_label
                error=entry.error(why.clone())
                value=entry.text(why)
                spellcheck=true
            />
        </div>
    }
}
