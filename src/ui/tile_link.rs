//! A large link with icon and words: the three tiles of Home.

use super::Icon;
use markup::prelude::*;

/// Looks like a tile, goes to a page.
#[component]
pub fn TileLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(into)] icon: String,
    /// Colour of the symbol: `medication`, `environment`, `behaviour`; another word is the brand colour.
    #[prop(into, optional)]
    tone: Option<String>,
    /// `large` for Home.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <a class="tile" href=href data-tone=tone data-size=large.then_some("large")>
            <span class="tile__icon">
                <Icon name=icon />
            </span>
            <span class="tile__words">
                <span class="tile__label">{label}</span>
                {hint.map(|words| view! { <span class="tile__hint">{words}</span> })}
            </span>
        </a>
    }
}
