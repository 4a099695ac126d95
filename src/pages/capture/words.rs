//! The person's own words, typed or spoken through the keyboard.

use super::{
    flow::{Fields, Flow},
    names::MayName,
    step::Show,
};
use crate::{
    pages::{drafts::details::record_of, photos::AddPhotos},
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
            <PhotosOfDraft flow />
            <Button>{text::CONTINUE}</Button>
        </Form>
    }
}

/// Details of a report that is saved already take words only; a photo is added to it on its own page.
#[component]
fn PhotosOfDraft(flow: Flow) -> impl IntoView {
    let draft = flow.draft();
    if record_of(&draft.id).is_some() {
        return Node::Nothing;
    }
    let subject = text::photos::subject(Some(flow.spec), &draft.answers);
    let before = Callback::new(move |open: Callback<()>| flow.keep_then(open));
    view! { <AddPhotos app=flow.app record=draft.record subject before /> }
}

fn set(typed: &str) -> Fields {
    let words = typed.trim();
    if words.is_empty() { Vec::new() } else { vec![(FIELD, words.into())] }
}
