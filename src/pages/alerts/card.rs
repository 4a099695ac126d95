//! One card: what the alert says, or several alerts together, who it goes to, since when, and where it stands.

use super::{find::settles, line::Line, shown::Shown};
use crate::{
    state::use_app,
    text::{
        alerts::{alert as words, several, state},
        common,
    },
    ui::{Card, StatusTag},
};
use domain::{category, patterns::CameBack};
use markup::prelude::*;

#[component]
pub fn AlertCard(line: Line) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let register = app.register.read_untracked();
    let alert = &line.alert;
    let spec = line.categories.first().and_then(|id| category::find(id));
    let title = words::headline(alert, &register, &directory);
    let speaks = words::threshold(alert, &register, &directory);
    let meta = [speaks, Some(words::whom(alert))].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let may_settle = || line.nth.is_none() && untrack(|| settles(app, alert));
    let repairs = words::repairs(alert, &register, may_settle);
    let said = state::settled(alert, &register, &directory);
    let late = (alert.late || alert.late_records().next().is_some())
        .then(|| view! { <StatusTag status="late" label="With a late report" /> });
    let again = line.nth.map(|_| view! { <StatusTag status="older" label="An earlier one" /> });
    let href = line.address();
    let (icon, tone) = spec.map_or(("bell", ""), |spec| (spec.icon, spec.id));
    let stands = {
        let line = line.clone();
        move || {
            let (status, label) = state::tag(&line.alert, line.mine, app.now.get());
            view! { <StatusTag status label /> }
        }
    };
    let raised = alert.raised_at;
    view! {
        <Card title href icon tone>
            {repairs.map(|words| view! { <p class="small">{words}</p> })}
            <p class="card__meta">{meta}</p>
            <p class="cluster">
                {stands} {late} {again}
                <span class="muted small">{move || format!("Raised {}", common::when(raised, app.now.get()))}</span>
            </p>
            {said.map(|words| view! { <p class="small">{words}</p> })}
        </Card>
    }
}

/// Several alerts about the same thing that came back: how many, after how many records, and the newest report.
#[component]
pub fn TogetherCard(card: Shown, about: CameBack) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let register = app.register.read_untracked();
    let alerts = card.alerts();
    let spec = category::find(about.parts().0);
    let title = several::headline(&about, &alerts, &directory);
    let number = alerts.len();
    let whom = alerts.first().map(|alert| words::whom(alert));
    let newest = several::newest_record(&alerts, &register).cloned();
    let (icon, tone) = spec.map_or(("bell", ""), |spec| (spec.icon, spec.id));
    let raised = alerts.iter().map(|alert| alert.raised_at).max();
    let stands = {
        let line = card.lines.first().cloned();
        move || {
            let line = line.as_ref()?;
            let (status, label) = state::tag(&line.alert, line.mine, app.now.get());
            // Each waits until a date of its own.
            let label = if status == "until" { "Wait until a date".to_owned() } else { label };
            Some(view! { <StatusTag status label /> })
        }
    };
    let newest = newest.map(|record| {
        let words = move || several::newest(&record, &app.directory.read_untracked(), app.now.get());
        view! { <p class="small">{words}</p> }
    });
    let when = raised.map(|raised| {
        let words = move || several::raised(number, raised, app.now.get());
        view! { <span class="muted small">{words}</span> }
    });
    view! {
        <Card title href=card.address() icon tone>
            {newest}
            <p class="card__meta">{whom}</p>
            <p class="cluster">{stands} {when}</p>
        </Card>
    }
}
