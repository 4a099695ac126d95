//! Looks for one person, place or piece of equipment by code, name or room.

use super::{
    flow::Flow,
    list::{Filter, Head, has},
    pick::{chosen, rows, set, words},
    step::Show,
};
use crate::{text::capture as text, ui::Tiles};
use domain::category::Question;
use markup::prelude::*;

/// More than this is not read; typing makes it shorter.
const SHOWN: usize = 20;

#[component]
pub fn Find(flow: Flow, question: &'static Question) -> impl IntoView {
    let words = words(&question.kind);
    let all = rows(flow.app, &flow.draft().site, &question.kind);
    let wanted = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let fits = |row: &&crate::ui::Choice| {
            let hint = row.hint.as_deref().unwrap_or_default();
            has(&format!("{} {hint} {}", row.label, row.value), &wanted.read())
        };
        all.iter().filter(fits).take(SHOWN).cloned().collect::<Vec<_>>()
    });
    let answers = flow.answers();
    view! {
        <Head heading=words.find caption=flow.step().caption(flow.spec, &answers) />
        <Filter label=words.label wanted found=Signal::derive(move || options.read().len()) />
        <Tiles
            id=question.id
            legend=text::CHOOSE_ONE
            heading=false
            options
            selected=chosen(&answers, words.field)
            on_choose=move |code: String| flow.answer(set(words.field, Some(&code)), Show::Question)
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    }
}
