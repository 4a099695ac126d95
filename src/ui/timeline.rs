//! What happened to a record, newest first.

use markup::prelude::*;

/// An ordered list of `TimelineItem`s; the caller gives the newest first.
#[component]
pub fn Timeline(children: Children) -> impl IntoView {
    view! { <ol class="timeline" reversed>{children()}</ol> }
}

/// One thing that happened.
#[component]
pub fn TimelineItem(
    /// Past tense: "Senior review done".
    #[prop(into)]
    title: String,
    /// "by Amara N., senior carer".
    #[prop(into, optional)]
    by: Option<String>,
    /// The time in words: "23 November 2026, 2:05pm".
    #[prop(into)]
    when: String,
    /// The same time for machines: RFC 3339.
    #[prop(into)]
    datetime: String,
    /// A key for the look of the dot: `report`, `review`, `decide`, `act`, `outcome`, `message`, `alert`.
    #[prop(into, optional)]
    mark: Option<String>,
    /// Details, if there are any.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="timeline__item" data-mark=mark>
            <h3 class="timeline__title">{title}</h3>
            <p class="timeline__meta">
                {by.map(|words| view! { <span class="timeline__by">{words}", "</span> })}
                <time datetime=datetime>{when}</time>
            </p>
            {children.map(|children| view! { <div class="timeline__body">{children()}</div> })}
        </li>
    }
}
