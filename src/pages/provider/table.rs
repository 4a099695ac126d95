//! One row for each site: rates or counts, what waits longest, what is late, and which phones are silent.

use super::{
    facts::{Oldest, Rate, SiteFacts, last_month},
    list, near_misses_list,
    phones::{Phones, Silent},
};
use crate::{
    routes,
    state::use_app,
    text::{
        audits::period,
        common, provider as text,
        review::{
            due::elapsed,
            record::{lower_first, title},
            steps,
        },
    },
    ui::{Cell, Table},
};
use markup::prelude::*;

#[component]
pub fn Sites(facts: Memo<Vec<SiteFacts>>) -> impl IntoView {
    let app = use_app();
    let phones = Phones::ask(app);
    let month = move || period(last_month(app.today()));
    let near_misses = format!("Near misses, {}", untrack(month));
    let heads = vec![
        "Site".to_owned(),
        near_misses.clone(),
        "Waits longest".to_owned(),
        "Late now".to_owned(),
        "Audits in time".to_owned(),
        "Alerts open".to_owned(),
        "Phones silent for a day".to_owned(),
    ];
    let rows = move || -> Vec<Node> {
        facts
            .get()
            .into_iter()
            .map(|facts| view! { <Row facts near_misses=near_misses.clone() phones /> })
            .collect()
    };
    view! {
        <Table caption="Every site" hide_caption=true heads>{rows}</Table>
        {move || phones.words().map(|words| view! { <p class="muted" role="status">{words}</p> })}
    }
}

#[component]
fn Row(facts: SiteFacts, near_misses: String, phones: Phones) -> impl IntoView {
    let SiteFacts { site, name, oldest, .. } = facts;
    let open = |what: &'static str, at: &str, words: Node| {
        let hidden = format!(" {what}, {name}");
        view! { <a href=list(&site, at)>{words}<span class="visually-hidden">{hidden}</span></a> }
    };
    let counted = match facts.rate {
        Some(Rate { value, per, near_misses }) => (text::rate(value), text::per_1000(per, near_misses)),
        None => {
            let why = " a count, because bed days, care hours or doses of this month are not entered";
            (facts.near_misses.to_string(), why.to_owned())
        }
    };
    let (number, more) = counted;
    let list_of = near_misses_list(facts.rate.map(|rate| rate.per));
    let counted = open("near misses", list_of, number.into_node());
    let overdue = open("late", "overdue", facts.overdue.into_node());
    let (on_time, of) = facts.audits_on_time;
    let audits = if of == 0 { "None were due".to_owned() } else { format!("{on_time} of {of}") };
    let audits = open("audits", "audits", audits.into_node());
    let alerts = open("open alerts", "alerts", facts.alerts.into_node());
    let silent = {
        let (site, name) = (site.clone(), name.clone());
        move || match phones.of(&site) {
            Silent::NotKnown => "\u{2013}".into_node(),
            Silent::Some(number) => {
                let hidden = format!(" silent phones, {name}");
                view! { <a href=list(&site, "phones")>{number}<span class="visually-hidden">{hidden}</span></a> }
            }
        }
    };
    view! {
        <tr role="row">
            <Cell head="Site" names_row=true>{name.clone()}</Cell>
            <Cell head=near_misses>{counted} <span class="small muted">{more}</span></Cell>
            <Cell head="Waits longest"><Longest oldest /></Cell>
            <Cell head="Late now" number=true>{overdue}</Cell>
            <Cell head="Audits in time" number=true>{audits}</Cell>
            <Cell head="Alerts open" number=true>{alerts}</Cell>
            <Cell head="Phones silent for a day" number=true>{silent}</Cell>
        </tr>
    }
}

#[component]
fn Longest(oldest: Option<Oldest>) -> impl IntoView {
    let app = use_app();
    let Some(Oldest { record, step, since }) = oldest else { return "Nothing waits".into_node() };
    let about = |record: &domain::record::Record| (title(record), lower_first(steps::task_of(record, step)));
    let (name, task) = untrack(|| app.with_record(&record, |record, _| about(record))).unwrap_or_default();
    let waits = move || format!("{task}, {}", elapsed(since, app.now.get()));
    view! {
        <span class="stack provider-longest">
            <a href=routes::record(&record)>{name}</a>
            <span class="small muted">{waits}</span>
            <span class="small muted">{format!("since {}", common::day(domain::time::london_date(since)))}</span>
        </span>
    }
}
