//! The way around: a bar at the bottom of a phone, a rail at the side of a wide screen.

use super::Icon;
use leptos_router::hooks::use_location;
use markup::prelude::*;

/// One place to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    /// Symbol in the sprite, without `i-`.
    pub icon: String,
    /// Things waiting there; 0 shows nothing.
    pub count: usize,
    /// What the count counts, read after it: "waiting for you".
    pub counted: String,
}

impl NavItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), icon: icon.into(), ..Self::default() }
    }

    pub fn count(self, count: usize, counted: impl Into<String>) -> Self {
        Self { count, counted: counted.into(), ..self }
    }
}

/// At most five places on a phone. Help is always last, on every screen.
#[component]
pub fn Nav(
    #[prop(into)] items: Signal<Vec<NavItem>>,
    /// Address of Help.
    #[prop(into, default = "/help".to_owned())]
    help: String,
) -> impl IntoView {
    let places = move || items.get().into_iter().map(|item| view! { <Place item /> }).collect_view();
    view! {
        <nav class="nav" aria-label="Main">
            <ul class="nav__list">
                {places} <Place item=NavItem::new(help, "Help", "circle-help") />
            </ul>
        </nav>
    }
}

#[component]
fn Place(item: NavItem) -> impl IntoView {
    let NavItem { href, label, icon, count, counted } = item;
    let (here, place) = (use_location(), href.clone());
    let is_here = move || {
        here.pathname.with(|path| if place == "/" { *path == place } else { path.starts_with(&place) })
    };
    let badge = (count > 0).then(|| {
        view! {
            <span class="nav__count">
                {count} <span class="visually-hidden">{format!(" {counted}")}</span>
            </span>
        }
    });
    view! {
        <li class="nav__item">
            <a class="nav__link" href=href aria-current=move || is_here().then_some("page")>
                <Icon name=icon />
                <span class="nav__label">{label}</span>
                {badge}
            </a>
        </li>
    }
}
