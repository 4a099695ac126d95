//! "My work", beside the tiles where there is room for it.

use crate::{
    pages::{
        desk::{Line, use_desk},
        my_reports::{
            last_words,
            mine::{needs_answer, reports, title},
        },
    },
    routes,
    state::App,
    text::{
        capture::{self as words, home as text},
        common::FILLING,
    },
    ui::{Button, Icon, Kind},
};
use domain::ids::SiteId;
use markup::prelude::*;
use std::collections::HashSet;

/// As many as are looked at in passing.
const LATEST: usize = 3;

#[component]
pub fn MyWork(app: App) -> impl IntoView {
    let desk = use_desk();
    let lines = move || {
        let waiting = desk.waiting(app);
        // The inbox counts the questions to a person who has one.
        let questions = if waiting.is_some() { 0 } else { questions(app) };
        // Half of what there is would be too low a number.
        let counted = |number: usize| if app.sync.filling.get() { 0 } else { number };
        let counted = [
            (waiting.unwrap_or_default(), routes::INBOX, "inbox", text::waiting as fn(usize) -> String),
            (counted(my_actions(app)), routes::ACTIONS, "list-checks", text::actions),
            (counted(questions), routes::REPORTS, "message-circle", text::questions),
            (app.drafts.list.read().len(), routes::DRAFTS, "pencil", text::all_drafts),
            (app.sync.waiting.get(), routes::SYNC, "cloud-upload", text::to_send),
        ];
        let counted = counted.into_iter().filter(|(number, ..)| *number > 0);
        let mut of_this: Vec<Line> = counted
            .map(|(number, href, icon, say)| Line { words: say(number), href: href.to_owned(), icon })
            .collect();
        let after_inbox = usize::from(waiting.is_some_and(|waiting| waiting > 0));
        of_this.splice(after_inbox..after_inbox, desk.alert_line(app));
        let of_all_sites = desk.lines(app);
        let filling = app.sync.filling.get();
        if of_all_sites.is_empty() && of_this.is_empty() {
            let words = if filling { FILLING } else { text::NOTHING };
            return view! { <p class="muted">{words}</p> };
        }
        let several = app.sites().len() > 1;
        let site = app.site().filter(|_| several && !of_this.is_empty()).map(|site| app.site_name(&site));
        view! {
            {filling.then(|| view! { <p class="muted">{FILLING}</p> })}
            {list(of_all_sites)}
            {site.map(|site| view! { <h3>{text::at(&site)}</h3> })}
            {list(of_this)}
        }
    };
    view! {
        <aside class="home__work stack" aria-label=words::MY_WORK>
            <h2>{words::MY_WORK}</h2>
            <div class="stack">{lines}</div>
            <div class="home__beside stack">
                <OtherSites app />
                <Latest app />
            </div>
        </aside>
    }
}

fn list(lines: Vec<Line>) -> Node {
    if lines.is_empty() {
        return Node::Nothing;
    }
    let line = |line: Line| view! { <li>{one(line)}</li> };
    view! { <ul class="plain-list">{lines.into_iter().map(line).collect_view()}</ul> }
}

fn one(Line { words, href, icon }: Line) -> Node {
    view! {
        <a class="home__line" href=href>
            <Icon name=icon />
            {words}
        </a>
    }
}

/// What must be seen on a phone too, where "My work" has no room.
#[component]
pub fn Raised(app: App) -> impl IntoView {
    let desk = use_desk();
    live(move || {
        let lines = desk.lines(app).into_iter();
        lines.map(|line| view! { <p class="home__raised">{one(line)}</p> }).collect_view()
    })
}

/// What waits where this person is not looking now, each a way there.
#[component]
pub fn OtherSites(app: App) -> impl IntoView {
    let desk = use_desk();
    let waits = Memo::new(move |_| desk.at_other_sites(app));
    live(move || {
        let lines = waits.get();
        (!lines.is_empty()).then(|| {
            let line = |(site, [tasks, alerts]): (SiteId, [usize; 2])| {
                let name = app.site_name(&site);
                let words = text::at_site(&name, tasks, alerts);
                let go = Callback::new(move |()| {
                    app.choose_site(site.clone());
                    app.notices.say(text::now_at(&name));
                });
                view! { <li><Button kind=Kind::Quiet icon="map-pin" on_press=go>{words}</Button></li> }
            };
            let lines = lines.into_iter().map(line).collect_view();
            view! {
                <section class="home__sites">
                    <h3>{text::OTHER_SITES}</h3>
                    <ul class="plain-list">{lines}</ul>
                </section>
            }
        })
    })
}

#[component]
fn Latest(app: App) -> impl IntoView {
    live(move || {
        let register = app.register.get();
        let latest = reports(app, &register).into_iter().take(LATEST).collect::<Vec<_>>();
        (!latest.is_empty()).then(|| {
            let lines = latest
                .into_iter()
                .map(|record| {
                    view! {
                        <li>
                            <a href=routes::report(&record.id)>{title(record)}</a>
                            <span class="muted small">{last_words(app, record)}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h3>{text::LATEST}</h3>
                <ul class="plain-list home__latest">{lines}</ul>
            }
        })
    })
}

fn questions(app: App) -> usize {
    let register = app.register.get();
    reports(app, &register).into_iter().filter(|record| needs_answer(record)).count()
}

/// As many as the list of actions shows: at this site, and work that answers several records once.
fn my_actions(app: App) -> usize {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return 0 };
    let register = app.register.get();
    let open =
        register.of_site(&site).filter(|record| record.state.is_open()).flat_map(|record| &record.actions);
    let mine = open.filter(|action| action.owner == me.staff && action.done.is_none());
    mine.map(|action| action.work()).collect::<HashSet<_>>().len()
}
