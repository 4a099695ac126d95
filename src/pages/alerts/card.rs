//! One card: what the alert says, who it goes to, since when, and where it stands.

use super::line::Line;
use crate::{
    state::use_app,
    text::{
        alerts::{alert as words, state},
        common,
    },
    ui::{Card, StatusTag},
};
use domain::category;
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
    let repairs = words::repairs(alert, &register);
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
