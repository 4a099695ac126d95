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
mod settle_acts;
mod shown;
mod start;
mod subject;
#[cfg(test)]
mod testing;
mod thing;
mod timeline;
mod together;
mod week;
mod week_lists;

pub use detail::AlertPage;
pub use needs::{Needing, NeedsYou, needed_at, use_needs_you};
pub use records::RecordAlerts;
pub use start::waits_for;
pub use together::AlertsTogetherPage;
pub use week::AlertsWeekPage;

use super::{
    address::address,
    oversee::{NotYours, sections::READERS},
};
use crate::{
    routes,
    state::use_app,
    text::{
        alerts::{page as text, several},
        common::FILLING,
    },
    ui::{Button, EmptyState, Kind, LinkButton, Page, before_print},
};
use card::{AlertCard, TogetherCard};
use filters::Filters;
use glance::Glance;
use line::{Group, Line, Wanted};
use markup::prelude::*;
use shown::{Shown, shown};

/// A list is drawn in pieces of this size.
const PIECE: usize = 20;
/// A group of more than this goes to paper as far as it is drawn: that of a year would be hundreds of pages.
const WHOLE_ON_PAPER: usize = 40;

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
    let cards = Memo::new(move |_| shown(app));
    let all =
        Memo::new(move |_| cards.read().iter().flat_map(|card| card.lines.clone()).collect::<Vec<Line>>());
    let shown = Memo::new(move |_| {
        let wanted = wanted.read();
        cards.read().iter().flat_map(|card| card.left_by(&wanted)).collect::<Vec<_>>()
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
fn Lines(shown: Memo<Vec<Shown>>, group: Group) -> impl IntoView {
    let count = RwSignal::new(PIECE);
    let total = Memo::new(move |_| shown.read().iter().filter(|card| card.group() == group).count());
    before_print(move || {
        if total.get_untracked() <= WHOLE_ON_PAPER {
            count.set(usize::MAX);
        }
    });
    let alerts = Memo::new(move |_| {
        shown.read().iter().filter(|card| card.group() == group).map(|card| card.lines.len()).sum::<usize>()
    });
    let cards = Memo::new(move |_| {
        let shown = shown.read();
        shown.iter().filter(|card| card.group() == group).take(count.get()).cloned().collect::<Vec<_>>()
    });
    // A number alone would not say whether it counts alerts or cards.
    let counted = move || {
        let (alerts, cards) = (alerts.get(), total.get());
        (cards < alerts).then(|| {
            let words = format!("{}. {}", several::in_lines(alerts, cards), several::WHY);
            view! { <p class="muted">{words}</p> }
        })
    };
    let is_empty = Memo::new(move |_| total.get() == 0);
    let more = move || {
        let more = total.get().saturating_sub(count.get());
        (more > 0).then(|| {
            let words = format!("Show {} more", more.min(PIECE));
            let on_paper = text::not_on_paper(more);
            view! {
                <p class="print-only">{on_paper}</p>
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
                    <h2 class="inbox-group">{group.label()} " " <span class="number muted">{alerts}</span></h2>
                    {counted}
                    <ul class="cards">
                        <For
                            each=move || cards.get()
                            key=Shown::key
                            let:card
                        >
                            <li>{one(card)}</li>
                        </For>
                    </ul>
                    {more}
                </section>
            }
        })
    })
}

fn one(card: Shown) -> Node {
    match (&card.about, card.lines.first()) {
        (Some(about), _) => {
            let about = about.clone();
            view! { <TogetherCard card about /> }
        }
        (None, Some(line)) => {
            let line = line.clone();
            view! { <AlertCard line /> }
        }
        (None, None) => Node::Nothing,
    }
}
