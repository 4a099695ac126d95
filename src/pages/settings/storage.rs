//! How safely this device keeps data.

use crate::{
    state::{App, Protection},
    text::capture::device as text,
    ui::{Button, Buttons, Kind, SummaryRow},
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// Rows for a summary list.
#[component]
pub fn StorageRows(app: App) -> impl IntoView {
    let kept = move || match app.storage.read().kept_safe {
        Some(true) => text::YES,
        Some(false) => text::NOT_YET,
        None => text::NOT_SAID,
    };
    let sealed = move || match app.storage.read().protection {
        Protection::Key => text::YES,
        Protection::Bytes => text::SEALED_LESS,
        Protection::Lost => text::SEALED_LOST,
        Protection::Nothing => text::NOT_SEALED,
    };
    let space = move || {
        let storage = app.storage.read();
        text::space(storage.used_bytes, storage.quota_bytes)
    };
    let misses = move || {
        let misses = app.storage.read().misses_rows;
        misses.then(|| view! { <SummaryRow key=text::UP_TO_DATE>{text::MISSES_ROWS}</SummaryRow> })
    };
    view! {
        {misses}
        <SummaryRow key=text::KEPT_SAFE>{kept}</SummaryRow>
        <SummaryRow key=text::SEALED>{sealed}</SummaryRow>
        <SummaryRow key=text::SPACE_USED>{space}</SummaryRow>
        <SummaryRow key=text::VERSION>{app.build()}</SummaryRow>
    }
}

/// Only where the browser has not promised it yet.
#[component]
pub fn AskToKeep(app: App) -> impl IntoView {
    let refused = RwSignal::new(false);
    let ask = move |()| {
        refused.set(false);
        spawn_local(async move {
            app.ask_to_keep_safe().await;
            refused.try_set(app.storage.read_untracked().kept_safe == Some(false));
        });
    };
    // The button that has the focus stays while its answer is the same.
    let may_ask = Memo::new(move |_| app.storage.read().kept_safe == Some(false));
    live(move || {
        may_ask.get().then(|| {
            view! {
                <Buttons>
                    <Button kind=Kind::Secondary icon="shield-check" on_press=ask>
                        {text::ASK_TO_KEEP}
                    </Button>
                </Buttons>
                <p role="status">{move || refused.get().then_some(text::NOT_KEPT)}</p>
            }
        })
    })
}

/// What the seal of this device does not do, in words.
#[component]
pub fn Protects(app: App) -> impl IntoView {
    let less = move || {
        matches!(app.storage.read().protection, Protection::Bytes)
            .then(|| view! { <p>{text::OFFERS_LESS}</p> })
    };
    view! {
        {less}
        <p class="muted">{text::PHONE_LOCK}</p>
    }
}
