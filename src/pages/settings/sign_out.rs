//! Signing out: says first what is still only on this phone.

use crate::{
    pages::capture::use_go,
    routes,
    state::{App, Kind as News},
    text::capture::{account as text, device},
    ui::{Button, Buttons, Dialog, Kind, Notice, Tone},
};
use leptos::task::spawn_local;
use markup::prelude::*;

#[component]
pub fn SignOut(app: App, #[prop(default = text::SIGN_OUT)] label: &'static str) -> impl IntoView {
    let open = RwSignal::new(false);
    let go = use_go();
    let sign_out = move |()| {
        // From Home, so that whoever signs in next does not land where this person was.
        go.to(routes::HOME);
        spawn_local(async move {
            if let Err(found) = app.sign_out().await {
                app.notices.show(News::Warning, found.sentence);
            }
        });
    };
    let waiting = move || {
        let waiting = app.sync.waiting.get();
        (waiting > 0).then(|| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>{text::waiting_words(waiting)}</p>
                    <p>
                        <a href=routes::RESCUE rel="external">{device::RESCUE}</a>
                    </p>
                </Notice>
            }
        })
    };
    let drafts = move || {
        let drafts = app.drafts.kept();
        (drafts > 0).then(|| view! { <p>{text::drafts_words(drafts)}" "{text::SIGN_OUT_WORDS}</p> })
    };
    let forms = move || {
        let forms = app.forms.list.read().len();
        (forms > 0).then(|| view! { <p>{text::forms_words(forms)}</p> })
    };
    view! {
        <Buttons>
            <Button kind=Kind::Secondary icon="log-out" on_press=move |()| open.set(true)>
                {label}
            </Button>
        </Buttons>
        <Dialog open id="sign-out" title=text::SIGN_OUT_TITLE>
            {waiting}
            {drafts}
            {forms}
            <Buttons>
                <Button on_press=sign_out>{text::SIGN_OUT_YES}</Button>
                <Button kind=Kind::Secondary on_press=move |()| open.set(false)>{text::STAY}</Button>
            </Buttons>
        </Dialog>
    }
}
