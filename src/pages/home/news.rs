//! What the owner of this device should put right on it.

use crate::{
    routes,
    state::App,
    text::capture::{account, device as text},
    ui::{Button, Kind, Notice, Tone, focus_again},
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// Nothing locks here any more, and the person may not know. It stays until they choose.
#[component]
pub fn PinGone(app: App) -> impl IntoView {
    let stay = Callback::new(move |()| {
        spawn_local(async move {
            match app.lock.know_pin_is_gone().await {
                Ok(()) => focus_again("main h1".to_owned()),
                Err(problem) => app.notices.warn(problem.sentence),
            }
        });
    });
    live(move || {
        app.lock.pin_is_gone.get().then(|| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>
                        {account::PIN_TAKEN_OFF} " " <a href=routes::LOCK_SETTINGS>{account::NEW_PIN_LINK}</a>
                    </p>
                    <Button kind=Kind::Quiet on_press=stay>{account::NO_NEW_PIN}</Button>
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
