//! What the new numbers would have done in the last 12 months, and how far the reading has come.

use crate::{
    state::use_app,
    text::{
        alerts::{alert as words, page as text, rule},
        common::{count, day},
    },
    ui::{Details, Notice, Tone},
};
use domain::{
    patterns::{Alert, Difference, Window},
    time::{london_date, years_after},
};
use markup::prelude::*;

/// As many are named; the rest is counted.
const NAMED: usize = 10;

/// The numbers that were tried, and what they would have done.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub window: Window,
    pub found: Difference,
}

#[component]
pub fn Progress(progress: RwSignal<Option<(usize, usize)>>) -> impl IntoView {
    live(move || {
        progress.get().map(|(read, all)| {
            let words = format!("Reading the past: {read} of {}", count(all, "entry", "entries"));
            view! {
                <div class="trial-progress" role="status">
                    <progress class="progress" value=read.to_string() max=all.max(1).to_string() aria-label="Reading the past"></progress>
                    <span class="small">{words}</span>
                </div>
            }
        })
    })
}

#[component]
pub fn Result(outcome: Outcome) -> impl IntoView {
    let Outcome { window, found } = outcome;
    let sentence = text::would_have_been(&rule::numbers(window), &found);
    let (tone, warning) = match text::too_much_or_little(&found) {
        Some(words) => (Tone::Warning, Some(view! { <p>{words}</p> })),
        None => (Tone::Info, None),
    };
    let regrouped = text::regrouped(&found);
    let app = use_app();
    let first = app.site().and_then(|site| app.register.read_untracked().first_date(&site));
    let short = first.filter(|first| years_after(untrack(|| app.today()), -1) < *first);
    let short = short.map(|first| format!(" The reports here begin on {}.", day(first))).unwrap_or_default();
    let looked =
        format!("{} looked at, on this device.{short}", count(found.records, "report was", "reports were"));
    view! {
        <Notice tone title="What would have been">
            <p>{sentence}</p>
            {warning}
            <Named title="Would be new" alerts=found.new window />
            <Named title="Would be gone" alerts=found.gone window />
            {regrouped.map(|words| view! { <p>{words}</p> })}
            <p class="small muted">{looked}</p>
        </Notice>
    }
}

#[component]
fn Named(title: &'static str, alerts: Vec<Alert>, window: Window) -> impl IntoView {
    let app = use_app();
    if alerts.is_empty() {
        return Node::Nothing;
    }
    let (register, directory) = (app.register.read_untracked(), app.directory.read_untracked());
    let more = alerts.len().saturating_sub(NAMED);
    let items = alerts.iter().take(NAMED).map(|alert| {
        let words = words::headline_by(alert, &register, &directory, Some(window));
        let at = day(london_date(alert.raised_at));
        view! { <li>{words} <span class="muted small">{format!(" {at}")}</span></li> }
    });
    let items = items.collect_view();
    view! {
        <Details summary=format!("{title} ({})", alerts.len())>
            <ul class="steps">
                {items} {(more > 0).then(|| view! { <li>{format!("And {more} more.")}</li> })}
            </ul>
        </Details>
    }
}
