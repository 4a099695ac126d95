//! The way back, above the page. `Page` places it; the skip link passes it.

use super::Icon;
use markup::prelude::*;

/// "Back" to `href`, or to other words such as "Inbox".
#[component]
pub fn BackLink(
    #[prop(into)] href: String,
    #[prop(into, default = "Back".to_owned())] label: String,
) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon name="arrow-left" />
            {label}
        </a>
    }
}
