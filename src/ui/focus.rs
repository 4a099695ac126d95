//! Moves focus to an element of the page.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// Focuses the element with this id and shows the question it belongs to.
pub(super) fn focus_field(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    focus(&element);
    if let Ok(Some(group)) = element.closest("fieldset, .field") {
        group.scroll_into_view();
    }
}

/// A page that opens in the middle: the element with this id takes focus and stands at the top. After the page has
/// put focus on its heading.
pub fn lead_to(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            focus(&element);
            element.scroll_into_view();
        }
    });
}

/// Scrolls up to what stands above the screen, as after a press at the end of a long page. Focus stays where it is.
pub(super) fn bring_into_sight(element: &web_sys::HtmlElement) {
    let top = window().scroll_y().unwrap_or_default();
    if f64::from(element.offset_top()) < top {
        element.scroll_into_view();
    }
}

pub(super) fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take focus leaves it where it was.
        drop(element.focus());
    }
}
