//! A question with several answers: ticks and Continue.

use super::{flow::Flow, step::Show};
use crate::{
    text::capture as text,
    ui::{Bound, Button, Buttons, Checkboxes, Choice, ErrorSummary, FieldError, Form, Kind},
};
use domain::category::{Question, QuestionKind};
use markup::prelude::*;
use serde_json::{Value, json};

/// Stands for the empty list: "none of these".
const NONE: &str = "-";

#[component]
pub fn Many(flow: Flow, question: &'static Question) -> impl IntoView {
    let QuestionKind::Many { field, tiles, none, free, more } = question.kind else { return Node::Nothing };
    let answers = flow.answers();
    let ticked = RwSignal::new(ticked(answers.get(field), none.is_some()));
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
            flow.note(set(field, &values));
            ticked.set(values);
        },
    );
    let go_on = move |()| {
        let values = ticked.get_untracked();
        if values.is_empty() && !question.optional {
            errors.set(vec![FieldError::new(question.id, text::SELECT_SOME)]);
        } else {
            flow.answer(set(field, &values), Show::Question);
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

fn ticked(answer: Option<&Value>, has_none: bool) -> Vec<String> {
    let values = texts(answer);
    if has_none && values.is_empty() && answer.is_some() { vec![NONE.to_owned()] } else { values }
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
