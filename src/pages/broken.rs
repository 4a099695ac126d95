//! What is kept on this device cannot be used: why, what is kept all the same, and how to go on without the app.

use crate::{
    state::{Session, use_app},
    text::capture::device as text,
    ui::{Button, Buttons, Notice, Page, Tone},
};
use markup::prelude::*;

#[component]
pub fn BrokenPage() -> impl IntoView {
    let app = use_app();
    live(move || {
        let Session::Broken { why, kept } = app.session.get() else { return Node::Nothing };
        view! {
            <Page title=text::BROKEN heading=text::BROKEN>
                <Notice tone=Tone::Error>
                    <p>{why}</p>
                </Notice>
                <p>{kept}</p>
                <p>{text::BROKEN_PAPER}</p>
                <Buttons>
                    <Button icon="refresh-cw" on_press=move |()| app.start_again()>
                        {text::TRY_AGAIN}
                    </Button>
                </Buttons>
                // Outside the app, so that they work where the app does not.
                <p>
                    <a href="/rescue.html" rel="external">{text::RESCUE}</a>
                </p>
                <p>
                    <a href="/paper.html" rel="external">{text::PAPER}</a>
                </p>
            </Page>
        }
    })
}
