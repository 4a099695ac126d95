//! What the council and the contracts say, as the provider loaded it, beside the body that it is about.

use crate::{
    routes,
    state::use_app,
    text::{common, review::record::upper_first},
    ui::Details,
};
use domain::{directory::Contract, ids::SiteId};
use markup::prelude::*;

/// A longer text stands behind a line to press.
const SHORT: usize = 900;

/// The threshold of the council of this site.
#[component]
pub fn CouncilText(site: SiteId) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let Some(council) = directory.council_of(&site) else {
        return view! { <Missing what="No threshold of your council is loaded for this site." list="councils" /> };
    };
    let title = format!("What {} asks for", council.name);
    let text: Vec<_> = council
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    let about = about(&council.version, council.valid_from, &council.source);
    let words = view! {
        <blockquote class="quote loaded-rule">{text} <p class="small muted">{about}</p></blockquote>
    };
    match council.text.chars().count() > SHORT {
        true => view! { <Details summary=title>{words}</Details> },
        false => view! { <div><p class="loaded-rule__title">{title}</p> {words}</div> },
    }
}

/// The contracts that hold here today.
#[component]
pub fn Contracts(site: SiteId) -> impl IntoView {
    let app = use_app();
    let today = untrack(|| app.today());
    let directory = app.directory.read_untracked();
    let all: Vec<&Contract> = directory.contracts_of(&site, today).collect();
    if all.is_empty() {
        return view! { <Missing what="No contract is loaded for this site." list="contracts" /> };
    }
    let lines = all.into_iter().map(one).collect_view();
    view! {
        <div>
            <p class="loaded-rule__title">"What the contract says"</p>
            {lines}
        </div>
    }
}

fn one(contract: &Contract) -> Node {
    let by = contract.hours.map(|hours| {
        let hours = usize::try_from(hours).unwrap_or(usize::MAX);
        format!("Within {}. ", common::count(hours, "hour", "hours"))
    });
    let how = if contract.how.is_empty() { String::new() } else { format!("How: {}", contract.how) };
    let about = about(&contract.version, contract.valid_from, &contract.source);
    let (name, tell) = (contract.name.clone(), contract.tell.clone());
    view! {
        <blockquote class="quote loaded-rule">
            <p><strong>{name}</strong> ": " {tell}</p>
            <p>{by.unwrap_or_default()} {how}</p>
            <p class="small muted">{about}</p>
        </blockquote>
    }
}

/// "Version 2026, valid from 1 April 2026, source: ...".
fn about(version: &str, from: Option<chrono::NaiveDate>, source: &str) -> String {
    let named = |label: &str, words: &str| (!words.is_empty()).then(|| format!("{label} {words}"));
    let from = from.map(|date| format!("valid from {}", common::day(date)));
    let parts: Vec<String> =
        [named("version", version), from, named("source:", source)].into_iter().flatten().collect();
    upper_first(&parts.join(", "))
}

/// Where somebody can add it.
#[component]
fn Missing(what: &'static str, list: &'static str) -> impl IntoView {
    let app = use_app();
    let may_add = untrack(|| app.is_manager());
    let way = match may_add {
        true => view! { <a href=format!("{}?new=1", routes::admin(list))>"Add it under Manage"</a> },
        false => view! { "The Registered Manager or an administrator can add it under Manage." },
    };
    view! { <p class="small muted">{what} " " {way}</p> }
}
