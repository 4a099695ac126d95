//! A button that opens the camera, or the browser's own chooser of pictures.

use super::{Button, Kind};
use leptos::{ev, html};
use markup::prelude::*;

/// The browser's own file button stays hidden: this one says what it does and is large enough for a thumb.
#[component]
pub fn PictureButton(
    #[prop(into)] id: String,
    /// What it says.
    label: &'static str,
    icon: &'static str,
    /// Straight to the camera; else one or more pictures that are there already.
    #[prop(optional)]
    camera: bool,
    /// Run at a press. The chooser opens when it calls back: what was typed is kept first, because a phone may end the
    /// page while the camera is open.
    on_press: Callback<Callback<()>>,
    /// Called when something was chosen. The event's target holds the files; `state` reads them.
    on_change: Callback<ev::Event>,
    busy: Signal<bool>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let open = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    view! {
        <div class="picture-button" data-camera=camera.to_string()>
            <Button kind=Kind::Secondary icon busy on_press=move |()| on_press.run(open)>
                {label}
            </Button>
            <input
                id=id
                class="picture-button__file"
                type="file"
                accept="image/*"
                capture=camera.then_some("environment")
                multiple=!camera
                tabindex="-1"
                aria-hidden="true"
                node_ref=input
                on:change=move |event| on_change.run(event)
            />
        </div>
    }
}
