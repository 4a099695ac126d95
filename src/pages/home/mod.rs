//! Home: what did you notice? Recording starts here with one tap.
//! index.html paints the same heading and tiles before the app is up: change both together.

mod card;
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
use work::MyWork;

#[component]
pub fn HomePage() -> impl IntoView {
    let app = use_app();
    view! {
        <Page title="Home" wide=true>
            <div class="home">
                <div class="stack">
                    <h1 class="page__heading" tabindex="-1">
                        {text::HOME}
                    </h1>
                    <RecordTiles />
                    <OneCard app />
                    <HomeStory app />
                </div>
                <MyWork app />
            </div>
        </Page>
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
