//! What happens around the page: signal, visibility, leaving, other tabs, touches.

use super::js;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, EventTarget, MessageEvent};

const TABS: &str = "noticed";

pub fn on_online(work: impl FnMut() + 'static) {
    if let Some(window) = js::window() {
        listen(&window, "online", work);
    }
}

pub fn on_offline(work: impl FnMut() + 'static) {
    if let Some(window) = js::window() {
        listen(&window, "offline", work);
    }
}

/// The person came back to the page.
pub fn on_visible(mut work: impl FnMut() + 'static) {
    if let Some(document) = js::document() {
        listen(&document, "visibilitychange", move || {
            if is_visible() {
                work();
            }
        });
    }
}

/// The page may be gone in a moment: both events, because Safari does not always fire the first.
pub fn on_leaving(work: impl Fn() + Clone + 'static) {
    if let Some(document) = js::document() {
        let work = work.clone();
        listen(&document, "visibilitychange", move || {
            if !is_visible() {
                work();
            }
        });
    }
    if let Some(window) = js::window() {
        listen(&window, "pagehide", work);
    }
}

/// A touch or a key: somebody is there.
pub fn on_touch(work: impl Fn() + Clone + 'static) {
    if let Some(document) = js::document() {
        listen(&document, "pointerdown", work.clone());
        listen(&document, "keydown", work);
    }
}

pub fn is_visible() -> bool {
    js::document().is_none_or(|document| !document.hidden())
}

/// News between the tabs of this device.
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    pub fn open(mut heard: impl FnMut(String) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(TABS) else { return Self(None) };
        let work = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = event.data().as_string() {
                heard(news);
            }
        });
        channel.set_onmessage(Some(work.as_ref().unchecked_ref()));
        work.forget();
        Self(Some(channel))
    }

    /// Every other tab hears this. A hint only: they read the store.
    pub fn tell(&self, news: &str) {
        if let Some(channel) = &self.0 {
            channel.post_message(&news.into()).unwrap_or_default();
        }
    }
}

/// Listens for as long as the page lives.
pub(super) fn listen(target: &EventTarget, name: &str, work: impl FnMut() + 'static) {
    let work = Closure::<dyn FnMut()>::new(work);
    target.add_event_listener_with_callback(name, work.as_ref().unchecked_ref()).unwrap_or_default();
    work.forget();
}

/// Runs again and again for as long as the page lives.
pub fn every(milliseconds: i32, work: impl FnMut() + 'static) {
    let Some(window) = js::window() else { return };
    let work = Closure::<dyn FnMut()>::new(work);
    let started = window
        .set_interval_with_callback_and_timeout_and_arguments_0(work.as_ref().unchecked_ref(), milliseconds);
    started.map(drop).unwrap_or_default();
    work.forget();
}

pub async fn wait(milliseconds: u32) {
    js::sleep(milliseconds).await;
}
