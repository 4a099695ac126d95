//! Actions by when they are due: those of this person and, for whoever leads the site, what is overdue there.
//! `?all=1` shows every action that this person may see.

mod lines;
mod list;

use super::{
    address::address,
    oversee::sections::MANAGERS,
    record::{form_page, known, opened_form},
};
use crate::{
    routes,
    state::{App, use_app},
    text::common::FILLING,
    ui::{EmptyState, Page},
};
use domain::{
    ids::RecordId,
    roles::{Role, Roles},
};
use lines::{Group, Line, lines};
use list::{Done, Open};
use markup::prelude::*;

/// They see to it that the actions of others are done.
const LEADERS: Roles = MANAGERS.with(Role::Provider);

#[component]
pub fn ActionsPage() -> impl IntoView {
    let opened = opened_form();
    let address = address();
    let of = Memo::new(move |_| address.read().query.get("about").unwrap_or_default());
    let app = use_app();
    live(move || match opened.get() {
        None => view! { <Board /> },
        Some((form, about)) => {
            let record = untrack(|| record_of(app, &of.get()));
            known(record.unwrap_or_default(), move |record| {
                form_page(&form, record, about.clone(), routes::ACTIONS.to_owned())
            })
        }
    })
}

/// The record that an action belongs to.
fn record_of(app: App, action: &str) -> Option<RecordId> {
    let register = app.register.read();
    register.records().find(|record| record.action(action).is_some()).map(|record| record.id.clone())
}

#[component]
fn Board() -> impl IntoView {
    let app = use_app();
    let address = address();
    // Who only reads has none of their own.
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    let all = Memo::new(move |_| address.read().query.get("all").is_some() || only_reads.get());
    let leads = Memo::new(move |_| app.roles().meets(LEADERS));
    let lines = Memo::new(move |_| lines(app));
    let wanted = Memo::new(move |_| {
        let (all, leads) = (all.get(), leads.get());
        let is_wanted = |line: &&Line| is_wanted(line.group, line.mine, all, leads);
        lines.read().iter().filter(is_wanted).cloned().collect::<Vec<_>>()
    });
    let switch = move || match (all.get(), leads.get()) {
        (true, true) => (routes::ACTIONS.to_owned(), "Show only mine and what is overdue"),
        (true, false) => (routes::ACTIONS.to_owned(), "Show only mine"),
        (false, _) => (format!("{}?all=1", routes::ACTIONS), "Show everybody's actions"),
    };
    let shows = move || {
        let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
        let words = format!("Your actions, and everything that is overdue at {site}.");
        let is_that = leads.get() && !all.get() && !wanted.read().is_empty();
        is_that.then(|| view! { <p class="muted">{words}</p> })
    };
    let empty = move || {
        wanted.read().is_empty().then(|| {
            let words = match (app.sync.filling.get(), all.get()) {
                (true, _) => FILLING,
                (_, true) => "Actions are planned when a near miss is put right. Open a record that waits for an action in the inbox and press Act.",
                _ => "An action that you must do stands here, with its date. Look at everybody's actions to see what is under way.",
            };
            let (title, href, go) = match (all.get(), lines.read().is_empty()) {
                (false, false) => ("No action is yours.", format!("{}?all=1", routes::ACTIONS), others(&lines.read())),
                _ => ("No actions.", routes::INBOX.to_owned(), "Go to the inbox".to_owned()),
            };
            view! {
                <EmptyState title icon="list-checks">
                    <p>{words}</p>
                    <p><a class="lone" href=href>{go}</a></p>
                </EmptyState>
            }
        })
    };
    view! {
        <Page title="Actions" heading="Actions">
            {move || {
                // Where nothing stands, the way on is in the middle.
                let way_is_below = only_reads.get() || (wanted.read().is_empty() && !lines.read().is_empty());
                (!way_is_below).then(|| {
                    let (href, words) = switch();
                    view! { <p class="no-print"><a class="lone" href=href>{words}</a></p> }
                })
            }}
            {shows}
            {empty}
            <Open wanted />
            <Done wanted />
        </Page>
    }
}

/// `leads`: what is overdue is theirs to see to, whoever does it.
fn is_wanted(group: Group, mine: bool, all: bool, leads: bool) -> bool {
    all || mine || (leads && group == Group::Overdue)
}

/// "See everybody's actions: 9 are overdue".
fn others(lines: &[Line]) -> String {
    match lines.iter().filter(|line| line.group == Group::Overdue).count() {
        0 => "See everybody's actions".to_owned(),
        1 => "See everybody's actions: 1 is overdue".to_owned(),
        more => format!("See everybody's actions: {more} are overdue"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leads_sees_what_is_overdue_and_everybody_sees_their_own() {
        let wanted = |group, mine| is_wanted(group, mine, false, true);
        assert!(wanted(Group::Overdue, false) && wanted(Group::Later, true));
        assert!(!wanted(Group::ThisWeek, false) && !wanted(Group::DoneThisMonth, false));
        assert!(!is_wanted(Group::Overdue, false, false, false));
        assert!(is_wanted(Group::Overdue, true, false, false) && is_wanted(Group::Later, false, true, false));
    }
}
