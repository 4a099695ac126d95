//! Whose name is kept with the report.

use super::{flow::Flow, step::NAME};
use crate::{
    text::capture as text,
    ui::{Choice, Tiles},
};
use markup::prelude::*;

pub const FIELD: &str = "identity";

#[component]
pub fn Name(flow: Flow) -> impl IntoView {
    let is_shared = untrack(|| flow.app.device()).is_some_and(|device| device.shared);
    let options: Vec<Choice> = text::IDENTITIES
        .iter()
        .map(|(code, label, hint, icon)| {
            let hint = if *code == text::NAMELESS { text::nameless_hint(is_shared) } else { hint };
            Choice::new(*code, *label).hint(hint).icon(*icon)
        })
        .collect();
    let choose = move |code: String| {
        let mut draft = flow.draft();
        draft.answers.insert(FIELD.into(), code.into());
        flow.change(draft);
    };
    view! {
        <Tiles
            id=NAME
            legend=text::NAME
            caption=flow.spec.name
            options
            selected=flow.answered(FIELD).or(Some(text::IDENTITIES[0].0.to_owned()))
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    }
}
