//! Home: what did you notice? Recording starts here with one tap.
//! index.html paints the same heading and tiles before the app is up: change both together.

mod card;
mod news;
mod work;

use crate::{
    pages::board::HomeStory,
    routes,
    state::use_app,
    text::capture as text,
    ui::{Kind, LinkButton, Page, TileLink},
};
use card::OneCard;
use domain::category::{CATEGORIES, CategorySpec};
use markup::prelude::*;
pub use news::ClockIsOff;
use news::PinGone;
use work::{MyWork, OtherSites, Raised};

#[component]
pub fn HomePage() -> impl IntoView {
    let app = use_app();
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    view! {
        <Page title="Home" wide=true>
            <div class="home">
                <div class="stack">
                    <h1 class="page__heading" tabindex="-1">
                        {move || if only_reads.get() { text::HOME_OUTSIDE } else { text::HOME }}
                    </h1>
                    <PinGone app />
                    {move || match only_reads.get() {
                        true => view! { <ReadingTiles /> },
                        false => {
                            view! {
                                <RecordTiles />
                                // Below the ways to record: those stay in sight on a small phone.
                                <ClockIsOff app />
                                <Raised app />
                                <p>{text::HOME_JUST}</p>
                                <div class="home__raised"><OtherSites app /></div>
                                <OneCard app />
                            }
                        }
                    }}
                    <HomeStory app />
                </div>
                {move || (!only_reads.get()).then(|| view! { <MyWork app /> })}
            </div>
        </Page>
    }
}

/// An inspector or a commissioner records nothing: where to read instead.
#[component]
fn ReadingTiles() -> impl IntoView {
    let tile = |(href, label, hint, icon): (&'static str, &'static str, &'static str, &'static str)| {
        view! {
            <li>
                <TileLink href label hint icon large=true />
            </li>
        }
    };
    let places = [
        (routes::EVIDENCE, text::outside::EVIDENCE, text::outside::EVIDENCE_HINT, "file-check"),
        (routes::MEASURES, text::outside::MEASURES, text::outside::MEASURES_HINT, "chart-column"),
        (routes::OVERSEE, text::outside::ALL, text::outside::ALL_HINT, "eye"),
    ];
    view! {
        <p class="lede">{text::outside::LEDE}</p>
        <ul class="tiles" data-columns="1" data-hints="always">
            {places.into_iter().map(tile).collect_view()}
        </ul>
    }
}

/// The categories, and the quick way. Also on the doors of a device that is locked or signed out.
#[component]
pub fn RecordTiles() -> impl IntoView {
    let tile = |spec: &'static CategorySpec| {
        view! {
            <li>
                <TileLink
                    href=routes::capture(spec.id)
                    label=spec.name
                    hint=spec.help
                    icon=spec.icon
                    tone=spec.id
                    large=true
                />
            </li>
        }
    };
    view! {
        <ul class="tiles" data-columns="1">
            {CATEGORIES.into_iter().map(tile).collect_view()}
        </ul>
        <LinkButton href=routes::QUICK kind=Kind::Secondary icon="zap">
            {text::QUICK_RECORD}
        </LinkButton>
    }
}
