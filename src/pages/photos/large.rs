//! One photo, as large as the screen allows: from this device, or from the service.

use crate::{
    state::App,
    text::capture::photos as text,
    ui::{Button, Buttons, Dialog, Kind},
};
use domain::{ids::RecordId, photo::Photo};
use leptos::task::spawn_local;
use markup::prelude::*;

/// A photo and what it is called.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub photo: Photo,
    pub label: String,
}

#[component]
pub fn Large(app: App, record: RecordId, id: String, open: RwSignal<Option<Shown>>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let address = RwSignal::new(None::<String>);
    let is_gone = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(shown) = open.get() else { return };
        is_gone.set(false);
        is_open.set(true);
        let from_service = app.photo_address(&record, &shown.photo.sha256);
        spawn_local(async move {
            let here = app.photos.whole(&shown.photo.sha256).await;
            drop(address.try_set(here.or(from_service)));
        });
    });
    Effect::new(move |_| {
        if is_open.get() {
            return;
        }
        open.set(None);
        let last = address.try_update(Option::take).flatten();
        if let Some(last) = last.filter(|last| last.starts_with("blob:")) {
            app.photos.let_go(&last);
        }
    });
    let picture = live(move || {
        let (Some(shown), Some(address)) = (open.get(), address.get()) else { return Node::Nothing };
        if is_gone.get() {
            return view! { <p role="status">{text::NO_PICTURE}</p> };
        }
        let Photo { w, h, .. } = shown.photo;
        view! {
            <img
                class="photo__large"
                src=address
                alt=shown.label
                width=w.to_string()
                height=h.to_string()
                on:error=move |_| is_gone.set(true)
            />
        }
    });
    let words = move || open.get().map(|shown| shown.label).unwrap_or_default();
    view! {
        <Dialog open=is_open id title=text::PHOTOS wide=true>
            {picture}
            <p class="small">{words}</p>
            <Buttons>
                <Button kind=Kind::Secondary on_press=move |()| is_open.set(false)>{text::CLOSE}</Button>
            </Buttons>
        </Dialog>
    }
}
