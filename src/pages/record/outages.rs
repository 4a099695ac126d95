//! What is or was switched off: electricity, alarms and the like.

use super::{Part, may::may};
use crate::{
    routes,
    state::use_app,
    text::{common, review::due::elapsed},
    ui::StatusTag,
};
use domain::{
    record::{Outage, Record},
    vocabulary::OUTAGE_WHAT,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn OutagesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    // Asked where the category asks about outages in step 3.
    let is_asked = record.spec().is_some_and(|spec| spec.asks.contains(&"utility_24h"));
    let can_start = is_asked && may(app, "start_outage", &record, None);
    if record.outages.is_empty() && !can_start {
        return ().into_any();
    }
    let can_end = may(app, "end_outage", &record, None);
    let acts = if can_start {
        vec![("Something is not working", format!("{}?do=outage", routes::record(&record.id)))]
    } else {
        Vec::new()
    };
    let rows = record
        .outages
        .iter()
        .map(|outage| {
            let end = (can_end && outage.ended_at.is_none())
                .then(|| format!("{}?do=works&about={}", routes::record(&record.id), outage.id));
            view! { <OutageRow outage=outage.clone() end /> }
        })
        .collect_view();
    let none = record
        .outages
        .is_empty()
        .then(|| view! { <p class="muted">"Nothing is recorded as not working."</p> });
    view! {
        <Part title="Not working" acts>
            {none}
            <ul class="plain-list stack">{rows}</ul>
        </Part>
    }
    .into_any()
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
    let words = move || {
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
            <p>{words}</p>
            {end.map(|href| view! { <p><a href=href>"It works again"</a></p> })}
        </li>
    }
}
