//! The way around: a bar at the bottom of a phone, a rail at the side of a wide screen.

use super::Icon;
use leptos_router::hooks::use_location;
use markup::prelude::*;

/// More than this is only "more": the place itself has the number.
const MOST: usize = 99;

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
    /// Only in the rail of a wide screen: a phone has room for five places.
    pub wide_only: bool,
}

impl NavItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), icon: icon.into(), ..Self::default() }
    }

    pub fn count(self, count: usize, counted: impl Into<String>) -> Self {
        Self { count, counted: counted.into(), ..self }
    }

    pub fn wide_only(self, wide_only: bool) -> Self {
        Self { wide_only, ..self }
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
    let NavItem { href, label, icon, count, counted, wide_only } = item;
    let is_here = is_here(href.clone());
    let badge = (count > 0).then(|| {
        view! {
            <span class="nav__count">
                {if count > MOST { format!("{MOST}+") } else { count.to_string() }}
                <span class="visually-hidden">{format!(" {counted}")}</span>
            </span>
        }
    });
    view! {
        <li class="nav__item" data-wide-only=wide_only.then_some("true")>
            <a class="nav__link" href=href aria-current=move || is_here().then_some("page")>
                <Icon name=icon />
                <span class="nav__label">{label}</span>
                {badge}
            </a>
        </li>
    }
}

/// The page that is open is this place, or below it.
pub fn is_here(place: String) -> impl Fn() -> bool {
    let here = use_location();
    move || here.pathname.with(|path| if place == "/" { *path == place } else { path.starts_with(&place) })
}
