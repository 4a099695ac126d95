//! That the author of a decision was not signed in when it arrived, beside the decision.

use crate::{state::use_app, text::review::history::author_away, ui::Notice};
use domain::record::StepDecision;
use markup::prelude::*;

#[component]
pub fn AwayView(decision: StepDecision) -> impl IntoView {
    let app = use_app();
    decision.author_away.then(|| {
        let words = author_away(&decision.by, &app.directory.read_untracked());
        view! {
            <Notice>
                <p>{words}</p>
            </Notice>
        }
    })
}
