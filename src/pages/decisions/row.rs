//! One decision in the register: the record, who decided and when, what, who must be told, and why.

use super::{
    csv::stands,
    lines::{Line, Stands},
};
use crate::{
    pages::record::{AwayView, SecondView, changed_by},
    routes,
    state::use_app,
    text::{
        common,
        review::{due as due_words, gone, history::author_away, people, record as words},
    },
    ui::{Cell, Details, StatusTag},
};
use domain::{
    due::Due,
    notification::tell_by,
    record::{DecisionBody, Record},
    vocabulary::{BODY, NOTIFICATION_OUTCOME},
};
use markup::prelude::*;

/// For a reader who gets decisions without their words.
pub const NOT_SHOWN: &str = "Not shown to you";
pub const HEADS: [&str; 5] = ["Record", "Decided", "Decision", "Must be told", "Why"];

#[component]
pub fn Row(line: Line) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let (Some(decision), Some(said)) = (line.decision().cloned(), line.said().cloned()) else {
        return Node::Nothing;
    };
    let record = line.record.clone();
    let href = routes::record(&record.id);
    let title = words::title(&record);
    let about = format!("{}, number {}", words::reference(&record.id), line.number);
    let by = people::decider(&decision.by, &record, &directory);
    let when = common::moment(decision.at);
    let outcome = NOTIFICATION_OUTCOME.label(&said.outcome).to_owned();
    let how_it_stands = line.stands();
    let (status, label) = stands(how_it_stands);
    let revises = said.revises.then(|| view! { <StatusTag status="in-review" label="Changed decision" /> });
    let bodies = bodies(&line);
    let changed = changed_by(&record, &decision);
    let changed = (said.revises && !changed.is_empty()).then(|| {
        let words = format!("Changed: {}", changed.join(" "));
        view! { <p class="small">{words}</p> }
    });
    let reason = match (said.reason.is_empty(), decision.withholds_words()) {
        (true, true) => view! { <p class="muted">{gone::shown("", &record, NOT_SHOWN).to_owned()}</p> },
        (true, false) => view! { <p class="muted">"No reason was needed"</p> },
        (false, _) => view! { <p>{said.reason}</p> },
    };
    let thread = thread(&record, &directory);
    view! {
        <tr role="row">
            <Cell head=HEADS[0] names_row=true>
                <a href=href>{title}</a>
                <br />
                <span class="small muted">{about}</span>
            </Cell>
            <Cell head=HEADS[1]>
                {when}
                <br />
                <span class="small muted">{by}</span>
            </Cell>
            <Cell head=HEADS[2]>
                <span class="decision-row__tags">
                    {outcome}
                    <StatusTag status label />
                    {revises}
                </span>
            </Cell>
            <Cell head=HEADS[3]>{bodies}</Cell>
            <Cell head=HEADS[4]>
                <div class="stack decision-row__why">
                    {reason}
                    {changed}
                    <AwayView decision=decision.clone() />
                    <SecondView decision />
                    {thread}
                </div>
            </Cell>
        </tr>
    }
}

/// Who must be told, and behind a line to press who need not be and why.
fn bodies(line: &Line) -> Node {
    view! {
        <div class="decision-row__bodies">
            {needed(line)}
            {not_needed(line)}
        </div>
    }
}

fn not_needed(line: &Line) -> Option<Node> {
    let withheld = line.decision().is_some_and(domain::record::StepDecision::withholds_words);
    let bodies = line.not_needed();
    let names: Vec<&str> = bodies.iter().map(|(body, _)| BODY.label(body)).collect();
    let summary = format!("Need not be told: {}", common::list(&names));
    let lines = bodies.iter().map(|(body, why)| {
        let why = match (withheld, why.is_empty()) {
            (true, _) => gone::shown("", &line.record, NOT_SHOWN).to_owned(),
            (false, true) => "No reason is written".to_owned(),
            (false, false) => why.clone(),
        };
        view! { <li>{format!("{}: {why}", BODY.label(body))}</li> }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Details summary>
                <ul class="plain-list small break-anywhere">{lines}</ul>
            </Details>
        }
    })
}

fn needed(line: &Line) -> Node {
    let needed = line.needed();
    if needed.is_empty() {
        return view! { <span class="muted">"Nobody"</span> };
    }
    let in_force = line.stands() == Stands::InForce;
    let lines: Vec<_> = needed
        .into_iter()
        .map(|body| {
            let name = BODY.label(body);
            let told = line.record.sent.iter().rev().find(|sent| sent.body == body).map(|sent| {
                let reference =
                    if sent.reference.is_empty() { String::new() } else { format!(", {}", sent.reference) };
                format!("Told {}{reference}", common::moment(sent.sent_at))
            });
            let how = match told {
                Some(words) => view! { <span class="small muted">{words}</span> },
                None if in_force => waits(line, body),
                None => Node::Nothing,
            };
            let why = line.why(body);
            let why = (!why.is_empty())
                .then(|| view! { <p class="small break-anywhere">{format!("Why: {why}")}</p> });
            view! { <li>{name} <br /> {how} {why}</li> }
        })
        .collect();
    view! { <ul class="plain-list decision-row__bodies">{lines}</ul> }
}

/// That nobody told this body yet, and where there is a time to tell by, until when.
fn waits(line: &Line, body: &str) -> Node {
    let app = use_app();
    let settings = app.directory.read_untracked().settings(&line.record.site);
    let by = line.said().and_then(|said| tell_by(&line.record, said, body, &settings));
    let Some(by) = by else { return view! { <StatusTag status="due" label="Not told yet" /> } };
    let status = move || match Due::from(by).is_past(app.now.get()) {
        true => view! { <StatusTag status="overdue" label="Not told, and late" /> },
        false => view! { <StatusTag status="due" label="Not told yet" /> },
    };
    let until = move || words::upper_first(&due_words::tell_by(by, app.now.get()));
    view! { {status} <br /> <span class="small muted">{until}</span> }
}

/// Every decision of the record one after the other, with what each changed.
fn thread(record: &Record, directory: &domain::directory::Directory) -> Option<Node> {
    let decisions = record.decisions.iter().filter(|decision| decision.step == 3);
    let lines: Vec<_> = decisions
        .filter_map(|decision| {
            let DecisionBody::Notification(said) = &decision.body else { return None };
            let by = people::decider(&decision.by, record, directory);
            let head = format!(
                "{}, {by}: {}.",
                common::moment(decision.at),
                words::lower_first(NOTIFICATION_OUTCOME.label(&said.outcome))
            );
            let changed = changed_by(record, decision).join(" ");
            let why = (!said.reason.is_empty()).then(|| format!("Why: {}", said.reason));
            let away = decision.author_away.then(|| author_away(&decision.by, directory));
            Some(view! {
                <li>
                    <p>{head}</p>
                    {away.map(|words| view! { <p>{words}</p> })}
                    {(!changed.is_empty()).then(|| view! { <p>{changed}</p> })}
                    {why.map(|words| view! { <p>{words}</p> })}
                </li>
            })
        })
        .collect();
    (lines.len() > 1).then(|| {
        let summary = format!("All {} decisions of this record", lines.len());
        view! {
            <Details summary>
                <ol class="steps small">{lines}</ol>
            </Details>
        }
    })
}
