//! Finds a record by a reference that somebody reads out, also one that is finished.

use super::lines::found;
use crate::{
    routes,
    state::{App, use_app},
    text::{
        common,
        review::record::{self as words, reference},
    },
    ui::{TextField, Width},
};
use domain::sight::Viewer;
use markup::prelude::*;

/// More would not help.
const SHOWN: usize = 8;

#[derive(Clone, PartialEq)]
struct Hit {
    href: String,
    title: String,
    about: String,
}

#[component]
pub fn FindRecord() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let hits = Memo::new(move |_| hits(app, &typed.read()));
    let answer = move || match (typed.read().trim().chars().count(), hits.read().len()) {
        (0..3, _) => String::new(),
        (_, 0) => "No record here has this reference.".to_owned(),
        (_, SHOWN) => format!("The first {SHOWN} records. Type more of the reference."),
        (_, total) => common::count(total, "record", "records"),
    };
    view! {
        <section class="find-record stack">
            <TextField
                id="find"
                label="Find a record"
                hint="Its reference, for example 3F9A2C, or the number that somebody outside gave you. Finished records too"
                kind="search"
                width=Width::Medium
                value=typed
            />
            <p role="status" class="small muted">{answer}</p>
            <ul class="plain-list stack">
                <For each=move || hits.get() key=|hit| hit.href.clone() let:hit>
                    <li>
                        <a href=hit.href>{hit.title}</a>
                        <br />
                        <span class="small muted">{hit.about}</span>
                    </li>
                </For>
            </ul>
        </section>
    }
}

fn hits(app: App, typed: &str) -> Vec<Hit> {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return Vec::new() };
    let register = app.register.read();
    let directory = app.directory.read();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
    let all = found(&register, &viewer, &site, typed).into_iter().take(SHOWN);
    all.map(|record| Hit {
        href: routes::record(&record.id),
        title: words::title(record),
        about: format!(
            "{}, {}. {}.",
            reference(&record.id),
            common::moment(record.facts.occurred_at()),
            words::state(record.state).1
        ),
    })
    .collect()
}
