//! A list that is drawn in pieces goes to paper whole.

use leptos::prelude::*;

/// Runs `draw` each time the browser begins to print, also from its own menu, while the component around it lives.
/// What `draw` changes stands on the paper: the browser lays the page out after this.
pub fn before_print(draw: impl Fn() + 'static) {
    let listening = window_event_listener_untyped("beforeprint", move |_| draw());
    on_cleanup(move || listening.remove());
}
