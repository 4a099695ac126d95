//! One piece of work that answers several records: the same action in each of them, done in one go or one by one.

use super::{form::Entry, may::may};
use crate::{
    routes,
    state::App,
    text::{common, review::record::title},
    ui::{Checkboxes, Choice},
};
use domain::{
    ids::{EventId, RecordId},
    pathway::State,
    record::{Action, Record},
    register::Register,
};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Field of a form that holds the other records or actions that were chosen; no field of a verb.
pub const ALSO: &str = "also";

/// Why no record of another site can be chosen (decision 030).
const ONE_SITE: &str = "Only records of this site can share an action. If another site needs the same action, plan it there too. Then each site can show what it did.";

/// Said where there is another site.
#[component]
pub fn OneSite(app: App) -> impl IntoView {
    let several = app.directory.read_untracked().sites.len() > 1;
    several.then(|| view! { <p class="muted">{ONE_SITE}</p> })
}

/// The same piece of work in other records of the site.
pub fn twins<'a>(
    register: &'a Register,
    record: &'a Record,
    action: &'a Action,
) -> impl Iterator<Item = (&'a Record, &'a Action)> {
    register
        .of_site(&record.site)
        .filter(move |other| other.id != record.id && other.state.is_live())
        .flat_map(move |other| {
            let same = other.actions.iter().filter(move |twin| twin.work() == action.work());
            same.map(move |twin| (other, twin))
        })
}

/// Twins that are not done yet and that this person may mark as done.
pub fn open_twins(app: App, record: &Record, action: &str) -> Vec<(RecordId, EventId, String)> {
    let register = app.register.read_untracked();
    let Some(action) = record.action(action) else { return Vec::new() };
    twins(&register, record, action)
        .filter(|(_, twin)| twin.done.is_none())
        .filter(|(other, twin)| may(app, "complete_action", other, Some(("action", twin.id.as_str()))))
        .map(|(other, twin)| (other.id.clone(), twin.id.clone(), named(other)))
        .collect()
}

/// Other records of the site in step 4 that could be answered by the same work, those of the same alert first.
pub fn could_share(app: App, record: &Record, work: Option<&EventId>) -> Vec<(RecordId, String)> {
    let register = app.register.read_untracked();
    let alike: Vec<&RecordId> = register
        .alerts_with(record)
        .filter(|alert| !alert.is_dismissed())
        .flat_map(|alert| alert.records())
        .collect();
    let has_it =
        |other: &Record| work.is_some_and(|work| other.actions.iter().any(|action| action.work() == work));
    let mut others: Vec<&Record> = register
        .of_site(&record.site)
        .filter(|other| other.state == State::AwaitingAction && other.id != record.id && !has_it(other))
        .filter(|other| may(app, "plan_action", other, None))
        .collect();
    others.sort_by_key(|other| (!alike.contains(&&other.id), std::cmp::Reverse(other.facts.occurred_at())));
    others
        .into_iter()
        .map(|other| {
            let same = if alike.contains(&&other.id) { " (in the same alert)" } else { "" };
            (other.id.clone(), format!("{}{same}", named(other)))
        })
        .collect()
}

fn named(record: &Record) -> String {
    format!("{}, {}", title(record), common::moment(record.facts.occurred_at()))
}

/// Boxes to tick: which other records. The codes stand in `ALSO` of the entry.
#[component]
pub fn Also(
    entry: Entry,
    #[prop(into)] legend: String,
    #[prop(into)] hint: String,
    /// Code and words of each.
    options: Vec<(String, String)>,
) -> impl IntoView {
    if options.is_empty() {
        return Node::Nothing;
    }
    let options: Vec<Choice> = options.into_iter().map(|(code, words)| Choice::new(code, words)).collect();
    view! { <Checkboxes id=ALSO legend hint options value=entry.many(ALSO) /> }
}

/// What is ticked. Not tracked.
pub fn also(entry: Entry) -> Vec<String> {
    entry.answers.with_untracked(|answers| {
        let list = answers.get(ALSO).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    })
}

/// Writes the same verb in other records, one after the other, then says how many could not be written.
pub fn write_each(
    app: App,
    verb: &'static str,
    each: Vec<(RecordId, Map<String, Value>)>,
    then: impl FnOnce(Option<String>) + 'static,
) {
    spawn_local(async move {
        let total = each.len();
        let mut why = Vec::new();
        for (record, with) in each {
            if let Err(problem) = app.write(verb, Some(record), with).await {
                why.push(problem.sentence);
            }
        }
        let failed = why.len();
        then(
            why.into_iter()
                .next()
                .map(|why| format!("Saved here, but not in {failed} of the {total} other records. {why}")),
        );
    });
}

/// Links to the other records that the same work answers.
#[component]
pub fn SharedWith(record: Arc<Record>, action: Action) -> impl IntoView {
    let app = crate::state::use_app();
    let register = app.register.read_untracked();
    let lines = twins(&register, &record, &action)
        .filter(|(other, _)| super::seen(app, &other.id).is_some())
        .map(|(other, twin)| {
            let done = if twin.done.is_some() { "done" } else { "not done yet" };
            let (href, words) = (routes::record(&other.id), named(other));
            view! { <li><a href=href>{words}</a> ", " {done}</li> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="small">
                <p>"This action also answers:"</p>
                <ul class="steps">{lines}</ul>
            </div>
        }
    })
}
