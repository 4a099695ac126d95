//! In place of what counts until everything has come from the service: half of a sum would be a wrong one.

use crate::{
    routes,
    state::use_app,
    text::{common::FILLING, oversee as text},
    ui::{Button, Buttons, Kind, Page},
};
use markup::prelude::*;

/// The page, for as long as everything is here.
pub fn whole(page: fn() -> Node) -> Node {
    let app = use_app();
    let is_whole = Memo::new(move |_| !app.sync.filling.get());
    shown(is_whole, page)
}

/// The page from the moment when everything is here: what is written on it stays, also when records come anew.
pub fn begun_whole(page: fn() -> Node) -> Node {
    let app = use_app();
    let has_begun = Memo::new(move |before: Option<&bool>| before == Some(&true) || !app.sync.filling.get());
    shown(has_begun, page)
}

fn shown(is_whole: Memo<bool>, page: fn() -> Node) -> Node {
    live(move || match is_whole.get() {
        true => page(),
        false => view! { <FillingPage /> },
    })
}

#[component]
fn FillingPage() -> impl IntoView {
    let app = use_app();
    view! {
        <Page title=FILLING heading=FILLING back=routes::HOME>
            <p role="status">{text::FILLING_WORDS}</p>
            <Buttons>
                <Button kind=Kind::Secondary icon="refresh-cw" on_press=move |()| app.send_now()>
                    {text::FILLING_NOW}
                </Button>
            </Buttons>
        </Page>
    }
}
