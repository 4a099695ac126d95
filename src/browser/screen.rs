//! What the screen is like.

use super::js;
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// Does a media query hold now? No, where nobody can say.
pub fn matches(query: &str) -> bool {
    let Some(window) = js::window() else { return false };
    let Ok(ask) = js::get(&window, "matchMedia").dyn_into::<Function>() else { return false };
    let answer = ask.call1(&window, &query.into()).unwrap_or_default();
    js::get(&answer, "matches").as_bool() == Some(true)
}

/// The facts stand beside the questions of a step, as `.step-columns` has it.
pub fn has_two_columns() -> bool {
    matches("(min-width: 56.25em)")
}
