//! One alert: what it says, by which numbers, its records, what was done about it, and what may be done now.

use super::{
    find::{Found, find, settles},
    forms::{DismissPage, LinkPage, SnoozePage},
    records::AlertRecords,
    settle_acts::SettleActs,
    start::{StartPage, ThinkPage},
    subject::Subject,
    timeline::AlertTimeline,
};
use crate::{
    pages::{
        address::address,
        oversee::{NotYours, sections::READERS},
        record::Part,
    },
    routes,
    state::{App, use_app},
    text::{
        alerts::{alert as words, page as text, rule, state},
        common,
    },
    ui::{EmptyState, Kind, LinkButton, Notice, Page, StatusTag, SummaryList, SummaryRow},
};
use domain::patterns::State;
use markup::prelude::*;

/// `?do=` opens one of the forms; `?n=` names one that is not the newest of its name.
#[derive(Clone, PartialEq)]
struct Asked {
    name: String,
    nth: Option<usize>,
    form: String,
}

#[component]
pub fn AlertPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let asked = Memo::new(move |_| {
        let address = address.read();
        Asked {
            name: address.of.clone(),
            nth: address.query.get("n").and_then(|nth| nth.parse().ok()),
            form: address.query.get("do").unwrap_or_default(),
        }
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    let is_known = Memo::new(move |_| {
        let Asked { name, nth, .. } = asked.get();
        find(app, &name, nth).is_some()
    });
    live(move || {
        if !allowed.get() {
            return view! { <NotYours heading=text::ALERTS /> };
        }
        let Asked { name, nth, form } = asked.get();
        // What is typed into a form stays when news arrives.
        let found = is_known.get().then(|| untrack(|| find(app, &name, nth))).flatten();
        let Some(found) = found else { return view! { <Gone /> } };
        form_of(&form, Subject::of_one(app, &found)).unwrap_or_else(|| view! { <Whole name nth /> })
    })
}

/// The form that `?do=` names.
pub fn form_of(name: &str, subject: Subject) -> Option<Node> {
    Some(match name {
        "dismiss" => view! { <DismissPage subject /> },
        "snooze" => view! { <SnoozePage subject /> },
        "link" => view! { <LinkPage subject /> },
        "start" => view! { <StartPage subject /> },
        "think" => view! { <ThinkPage subject /> },
        _ => return None,
    })
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Page title=text::ALERT_GONE heading=text::ALERT_GONE back=routes::ALERTS back_label="Alerts">
            <EmptyState title="It has not arrived on this device, or it is for somebody else." icon="bell">
                <LinkButton href=routes::ALERTS kind=Kind::Secondary>"See all alerts"</LinkButton>
            </EmptyState>
        </Page>
    }
}

#[component]
fn Whole(name: String, nth: Option<usize>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| find(app, &name, nth));
    let title = Memo::new(move |_| {
        let (register, directory) = (app.register.read(), app.directory.read());
        found
            .read()
            .as_ref()
            .map(|found| words::headline(&found.alert, &register, &directory))
            .unwrap_or_default()
    });
    let caption = Memo::new(move |_| {
        found.read().as_ref().map(|found| rule::name(found.alert.rule)).unwrap_or_default()
    });
    view! {
        <Page
            title=Signal::derive(move || title.get())
            heading=Signal::derive(move || title.get())
            caption=Signal::derive(move || caption.get().to_owned())
            back=routes::ALERTS
            back_label="Alerts"
            wide=true
        >
            {move || found.get().map(|found| view! { <Look found /> })}
        </Page>
    }
}

