//! The person's own words, typed or spoken through the keyboard.

use super::{
    flow::{Fields, Flow},
    names::MayName,
    step::Show,
};
use crate::{
    text::capture as text,
    ui::{Bound, Button, Form, TextArea},
};
use domain::category::Question;
use markup::prelude::*;

const FIELD: &str = "text";

#[component]
pub fn Words(flow: Flow, question: &'static Question) -> impl IntoView {
    let words = RwSignal::new(flow.answered(FIELD).unwrap_or_default());
    let value = Bound::new(
        move || words.get(),
        move |typed: String| {
            flow.note(set(&typed));
            words.set(typed);
        },
    );
    let heading = question.heading.to_owned();
    let label = if question.optional { text::optional(&heading) } else { heading };
    view! {
        <Form on_submit=move |()| flow.answer(set(&words.get_untracked()), Show::Question)>
            <TextArea
                id=question.id
                label
                caption=flow.step().caption(flow.spec, &flow.answers())
                hint=question.hint
                value
                heading=true
            />
            <MayName words=Signal::derive(move || words.get()) />
            <Button>{text::CONTINUE}</Button>
        </Form>
    }
}

fn set(typed: &str) -> Fields {
    let words = typed.trim();
    if words.is_empty() { Vec::new() } else { vec![(FIELD, words.into())] }
}
