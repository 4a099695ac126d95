//! How to put the app on a phone, a tablet or a computer.

use crate::{
    routes,
    state::App,
    text::capture::device as text,
    ui::{Details, Notice},
};
use markup::prelude::*;

/// Shown once on a device where the app is not installed.
#[component]
pub fn InstallOnce(app: App) -> impl IntoView {
    app.tells_install().then(|| {
        view! {
            <Notice title=text::INSTALL_ONCE>
                <p>{text::INSTALL_WORDS} " " <a href=format!("{}#install", routes::SETTINGS)>{text::INSTALL_HOW}</a></p>
            </Notice>
        }
    })
}

#[component]
pub fn InstallHelp() -> impl IntoView {
    let one = |(device, steps): (&'static str, &'static [&'static str])| {
        let steps = steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
        view! {
            <Details summary=device>
                <ol class="steps">{steps}</ol>
            </Details>
        }
    };
    view! {
        <section class="stack" id="install">
            <h2>{text::INSTALL}</h2>
            <p>{text::INSTALL_WORDS}</p>
            {text::INSTALLS.into_iter().map(one).collect_view()}
        </section>
    }
}
