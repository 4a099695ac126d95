//! What the owner of this device should put right on it.

use crate::{
    routes,
    state::App,
    text::capture::{account, device as text},
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

/// The clock of this device is far from that of the service.
#[component]
pub fn ClockIsOff(app: App) -> impl IntoView {
    let words = Memo::new(move |_| app.clock_is_off_ms().map(text::clock_is_off));
    live(move || words.get().map(|words| view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }))
}
