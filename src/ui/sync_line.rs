//! One line that says what has been sent and what waits.

use super::Icon;
use markup::prelude::*;

/// A quiet line, and the way to the page about sending. Changes are not read out here:
/// the live regions of the shell do that.
#[component]
pub fn SyncLine(
    /// "All sent", or "2 waiting to send, last sent 2:05pm".
    #[prop(into)]
    words: Signal<String>,
    /// `sent`, `waiting`, `sending`, `offline` or `problem`.
    #[prop(into)]
    state: Signal<String>,
    #[prop(into, default = "/sync".to_owned())] href: String,
) -> impl IntoView {
    let icon = move || match state.get().as_str() {
        "sent" => "circle-check",
        "sending" => "refresh-cw",
        "offline" => "wifi-off",
        "problem" => "triangle-alert",
        _ => "cloud-upload",
    };
    view! {
        <a class="sync-line" href=href data-state=move || state.get()>
            {move || view! { <Icon name=icon() /> }}
            <span>{words}</span>
        </a>
    }
}
