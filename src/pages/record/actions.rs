//! The actions of a record: what, who, by when, how strong, and what became of it.

use super::{Part, may::may, shared::SharedWith};
use crate::{
    pages::photos::photos_of,
    routes,
    state::use_app,
    text::{
        common,
        review::{
            decision::{SAME_DONE, labels},
            due as due_words, gone,
            history::NOT_SHOWN,
            people,
            record::{self, upper_first},
        },
    },
    ui::{Card, StatusTag},
};
use domain::{
    due::Due,
    pathway::State,
    record::{Action, Record},
    time::days_between,
    vocabulary as list,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn ActionsPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    if record.actions.is_empty() && record.state != State::AwaitingAction {
        return Node::Nothing;
    }
    let mut acts = Vec::new();
    if may(app, "plan_action", &record, None) {
        acts.push(("Add an action", routes::step(&record.id, "act")));
    }
    let back = routes::record(&record.id);
    view! {
        <Part title="Actions" acts>
            <ActionList record back />
        </Part>
    }
}

/// Every action of a record; `back` is the page whose `?do=` opens the forms.
#[component]
pub fn ActionList(record: Arc<Record>, #[prop(into)] back: String) -> impl IntoView {
    if record.actions.is_empty() {
        return view! { <p class="muted">"There is no action yet."</p> };
    }
    let cards = record
        .actions
        .iter()
        .map(|action| {
            let (record, action, back) = (record.clone(), action.clone(), back.clone());
            view! { <li><ActionCard record action back /></li> }
        })
        .collect_view();
    view! { <ul class="cards">{cards}</ul> }
}

