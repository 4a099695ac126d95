//! Prints the page that is open.

use super::{Button, Kind};
use markup::prelude::*;

/// A button that opens the print dialog of the browser. It is not on the paper itself.
#[component]
pub fn PrintButton(children: Children) -> impl IntoView {
    // A browser that cannot print does nothing.
    let print = move |()| drop(window().print());
    view! {
        <Button kind=Kind::Secondary icon="printer" on_press=Callback::new(print)>
            {children()}
        </Button>
    }
}
