//! Moves focus to an element of the page.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

/// Focuses the element with this id and shows the question it belongs to.
pub(super) fn focus_field(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    open_around(&element);
    focus(&element);
    if let Ok(Some(group)) = element.closest("fieldset, .field") {
        group.scroll_into_view();
    }
}

/// Opens the closed section in which the element with this id lies.
pub(super) fn open_section_of(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        open_around(&element);
    }
}

/// What lies in a closed section is not read, and takes no focus.
fn open_around(element: &web_sys::Element) {
    while let Ok(Some(section)) = element.closest("details:not([open])") {
        if section.set_attribute("open", "").is_err() {
            break;
        }
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

/// What had the focus is gone: the element of this selector has it now, or the heading.
pub fn focus_again(selector: String) {
    request_animation_frame(move || {
        let document = document();
        if document.active_element().is_some_and(|element| element.tag_name() != "BODY") {
            return;
        }
        let led_here = document.query_selector(&selector).ok().flatten();
        if let Some(element) = led_here.or_else(|| document.query_selector("main h1").ok().flatten()) {
            focus(&element);
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

/// What has the focus, for when something else stood over the page and is gone again.
#[derive(Clone, Copy)]
pub struct KeptFocus(StoredValue<Option<web_sys::Element>, LocalStorage>);

impl KeptFocus {
    /// Looks for as long as the caller is shown, and not while it is `covered`.
    pub fn until(covered: impl Fn() -> bool + 'static) -> Self {
        let kept = Self(StoredValue::new_local(None));
        let watch = window_event_listener(ev::focusin, move |event| {
            if !covered() {
                kept.0.set_value(event.target().and_then(|target| target.dyn_into().ok()));
            }
        });
        on_cleanup(move || watch.remove());
        kept
    }

    /// To what had it, or to the heading when that is gone.
    pub fn give_back(self) {
        request_animation_frame(move || {
            let had = self.0.try_get_value().flatten().filter(|element| element.is_connected());
            if let Some(element) = had.or_else(|| document().query_selector("main h1").ok().flatten()) {
                focus(&element);
            }
        });
    }
}

pub(super) fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take focus leaves it where it was.
        drop(element.focus());
    }
}
