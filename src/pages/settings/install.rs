//! How to put the app on a phone, a tablet or a computer.

use crate::{text::capture::device as text, ui::Details};
use markup::prelude::*;

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
