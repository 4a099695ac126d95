//! What is wrong with one answer, beside it.

use super::button::error_shown;
use markup::prelude::*;

/// A sentence with a mark, read with "Error:" in front. Nothing when there is no error.
#[component]
pub fn ErrorMessage(
    /// Id that the input names in `aria-describedby`.
    #[prop(into)]
    id: String,
    #[prop(into)] error: MaybeProp<String>,
) -> impl IntoView {
    live(move || {
        error.get().map(|words| {
            error_shown();
            view! {
                <p class="error-message" id=id.clone()>
                    <span class="visually-hidden">"Error: "</span>
                    {words}
                </p>
            }
        })
    })
}
