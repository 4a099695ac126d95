//! Where an action begins, and where the questions of safeguarding and risk are asked: on a record of the alert.

use super::subject::Subject;
use crate::{
    pages::record::{may::may, seen},
    routes,
    state::{App, use_app},
    text::review::{record as words, steps},
    ui::{Buttons, Card, EmptyState, Kind, LinkButton, Page, StatusTag},
};
use domain::{pathway::State, record::Record};
use markup::prelude::*;
use std::sync::Arc;

/// The newest record first: what is learned now is learned there.
fn records(app: App, subject: &Subject) -> Vec<Arc<Record>> {
    subject.records(app).iter().filter_map(|id| untrack(|| seen(app, id))).collect()
}

#[component]
pub fn StartPage(subject: Subject) -> impl IntoView {
    let app = use_app();
    let (back, name, link) = (subject.address.clone(), subject.name, subject.form("link"));
    let mut records = records(app, &subject);
    // Where an action can be planned now stands first.
    records.sort_by_key(|record| !may(app, "plan_action", record, None));
    if records.is_empty() {
        return view! {
            <Page title="Start an action" heading="Start an action" back back_label=name>
                <EmptyState title="There is no record on this device to plan an action on." icon="wrench">
                    <LinkButton href=link kind=Kind::Secondary>"Link to an action"</LinkButton>
                </EmptyState>
            </Page>
        };
    }
    let ready = records.iter().any(|record| may(app, "plan_action", record, None));
    let intro = match ready {
        true => {
            "Plan the action on one of these records. Then come back and link the alert to it: one action may settle the whole pattern."
        }
        false => {
            "An action is planned in step 4 of a record. None of these records is there for you now. Here is what each waits for."
        }
    };
    let cards = records.into_iter().map(|record| view! { <li><Step record /></li> }).collect_view();
    view! {
        <Page title="Start an action" heading="Start an action" back back_label=name>
            <p>{intro}</p>
            <ul class="cards">{cards}</ul>
            <Buttons>
                <LinkButton href=link kind=Kind::Secondary icon="link">"Link to an action"</LinkButton>
            </Buttons>
        </Page>
    }
}

#[component]
fn Step(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let title = words::title(&record);
    let (status, label) = words::state(record.state);
    let act = may(app, "plan_action", &record, None).then(
        || view! { <LinkButton href=routes::step(&record.id, "act")>"Plan an action here"</LinkButton> },
    );
    let why = act.is_none().then(|| view! { <p class="small">{waits_for(&record)}</p> });
    let reopen = (record.state == State::Closed && may(app, "reopen", &record, None)).then(|| {
        let href = format!("{}?do=reopen", routes::record(&record.id));
        view! { <a href=href>"Open it again with a reason" <Of title=title.clone() /></a> }
    });
    view! {
        <Card title=words::title(&record) icon=words::icon(&record) tone=record.facts.category().to_owned()>
            <p class="cluster"><StatusTag status label /></p>
            {why}
            <p class="cluster">{act} {reopen} <a href=routes::record(&record.id)>"Open the record" <Of title /></a></p>
        </Card>
    }
}

/// Why no action can be planned here now.
pub fn waits_for(record: &Record) -> String {
    match record.state.step() {
        Some(4) => "Another role plans the actions of this record.".into(),
        Some(5) => "Its actions are finished. If they did not help, record the result as no change: the record then goes back to step 4.".into(),
        Some(step) => format!("First: {}.", words::lower_first(steps::task(step))),
        None if record.state == State::Closed => {
            "It is finished. The deputy or the Registered Manager can open it again: an action can be planned then."
                .into()
        }
        None => "It no longer counts.".into(),
    }
}

/// Safeguarding and the risk register: the decision of step 3, and links to other systems.
#[component]
pub fn ThinkPage(subject: Subject) -> impl IntoView {
    let app = use_app();
    let (back, name) = (subject.address.clone(), subject.name);
    let Some(alert) = subject.alerts.first() else { return Node::Nothing };
    let records = records(app, &subject);
    const TITLE: &str = "Safeguarding and the risk register";
    if records.is_empty() {
        let (href, link) = (subject.form("link"), super::find::may(app, "link_alert", alert));
        return view! {
            <Page title=TITLE heading=TITLE back back_label=name>
                <EmptyState title="This alert has no record on this device." icon="shield-alert">
                    <p>"The records of the alert stand here, because who must be told is decided on a record. If you are worried now, tell the council without waiting for Noticed."</p>
                    {link.then(|| view! { <p><a href=href>"Link the alert to an action"</a></p> })}
                </EmptyState>
            </Page>
        };
    }
    let concern = alert.rule.spec().is_concern.then(|| {
        view! {
            <p>
                "Several small concerns together can be a safeguarding matter, even if each one alone is not. In step 3, Noticed suggests to think about the council for records in this alert."
            </p>
        }
    });
    let cards = records.into_iter().map(|record| view! { <li><Ways record /></li> }).collect_view();
    view! {
        <Page title=TITLE heading=TITLE back=back back_label=name>
            {concern}
            <p>"Who must be told is decided on a record. Choose the record that says most. The newest is first."</p>
            <ul class="cards">{cards}</ul>
        </Page>
    }
}

#[component]
fn Ways(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let here = routes::record(&record.id);
    let title = words::title(&record);
    let verb = match record.state {
        State::AwaitingNotificationDecision => "assess_notification",
        _ => "revise_notification",
    };
    let decide = may(app, verb, &record, None).then(|| {
        view! { <li><a href=routes::step(&record.id, "decide")>"Ask if safeguarding must be told" <Of title=title.clone() /></a></li> }
    });
    let why = decide.is_none().then(|| {
        let words = match record.state.step() {
            Some(step @ 1..=2) => {
                format!(
                    "Who must be told is asked in step 3. First: {}.",
                    words::lower_first(steps::task(step))
                )
            }
            _ => "The Registered Manager decides who must be told.".to_owned(),
        };
        view! { <p class="small">{words}</p> }
    });
    let links = may(app, "link", &record, None).then(|| {
        view! {
            <li><a href=format!("{here}?do=reference&about=safeguarding")>"Link to a safeguarding concern" <Of title=title.clone() /></a></li>
            <li><a href=format!("{here}?do=reference&about=risk_register")>"Put it on the risk register" <Of title=title.clone() /></a></li>
        }
    });
    let (status, label) = words::state(record.state);
    view! {
        <Card title=words::title(&record) icon=words::icon(&record) tone=record.facts.category().to_owned()>
            <p class="cluster"><StatusTag status label /></p>
            {why}
            <ul class="record-part__acts">{decide} {links} <li><a href=here>"Open the record" <Of title /></a></li></ul>
        </Card>
    }
}

/// Tells equal links apart for those who only hear them.
#[component]
fn Of(title: String) -> impl IntoView {
    view! { <span class="visually-hidden">{format!(": {title}")}</span> }
}
