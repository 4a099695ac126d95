//! What is on every screen: skip link, top line, navigation, and the page.

use super::{Icon, Nav, NavItem, SyncLine, nav::is_here};
use markup::prelude::*;

/// The frame of the app. `Page` inside holds `<main id="main">`.
#[component]
pub fn Shell(
    /// Name of the home or service on the top line; may be empty.
    #[prop(into)]
    site: Signal<String>,
    /// When it is printed, and by whom; on paper alone.
    #[prop(into)]
    printed: Signal<String>,
    /// Words of the sync line; empty hides it.
    #[prop(into)]
    sync_words: Signal<String>,
    /// State of the sync line, see `SyncLine`.
    #[prop(into)]
    sync_state: Signal<String>,
    /// Places in the navigation, without Help, which is always there.
    #[prop(into)]
    nav: Signal<Vec<NavItem>>,
    /// The place at the end of the top line (Settings), or nothing.
    #[prop(into)]
    corner: Signal<Option<NavItem>>,
    /// A wide notice above every page ("Update ready"), or nothing.
    #[prop(optional, into)]
    banner: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main" rel="external">"Skip to main content"</a>
        <div class="shell">
            <header class="shell__top">
                <a class="shell__brand" href="/">
                    <svg class="shell__mark" aria-hidden="true" focusable="false" viewBox="0 0 32 32">
                        <use href="#i-noticed"></use>
                    </svg>
                    <span class="shell__word">"Noticed"</span>
                </a>
                <span class="shell__site">{site}</span>
                <p class="shell__printed print-only small">{printed}</p>
                {move || {
                    (!sync_words.read().is_empty())
                        .then(|| view! { <SyncLine words=sync_words state=sync_state /> })
                }}
                {move || corner.get().map(|item| view! { <Corner item /> })}
            </header>
            <Nav items=nav />
            <div class="shell__content">{banner.run()} {children()}</div>
        </div>
    }
}

#[component]
fn Corner(item: NavItem) -> impl IntoView {
    let NavItem { href, label, icon, .. } = item;
    let here = is_here(href.clone());
    view! {
        <a class="shell__corner" href=href aria-current=move || here().then_some("page")>
            <Icon name=icon />
            <span>{label}</span>
        </a>
    }
}
