//! What the owner of this device should put right on it.

use crate::{
    routes,
    state::App,
    text::capture::account,
    ui::{Notice, Tone},
};
use markup::prelude::*;

/// Nothing locks here any more, and the person may not know.
#[component]
pub fn PinGone(app: App) -> impl IntoView {
    live(move || {
        app.lock.pin_is_gone.get().then(|| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>
                        {account::PIN_TAKEN_OFF} " " <a href=routes::LOCK_SETTINGS>{account::NEW_PIN_LINK}</a>
                    </p>
                </Notice>
            }
        })
    })
}
