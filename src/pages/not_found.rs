//! An address that leads nowhere.

use crate::{
    text::capture::{self, device as text},
    ui::{LinkButton, Page},
};
use markup::prelude::*;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title=text::NOT_FOUND heading=text::NOT_FOUND>
            <p>{text::NOT_FOUND_WORDS}</p>
            <p>
                <LinkButton href="/">{capture::GO_HOME}</LinkButton>
            </p>
        </Page>
    }
}
