//! One thing in a list: a record, a draft, an action.

use super::Icon;
use markup::prelude::*;

/// A box whose title is the link; the whole box can be pressed.
/// Put it in `<ul class="cards"><li>…</li></ul>` when there are several.
#[component]
pub fn Card(
    #[prop(into)] title: String,
    /// Without an address the card is only a box.
    #[prop(into, optional)]
    href: Option<String>,
    /// Symbol of the category.
    #[prop(into, optional)]
    icon: Option<String>,
    /// Colour of the symbol: `medication`, `environment`, `behaviour`.
    #[prop(into, optional)]
    tone: Option<String>,
    /// `2` or `3`: level of the title in the page.
    #[prop(default = 3)]
    level: u8,
    /// Shows the unread dot and the word "New".
    #[prop(into, optional)]
    unread: Signal<bool>,
    /// This one is open in the pane beside the list.
    #[prop(into, optional)]
    current: Signal<bool>,
    /// Tags and lines under the title.
    children: Children,
) -> impl IntoView {
    let current = move || current.get().then_some("true");
    let title = match href {
        Some(href) => view! { <a class="card__link" href=href aria-current=current>{title}</a> },
        None => title.into_node(),
    };
    let title = if level == 2 {
        view! { <h2 class="card__title">{title}</h2> }
    } else {
        view! { <h3 class="card__title">{title}</h3> }
    };
    view! {
        <article class="card" data-tone=tone data-unread=move || unread.get().then_some("true")>
            {icon.map(|name| view! { <span class="card__icon"><Icon name /></span> })}
            <div class="card__body">
                {title}
                {move || unread.get().then(|| view! { <span class="card__new">"New"</span> })}
                {children()}
            </div>
        </article>
    }
}
