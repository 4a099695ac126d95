//! Hints from the server that there is something new to pull. Losing one is harmless.

use std::{cell::Cell, rc::Rc};
use wasm_bindgen::prelude::*;
use web_sys::EventSource;

/// After this many failures in a row it is given up until the next look.
const FAILURES: u32 = 3;

/// Open for as long as this is kept.
pub struct Hints {
    source: EventSource,
    _on_open: Closure<dyn FnMut()>,
    _on_hint: Closure<dyn FnMut()>,
    _on_trouble: Closure<dyn FnMut()>,
}

impl Hints {
    /// `connected` is called each time that the connection stands: what came before was not hinted at.
    /// `None` when the browser refuses.
    pub fn open(
        path: &str,
        mut connected: impl FnMut() + 'static,
        heard: impl FnMut() + 'static,
    ) -> Option<Hints> {
        let source = EventSource::new(path).ok()?;
        let failures = Rc::new(Cell::new(0));
        let counted = failures.clone();
        let on_open = Closure::<dyn FnMut()>::new(move || {
            counted.set(0);
            connected();
        });
        let on_hint = Closure::<dyn FnMut()>::new(heard);
        let troubled = source.clone();
        let on_trouble = Closure::<dyn FnMut()>::new(move || {
            failures.set(failures.get() + 1);
            if failures.get() >= FAILURES {
                troubled.close();
            }
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_hint.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_trouble.as_ref().unchecked_ref()));
        Some(Hints { source, _on_open: on_open, _on_hint: on_hint, _on_trouble: on_trouble })
    }

    pub fn is_open(&self) -> bool {
        self.source.ready_state() != EventSource::CLOSED
    }
}

impl Drop for Hints {
    fn drop(&mut self) {
        self.source.close();
    }
}
