//! One rule in words, with its numbers at this site.

use crate::{
    routes,
    state::{App, use_app},
    text::{alerts::rule as words, common::day},
    ui::{Card, Details},
};
use domain::{
    patterns::{Rule, Version},
    time::{Instant, london_date},
};
use markup::prelude::*;

/// The numbers in force now, also those of a change made a moment ago: the clock of the pages ticks each minute.
const NOW: Instant = Instant::MAX_UTC;

#[component]
pub fn RuleCard(rule: Rule, edits: bool) -> impl IntoView {
    let app = use_app();
    live(move || {
        let directory = app.directory.read();
        let site = app.site().and_then(|site| directory.sites.get(&site));
        let window = site.map_or(rule.spec().window, |site| rule.window("", &site.settings));
        let keys: Vec<String> = site
            .map(|site| site.keys_with_numbers(rule).into_iter().map(str::to_owned).collect())
            .unwrap_or_default();
        let has_keys = !rule.spec().special.is_empty();
        let others = (edits && has_keys).then(|| others(rule, &keys));
        let lines = rule.spec().window.map(|_| {
            let all = [String::new()].into_iter().chain(keys);
            all.map(|key| line(app, rule, &key, has_keys, edits)).collect_view()
        });
        view! {
            <Card title=words::name(rule)>
                <p>{words::speaks(rule, window)}</p>
                <p class="card__meta">{words::why(rule)}</p>
                <p class="card__meta">{format!("Goes to: {}.", words::whom(rule))}</p>
                {lines.map(|lines| view! { <ul class="plain-list rule-numbers">{lines}</ul> })}
                {others}
            </Card>
        }
    })
}

/// "3 in 14 days, version 2 since 3 October 2026. Change".
fn line(app: App, rule: Rule, key: &str, has_keys: bool, edits: bool) -> Node {
    let directory = app.directory.read();
    let site = app.site().and_then(|site| directory.sites.get(&site));
    let Some(version) = site.and_then(|site| site.version_of(rule, key, NOW)) else {
        return Node::Nothing;
    };
    let name = has_keys.then(|| format!("{}: ", words::key_name(rule, key)));
    let since = since(rule, key, &version);
    let change = edits.then(|| {
        let what = format!(": {}", words::name_with_key(rule, key));
        view! { <a href=routes::rule(rule.code(), key)>"Change"<span class="visually-hidden">{what}</span></a> }
    });
    view! {
        <li class="rule-numbers__line">
            <span>{name} <strong>{words::numbers(version.window)}</strong> <span class="muted small">{since}</span></span>
            {change}
        </li>
    }
}

fn since(rule: Rule, key: &str, version: &Version<'_>) -> String {
    let usual = rule.window_by(key, &Default::default()) == Some(version.window);
    match version.change {
        Some(change) => format!(", version {} since {}", version.number, day(london_date(change.at))),
        None if usual => ", the usual numbers".to_owned(),
        None => ", as the site began".to_owned(),
    }
}

/// Keys without numbers of their own, to give them some.
fn others(rule: Rule, known: &[String]) -> Node {
    let codes = words::codes("risk_group").map(|list| list.codes).unwrap_or_default();
    let particular = codes.iter().filter(|code| code.code != "other");
    let left = particular.filter(|code| !known.iter().any(|known| known == code.code));
    let links: Vec<Node> = left
        .map(|code| (routes::rule(rule.code(), code.code), code.label))
        .map(|(href, label)| view! { <li><a href=href>{label}</a></li> })
        .collect();
    view! {
        <Details summary="Numbers for one other kind of medicine">
            <ul class="record-part__acts">{links}</ul>
        </Details>
    }
}
