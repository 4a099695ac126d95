//! Who looked at a sensitive record: for the Registered Manager.

use super::Part;
use crate::{
    state::{Look, use_app},
    text::common,
    ui::{Button, Buttons, Cell, Kind, Notice, Table, Tone},
};
use domain::{record::Record, roles::Role};
use leptos::task::spawn_local;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn LooksPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let found = RwSignal::new(None::<Result<Vec<Look>, String>>);
    let manages = untrack(|| {
        app.me().is_some_and(|me| {
            app.directory.read().held(&me.staff, &record.site, app.today()).all().has(Role::RegisteredManager)
        })
    });
    if !record.is_sensitive() || !manages {
        return Node::Nothing;
    }
    let id = record.id.clone();
    let look = Callback::new(move |()| {
        let id = id.clone();
        spawn_local(async move {
            found.try_set(Some(app.looks(&id).await.map_err(|problem| problem.sentence)));
        });
    });
    view! {
        <Part title="Who looked">
            <p>"This record is sensitive, so every look at it is kept."</p>
            {move || match found.get() {
                None => {
                    view! {
                        <Buttons>
                            <Button kind=Kind::Secondary on_press=look>
                                "Show who looked"
                            </Button>
                        </Buttons>
                    }
                }
                Some(Err(words)) => view! { <Notice tone=Tone::Warning alert=true><p>{words}</p></Notice> },
                Some(Ok(looks)) => list(looks),
            }}
        </Part>
    }
}

fn list(looks: Vec<Look>) -> Node {
    if looks.is_empty() {
        return view! { <p role="status">"Nobody has looked yet, as far as the service knows."</p> };
    }
    let heads = ["When", "Who", "Device"].map(str::to_owned).to_vec();
    let rows = looks.into_iter().map(|look| {
        let when = common::moment(look.viewed_at);
        view! {
            <tr role="row">
                <Cell head="When" names_row=true>{when}</Cell>
                <Cell head="Who">{look.name}</Cell>
                <Cell head="Device">{look.device_label.unwrap_or(look.device)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption="Who looked at this record" hide_caption=true heads>{rows}</Table> }
}
