//! An action that is planned already puts a finding right: open ones that are near it are offered first.

use crate::{
    state::{Kind as News, use_app},
    text::{
        alerts::alert::{lower, which},
        common::day,
        review::alike::in_common,
    },
    ui::{Button, Choice, Details, ErrorMessage, Kind, Select},
};
use domain::{
    directory::Directory,
    ids::SiteId,
    record::{Action, Record},
    register::Register,
};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, json};
use std::{collections::HashSet, sync::Arc};

/// As many as a person reads before they ask for more; then as many as a list can hold.
const FIRST: usize = 10;
const MOST: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    OfTheRecord,
    SameThing,
    SameKind,
    SameCategory,
}

#[component]
pub fn Link(
    site: SiteId,
    alert: String,
    record: Arc<Record>,
    /// Unique on the page.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let (all, first) = {
        let (register, directory) = (app.register.get_untracked(), app.directory.read_untracked());
        let near = nearest(&record, &register);
        let first = offered_first(&near);
        (near.iter().take(MOST).map(|line| choice(line, &directory)).collect::<Vec<_>>(), first)
    };
    let total = all.len();
    if total == 0 {
        return Node::Nothing;
    }
    let shows_all = RwSignal::new(first == total);
    let options = Signal::derive(move || if shows_all.get() { all.clone() } else { all[..first].to_vec() });
    let chosen = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let link = move |()| {
        let action = chosen.get_untracked();
        if action.is_empty() {
            return trouble.set(Some("Choose the action that puts this right.".to_owned()));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let with = json!({"alert": alert, "action": action});
        let with: Map<_, _> = with.as_object().cloned().unwrap_or_default();
        let site = site.clone();
        spawn_local(async move {
            let linked = app.write_at(&site, "link_alert", with).await;
            match linked {
                Ok(_) => app.notices.show(News::Success, "The alert is linked to the action."),
                Err(problem) => drop(trouble.try_set(Some(problem.sentence))),
            }
            busy.try_set(false);
        });
    };
    let more = move || {
        let press = Callback::new(move |()| shows_all.set(true));
        let which = if total < MOST { "all" } else { "the nearest" };
        let words = format!("Offer {which} {total} actions, also those that are done");
        (!shows_all.get()).then(|| view! { <p><Button kind=Kind::Quiet on_press=press>{words}</Button></p> })
    };
    view! {
        <Details summary="An action that is planned already puts this right">
            <div class="stack">
                <Select id=format!("link-{id}") label="Which action?" options value=chosen />
                <ErrorMessage id=format!("link-{id}-problem") error=Signal::derive(move || trouble.get()) />
                {more}
                <p><Button kind=Kind::Secondary busy on_press=Callback::new(link)>"Link this action"</Button></p>
            </div>
        </Details>
    }
}

type Line<'a> = (Near, &'a Record, &'a Action);

fn is_open((_, record, action): &Line<'_>) -> bool {
    action.done.is_none() && record.state.is_open()
}

/// Actions of the category at the site of the record, each piece of work once. Those that are open first; among them those
/// of the record, then of the same place, equipment or person, then of the same kind; the newest first.
fn nearest<'a>(record: &'a Record, register: &'a Register) -> Vec<Line<'a>> {
    let facts = &record.facts;
    let near = |other: &Record| match () {
        () if other.id == record.id => Near::OfTheRecord,
        () if !in_common(record, other).is_empty() => Near::SameThing,
        () if facts.particular_subtype().is_some()
            && facts.particular_subtype() == other.facts.particular_subtype() =>
        {
            Near::SameKind
        }
        () => Near::SameCategory,
    };
    let mut all: Vec<Line<'_>> = register
        .of_site(&record.site)
        .filter(|other| other.facts.category() == facts.category() && other.state.is_live())
        .flat_map(|other| other.actions.iter().map(move |action| (near(other), other, action)))
        .collect();
    all.sort_by_key(|line| (!is_open(line), line.0, std::cmp::Reverse(line.2.planned_at)));
    let mut seen = HashSet::new();
    all.retain(|(_, _, action)| seen.insert(action.work().clone()));
    all
}

/// How many of the nearest are offered before somebody asks for all: the open ones, or any where none is open.
fn offered_first(nearest: &[Line<'_>]) -> usize {
    let open = nearest.iter().filter(|line| is_open(line)).count();
    if open == 0 { nearest.len().min(FIRST) } else { open.min(FIRST) }
}

fn choice((_, record, action): &Line<'_>, directory: &Directory) -> Choice {
    let when = match &action.done {
        Some(done) => format!("done {}", day(done.on)),
        None => format!("due {}", day(action.due)),
    };
    let words = action.text.trim_end_matches('.');
    Choice::new(action.id.as_str(), format!("{words}. For: {}, {when}", lower(&which(record, directory))))
}

#[cfg(test)]
mod tests;
