//! Two places that screen readers listen to; mounted once, from the first paint.

use super::button::error_shown;
use markup::prelude::*;

/// `polite` for "Saved on this phone" and "Sent"; `urgent` only for what must interrupt.
#[component]
pub fn LiveRegions(
    #[prop(into)] polite: Signal<String>,
    #[prop(into)] urgent: Signal<String>,
) -> impl IntoView {
    Effect::new(move |_| {
        if !urgent.read().is_empty() {
            error_shown();
        }
    });
    view! {
        <div class="visually-hidden" role="status" id="polite">{polite}</div>
        <div class="visually-hidden" role="alert" id="urgent">{urgent}</div>
    }
}
