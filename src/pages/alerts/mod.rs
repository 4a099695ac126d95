//! Patterns and alerts: the list, one alert with what may be done about it, and the week on one page.

mod actions;
mod card;
mod detail;
mod filters;
mod find;
mod forms;
mod glance;
pub mod line;
mod needs;
mod records;
mod start;
mod thing;
mod timeline;
mod week;

pub use detail::AlertPage;
pub use needs::{NeedsYou, needed_at, use_needs_you};
pub use records::RecordAlerts;
pub use start::waits_for;
pub use week::AlertsWeekPage;

use super::{
    address::address,
    oversee::{NotYours, sections::READERS},
};
use crate::{
    routes,
    state::use_app,
    text::{alerts::page as text, common::FILLING},
    ui::{Button, EmptyState, Kind, LinkButton, Page, before_print},
};
use card::AlertCard;
use filters::Filters;
use glance::Glance;
use line::{Group, Line, Wanted, lines};
use markup::prelude::*;

/// A list is drawn in pieces of this size.
const PIECE: usize = 20;

#[component]
pub fn AlertsPage() -> impl IntoView {
    let app = use_app();
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || match allowed.get() {
        true => view! { <List /> },
        false => view! { <NotYours heading=text::ALERTS /> },
    })
}

#[component]
fn List() -> impl IntoView {
    let app = use_app();
    let address = address();
    let wanted = Memo::new(move |_| Wanted::read(&address.read().query));
    let all = Memo::new(move |_| lines(app));
    let shown = Memo::new(move |_| {
        let wanted = wanted.read();
        all.read().iter().filter(|line| wanted.leaves(line)).cloned().collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| shown.read().is_empty());
    let has_any = Memo::new(move |_| !all.read().is_empty());
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    view! {
        <Page
            title=text::ALERTS
            heading=text::ALERTS
            caption=Signal::derive(site)
            back=routes::OVERSEE
            back_label=crate::text::oversee::OVERSEE
            wide=true
        >
            <p class="lede">{text::ALERTS_LEDE}</p>
            <ul class="record-part__acts">
                <li><a href=routes::ALERTS_WEEK>{text::WEEK}</a></li>
                <li><a href=routes::RULES>{text::RULES}</a></li>
            </ul>
            {move || has_any.get().then(|| view! { <Filters all wanted /> })}
            <Glance all wanted />
            {move || is_empty.get().then(|| view! { <Nothing filtered=has_any.get() /> })}
            {Group::ALL.map(|group| view! { <Lines shown group /> })}
        </Page>
    }
}

/// No alert at all, or none that the filters leave.
#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    let app = use_app();
    live(move || {
        if filtered {
            return view! {
                <EmptyState title=text::NONE_LIKE_THIS icon="filter">
                    <LinkButton href=routes::ALERTS kind=Kind::Secondary>"Show all alerts"</LinkButton>
                </EmptyState>
            };
        }
        if app.sync.filling.get() {
            return view! { <EmptyState title=FILLING icon="bell" /> };
        }
        view! {
            <EmptyState title=text::NO_ALERTS icon="bell">
                <p>{text::NO_ALERTS_WORDS}</p>
                <LinkButton href=routes::RULES kind=Kind::Secondary>"See the rules"</LinkButton>
            </EmptyState>
        }
    })
}

#[component]
fn Lines(shown: Memo<Vec<Line>>, group: Group) -> impl IntoView {
    let count = RwSignal::new(PIECE);
    before_print(move || count.set(usize::MAX));
    let total = Memo::new(move |_| shown.read().iter().filter(|line| line.group == group).count());
    let lines = Memo::new(move |_| {
        let shown = shown.read();
        shown.iter().filter(|line| line.group == group).take(count.get()).cloned().collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| total.get() == 0);
    let more = move || {
        let more = total.get().saturating_sub(count.get());
        (more > 0).then(|| {
            let words = format!("Show {} more", more.min(PIECE));
            view! {
                <Button kind=Kind::Secondary on_press=Callback::new(move |()| count.update(|count| *count = count.saturating_add(PIECE)))>
                    {words}
                </Button>
            }
        })
    };
    live(move || {
        (!is_empty.get()).then(|| {
            view! {
                <section class="stack" data-group=group.label()>
                    <h2 class="inbox-group">{group.label()} " " <span class="number muted">{total}</span></h2>
                    <ul class="cards">
                        <For
                            each=move || lines.get()
                            key=|line| (line.alert.name(), line.nth, line.alert.records().count(), line.alert.settled.is_some(), line.mine)
                            let:line
                        >
                            <li><AlertCard line /></li>
                        </For>
                    </ul>
                    {more}
                </section>
            }
        })
    })
}
