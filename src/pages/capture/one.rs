//! A question with one answer: a tap answers and moves on.

use super::{flow::Flow, parts::Skip, step::Show};
use crate::{
    text::capture as text,
    ui::{Choice, Tiles},
};
use domain::category::{Question, Tile};
use markup::prelude::*;

/// Value of the tile that opens the full list.
const MORE: &str = "more";

#[component]
pub fn One(flow: Flow, question: &'static Question, tiles: &'static [Tile], has_more: bool) -> impl IntoView {
    let answers = flow.answers();
    let answered = question.is_answered(&answers);
    let mut options: Vec<Choice> = tiles
        .iter()
        .enumerate()
        .map(|(index, tile)| Choice::new(index.to_string(), tile.label).icon(tile.icon))
        .collect();
    if has_more {
        options.push(Choice::new(MORE, text::SOMETHING_ELSE).icon("ellipsis"));
    }
    let chosen = tiles.iter().position(|tile| question.is_chosen(tile, &answers));
    let selected = chosen.map(|index| index.to_string()).or((answered && has_more).then(|| MORE.to_owned()));
    let choose = move |value: String| match value
        .parse::<usize>()
        .ok()
        .and_then(|index| tiles.get(index).zip(Some(index)))
    {
        None => flow.show(Show::List),
        Some((tile, index)) if !tile.opens.is_empty() => flow.show(Show::Part(index)),
        Some((tile, _)) if tile.get_help => flow.answer(tile.answer().collect(), Show::Help),
        Some((tile, index)) if !tile.advice.is_empty() => {
            flow.answer(tile.answer().collect(), Show::Advice(index));
        }
        Some((tile, _)) => flow.answer(tile.answer().collect(), Show::Question),
    };
    view! {
        <Tiles
            id=question.id
            legend=question.heading
            caption=flow.step().caption(flow.spec, &answers)
            hint=question.hint
            options
            selected
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
        {question
            .optional
            .then(|| view! { <Skip answered on_skip=move |()| flow.answer(Vec::new(), Show::Question) /> })}
    }
}
