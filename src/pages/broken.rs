//! What is kept on this device cannot be used: why, what is kept all the same, and how to go on without the app.

use crate::{
    routes,
    state::{Session, use_app},
    text::capture::device as text,
    ui::{Button, Buttons, Details, Kind, LinkButton, Notice, Page, Tone},
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
                    // Outside the app, so that it works where the app does not.
                    <LinkButton href=routes::RESCUE kind=Kind::Secondary icon="download" outside=true>
                        {text::RESCUE}
                    </LinkButton>
                </Buttons>
                <Details summary=text::BROKEN_STAYS>
                    {text::BROKEN_STAYS_WORDS.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                </Details>
                <p>
                    <a href="/paper.html" rel="external">{text::PAPER}</a>
                </p>
            </Page>
        }
    })
}
