//! Where a thing stands, in a word with a mark and a colour.

use super::Icon;
use markup::prelude::*;

/// Never a link or a button. Tests read `data-status`.
#[component]
pub fn StatusTag(
    /// `draft`, `waiting` (to send), `until` (a date, an answer), `new`, `in-review`, `action-open`, `done`, `done-late`,
    /// `learned`, `closed`, `due`, `overdue`, `urgent`, `contested`, `withdrawn`; another word looks neutral.
    #[prop(into)]
    status: Signal<String>,
    /// The word on screen, an adjective in sentence case.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="status-tag" data-status=move || status.get()>
            {move || view! { <Icon name=mark(&status.read()) /> }}
            {label}
        </span>
    }
}

/// One sign for one meaning: a cloud is what waits to be sent, a clock what waits for a time or for somebody.
fn mark(status: &str) -> &'static str {
    match status {
        "draft" => "pencil",
        "waiting" => "cloud-upload",
        "new" => "sparkle",
        "in-review" => "eye",
        "action-open" => "wrench",
        "done" | "done-late" | "learned" => "check",
        "due" | "until" => "clock",
        "overdue" => "clock-alert",
        "urgent" => "triangle-alert",
        "contested" => "scale",
        _ => "circle",
    }
}
