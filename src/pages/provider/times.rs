//! How long each step takes at each site, over the last 90 days.

use super::facts::{SiteFacts, TIMES_DAYS};
use crate::{
    pages::measures::{Behind, Of},
    state::use_app,
    text::{
        provider as text,
        review::{record::lower_first, steps},
    },
    ui::{Cell, Table},
};
use chrono::NaiveDate;
use domain::{
    ids::SiteId,
    measures::{StepTimes, index::Filter},
    time::take_days,
};
use markup::prelude::*;

#[component]
pub fn Times(facts: Memo<Vec<SiteFacts>>) -> impl IntoView {
    let app = use_app();
    let head = |step: u8| format!("{step}. {}", steps::task(step));
    let heads: Vec<String> = ["Site".to_owned()].into_iter().chain((2..=5).map(head)).collect();
    let rows = move || -> Vec<Node> {
        facts
            .get()
            .into_iter()
            .map(|facts| {
                let name = facts.name;
                let cells: Vec<Node> = (2_u8..)
                    .zip(facts.times)
                    .map(|(step, times)| {
                        let href = done(&facts.site, step, app.today());
                        let about = format!(" of {}, {name}: open the list", lower_first(steps::task(step)));
                        view! { <Cell head=head(step)><Step times href about /></Cell> }
                    })
                    .collect();
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

/// The list of the steps that the times are of.
fn done(site: &SiteId, step: u8, today: NaiveDate) -> String {
    let filter = Filter {
        site: Some(site.clone()),
        category: None,
        from: take_days(today, TIMES_DAYS - 1),
        to: today,
    };
    Behind { of: Of::Steps(step, false), filter }.address()
}

/// `href`: the list that the share is of.
#[component]
fn Step(times: StepTimes, href: String, about: String) -> impl IntoView {
    let Some(lines) = text::times(&times) else { return view! { <span class="muted">"None done"</span> } };
    let lines = lines
        .into_iter()
        .enumerate()
        .map(|(index, (name, words))| {
            let value = match index {
                // The share says how many it is of.
                2 => view! { <a href=href.clone()>{words}<span class="visually-hidden">{about.clone()}</span></a> },
                _ => words.into_node(),
            };
            view! {
                <span class="provider-time">
                    <span class="small muted">{name}</span> " " <span class="number">{value}</span>
                </span>
            }
        })
        .collect_view();
    view! { <span class="provider-times">{lines}</span> }
}
