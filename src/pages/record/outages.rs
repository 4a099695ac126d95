//! What is or was switched off: electricity, alarms and the like.

use super::{Part, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{due::elapsed, outage as words},
    },
    ui::StatusTag,
};
use domain::{
    record::{Outage, Record},
    vocabulary::OUTAGE_WHAT,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn OutagesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    if record.outages.is_empty() {
        return Node::Nothing;
    }
    let can_end = may(app, "end_outage", &record, None);
    let rows = record
        .outages
        .iter()
        .map(|outage| {
            let end = (can_end && outage.ended_at.is_none())
                .then(|| format!("{}?do=works&about={}", routes::record(&record.id), outage.id));
            view! { <OutageRow outage=outage.clone() end /> }
        })
        .collect_view();
    view! {
        <Part title="Not working">
            <ul class="plain-list stack">{rows}</ul>
        </Part>
    }
}

#[component]
fn OutageRow(outage: Outage, end: Option<String>) -> impl IntoView {
    let app = use_app();
    let what = OUTAGE_WHAT.label(&outage.what).to_owned();
    let ended = outage.ended_at;
    let status = if ended.is_some() { ("done", "Works again") } else { ("overdue", "Off") };
    let long = {
        let outage = outage.clone();
        move || {
            outage
                .is_over_24h(app.now.get())
                .then(|| view! { <StatusTag status="urgent" label="More than 24 hours" /> })
        }
    };
    let (follows, named) = (outage.clone(), outage.clone());
    let what_follows = move || words::what_follows(&follows, app.now.get());
    let runs = ended.is_none();
    let gone = {
        let outage = outage.clone();
        move || words::minutes_gone(&outage, app.now.get()).to_string()
    };
    let bar = runs.then(|| {
        view! {
            <progress
                class="outage-bar"
                max="1440"
                value=gone
                aria-label=move || words::bar(&named, app.now.get())
            ></progress>
        }
    });
    let from_to = move || {
        let until = ended.map(|at| format!(" to {}", common::moment(at))).unwrap_or_default();
        let ran = elapsed(outage.started_at, ended.unwrap_or_else(|| app.now.get()));
        format!("From {}{until}: {ran}.", common::moment(outage.started_at))
    };
    view! {
        <li>
            <p class="cluster">
                <strong>{what}</strong>
                <StatusTag status=status.0 label=status.1 />
                {long}
            </p>
            <p>{from_to}</p>
            {bar}
            <p class="small" data-role="what-follows">{what_follows}</p>
            {end.map(|href| view! { <p class="no-print"><a href=href>"It works again"</a></p> })}
        </li>
    }
}
