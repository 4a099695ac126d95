//! Rows and columns; on a phone each row becomes a small card.

use markup::prelude::*;

/// A table with a caption and column heads; children are `<tr role="row">` rows of `Cell`s.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    heads: Vec<String>,
    /// The caption is for screen readers only, because a heading above says the same.
    #[prop(optional)]
    hide_caption: bool,
    /// May be wider than the page: it scrolls in a box of its own, which the keyboard reaches.
    #[prop(optional)]
    scrolls: bool,
    children: Children,
) -> impl IntoView {
    let name = caption.clone();
    let heads = heads
        .into_iter()
        .map(|head| view! { <th scope="col" role="columnheader">{head}</th> })
        .collect_view();
    // Roles are written out because `display: block` on phones would take them away.
    let table = view! {
        <table class="table" role="table">
            <caption class="table__caption" class:visually-hidden=hide_caption>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    };
    match scrolls {
        true => view! { <div class="table-box" role="group" aria-label=name tabindex="0">{table}</div> },
        false => table,
    }
}

/// One value of a row.
#[component]
pub fn Cell(
    /// The head of its column, shown before the value on a phone.
    #[prop(into)]
    head: String,
    /// Names the row: the first cell.
    #[prop(optional)]
    names_row: bool,
    /// Right aligned, figures of equal width.
    #[prop(optional)]
    number: bool,
    children: Children,
) -> impl IntoView {
    let number = number.then_some("true");
    if names_row {
        view! { <th scope="row" role="rowheader" data-head=head data-number=number>{children()}</th> }
    } else {
        view! {
            <td role="cell" data-head=head data-number=number>
                <span class="table__value">{children()}</span>
            </td>
        }
    }
}
