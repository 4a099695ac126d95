//! A manager removed this device: what it still sends, and, when everything is forgotten, what to do.

use crate::{
    routes,
    state::{App, Session, use_app},
    text::capture::device as text,
    ui::{Buttons, LinkButton, Notice, Page, Tone},
};
use markup::prelude::*;

/// Entries without a receipt, refused letters too: those are offered to the manager.
fn still_here(app: App) -> usize {
    let refused = app.letters.unsettled().len() - app.letters.waiting().len();
    app.sync.waiting.get() + refused
}

#[component]
pub fn RemovedPage() -> impl IntoView {
    let app = use_app();
    live(move || {
        let Session::Removed { device, photos_lost } = app.session.get() else { return Node::Nothing };
        if device.is_some() {
            return view! {
                <Page title=text::REMOVED heading=text::REMOVED>
                    <Notice tone=Tone::Warning>
                        <p>{move || text::still_sends(still_here(app), app.sync.photos.get())}</p>
                    </Notice>
                    <p>{text::REMOVED_SENDS}</p>
                    <p>{text::REMOVED_WRONG}</p>
                </Page>
            };
        }
        let lost = (photos_lost > 0).then(|| {
            view! { <Notice tone=Tone::Warning><p>{text::photos_lost(photos_lost)}</p></Notice> }
        });
        view! {
            <Page title=text::REMOVED heading=text::REMOVED>
                {lost}
                <p>{text::FORGOTTEN}</p>
                <p>{text::FORGOTTEN_DRAFTS}</p>
                <p>{text::JOIN_AGAIN}</p>
                <Buttons>
                    // A new start of the app: nothing of the old one is left in memory.
                    <LinkButton href=routes::JOIN outside=true>{text::ENTER_CODE}</LinkButton>
                </Buttons>
            </Page>
        }
    })
}
