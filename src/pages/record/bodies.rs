//! Who must be told outside the service, why, by when, and when they were.

use super::{Part, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{body, due as due_words},
    },
    ui::{Cell, Notice, StatusTag, Table},
};
use domain::{
    notification::{self, tell_by},
    record::{Kind, Notification, Record},
    vocabulary::BODY,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn BodiesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let Some(decision) = record.notification() else {
        return told_anyway(&record)
            .map(|rows| view! { <Part title="Who was told">{rows}</Part> })
            .into_any();
    };
    let can_record = may(app, "record_sent", &record, None);
    let needed: Vec<&String> =
        decision.bodies.iter().filter(|(_, body)| body.needed).map(|(code, _)| code).collect();
    let rows = needed
        .iter()
        .map(|code| view! { <BodyRow record=record.clone() decision=decision.clone() code=(*code).clone() can_record /> })
        .collect_view();
    let heads: Vec<String> = ["Who", "Why", "By when", "Told"].map(str::to_owned).to_vec();
    let table = (!needed.is_empty()).then(|| {
        view! { <Table caption="Who must be told" hide_caption=true heads>{rows}</Table> }
    });
    let nobody = needed.is_empty().then(|| view! { <p>"Nobody outside needs to be told."</p> });
    let harmless = !matches!(record.kind, Kind::Incident | Kind::RestrictivePractice);
    let still = (harmless && !needed.is_empty()).then(|| {
        view! {
            <Notice>
                <p>"Nobody was harmed. They must still be told."</p>
            </Notice>
        }
    });
    let others = not_needed(&record, decision);
    let acts = if can_record {
        vec![("Record that somebody was told", format!("{}?do=sent", routes::record(&record.id)))]
    } else {
        Vec::new()
    };
    view! {
        <Part title="Who must be told" acts>
            {still}
            {nobody}
            {table}
            {others}
            {told_anyway(&record)}
            <p class="muted small">{body::caveat()}</p>
        </Part>
    }
    .into_any()
}

#[component]
fn BodyRow(record: Arc<Record>, decision: Notification, code: String, can_record: bool) -> impl IntoView {
    let app = use_app();
    let name = BODY.label(&code).to_owned();
    let why = reasons(&record, &decision, &code);
    let sent = record.sent.iter().rev().find(|sent| sent.body == code).cloned();
    let settings = app.directory.read_untracked().settings(&record.site);
    let by = tell_by(&record, &decision, &code, &settings);
    let since = record.reported_at;
    let is_told = sent.is_some();
    let by_when = move || match by {
        Some(by) => due_words::tell_by(by, app.now.get()),
        None if is_told => "without delay".to_owned(),
        None => format!("without delay, {} since the report", due_words::elapsed(since, app.now.get())),
    };
    let keep = notification::keep_until(&record, &decision, &code).map(
        |date| view! { <p class="small muted">{format!("Keep the papers until {}", common::day(date))}</p> },
    );
    let href = format!("{}?do=sent&about={code}", routes::record(&record.id));
    let told = match sent {
        Some(sent) => {
            let more: Vec<String> =
                [sent.how, sent.reference].into_iter().filter(|text| !text.is_empty()).collect();
            view! {
                <StatusTag status="done" label="Told" />
                <p>{common::moment(sent.sent_at)}</p>
                <p class="small muted">{more.join(", ")}</p>
            }
            .into_any()
        }
        None => {
            let about = format!(": {name}");
            view! {
                <StatusTag status="due" label="Not told yet" />
                {can_record
                    .then(|| {
                        view! {
                            <p>
                                <a href=href>
                                    "Record that they were told" <span class="visually-hidden">{about}</span>
                                </a>
                            </p>
                        }
                    })}
            }
            .into_any()
        }
    };
    view! {
        <tr role="row">
            <Cell head="Who" names_row=true>{name}</Cell>
            <Cell head="Why">{why} {keep}</Cell>
            <Cell head="By when">{by_when}</Cell>
            <Cell head="Told">{told}</Cell>
        </tr>
    }
}

/// The rules that spoke for it, then the manager's own reason.
fn reasons(record: &Record, decision: &Notification, code: &str) -> String {
    let decided_at = record.notification_decision().map_or(record.reported_at, |decision| decision.at);
    let rows = notification::reasons(record, &decision.answers, decided_at, false)
        .filter(|(body, _)| *body == code)
        .map(|(_, reason)| body::why(reason.row, answer(decision, reason.row)));
    let own = decision.bodies.get(code).map(|body| body.reason.clone()).filter(|reason| !reason.is_empty());
    let words: Vec<String> = rows.chain(own).collect();
    if words.is_empty() { "Decided by the manager".into() } else { words.join(". ") }
}

fn answer<'a>(decision: &'a Notification, row: &notification::Row) -> Option<&'a str> {
    row.question.as_ref().and_then(|question| decision.answers.get(question)).map(String::as_str)
}

fn not_needed(record: &Record, decision: &Notification) -> Option<impl IntoView + use<>> {
    let lines: Vec<String> = decision
        .bodies
        .iter()
        .filter(|(_, body)| !body.needed && (body.suggested != "not_needed" || !body.reason.is_empty()))
        .map(|(code, decided)| {
            let why = if decided.reason.is_empty() {
                reasons(record, decision, code)
            } else {
                decided.reason.clone()
            };
            format!("{}: need not be told. {why}", BODY.label(code))
        })
        .collect();
    (!lines.is_empty())
        .then(|| view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> })
}

/// Bodies that were told although the decision does not ask for it.
fn told_anyway(record: &Record) -> Option<impl IntoView + use<>> {
    let needed = |code: &str| {
        record.notification().and_then(|decision| decision.bodies.get(code)).is_some_and(|body| body.needed)
    };
    let lines: Vec<String> = record
        .sent
        .iter()
        .filter(|sent| !needed(&sent.body))
        .map(|sent| format!("{}: told {}", BODY.label(&sent.body), common::moment(sent.sent_at)))
        .collect();
    (!lines.is_empty())
        .then(|| view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> })
}
