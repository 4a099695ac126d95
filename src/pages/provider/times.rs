//! How long each step takes at each site, over the last 90 days.

use super::facts::{SiteFacts, TIMES_DAYS};
use crate::{
    pages::measures::{Behind, Of},
    state::use_app,
    text::{
        measures::{ACTIONS_IN_TIME, of_whole},
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
    let head = |step: u8| format!("{step}. {}", steps::measured(step));
    let heads = ["Site".to_owned()].into_iter().chain((2..=5).map(head));
    let heads: Vec<String> = heads.chain([ACTIONS_IN_TIME.to_owned()]).collect();
    let rows = move || -> Vec<Node> {
        facts
            .get()
            .into_iter()
            .map(|facts| {
                let name = facts.name;
                let cells: Vec<Node> = (2_u8..)
                    .zip(facts.times)
                    .map(|(step, times)| {
                        let href = behind(Of::Steps(step, false), &facts.site, app.today());
                        let about =
                            format!(" of {}, {name}: open the list", lower_first(steps::measured(step)));
                        view! { <Cell head=head(step)><Step times href about /></Cell> }
                    })
                    .collect();
                let due = behind(Of::Due(false), &facts.site, app.today());
                let due = actions(facts.actions_in_time, due, &name);
                view! {
                    <tr role="row">
                        <Cell head="Site" names_row=true>{name}</Cell>
                        {cells}
                        <Cell head=ACTIONS_IN_TIME>{due}</Cell>
                    </tr>
                }
            })
            .collect()
    };
    view! {
        <section class="stack">
            <h2>"Time to each step"</h2>
            <p class="muted">{text::times_of(TIMES_DAYS)}</p>
            <Table caption="Time to each step" hide_caption=true heads>{rows}</Table>
        </section>
    }
}

/// The list of what the times are of.
fn behind(of: Of, site: &SiteId, today: NaiveDate) -> String {
    let filter = Filter {
        site: Some(site.clone()),
        category: None,
        from: take_days(today, TIMES_DAYS - 1),
        to: today,
    };
    Behind { of, filter }.address()
}

/// Done by their date, of those whose date has come.
fn actions((done, due): (usize, usize), href: String, site: &str) -> Node {
    if due == 0 {
        return view! { <span class="muted">"None due"</span> };
    }
    let about = format!(" of the actions of {site}: open the list");
    view! {
        <span class="number">
            <a href=href>{of_whole(done, due)}<span class="visually-hidden">{about}</span></a>
        </span>
    }
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
