//! The frame around an input: label, hint, error and input, in this order.

use super::ErrorMessage;
use markup::prelude::*;

/// Label, hint and error of one input with the id `id`.
/// The input names `{id}-hint` and `{id}-error` in `aria-describedby`; see `described_by`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The label is the heading of the page.
    #[prop(optional)]
    heading: bool,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    let text = view! { <label class="field__label" for=id.clone()>{label}</label> };
    view! {
        <div class="field" data-error=move || error.get().map(|_| "true")>
            {move || caption.get().map(|words| view! { <span class="caption">{words}</span> })}
            {if heading {
                view! { <h1 class="field__heading" tabindex="-1">{text}</h1> }
            } else {
                text.into_node()
            }}
            <Hint id=id.clone() hint />
            <ErrorMessage id=format!("{id}-error") error />
            {children()}
        </div>
    }
}

/// Several inputs that answer one question: legend, hint, error, inputs.
#[component]
pub fn Group(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The legend is the heading of the page.
    #[prop(optional)]
    heading: bool,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    view! {
        <fieldset class="group" data-error=move || error.get().map(|_| "true") aria-describedby=described>
            <legend class="group__legend">
                {move || caption.get().map(|words| view! { <span class="caption">{words}</span> })}
                {if heading {
                    view! { <h1 class="group__heading" tabindex="-1">{legend}</h1> }
                } else {
                    legend.into_node()
                }}
            </legend>
            <Hint id=id.clone() hint />
            <ErrorMessage id=format!("{id}-error") error />
            {children()}
        </fieldset>
    }
}

#[component]
fn Hint(id: String, hint: MaybeProp<String>) -> impl IntoView {
    live(move || {
        hint.get().filter(|words| !words.is_empty()).map(|words| {
            view! { <div class="hint" id=format!("{id}-hint")>{words}</div> }
        })
    })
}

/// The ids of the hint and the error that are on the screen now.
pub(super) fn described_by(
    id: &str,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + use<> {
    let id = id.to_owned();
    move || {
        let hint = hint.get().filter(|words| !words.is_empty()).map(|_| format!("{id}-hint"));
        let error = error.get().map(|_| format!("{id}-error"));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
