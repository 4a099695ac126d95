//! The week in alerts, on one page for the screen and for paper: nobody needs a stream of messages.

use super::week_lists::{Entry, Lists};
use crate::{
    pages::{
        address::address,
        oversee::{NotYours, sections::READERS},
    },
    routes,
    state::use_app,
    text::alerts::{page as text, several},
    ui::{Button, Details, Kind, Page, before_print},
};
use domain::patterns::Week;
use markup::prelude::*;

/// `?of=2026-W47`; without it the week that is not over yet.
#[component]
pub fn AlertsWeekPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let this_week = Memo::new(move |_| Week::of(app.today()));
    let week = Memo::new(move |_| {
        let asked = address.read().query.get("of").and_then(|text| Week::parse(&text));
        asked.unwrap_or_else(|| this_week.get()).min(this_week.get())
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || match allowed.get() {
        true => view! { <OneWeek week=week.get() this_week=this_week.get() /> },
        false => view! { <NotYours heading=text::WEEK /> },
    })
}

#[component]
fn OneWeek(week: Week, this_week: Week) -> impl IntoView {
    let app = use_app();
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let before = routes::alerts_of_week(&week.before().to_string());
    let after = (week < this_week).then(|| {
        let href = routes::alerts_of_week(&week.after().to_string());
        view! { <li><a href=href>"The week after"</a></li> }
    });
    let dates = text::week_dates(week);
    let over = match week == this_week {
        true => "This week is not over yet.",
        false => "As it stood when the week ended.",
    };
    let lists = Memo::new(move |_| Lists::of(app, week));
    view! {
        <Page
            title=format!("{}, {dates}", text::WEEK)
            heading=text::WEEK
            caption=Signal::derive(move || format!("{}, {dates}", site()))
            back=routes::ALERTS
            back_label="Alerts"
            wide=true
        >
            <ul class="record-part__acts no-print">
                <li><a href=before>"The week before"</a></li>
                {after}
            </ul>
            <p class="muted">{over}</p>
            {move || view! { <Sheet lists=lists.get() /> }}
            <p class="no-print">
                <Button kind=Kind::Secondary icon="printer" on_press=Callback::new(move |()| app.print())>
                    "Print this page"
                </Button>
            </p>
        </Page>
    }
}

#[component]
fn Sheet(lists: Lists) -> impl IntoView {
    let Lists { summary, needs, new, open, waiting, settled, late, silent } = lists;
    view! {
        <div class="alert-week">
            <div class="stack">
                <p class="lede">{summary}</p>
                {needs.map(|words| view! { <p>{words}</p> })}
            </div>
            {silent
                .map(|words| {
                    view! {
                        <section class="stack">
                            <h2>"Silent units"</h2>
                            <p>{words}</p>
                        </section>
                    }
                })}
            <Section title="New, still open" entries=new />
            <Section title="From before, still open" entries=open />
            <Section title="Waiting until a date" entries=waiting />
            <Section title="Settled" entries=settled />
            <Section title="Reports that came late" entries=late />
        </div>
    }
}

/// What is older than four weeks stands behind a line to press, and on paper in the open.
#[component]
fn Section(title: &'static str, entries: Vec<Entry>) -> impl IntoView {
    if entries.is_empty() {
        return Node::Nothing;
    }
    let number: usize = entries.iter().map(Entry::number).sum();
    let lines = (entries.len() < number).then(|| {
        let words = format!("{}.", several::in_lines(number, entries.len()));
        view! { <p class="muted">{words}</p> }
    });
    let (older, newer): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.is_old);
    view! {
        <section class="stack">
            <h2>{title} " " <span class="number muted">{number.to_string()}</span></h2>
            {lines}
            {list(newer)}
            <Older entries=older />
        </section>
    }
}

#[component]
fn Older(entries: Vec<Entry>) -> impl IntoView {
    if entries.is_empty() {
        return Node::Nothing;
    }
    let printed = RwSignal::new(false);
    before_print(move || printed.set(true));
    let number: usize = entries.iter().map(Entry::number).sum();
    let summary = text::show_older(number);
    view! { <Details summary open=printed>{list(entries)}</Details> }
}

fn list(entries: Vec<Entry>) -> Node {
    if entries.is_empty() {
        return Node::Nothing;
    }
    let items = entries.into_iter().map(|entry| {
        let Entry { title, href, words, within, .. } = entry;
        let title = match href {
            Some(href) => view! { <a href=href>{title}</a> },
            None => view! { <strong>{title}</strong> },
        };
        let within = (!within.is_empty()).then(|| {
            let summary = several::each(within.len());
            view! { <div class="no-print"><Details summary>{list(within)}</Details></div> }
        });
        view! { <li>{title} " " <span class="muted small">{words}</span> {within}</li> }
    });
    view! { <ul class="alert-week__list">{items.collect_view()}</ul> }
}
