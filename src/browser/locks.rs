//! Web Locks: one tab sends at a time, and an update waits while a form is open in any tab.

use super::js;
use js_sys::{Function, Promise};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, work: &JsValue)
    -> Result<Promise, JsValue>;
}

/// A lock that is held until this is dropped.
pub struct Held {
    release: Rc<RefCell<Option<Function>>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            release.call0(&JsValue::NULL).map(drop).unwrap_or_default();
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Many may hold it at once.
    Shared,
    /// One holds it, when nobody else does any more.
    Alone,
    /// One holds it; others come back later.
    AloneIfFree,
    /// One holds it from now on; whoever held it does not any more.
    Steal,
}

/// `None` when another tab has it. A browser without locks always gets it.
pub async fn hold(name: &str, mode: Mode) -> Option<Held> {
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let Some(manager) = manager() else { return Some(Held { release }) };
    let keep = release.clone();
    let granted = Promise::new(&mut |answer, _| {
        let keep = keep.clone();
        let work = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            answer.call1(&JsValue::NULL, &lock.is_object().into()).map(drop).unwrap_or_default();
            if !lock.is_object() {
                return JsValue::NULL;
            }
            Promise::new(&mut |done, _| drop(keep.replace(Some(done)))).into()
        });
        let options = match mode {
            Mode::Shared => js::object(&[("mode", "shared".into())]),
            Mode::Alone => js::object(&[]),
            Mode::AloneIfFree => js::object(&[("ifAvailable", true.into())]),
            Mode::Steal => js::object(&[("steal", true.into())]),
        };
        let Ok(request) = manager.request(name, &options, &work) else { return };
        // It fails when the lock is stolen.
        spawn_local(async move { JsFuture::from(request).await.map(drop).unwrap_or_default() });
    });
    let granted = JsFuture::from(granted).await.ok()?.as_bool()?;
    granted.then_some(Held { release })
}

fn manager() -> Option<LockManager> {
    let navigator = js::window()?.navigator();
    Some(js::get(&navigator, "locks")).filter(JsValue::is_object).map(JsCast::unchecked_into)
}
