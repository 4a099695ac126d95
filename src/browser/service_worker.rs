//! The service worker: registered at start, asked for updates, and let in only when no form is open.

use super::{
    events, js,
    locks::{self, Held, Mode},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

const ADDRESS: &str = "/sw.js";
const UPDATE_EVERY_MS: i32 = 6 * 60 * 60 * 1_000;
/// After a new version of which a file did not arrive; doubled with each.
const AGAIN_AFTER_MS: u32 = 30_000;
const MOST_DOUBLINGS: u32 = 7;
/// Name of what the browser wakes the worker for.
const OUTBOX: &str = "outbox";
/// Held, shared, by every tab that has a form open.
const EDITING: &str = "editing";

/// Registers, and calls `ready` when a new version waits to be used.
pub fn register(ready: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    reload_once_when_taken_over(&container);
    spawn_local(async move {
        let Ok(registered) = JsFuture::from(container.register(ADDRESS)).await else { return };
        let registration: ServiceWorkerRegistration = registered.unchecked_into();
        watch(&registration, ready);
        let again = registration.clone();
        events::every(UPDATE_EVERY_MS, move || look_for_update(&again));
        look_for_update(&registration);
    });
}

/// Lets the waiting version take over; the page is loaded again when it has.
async fn use_update() {
    if let Some(waiting) = waiting().await {
        waiting.post_message(&js::object(&[("type", "take_over".into())])).unwrap_or_default();
    }
}

/// Uses the waiting version now when no tab has a form open. `false` when one has.
pub async fn use_update_if_idle() -> bool {
    let Some(alone) = locks::hold(EDITING, Mode::AloneIfFree).await else { return false };
    use_update().await;
    drop(alone);
    true
}

/// Keeps a new version out for as long as this is held.
pub async fn hold_editing() -> Option<Held> {
    locks::hold(EDITING, Mode::Shared).await
}

/// Tells the worker that this version started well, so that the one before can go.
pub fn started_well() {
    if let Some(worker) = container().and_then(|container| container.controller()) {
        worker.post_message(&js::object(&[("type", "started_well".into())])).unwrap_or_default();
    }
}

/// Tells the worker, also one that only comes, that this device uses the whole app: it is kept with every build.
pub fn keep_whole() {
    let Some(ready) = container().and_then(|container| container.ready().ok()) else { return };
    spawn_local(async move {
        let Ok(ready) = JsFuture::from(ready).await else { return };
        let registration: ServiceWorkerRegistration = ready.unchecked_into();
        if let Some(worker) = registration.active() {
            worker.post_message(&js::object(&[("type", "keep_whole".into())])).unwrap_or_default();
        }
    });
}

/// Asks the browser to wake the worker when there is signal, also after this page is gone. Only some browsers can.
pub fn wake_with_signal() {
    let Some(ready) = container().and_then(|container| container.ready().ok()) else { return };
    spawn_local(async move {
        let Ok(ready) = JsFuture::from(ready).await else { return };
        let sync = js::get(&ready, "sync");
        if let Ok(register) = js::get(&sync, "register").dyn_into::<js_sys::Function>()
            && let Ok(asked) = register.call1(&sync, &OUTBOX.into())
        {
            // Refused where the person turned it off: the app sends when it is open.
            JsFuture::from(js_sys::Promise::resolve(&asked)).await.map(drop).unwrap_or_default();
        }
    });
}

/// Calls `work` when the woken worker says that there is signal.
pub fn on_signal(work: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if js::text(&event.data(), "type").is_some_and(|kind| kind == OUTBOX) {
            work();
        }
    });
    container.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref()).unwrap_or_default();
    heard.forget();
}

pub fn reload() {
    if let Some(window) = js::window() {
        window.location().reload().unwrap_or_default();
    }
}

/// A new start of the app, at its first page.
pub fn start_again() {
    if let Some(window) = js::window() {
        window.location().assign("/").unwrap_or_default();
    }
}

fn watch(registration: &ServiceWorkerRegistration, ready: impl Fn() + Clone + 'static) {
    if registration.waiting().is_some() && has_controller() {
        ready();
    }
    let found = registration.clone();
    let failed = Rc::new(Cell::new(0));
    events::listen(registration, "updatefound", move || {
        let Some(worker) = found.installing() else { return };
        let (coming, ready, found, failed) = (worker.clone(), ready.clone(), found.clone(), failed.clone());
        let is_here = Cell::new(false);
        events::listen(&worker, "statechange", move || match coming.state() {
            ServiceWorkerState::Installed => {
                is_here.set(true);
                failed.set(0);
                if has_controller() {
                    ready();
                }
            }
            ServiceWorkerState::Redundant if !is_here.get() => {
                let after = AGAIN_AFTER_MS << failed.get().min(MOST_DOUBLINGS);
                failed.set(failed.get() + 1);
                spawn_local(look_after(found.clone(), after));
            }
            _ => {}
        });
    });
}

/// Not all of it came, and nothing of it was kept.
async fn look_after(registration: ServiceWorkerRegistration, milliseconds: u32) {
    events::wait(milliseconds).await;
    look_for_update(&registration);
}

fn reload_once_when_taken_over(container: &ServiceWorkerContainer) {
    // The first worker of all takes over a page that is already of its version.
    let had_one = Cell::new(container.controller().is_some());
    let reloaded = Rc::new(Cell::new(false));
    events::listen(container, "controllerchange", move || {
        if had_one.replace(true) && !reloaded.replace(true) {
            spawn_local(reload_when_no_form_is_open());
        }
    });
}

/// A form may have been opened while the new version was taking over.
async fn reload_when_no_form_is_open() {
    let alone = locks::hold(EDITING, Mode::Alone).await;
    reload();
    drop(alone);
}

fn look_for_update(registration: &ServiceWorkerRegistration) {
    if let Ok(update) = registration.update() {
        // Without signal there is no update; the next look comes by itself.
        spawn_local(async move { JsFuture::from(update).await.map(drop).unwrap_or_default() });
    }
}

async fn waiting() -> Option<web_sys::ServiceWorker> {
    let registered = JsFuture::from(container()?.get_registration()).await.ok()?;
    registered.dyn_into::<ServiceWorkerRegistration>().ok()?.waiting()
}

fn has_controller() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

/// Absent on pages that are not secure.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = js::window()?.navigator();
    Some(js::get(&navigator, "serviceWorker")).filter(JsValue::is_object).map(JsCast::unchecked_into)
}