#[component]
fn Look(found: Found) -> impl IntoView {
    let app = use_app();
    let alert = found.alert.clone();
    let stands = {
        let (alert, mine) = (alert.clone(), found.mine);
        move || {
            let (status, label) = state::tag(&alert, mine, app.now.get());
            view! { <StatusTag status label /> }
        }
    };
    let late = alert.late.then(|| view! { <StatusTag status="late" label="Raised by a late report" /> });
    let (first, rows) = what_it_says(app, &found);
    let rows: Vec<Node> =
        rows.into_iter().map(|(key, words)| view! { <SummaryRow key>{words}</SummaryRow> }).collect();
    let (acted, shown) = (found.clone(), found.clone());
    view! {
        <div class="stack alert-says">
            <p class="cluster">{stands} {late}</p>
            <p>{first}</p>
        </div>
        <Standing found=found.clone() />
        <Acts found=acted />
        <div class="record-columns">
            <div class="stack">
                <Part title="Reports in this alert"><AlertRecords found=shown /></Part>
            </div>
            <div class="stack">
                <Part title="About this alert"><SummaryList>{rows}</SummaryList></Part>
                <AlertTimeline found />
            </div>
        </div>
    }
}

/// When the rule speaks and why it is there; then what is usual, who it goes to, what to do besides, and by which
/// version of the rule.
fn what_it_says(app: App, found: &Found) -> (String, Vec<(&'static str, String)>) {
    let alert = &found.alert;
    let may_settle = || found.is_newest() && untrack(|| settles(app, alert));
    let (register, directory) = (app.register.read_untracked(), app.directory.read_untracked());
    let usual = words::window_of(alert, &directory).and_then(|window| {
        let first = register.first_date(&alert.site)?;
        Some(words::usual(register.usual_before(alert, window, first)?, window))
    });
    let speaks = words::threshold(alert, &register, &directory);
    let first: Vec<String> = speaks.into_iter().chain([rule::why(alert.rule).to_owned()]).collect();
    let rows = [
        ("Which repair", words::repairs(alert, &register, may_settle)),
        ("What is usual", usual),
        ("Who is asked", Some(words::whom(alert))),
        ("Look at more", words::escalation(alert).map(|words| format!("{words}."))),
        ("Which numbers", Some(words::version(alert, &directory))),
    ];
    let rows = rows.into_iter().filter_map(|(key, words)| Some((key, words?))).collect();
    (first.join(" "), rows)
}

/// Who settled it or lets it wait, when and why, and what happens next.
#[component]
fn Standing(found: Found) -> impl IntoView {
    let app = use_app();
    let alert = found.alert.clone();
    let said = state::settled(&alert, &app.register.read_untracked(), &app.directory.read_untracked());
    let newer = (!found.is_newest()).then(|| {
        let href = routes::alert(&alert.name());
        view! { <p>"This came back. " <a href=href>"See the newest alert of this kind"</a></p> }
    });
    let older = (found.nth > 1).then(|| {
        let href = super::line::of(&alert.name(), Some(found.nth - 1));
        view! { <p>"It was here before. " <a href=href>"See the alert before this one"</a></p> }
    });
    let (has_waited, settled) = (alert.clone(), alert);
    let woke = move || {
        let is_open = has_waited.state(app.now.get()) == State::Open;
        let until = match has_waited.status {
            domain::patterns::Status::Snoozed { until } if is_open => until,
            _ => return None,
        };
        Some(view! { <p>{format!("The time to wait ended at {}.", common::moment(until))}</p> })
    };
    let next = move || state::what_next(&settled, app.now.get()).map(|words| view! { <p>{words}</p> });
    if said.is_none() && newer.is_none() {
        return older.into_node();
    }
    view! {
        <Notice title="Where it stands">
            {said.map(|words| view! { <p>{words}</p> })}
            {woke}
            {next}
            {newer}
            {older}
        </Notice>
    }
}

/// What this person may do now.
#[component]
fn Acts(found: Found) -> impl IntoView {
    let app = use_app();
    let is_over = !found.is_newest() || found.alert.is_settled();
    let subject = Subject::of_one(app, &found);
    if is_over {
        return Node::Nothing;
    }
    view! { <SettleActs subject /> }
}
