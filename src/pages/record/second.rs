//! What the server would have suggested otherwise, beside the decision that it is about.

use crate::{
    text::review::second as words,
    ui::{Notice, Tone},
};
use domain::record::StepDecision;
use markup::prelude::*;

#[component]
pub fn SecondView(decision: StepDecision) -> impl IntoView {
    decision.second.as_ref().map(|second| {
        let words = words::words(second);
        view! {
            <Notice tone=Tone::Warning>
                <p>{words}</p>
            </Notice>
        }
    })
}
