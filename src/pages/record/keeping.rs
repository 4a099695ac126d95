//! How long a record is kept, and a legal hold: for the Registered Manager.

use super::{Part, may::manages};
use crate::{
    state::{Hold, use_app},
    text::common,
    ui::{Button, Buttons, Kind, Notice, TextArea, Tone},
};
use domain::record::Record;
use leptos::task::spawn_local;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn KeepingPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    if !manages(app, &record) {
        return Node::Nothing;
    }
    let class = record.retention();
    let kept = match record.kept_until() {
        Some(until) => format!("{}: its words are kept until {}.", class.name, common::day(until)),
        None => format!("{}: its words are kept for {} years after it ends.", class.name, class.years),
    };
    let found = RwSignal::new(None::<Result<Vec<Hold>, String>>);
    let reason = RwSignal::new(String::new());
    let id = record.id.clone();
    let look = {
        let id = id.clone();
        Callback::new(move |()| {
            let id = id.clone();
            spawn_local(async move {
                found.try_set(Some(app.admin.holds(&id).await.map_err(|problem| problem.sentence)));
            });
        })
    };
    let change = Callback::new(move |hold: bool| {
        let id = id.clone();
        spawn_local(async move {
            match app.admin.hold(&id, hold, &reason.get_untracked()).await {
                Ok(holds) => {
                    reason.set(String::new());
                    found.try_set(Some(Ok(holds)));
                }
                Err(problem) => app.notices.warn(problem.sentence),
            }
        });
    });
    view! {
        <Part title="How long it is kept">
            <p>{kept}</p>
            {move || match found.get() {
                None => {
                    view! {
                        <Buttons>
                            <Button kind=Kind::Secondary on_press=look>"Legal hold"</Button>
                        </Buttons>
                    }
                }
                Some(Err(words)) => view! { <Notice tone=Tone::Warning alert=true><p>{words}</p></Notice> },
                Some(Ok(holds)) => {
                    let is_held = holds.iter().any(|hold| hold.lifted_at.is_none());
                    let label = if is_held { "Why can it go again?" } else { "Why must it be kept longer?" };
                    let act = Callback::new(move |()| change.run(!is_held));
                    let press = if is_held { "End the legal hold" } else { "Put on legal hold" };
                    let lines: Vec<Node> = holds.iter().flat_map(told).map(|words| view! { <li>{words}</li> }).collect();
                    view! {
                        <div class="stack">
                            {(!lines.is_empty()).then(|| view! { <ul>{lines}</ul> })}
                            <TextArea id="hold-reason" label value=reason />
                            <Buttons>
                                <Button
                                    kind=Kind::Secondary
                                    on_press=act
                                >
                                    {press}
                                </Button>
                            </Buttons>
                        </div>
                    }
                }
            }}
        </Part>
    }
}

/// One or two sentences about a hold.
fn told(hold: &Hold) -> Vec<String> {
    let mut told = vec![format!(
        "{} put it on legal hold on {}: {}",
        hold.set_by,
        common::moment(hold.set_at),
        hold.reason
    )];
    if let (Some(at), Some(by), Some(why)) = (hold.lifted_at, &hold.lifted_by, &hold.lift_reason) {
        told.push(format!("{by} ended it on {}: {why}", common::moment(at)));
    }
    told
}
