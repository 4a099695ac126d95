//! The full list behind "Something else", or the part of it that one tile stands for.

use super::{
    flow::Flow,
    many::{set, texts},
    step::Show,
};
use crate::{
    text::capture as text,
    ui::{Bound, Button, Checkboxes, Choice, Form, TextField, Tiles},
};
use domain::{
    category::{Question, QuestionKind, Tile},
    vocabulary::Code,
};
use markup::prelude::*;

/// A list this short is read faster than it is searched.
const SHORT: usize = 8;
const ELSE: &str = "-";

/// One answer out of a list.
#[component]
pub fn List(flow: Flow, question: &'static Question, tile: Option<&'static Tile>) -> impl IntoView {
    let QuestionKind::One { more: Some((field, _)), .. } = question.kind else { return Node::Nothing };
    let rows = question.opened(tile);
    let is_long = rows.len() > SHORT;
    let wanted = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let mut options = choices(&rows, &wanted.read());
        if tile.is_some() {
            options.push(Choice::new(ELSE, text::SOMETHING_ELSE).icon("ellipsis"));
        }
        options
    });
    let choose = move |value: String| match value.as_str() {
        ELSE => flow.show(Show::List),
        _ => flow.answer(vec![(field, value.into())], Show::Question),
    };
    let heading = tile.map_or(question.heading, |tile| tile.label);
    view! {
        <Head heading caption=flow.step().caption(flow.spec, &flow.answers()) />
        {is_long.then(|| view! { <Filter wanted found=Signal::derive(move || options.read().len()) /> })}
        <Tiles
            id=question.id
            legend=text::CHOOSE_ONE
            heading=false
            options
            selected=flow.answered(field)
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    }
}

/// Several answers out of the full list.
#[component]
pub fn ManyList(flow: Flow, question: &'static Question) -> impl IntoView {
    let QuestionKind::Many { field, .. } = question.kind else { return Node::Nothing };
    let rows = question.opened(None);
    let wanted = RwSignal::new(String::new());
    let ticked = RwSignal::new(texts(flow.answers().get(field)));
    let options = Signal::derive(move || choices(&rows, &wanted.read()));
    // Ticks that the filter hides stay ticked.
    let value = Bound::new(
        move || ticked.get(),
        move |shown: Vec<String>| {
            let here = |code: &String| options.read_untracked().iter().any(|option| option.value == *code);
            let mut values: Vec<String> =
                ticked.get_untracked().into_iter().filter(|code| !here(code)).collect();
            values.extend(shown.into_iter().filter(here));
            flow.note(set(field, &values));
            ticked.set(values);
        },
    );
    view! {
        <Head heading=question.heading caption=flow.step().caption(flow.spec, &flow.answers()) />
        <Filter wanted found=Signal::derive(move || options.read().len()) />
        <Form on_submit=move |()| flow.answer(set(field, &ticked.get_untracked()), Show::Question)>
            <Checkboxes id=question.id legend=question.hint options value />
            <Button>{text::CONTINUE}</Button>
        </Form>
    }
}

#[component]
pub fn Head(#[prop(into)] heading: String, #[prop(into)] caption: String) -> impl IntoView {
    view! {
        <div>
            <span class="caption">{caption}</span>
            <h1 tabindex="-1">{heading}</h1>
        </div>
    }
}

/// A box that makes the list shorter, and what to do when nothing is left.
#[component]
pub fn Filter(
    wanted: RwSignal<String>,
    found: Signal<usize>,
    #[prop(into, default = text::FILTER.to_owned())] label: String,
) -> impl IntoView {
    view! {
        <div>
            <TextField id="find" label value=wanted kind="search" />
            <p role="status">{move || (found.get() == 0).then_some(text::NOTHING_FOUND)}</p>
        </div>
    }
}

fn choices(rows: &[&'static Code], wanted: &str) -> Vec<Choice> {
    let row = |code: &&Code| {
        let choice = Choice::new(code.code, code.label);
        if code.help.is_empty() { choice } else { choice.hint(code.help) }
    };
    rows.iter().filter(|code| has(code.label, wanted)).map(row).collect()
}

/// Every word that was typed begins or stands inside these words.
pub fn has(words: &str, wanted: &str) -> bool {
    let words = words.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|part| words.contains(part))
}
