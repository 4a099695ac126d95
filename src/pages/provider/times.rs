//! How long each step takes at each site, over the last 90 days.

use super::facts::{SiteFacts, TIMES_DAYS};
use crate::{
    text::{provider as text, review::steps},
    ui::{Cell, Table},
};
use domain::measures::StepTimes;
use markup::prelude::*;

#[component]
pub fn Times(facts: Memo<Vec<SiteFacts>>) -> impl IntoView {
    let head = |step: u8| format!("{step}. {}", steps::task(step));
    let heads: Vec<String> = ["Site".to_owned()].into_iter().chain((2..=5).map(head)).collect();
    let rows = move || -> Vec<Node> {
        facts
            .get()
            .into_iter()
            .map(|facts| {
                let cells: Vec<Node> = (2_u8..)
                    .zip(facts.times)
                    .map(|(step, times)| view! { <Cell head=head(step)><Step times /></Cell> })
                    .collect();
                let name = facts.name;
                view! {
                    <tr role="row">
                        <Cell head="Site" names_row=true>{name}</Cell>
                        {cells}
                    </tr>
                }
            })
            .collect()
    };
    view! {
        <section class="stack">
            <h2>"Time to each step"</h2>
            <p class="muted">{format!("Steps done in the last {TIMES_DAYS} days, from when they could begin.")}</p>
            <Table caption="Time to each step" hide_caption=true heads>{rows}</Table>
        </section>
    }
}

#[component]
fn Step(times: StepTimes) -> impl IntoView {
    let Some(lines) = text::times(&times) else { return view! { <span class="muted">"None done"</span> } };
    let lines = lines
        .into_iter()
        .map(|(name, words)| {
            view! {
                <span class="provider-time">
                    <span class="small muted">{name}</span> " " <span class="number">{words}</span>
                </span>
            }
        })
        .collect_view();
    view! { <span class="provider-times">{lines}</span> }
}
