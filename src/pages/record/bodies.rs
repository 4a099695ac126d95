//! Who must be told outside the service, why, by when, and when they were.

use super::{Part, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{body, due as due_words},
    },
    ui::{Notice, StatusTag, SummaryList, SummaryRow},
};
use domain::{
    notification::{self, tell_by},
    record::{Kind, Notification, Record},
    vocabulary::BODY,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn BodiesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let Some(decision) = record.notification() else {
        return told_anyway(&record)
            .map(|rows| view! { <Part title="Who was told">{rows}</Part> })
            .into_node();
    };
    let can_record = may(app, "record_sent", &record, None);
    let needed: Vec<&String> =
        decision.bodies.iter().filter(|(_, body)| body.needed).map(|(code, _)| code).collect();
    let rows = needed
        .iter()
        .map(|code| view! { <BodyRow record=record.clone() decision=decision.clone() code=(*code).clone() can_record /> })
        .collect_view();
    let nobody = needed.is_empty().then(|| view! { <p>"Nobody outside needs to be told."</p> });
    let harmless = !matches!(record.kind, Kind::Incident | Kind::RestrictivePractice);
    let waits = needed.iter().any(|code| !record.is_sent(code));
    let still = (harmless && waits).then(|| {
        view! {
            <Notice>
                <p>"Nobody was harmed. They must still be told."</p>
            </Notice>
        }
    });
    let acts = if can_record {
        vec![("Record that somebody was told", format!("{}?do=sent", routes::record(&record.id)))]
    } else {
        Vec::new()
    };
    view! {
        <Part title="Who must be told" acts>
            {still}
            {nobody}
            {rows}
            {told_anyway(&record)}
            <p class="muted small">{body::caveat()}</p>
        </Part>
    }
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
    let about = format!(": {name}");
    let record_it = (can_record && !is_told).then(|| {
        view! {
            <p>
                <a href=href>"Record that they were told" <span class="visually-hidden">{about}</span></a>
            </p>
        }
    });
    let tag = if is_told { ("done", "Told") } else { ("due", "Not told yet") };
    let told = sent.map(|sent| {
        let reference = (!sent.reference.is_empty())
            .then(|| view! { <SummaryRow key="Reference">{sent.reference}</SummaryRow> });
        let how = if sent.how.is_empty() { String::new() } else { format!(", {}", sent.how) };
        view! {
            <SummaryRow key="Told">{format!("{}{how}", common::moment(sent.sent_at))}</SummaryRow>
            {reference}
        }
    });
    view! {
        <article class="decision stack">
            <h3 class="decision__title">{name}</h3>
            <p>
                <StatusTag status=tag.0 label=tag.1 />
            </p>
            <SummaryList>
                <SummaryRow key="Why">{why} {keep}</SummaryRow>
                <SummaryRow key="By when">{by_when}</SummaryRow>
                {told}
            </SummaryList>
            {record_it}
        </article>
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

/// Bodies that were told although the decision does not ask for it.
fn told_anyway(record: &Record) -> Option<Node> {
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
