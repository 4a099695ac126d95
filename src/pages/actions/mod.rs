//! Actions by when they are due: those of this person and, for whoever leads the site, what is overdue there.
//! `?all=1` shows every action that this person may see.

use super::{
    address::address,
    oversee::sections::MANAGERS,
    record::{ActionCard, form_page, known, opened_form},
};
use crate::{
    routes,
    state::{App, use_app},
    text::common::FILLING,
    ui::{Button, Details, EmptyState, Kind, Page, before_print},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    ids::{EventId, RecordId},
    record::{Action, Record},
    roles::{Role, Roles},
    sight::Viewer,
    time::add_days,
};
use markup::prelude::*;
use std::{collections::HashSet, sync::Arc};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Overdue,
    ThisWeek,
    Later,
    DoneThisMonth,
}

#[derive(Clone, PartialEq)]
struct Line {
    record: Arc<Record>,
    action: EventId,
    group: Group,
    due: NaiveDate,
    mine: bool,
}

/// They see to it that the actions of others are done.
const LEADERS: Roles = MANAGERS.with(Role::Provider);

/// A list is drawn in pieces of this size.
const PIECE: usize = 50;

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
                    view! { <p><a class="lone" href=href>{words}</a></p> }
                })
            }}
            {shows}
            {empty}
            {[Group::Overdue, Group::ThisWeek, Group::Later, Group::DoneThisMonth]
                .map(|group| view! { <GroupOf wanted group /> })}
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

#[component]
fn GroupOf(wanted: Memo<Vec<Line>>, group: Group) -> impl IntoView {
    let shown = RwSignal::new(PIECE);
    before_print(move || shown.set(usize::MAX));
    let of_group = Memo::new(move |_| {
        wanted.read().iter().filter(|line| line.group == group).take(shown.get()).cloned().collect::<Vec<_>>()
    });
    let all = Memo::new(move |_| wanted.read().iter().filter(|line| line.group == group).count());
    let more = move || {
        let more = all.get().saturating_sub(shown.get());
        (more > 0).then(|| {
            let press = Callback::new(move |()| shown.update(|shown| *shown = shown.saturating_add(PIECE)));
            view! { <Button kind=Kind::Secondary on_press=press>{format!("Show {} more", more.min(PIECE))}</Button> }
        })
    };
    let filling = use_app().sync.filling;
    let total = move || {
        let total = all.get();
        (!filling.get()).then_some(total)
    };
    let is_empty = Memo::new(move |_| of_group.read().is_empty());
    let label = match group {
        Group::Overdue => "Overdue",
        Group::ThisWeek => "This week",
        Group::Later => "Later",
        Group::DoneThisMonth => "Done this month",
    };
    live(move || {
        if is_empty.get() {
            return Node::Nothing;
        }
        let list = view! { <Cards of_group /> };
        match group {
            // What is done waits for nobody.
            Group::DoneThisMonth => {
                let summary = Signal::derive(move || match total() {
                    Some(total) => format!("{label}: {total}"),
                    None => label.to_owned(),
                });
                view! { <Details summary>{list} {more}</Details> }
            }
            _ => view! {
                <section class="stack">
                    <h2>{label} " " <span class="number muted">{total}</span></h2>
                    {list}
                    {more}
                </section>
            },
        }
    })
}

#[component]
fn Cards(of_group: Memo<Vec<Line>>) -> impl IntoView {
    let card = |line: Line| {
        let action = line.record.action(&line.action).cloned();
        action.map(|action| {
            view! { <ActionCard record=line.record.clone() action back=routes::ACTIONS on_list=true /> }
        })
    };
    view! {
        <ul class="cards">
            <For each=move || of_group.get() key=|line| (line.action.clone(), line.record.version) let:line>
                <li>{card(line)}</li>
            </For>
        </ul>
    }
}

/// Open actions of live records, and those done since the first of the month. Tracked.
fn lines(app: App) -> Vec<Line> {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return Vec::new() };
    let directory = app.directory.read();
    let today = app.today();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: today };
    let register = app.register.read();
    let mut lines: Vec<Line> = register
        .of_site(&site)
        .filter(|record| !record.actions.is_empty() && record.state.is_live() && viewer.sees(record))
        .filter_map(|record| register.shared_record(&record.id))
        .flat_map(|record| {
            let line = |action: &Action| {
                let group = group(action, record.state.is_open(), today)?;
                let mine = *action.owner == *me.staff;
                Some(Line { record: record.clone(), action: action.id.clone(), group, due: action.due, mine })
            };
            record.actions.iter().filter_map(line).collect::<Vec<_>>()
        })
        .collect();
    lines.sort_by(|one, other| {
        (one.group, one.due, &one.action).cmp(&(other.group, other.due, &other.action))
    });
    once(&mut lines);
    lines
}

/// One piece of work for several records stands once, where it is most pressing.
fn once(lines: &mut Vec<Line>) {
    let mut seen = HashSet::new();
    lines.retain(|line| match line.record.action(&line.action) {
        Some(action) => seen.insert(action.work().clone()),
        None => false,
    });
}

fn group(action: &Action, is_open: bool, today: NaiveDate) -> Option<Group> {
    match &action.done {
        Some(done) => {
            let this_month = (done.on.year(), done.on.month()) == (today.year(), today.month());
            this_month.then_some(Group::DoneThisMonth)
        }
        None if !is_open => None,
        None if action.due < today => Some(Group::Overdue),
        None if action.due <= end_of_week(today) => Some(Group::ThisWeek),
        None => Some(Group::Later),
    }
}

/// The Sunday of this week.
fn end_of_week(today: NaiveDate) -> NaiveDate {
    add_days(today, u64::from(6 - today.weekday().num_days_from_monday()))
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
