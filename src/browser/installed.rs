//! Is the app on the home screen of this device, or open in a tab of a browser?

use super::{js, screen::matches};

/// Opened from its own icon.
pub fn is_installed() -> bool {
    let Some(window) = js::window() else { return false };
    let on_ios = js::get(&window.navigator(), "standalone").as_bool() == Some(true);
    on_ios || matches("(display-mode: standalone)") || matches("(display-mode: minimal-ui)")
}

/// iPhone or iPad, where an app on the home screen keeps its data apart from the browser.
pub fn is_ios() -> bool {
    let Some(window) = js::window() else { return false };
    let navigator = window.navigator();
    let agent = js::text(&navigator, "userAgent").unwrap_or_default();
    // An iPad calls itself a Mac; no Mac has a touch screen.
    let touches = js::get(&navigator, "maxTouchPoints").as_f64().unwrap_or_default() > 1.0;
    ["iPhone", "iPad", "iPod"].iter().any(|name| agent.contains(name))
        || (agent.contains("Macintosh") && touches)
}