/// One action with what may be done with it.
#[component]
pub fn ActionCard(
    record: Arc<Record>,
    action: Action,
    #[prop(into)] back: String,
    /// On the list of actions: names the record that it belongs to.
    #[prop(optional)]
    on_list: bool,
) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let for_what = record::title(&record);
    // Cards that all say that nothing is shown could not be told apart.
    let is_hidden = action.text.trim().is_empty();
    let what = if is_hidden { for_what.clone() } else { action.text.clone() };
    let hidden = is_hidden.then(|| format!("{}.", gone::shown("", &record, NOT_SHOWN)));
    let hidden = hidden.map(|words| view! { <p class="muted">{words}</p> });
    let must_check = record.spec().is_some_and(|spec| spec.needs_verification);
    let about = about(directory.staff_name(&action.owner), &action);
    let done = action.done.as_ref().map(|done| {
        let by = people::decider(&done.by, &record, &directory);
        let late = match action.late_days() {
            Some(days @ 1..) => {
                format!(", {} late", common::count(days.unsigned_abs() as usize, "day", "days"))
            }
            _ => String::new(),
        };
        let evidence = labels(&list::EVIDENCE_SOURCE, &done.evidence);
        let more: Vec<String> =
            [done.note.clone(), evidence].into_iter().filter(|text| !text.is_empty()).collect();
        view! {
            <p>{format!("Done on {}{late} by {by}.", common::day(done.on))}</p>
            {(!more.is_empty()).then(|| view! { <p>{more.join(". ")}</p> })}
            {untrack(|| photos_of(app, &record, Some(&action.id)))}
        }
    });
    let checked = action.verified.as_ref().map(|check| {
        let by = people::decider(&check.by, &record, &directory);
        view! { <p>{format!("Checked by {by}, {}. {}", common::moment(check.at), check.note)}</p> }
    });
    let due = action.due;
    let waits = [("Done by", &action.contractor), ("Waits for", &action.waiting_for)]
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(label, words)| view! { <p>{format!("{label}: {words}")}</p> })
        .collect_view();
    let thought = (!action.just_culture.is_empty()).then(|| {
        let answer = list::JUST_CULTURE.label(&action.just_culture);
        view! { <p class="small muted">{format!("{SAME_DONE} {answer}.")}</p> }
    });
    let is_open = action.done.is_none();
    let by_when = move || {
        let now = app.now.get();
        let overdue = is_open && Due::On(due).is_past(now);
        let words = upper_first(&due_words::due(Due::On(due), overdue, now));
        let status = if overdue { "overdue" } else { "action-open" };
        is_open.then(|| view! { <StatusTag status label=words /> })
    };
    let finished = (!is_open).then(|| match (must_check, action.verified.is_some()) {
        (true, false) => view! { <StatusTag status="due" label="Done, not checked" /> },
        (true, true) => view! { <StatusTag status="done" label="Done and checked" /> },
        _ => view! { <StatusTag status="done" label="Done" /> },
    });
    let id = action.id.as_str();
    let mark_done = (is_open && may(app, "complete_action", &record, Some(("action", id)))).then(
        || view! { <a class="lone" href=format!("{back}?do=done&about={id}")>"Mark as done" <Of text=what.clone() /></a> },
    );
    let by_me =
        untrack(|| app.me()).is_some_and(|me| action.done.as_ref().is_some_and(|done| done.by.is(&me.staff)));
    let can_check = !is_open && action.verified.is_none() && !by_me;
    let check = (can_check && may(app, "verify_action", &record, None))
        .then(|| view! { <a class="lone" href=format!("{back}?do=verify&about={id}")>"Check the work" <Of text=what.clone() /></a> });
    // The same work for others that wait for an action too.
    let share = (is_open && may(app, "plan_action", &record, None))
        .then(|| view! { <a class="lone" href=format!("{back}?do=share&about={id}")>"Use it for another record" <Of text=what.clone() /></a> });
    let late = move || {
        let days = days_between(due, app.today());
        (is_open && days > 0).then(|| {
            let days = common::count(usize::try_from(days).unwrap_or_default(), "day", "days");
            view! { <span class="action-late">{format!("{days} late")}</span> }
        })
    };
    let of = on_list.then(|| {
        let words = if is_hidden { "Open the record".to_owned() } else { for_what.clone() };
        let of = is_hidden.then(|| view! { <Of text=for_what.clone() /> });
        view! { <p class="small"><a class="lone" href=routes::record_from_actions(&record.id)>{words} {of}</a></p> }
    });
    view! {
        <Card title=what>
            {hidden}
            <p class="card__meta">{about}</p>
            <p class="cluster">{by_when} {late} {finished}</p>
            {waits}
            {thought}
            {done}
            {checked}
            {of}
            <SharedWith record action />
            <p class="cluster no-print">{mark_done} {check} {share}</p>
        </Card>
    }
}

/// "Rita. Puts it right. Strength: stronger." Who may not read who does it gets no name.
fn about(owner: &str, action: &Action) -> String {
    let kind = list::ACTION_KIND.label(&action.kind);
    let strength = list::CONTROL_STRENGTH.label(&action.strength).to_lowercase();
    let all = [owner, kind, &format!("Strength: {strength}")];
    let said: Vec<&str> = all.into_iter().filter(|words| !words.is_empty()).collect();
    format!("{}.", said.join(". "))
}

/// Tells equal links apart for those who only hear them.
#[component]
fn Of(text: String) -> impl IntoView {
    view! { <span class="visually-hidden">{format!(": {text}")}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::register::Register;
    use serde_json::json;

    #[test]
    fn an_owner_without_a_name_is_left_out() {
        let mut register = Register::default();
        let steps = [
            ("report", json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist"})),
            ("review_risk", json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2})),
            (
                "assess_notification",
                json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"}),
            ),
            (
                "plan_action",
                json!({"text": "", "owner": "", "due": "2026-07-01", "strength": "stronger", "kind": "corrective"}),
            ),
        ];
        for (verb, with) in steps {
            Sent { verb, record: "one", with, ..Sent::default() }.arrives(&mut register);
        }
        let action = &register.record("one").expect("a record").actions[0];
        assert_eq!(about("", action), "Puts it right. Strength: stronger.");
        assert_eq!(about("Rita", action), "Rita. Puts it right. Strength: stronger.");
    }
}
