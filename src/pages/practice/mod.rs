//! Is it a near miss? Three questions whose answer the rules of the kinds give, and five examples. Works without signal.

mod done;
mod quiz;
mod three;

use crate::{
    routes,
    state::use_app,
    text::{capture::device, learning::practice as text},
    ui::Page,
};
use done::Done;
use markup::prelude::*;
use quiz::Quiz;
use three::Three;

#[component]
pub fn PracticePage() -> impl IntoView {
    let app = use_app();
    view! {
        <Page title=text::PRACTICE heading=text::PRACTICE back=routes::HELP back_label=device::HELP>
            <p class="lede">{text::PRACTICE_WORDS}</p>
            <p>{device::WHAT_IS_WORDS}</p>
            <Three />
            <Quiz app />
            <Done app />
        </Page>
    }
}
