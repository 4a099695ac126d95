//! A story is taken down from the team board, with the reason.

use crate::{
    pages::{
        address::address,
        board::{TELLERS, stories},
        record::form::{Ask, Entry, Fields, Look, ask, beside_field},
    },
    routes,
    state::{Kind, use_app},
    text::learning as text,
    ui::{self, Button, Buttons, EmptyState, ErrorSummary, Form, LinkButton, Page},
};
use domain::stories::Story;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::Map;

const REASON: Ask = ask("reason", "Why?", Look::Words).hint("Only managers read this").needed();

#[component]
pub fn DownPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let id = Memo::new(move |_| address.read().of.clone());
    live(move || {
        let id = id.get();
        let story = untrack(|| stories(app)).into_iter().find(|story| *story.id == *id);
        match story.filter(|_| app.roles().meets(TELLERS)) {
            Some(story) => view! { <Down story /> },
            None => view! {
                <Page title="Take down a story" heading="Take down this story" back=routes::BOARD back_label=text::BOARD>
                    <EmptyState title="This story is not on the board." icon="newspaper">
                        <p>"It was taken down already, or has not arrived on this device. The Registered Manager or the deputy can take down a story."</p>
                    </EmptyState>
                </Page>
            },
        }
    })
}

#[component]
fn Down(story: Story) -> impl IntoView {
    let app = use_app();
    let site = app.site().unwrap_or_default();
    let entry = Entry::open(app, format!("{}/down", story.id), site, None, Map::new());
    let navigate = use_navigate();
    let (id, words) = (story.id, story.noticed);
    let submit = move |()| {
        let Some(mut with) = entry.read(&[REASON]) else { return };
        with.insert("story".into(), id.to_string().into());
        let navigate = navigate.clone();
        entry.send("unshare_story", with, beside_field, move |_| {
            app.notices.show(Kind::Success, "The story is taken down.");
            navigate(routes::BOARD, Default::default());
        });
    };
    view! {
        <Page title="Take down a story" heading="Take down this story" back=routes::BOARD back_label=text::BOARD has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <blockquote class="quote">{words}</blockquote>
            <p>"It leaves the board on every device at its next contact. The record stays as it is."</p>
            <Form on_submit=submit>
                <Fields asks=vec![REASON] entry />
                <Buttons>
                    <Button busy=entry.busy>{text::TAKE_DOWN}</Button>
                    <LinkButton href=routes::BOARD kind=ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}
