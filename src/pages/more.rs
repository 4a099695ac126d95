//! In the first bundle: fetches the rest of Noticed and opens this address again in it.

use crate::{
    state::use_app,
    text::capture::device as text,
    ui::{Button, Buttons, Kind, Page},
};
use leptos::task::spawn_local;
use markup::prelude::*;

#[component]
pub fn MorePage() -> impl IntoView {
    let rest = use_app().rest;
    let failed = RwSignal::new(false);
    let fetch = move || {
        failed.set(false);
        spawn_local(async move {
            if rest.fetch().await.is_err() {
                failed.try_set(true);
            }
        });
    };
    fetch();
    view! {
        <Page title=text::MORE heading=text::MORE>
            {move || {
                if failed.get() {
                    view! {
                        <p role="status">{text::MORE_FAILED}</p>
                        <Buttons>
                            <Button icon="refresh-cw" on_press=move |()| fetch()>
                                {text::TRY_AGAIN}
                            </Button>
                            <Button kind=Kind::Secondary on_press=move |()| rest.do_without()>
                                {text::MORE_LATER}
                            </Button>
                        </Buttons>
                    }
                } else {
                    view! { <p role="status">{text::MORE_WORDS}</p> }
                }
            }}
        </Page>
    }
}
