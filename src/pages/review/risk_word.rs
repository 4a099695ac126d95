//! The risk word, worked out while the questions are answered.

use crate::{pages::record::form::Entry, text::review::levels::tone, ui::StatusTag};
use domain::{record::Band, vocabulary::BAND};
use markup::prelude::*;

#[component]
pub fn RiskWord(entry: Entry) -> impl IntoView {
    let level = move |name: &str| entry.code(name).parse::<u8>().ok();
    let band = Memo::new(move |_| Some(Band::of(level("potential_most_likely")? * level("likelihood")?)));
    let words = move || {
        band.get().map_or_else(
            || view! { <span class="muted">"Answer the questions to see it"</span> },
            |band| view! { <StatusTag status=tone(band) label=BAND.label(band.code()) /> },
        )
    };
    let urgent = move || {
        (band.get() == Some(Band::Extreme)).then(|| {
            view! { <p>"An extreme risk is urgent: the Registered Manager decides at once."</p> }
        })
    };
    view! {
        <section class="risk-word stack" aria-live="polite">
            <p class="cluster">
                <strong>"Risk:"</strong>
                {words}
            </p>
            {urgent}
            <p class="small muted">"Most likely result, times how likely it is to happen again."</p>
        </section>
    }
}
