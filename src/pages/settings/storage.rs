//! How safely this device keeps data.

use crate::{
    state::App,
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
    let space = move || {
        let storage = app.storage.read();
        text::space(storage.used_bytes, storage.quota_bytes)
    };
    view! {
        <SummaryRow key=text::KEPT_SAFE>{kept}</SummaryRow>
        <SummaryRow key=text::SPACE_USED>{space}</SummaryRow>
        <SummaryRow key=text::VERSION>{app.build()}</SummaryRow>
    }
}

/// Only where the browser has not promised it yet.
#[component]
pub fn AskToKeep(app: App) -> impl IntoView {
    let ask = move |()| spawn_local(async move { app.ask_to_keep_safe().await });
    live(move || {
        (app.storage.read().kept_safe == Some(false)).then(|| {
            view! {
                <Buttons>
                    <Button kind=Kind::Secondary icon="shield-check" on_press=ask>
                        {text::ASK_TO_KEEP}
                    </Button>
                </Buttons>
            }
        })
    })
}
