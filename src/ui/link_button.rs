//! A link that looks like a button, for going somewhere.

use super::{Icon, Kind};
use markup::prelude::*;

/// Goes to `href`; use `Button` to do something.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: Kind,
    /// Symbol before the words.
    #[prop(into, optional)]
    icon: Option<String>,
    /// A page outside the app, such as one that works without it.
    #[prop(optional)]
    outside: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=href data-kind=kind.name() rel=outside.then_some("external")>
            {icon.map(|name| view! { <Icon name /> })}
            <span>{children()}</span>
        </a>
    }
}
