//! All measures of a site: a few large numbers first, then picture after picture.

use super::{
    catalogue::MEASURES,
    filters::Filters,
    look::{Look, look},
    numbers::LargeNumbers,
    picture::Framed,
    pictures::before_records,
    query_here,
};
use crate::{
    pages::oversee::{NotYours, sections::READERS},
    routes,
    state::use_app,
    text::{
        common::FILLING,
        learning::WITHOUT_PEOPLE,
        measures::{COMPARE, NOT_YET, counted_by},
    },
    ui::{EmptyState, Kind, LinkButton, Page},
};
use domain::measures::index::Which;
use markup::prelude::*;
use std::time::Duration;

#[component]
pub fn MeasuresPage() -> impl IntoView {
    let app = use_app();
    let query = query_here(|path| path == routes::MEASURES);
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || {
        if !allowed.get() {
            return view! { <NotYours heading="Measures" /> };
        }
        view! {
            <Page title="Measures" heading="Measures" back=routes::OVERSEE back_label=crate::text::oversee::OVERSEE wide=true>
                {move || {
                    let query = query.get();
                    // Once everything has come, what stands here is made again.
                    let filling = app.sync.filling.get();
                    match look(|name| query.get(name)) {
                        Some(look) => view! { <Board look filling /> },
                        None => view! {
                            <EmptyState title="There is no site here whose numbers you read." icon="chart-column">
                                <p>"The numbers of one site stand here. Choose the site where you work."</p>
                                <p><a href=routes::SETTINGS>"Choose the site in Settings"</a></p>
                            </EmptyState>
                        },
                    }
                }}
            </Page>
        }
    })
}

#[component]
fn Board(look: Look, filling: bool) -> impl IntoView {
    let shown = look.shown(look.filter.from, look.filter.to);
    let is_empty = look.index.rows(&look.filter, Which::All).is_empty();
    let nothing = match (look.index.is_empty(), filling) {
        (true, true) => Some(view! { <EmptyState title=FILLING icon="chart-column" /> }),
        (true, false) => Some(view! {
            <EmptyState title="No records yet." icon="chart-column">
                <p>"Numbers stand here as soon as somebody reports a near miss."</p>
                <p><a href=routes::HOME>"Record a near miss"</a></p>
            </EmptyState>
        }),
        (false, _) if look.is_future() => Some(view! { <p class="picture__sentence">{NOT_YET}</p> }),
        (false, _) if is_empty => {
            let why = before_records(&look);
            let words = why.unwrap_or_else(|| {
                "Nothing was recorded in this time. Choose a longer period to see more.".to_owned()
            });
            Some(view! { <p class="picture__note">{words}</p> })
        }
        _ => None,
    };
    let has_numbers = !look.index.is_empty() && !look.is_future();
    let is_keeper = !look.coded;
    view! {
        <Filters look=look.clone() path=routes::MEASURES.to_owned() more=Vec::new() />
        <p class="measures__shown" role="status">{shown}</p>
        {nothing}
        {has_numbers
            .then(|| {
                view! {
                    <LargeNumbers look=look.clone() />
                    <p class="picture__note">{COMPARE} " " {counted_by()}</p>
                    {look.coded.then(|| view! { <p class="picture__note">{WITHOUT_PEOPLE}</p> })}
                    <Pictures look=look.clone() />
                    <Others look=look.clone() />
                }
            })}
        {is_keeper
            .then(|| {
                view! {
                    <p>
                        <LinkButton href=routes::MEASURE_NUMBERS kind=Kind::Secondary icon="table">
                            "Bed days, hours and doses"
                        </LinkButton>
                    </p>
                }
            })}
    }
}

/// The first stands there with the numbers; the others come one after the other, so that nobody waits for all.
#[component]
fn Pictures(look: Look) -> impl IntoView {
    let drawn = RwSignal::new(1_usize);
    let front: Vec<_> = MEASURES.iter().filter(|measure| measure.front).collect();
    let total = front.len();
    Effect::new(move |_| {
        if drawn.get() < total {
            let next = move || {
                drawn.try_update(|drawn| *drawn += 1);
            };
            set_timeout(next, Duration::from_millis(1));
        }
    });
    let look = StoredValue::new(look);
    view! {
        <div class="pictures" aria-busy=move || (drawn.get() < total).then_some("true")>
            <For each=move || front.clone().into_iter().take(drawn.get()) key=|measure| measure.code let:measure>
                <Framed measure=measure look=look.get_value() />
            </For>
        </div>
    }
}

/// What is not drawn here, by name.
#[component]
fn Others(look: Look) -> impl IntoView {
    let others = MEASURES.iter().filter(|measure| !measure.front).map(|measure| {
        let href = format!("{}{}", routes::measure(measure.code), look.wanted.query(&[]));
        view! { <li><a class="measures__other" href=href>{measure.title}</a></li> }
    });
    view! {
        <h2 class="no-print">"More measures"</h2>
        <ul class="measures__others no-print">{others.collect_view()}</ul>
    }
}
