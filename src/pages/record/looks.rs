//! Who looked at a sensitive record, and who opened the name of its reporter: for the Registered Manager.

use super::{
    Part,
    may::{manages, may_open_name},
    reporter,
};
use crate::{
    state::{Look, use_app},
    text::common,
    ui::{Button, Buttons, Cell, Kind, Notice, Table, Tone},
};
use domain::record::Record;
use leptos::task::spawn_local;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn LooksPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let found = RwSignal::new(None::<Result<Vec<Look>, String>>);
    if !record.is_sensitive() || !manages(app, &record) {
        return Node::Nothing;
    }
    let id = record.id.clone();
    let acts = may_open_name(app, &record).then(|| reporter::act(&record));
    let look = Callback::new(move |()| {
        let id = id.clone();
        spawn_local(async move {
            found.try_set(Some(app.looks(&id).await.map_err(|problem| problem.sentence)));
        });
    });
    view! {
        <Part title="Who looked" acts=acts.into_iter().collect()>
            <p>"This record is sensitive. The app notes who opens it, and who puts it into a file with its words."</p>
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
    let (opened, looks): (Vec<Look>, Vec<Look>) = looks.into_iter().partition(|look| look.reason.is_some());
    let opened: Vec<Node> = opened.into_iter().map(|look| view! { <li>{told(look)}</li> }).collect();
    let heads = ["When", "Who", "How", "Device"].map(str::to_owned).to_vec();
    let rows: Vec<Node> = looks
        .into_iter()
        .map(|look| {
            let when = common::moment(look.viewed_at);
            view! {
                <tr role="row">
                    <Cell head="When" names_row=true>{when}</Cell>
                    <Cell head="Who">{look.name}</Cell>
                    <Cell head="How">{if look.in_file { "Put it into a file" } else { "Opened it" }}</Cell>
                    <Cell head="Device">{look.device_label.unwrap_or(look.device)}</Cell>
                </tr>
            }
        })
        .collect();
    let table = (!rows.is_empty())
        .then(|| view! { <Table caption="Who looked at this record" hide_caption=true heads>{rows}</Table> });
    view! {
        {(!opened.is_empty()).then(|| view! { <ul>{opened}</ul> })}
        {table}
    }
}

/// An opened name, with the reason that was given.
fn told(look: Look) -> String {
    let Look { name, viewed_at, device, device_label, reason, .. } = look;
    let (when, device) = (common::moment(viewed_at), device_label.unwrap_or(device));
    let why = reason.unwrap_or_default();
    format!("{name} opened the name of the reporter at {when} ({device}). The reason: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opened_name_is_told_with_its_reason() {
        // A service of before knows no reasons.
        let before = serde_json::json!({ "name": "Farah", "device": "d-1", "device_label": "Office computer",
            "viewed_at": "2026-11-26T14:05:00Z", "received_at": "2026-11-26T14:05:00Z" });
        let look: Look = serde_json::from_value(before).expect("a look");
        assert_eq!(look.reason, None);
        let words = told(Look { reason: Some("To ask what she saw.".to_owned()), ..look });
        let says = "Farah opened the name of the reporter at 2:05pm on 26 November 2026 (Office computer). The reason: To ask what she saw.";
        assert_eq!(words, says);
    }
}
