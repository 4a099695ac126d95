//! For a browser in which the app cannot work. index.html shows the same words when the app never starts.

use crate::{
    text::capture::device as text,
    ui::{Kind, LinkButton, Page},
};
use markup::prelude::*;

#[component]
pub fn CannotRunPage() -> impl IntoView {
    let steps = text::CANNOT_RUN_STEPS.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    view! {
        <Page title=text::CANNOT_RUN heading=text::CANNOT_RUN>
            <p class="lede">{text::CANNOT_RUN_WORDS}</p>
            <ul class="steps">{steps}</ul>
            <p>
                // Outside the app, so that it works where the app does not.
                <a href=crate::routes::RESCUE rel="external">{text::RESCUE}</a>
            </p>
            <p>
                <LinkButton href="/" kind=Kind::Secondary>{crate::text::capture::GO_HOME}</LinkButton>
            </p>
        </Page>
    }
}
