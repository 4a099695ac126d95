//! The records of an alert, and the alerts of a record.

use super::{
    find::Found,
    line::{is_mine, of, sees},
};
use crate::{
    pages::record::{Part, seen},
    routes,
    state::{App, use_app},
    text::{
        alerts::{alert as words, state},
        common,
        review::record as record_words,
    },
    ui::{Card, Details, StatusTag},
};
use domain::{patterns::Alert, record::Record};
use markup::prelude::*;
use std::sync::Arc;

/// In the order in which they happened.
#[component]
pub fn AlertRecords(found: Found) -> impl IntoView {
    let app = use_app();
    // Only rules that name an alert after the record that came first say more of each.
    let first = untrack(|| seen(app, &found.alert.key));
    let cards: Vec<Node> = found
        .alert
        .records()
        .map(|id| match untrack(|| seen(app, id)) {
            Some(record) => {
                let alert = found.alert.clone();
                let why = first.as_ref().and_then(|first| words::why_listed(&alert, first, &record));
                view! { <li><RecordCard alert record why /></li> }
            }
            None => view! {
                <li>
                    <Card title="A record that is not on this device">
                        <p class="card__meta">"It has not arrived yet, or your role does not see it."</p>
                    </Card>
                </li>
            },
        })
        .collect();
    if cards.is_empty() {
        return view! { <p class="muted">"This alert is about reports that did not come, so it lists none."</p> };
    }
    view! { <ul class="cards">{cards}</ul> }
}

#[component]
fn RecordCard(alert: Alert, record: Arc<Record>, why: Option<String>) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let about: Vec<String> = record_words::people(&record)
        .into_iter()
        .chain(record_words::place(&record, &directory))
        .chain([common::moment(record.facts.occurred_at())])
        .collect();
    let (status, label) = record_words::state(record.state);
    let late = words::joined_late(&alert, &record);
    let gone = (!record.state.is_live()).then(|| {
        view! { <p class="small">"It no longer counts, and stays listed here."</p> }
    });
    view! {
        <Card
            title=record_words::title(&record)
            href=routes::record(&record.id)
            icon=record_words::icon(&record)
            tone=record.facts.category().to_owned()
        >
            <p class="card__meta">{about.join(" \u{b7} ")}</p>
            {why.map(|words| view! { <p class="small">{words}</p> })}
            <p class="cluster"><StatusTag status label /></p>
            {late.map(|words| view! { <p class="small alert-late">{words}</p> })}
            {gone}
        </Card>
    }
}

/// The newest, in the open; the steps of the record must not be pushed away by them.
const FEW: usize = 3;

/// On the page of a record: the alerts that list it, for those who see them.
#[component]
pub fn RecordAlerts(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| lines(app, &record));
    live(move || {
        let mut first = lines.get();
        let rest = first.split_off(first.len().min(FEW));
        (!first.is_empty()).then(|| {
            let more = (!rest.is_empty()).then(|| {
                let summary = common::count(rest.len(), "more alert", "more alerts");
                view! { <Details summary>{list(rest)}</Details> }
            });
            view! { <Part title="Alerts with this record">{list(first)} {more}</Part> }
        })
    })
}

fn list(lines: Vec<Shown>) -> Node {
    let items = lines.into_iter().map(|line| {
        let Shown { href, title, status, label } = line;
        view! { <li class="alert-line"><a href=href>{title}</a> <StatusTag status label /></li> }
    });
    view! { <ul class="plain-list stack">{items.collect_view()}</ul> }
}

#[derive(Clone, PartialEq)]
struct Shown {
    href: String,
    title: String,
    status: &'static str,
    label: String,
}

fn lines(app: App, record: &Record) -> Vec<Shown> {
    let (roles, now) = (app.roles(), app.now.get());
    let (register, directory) = (app.register.read(), app.directory.read());
    let Some(record) = register.record(&record.id) else { return Vec::new() };
    let shown = |alert: &Alert| {
        let name = alert.name();
        let mut same = register.alerts(&record.site).filter(|other| other.name() == name);
        let is_newest = register.alert(&record.site, &name) == Some(alert);
        let nth = same.position(|other| other == alert).filter(|_| !is_newest).map(|place| place + 1);
        let (status, label) = state::tag(alert, is_mine(alert, roles), now);
        Shown { href: of(&name, nth), title: words::headline(alert, &register, &directory), status, label }
    };
    let mut lines: Vec<Shown> =
        register.alerts_with(record).filter(|alert| sees(alert, roles)).map(shown).collect();
    lines.reverse();
    lines
}
