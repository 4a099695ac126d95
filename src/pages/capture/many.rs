//! A question with several answers: ticks and Continue.

use super::{flow::Flow, step::Show};
use crate::{
    text::capture as text,
    ui::{Bound, Button, Buttons, Checkboxes, Choice, ErrorSummary, FieldError, Form, Kind},
};
use domain::category::{Question, QuestionKind};
use markup::prelude::*;
use serde_json::{Map, Value, json};

/// Stands for the empty list: "none of these".
const NONE: &str = "-";

#[component]
pub fn Many(flow: Flow, question: &'static Question) -> impl IntoView {
    let (tiles, none, free, more) = match question.kind {
        QuestionKind::Many { tiles, none, free, more, .. } => (tiles, none, free, more),
        QuestionKind::Flags { tiles, none } => (tiles, Some(none), false, None),
        _ => return Node::Nothing,
    };
    let answers = flow.answers();
    let ticked = RwSignal::new(ticked(question, &answers));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let mut options: Vec<Choice> = tiles
        .iter()
        .map(|tile| Choice::new(if free { tile.label } else { tile.code }, tile.label).icon(tile.icon))
        .collect();
    let listed = more.into_iter().flat_map(|list| list.codes);
    for code in listed.filter(|code| ticked.read_untracked().iter().any(|value| value == code.code)) {
        if !options.iter().any(|option| option.value == code.code) {
            options.push(Choice::new(code.code, code.label));
        }
    }
    options.extend(none.map(|words| Choice::new(NONE, words).exclusive()));
    let value = Bound::new(
        move || ticked.get(),
        move |values: Vec<String>| {
            flow.note(said(question, &values));
            ticked.set(values);
        },
    );
    let go_on = move |()| {
        let values = ticked.get_untracked();
        if values.is_empty() && !question.optional {
            errors.set(vec![FieldError::new(question.id, text::SELECT_SOME)]);
        } else {
            flow.answer(said(question, &values), Show::Question);
        }
    };
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    view! {
        <ErrorSummary errors />
        <Form on_submit=go_on>
            <Checkboxes
                id=question.id
                legend=question.heading
                caption=flow.step().caption(flow.spec, &answers)
                hint=question.hint
                options
                value
                error
                heading=true
            />
            <Buttons>
                <Button>{text::CONTINUE}</Button>
                {more
                    .is_some()
                    .then(|| {
                        view! {
                            <Button kind=Kind::Secondary icon="ellipsis" on_press=move |()| flow.show(Show::List)>
                                {text::SOMETHING_ELSE}
                            </Button>
                        }
                    })}
            </Buttons>
        </Form>
    }
}

fn ticked(question: &Question, answers: &Map<String, Value>) -> Vec<String> {
    let (values, has_none) = match question.kind {
        QuestionKind::Many { field, none, .. } => (texts(answers.get(field)), none.is_some()),
        QuestionKind::Flags { tiles, .. } => {
            let codes = tiles.iter().map(|tile| tile.code);
            let is_said = |code: &&str| answers.get(*code) == Some(&Value::Bool(true));
            (codes.filter(is_said).map(str::to_owned).collect(), true)
        }
        _ => return Vec::new(),
    };
    if has_none && values.is_empty() && question.is_answered(answers) {
        vec![NONE.to_owned()]
    } else {
        values
    }
}

/// The fields that these ticks set.
fn said(question: &Question, values: &[String]) -> Vec<(&'static str, Value)> {
    match question.kind {
        QuestionKind::Many { field, .. } => set(field, values),
        QuestionKind::Flags { tiles, .. } if !values.is_empty() => {
            let is_ticked = |code: &str| values.iter().any(|value| value == code);
            tiles.iter().map(|tile| (tile.code, is_ticked(tile.code).into())).collect()
        }
        _ => Vec::new(),
    }
}

/// The texts of a list.
pub fn texts(answer: Option<&Value>) -> Vec<String> {
    let list = answer.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Nothing ticked is no answer; "none of these" is an empty list.
pub fn set(field: &'static str, values: &[String]) -> Vec<(&'static str, Value)> {
    if values.is_empty() {
        return Vec::new();
    }
    let chosen: Vec<&String> = values.iter().filter(|value| *value != NONE).collect();
    vec![(field, json!(chosen))]
}
