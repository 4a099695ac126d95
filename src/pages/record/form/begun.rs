//! Says that what stands in a form was typed before and never sent, so that nobody takes it for a proposal.

use super::Entry;
use crate::{text::common, ui::Restored};
use markup::prelude::*;

#[component]
pub fn Begun(entry: Entry) -> impl IntoView {
    let words = Signal::derive(move || {
        let began = entry.restored.get()?;
        Some(common::begun(began, entry.app.now.get_untracked()))
    });
    view! { <Restored words on_again=Callback::new(move |()| entry.start_again()) /> }
}
