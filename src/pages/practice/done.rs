//! My own result, and for the managers who has practised which version of the definitions.

use crate::{
    state::{App, use_app},
    text::{
        common::{day, definitions},
        learning::practice as text,
    },
    ui::{Cell, Details, Table},
};
use domain::{
    ids::StaffId,
    roles::{Role, Roles},
    time::london_date,
};
use markup::prelude::*;
use std::collections::BTreeMap;

const WATCHERS: Roles =
    Roles::of(&[Role::RegisteredManager, Role::DeputyManager, Role::Provider, Role::Inspector]);

#[component]
pub fn Done(app: App) -> impl IntoView {
    let mine = move || {
        let words = match (&*app.practice.last.read(), app.me().is_some()) {
            (Some(last), _) => format!(
                "Your last result: {} {}. It stays on this device.",
                text::score(last.right, last.of),
                day(london_date(last.at))
            ),
            (None, true) => {
                "Your result stays on this device. Your manager sees only that you practised.".to_owned()
            }
            (None, false) => "Sign in to keep your result on this device.".to_owned(),
        };
        view! { <p>{words}</p> }
    };
    view! {
        <section class="stack">
            <h2>"Results"</h2>
            {mine}
            <p class="muted">{format!("By the {}.", definitions())}</p>
            {move || app.roles().meets(WATCHERS).then(|| view! { <Team /> })}
        </section>
    }
}

/// Everybody with a role at the site, and what they practised last.
#[component]
fn Team() -> impl IntoView {
    let app = use_app();
    live(move || {
        let Some(site) = app.site() else { return Node::Nothing };
        let register = app.register.read();
        let directory = app.directory.read();
        let mut last: BTreeMap<&str, String> = BTreeMap::new();
        for received in register.site_events() {
            let event = &received.event;
            if event.verb != "finish_practice" || event.site != site {
                continue;
            }
            if let (Some(staff), Some(version)) = (event.by.staff(), event.text("version")) {
                let on = day(london_date(received.judgement.corrected_at));
                last.insert(staff.as_str(), format!("{on}, {version}"));
            }
        }
        let works = |id: &&StaffId| directory.held(id, &site, app.today()).all().meets(Roles::STAFF);
        let mut rows: Vec<(String, Option<String>)> = directory
            .staff
            .keys()
            .filter(works)
            .map(|id| (directory.staff_name(id).to_owned(), last.get(id.as_str()).cloned()))
            .collect();
        rows.sort();
        let done = rows.iter().filter(|(_, last)| last.is_some()).count();
        let summary = format!("Who has practised ({done} of {})", rows.len());
        let rows = rows
            .into_iter()
            .map(|(name, last)| {
                let last = last.unwrap_or_else(|| "Not yet".to_owned());
                view! {
                    <tr role="row">
                        <Cell head="Who" names_row=true>{name}</Cell>
                        <Cell head="Last practised">{last}</Cell>
                    </tr>
                }
            })
            .collect_view();
        let heads = ["Who", "Last practised"].map(str::to_owned).to_vec();
        view! {
            <Details summary>
                <Table caption="Who has practised, and which definitions" hide_caption=true heads>{rows}</Table>
            </Details>
        }
    })
}
