//! Who must be told outside the service, why, by when, and when they were.

use super::{Part, SecondView, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{
            body, due as due_words, gone, people,
            record::{lower_first, upper_first},
        },
    },
    ui::{Notice, StatusTag, SummaryList, SummaryRow},
};
use domain::{
    due::Due,
    notification::{self, tell_by},
    record::{Kind, Notification, Record},
    time::london_date,
    vocabulary::BODY,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn BodiesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let (Some(decided), Some(decision)) = (record.notification_decision(), record.notification()) else {
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
    let here = routes::record(&record.id);
    let mut acts = Vec::new();
    if can_record {
        acts.push(("Record that somebody was told", format!("{here}?do=sent")));
    }
    if decision.bodies.get("cqc").is_some_and(|body| body.needed) {
        acts.push(("Words for the Care Quality Commission's form", format!("{here}?do=cqc")));
    }
    let (decided, thought, anyway) =
        (decided.clone(), thought_about(&record, decision, decided.withholds_words()), told_anyway(&record));
    view! {
        <Part title="Who must be told" acts>
            {still}
            <SecondView decision=decided />
            {nobody}
            {rows}
            {thought}
            {anyway}
            <p class="muted small">{body::caveat()}</p>
        </Part>
    }
}

#[component]
fn BodyRow(record: Arc<Record>, decision: Notification, code: String, can_record: bool) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let name = BODY.label(&code).to_owned();
    let why = reasons(&record, &decision, &code);
    let decided = record.notification_decision().map(|one| {
        let by = people::decider(&one.by, &record, &directory);
        format!("{by}, {}", common::moment(one.at))
    });
    let decided = decided.map(|words| view! { <SummaryRow key="Decided by">{words}</SummaryRow> });
    let sent = record.sent.iter().rev().find(|sent| sent.body == code).cloned();
    let settings = directory.settings(&record.site);
    let by = tell_by(&record, &decision, &code, &settings);
    let since = record.reported_at;
    let decided_on = record.notification_decision().map_or(since, |one| one.at);
    let contract = directory.shortest_contract(&record.site, london_date(decided_on));
    let no_time = upper_first(&due_words::no_time(&code, contract));
    let is_told = sent.is_some();
    let by_when = move || match by {
        Some(by) => upper_first(&due_words::tell_by(by, app.now.get())),
        None if is_told => no_time.clone(),
        None => format!("{no_time}. {} since the report", due_words::elapsed(since, app.now.get())),
    };
    let keep = notification::keep_until(&record, &decision, &code).map(
        |date| view! { <p class="small muted">{format!("Keep the papers until {}", common::day(date))}</p> },
    );
    let href = format!("{}?do=sent&about={code}", routes::record(&record.id));
    let about = format!(": {name}");
    let record_it = (can_record && !is_told).then(|| {
        view! {
            <p class="no-print">
                <a href=href>"Record that they were told" <span class="visually-hidden">{about}</span></a>
            </p>
        }
    });
    let tag = move || match (is_told, by.map(Due::from)) {
        (true, _) => view! { <StatusTag status="done" label="Told" /> },
        (false, Some(by)) if by.is_past(app.now.get()) => {
            view! { <StatusTag status="overdue" label="Not told, and late" /> }
        }
        (false, _) => view! { <StatusTag status="due" label="Not told yet" /> },
    };
    let told = match sent {
        None => view! { <SummaryRow key="Told">"Not yet"</SummaryRow> },
        Some(sent) => {
            let by = people::decider(&sent.by, &record, &directory);
            let or_none = |words: &str| gone::shown(words, &record, "Not written down").to_owned();
            let (how, reference) = (or_none(&sent.how), or_none(&sent.reference));
            let proof = proof(gone::shown(&sent.proof, &record, ""));
            view! {
                <SummaryRow key="Told">{format!("{}, written down by {by}", common::moment(sent.sent_at))}</SummaryRow>
                <SummaryRow key="How">{how}</SummaryRow>
                <SummaryRow key="Reference">{reference}</SummaryRow>
                <SummaryRow key="Proof">{proof}</SummaryRow>
            }
        }
    };
    view! {
        <article class="decision stack">
            <h3 class="decision__title">{name}</h3>
            <p>
                {tag}
            </p>
            <SummaryList>
                <SummaryRow key="Why">{why} {keep}</SummaryRow>
                {decided}
                <SummaryRow key="By when">{by_when}</SummaryRow>
                {told}
            </SummaryList>
            {record_it}
        </article>
    }
}

/// An address can be opened; anything else is words.
fn proof(words: &str) -> Node {
    match words {
        "" => view! { "Not written down" },
        words if words.starts_with("https://") => {
            let (href, words) = (words.to_owned(), words.to_owned());
            view! { <a href=href rel="noopener noreferrer" target="_blank">{words}</a> }
        }
        words => words.to_owned().into_node(),
    }
}

/// Bodies that the rules pointed to and that need not be told, each with the reason.
fn thought_about(record: &Record, decision: &Notification, withheld: bool) -> Option<Node> {
    let lines: Vec<_> = decision
        .bodies
        .iter()
        .filter(|(_, body)| !body.needed && (body.suggested != "not_needed" || !body.reason.is_empty()))
        .map(|(code, body)| {
            let name = BODY.label(code).to_owned();
            let reason = if withheld { withheld_why(record) } else { body.reason.clone() };
            view! { <li><strong>{name}</strong> ": " {reason}</li> }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div>
                <h3 class="decision__title">"Thought about, and need not be told"</h3>
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn withheld_why(record: &Record) -> String {
    lower_first(gone::shown("", record, "why is not shown to you"))
}

/// The rules that spoke for it when it was decided, then the manager's own reason.
fn reasons(record: &Record, decision: &Notification, code: &str) -> String {
    let decided_at = record.notification_decision().map_or(record.reported_at, |decision| decision.at);
    let rows = notification::reasons_then(record, decision, decided_at, code)
        .into_iter()
        .map(|reason| body::why(reason.row, answer(decision, reason.row)));
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
