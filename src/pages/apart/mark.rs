//! `/apart/{kind}/{id}`: what was done about an entry that is kept apart. With it, the entry leaves the list.
//! `?as=` is the reference of the report that repeats it.

use super::{Kept, NotYours, again, is_for, needs_service, use_apart};
use crate::{
    pages::capture::{Trouble, error_of, say_beside, use_go},
    routes,
    state::{Attention, AttentionItem, Kind as News, Problem, use_app},
    text::review::record::reference,
    ui::{Button, Buttons, EmptyState, ErrorSummary, FieldError, Form, LinkButton, Page, TextArea},
};
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use markup::prelude::*;

const TITLE: &str = "Mark as dealt with";
const SAID: &str = "said";
/// As many characters as the service takes.
const LONGEST: usize = 500;

#[component]
pub fn MarkPage() -> impl IntoView {
    let app = use_app();
    if !is_for(app) {
        return view! { <NotYours title=TITLE /> };
    }
    let params = use_params_map();
    let query = use_query_map();
    let of = move |name: &str| params.read().get(name).unwrap_or_default();
    let (kind, id) = untrack(|| (of("kind"), routes::decoded(&of("id")).unwrap_or_default()));
    let again = untrack(|| query.read().get("as"));
    let said = RwSignal::new(again.map(|number| recorded_again(&number)).unwrap_or_default());
    let found = LocalResource::new(move || async move { app.attention().await });
    let form = move || match found.get() {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => needs_service(problem),
        Some(Ok(Attention { items, .. })) => {
            match items.into_iter().find(|item| item.kind == kind && item.id == id) {
                Some(item) => view! { <Mark item said /> },
                None => view! { <NotThere /> },
            }
        }
    };
    view! {
        <Page title=TITLE heading=TITLE back=routes::INBOX back_label="Inbox">
            {form}
        </Page>
    }
}

#[component]
fn Mark(item: AttentionItem, said: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let apart = use_apart();
    if said.with_untracked(String::is_empty) {
        let repeated = untrack(|| again::repeated_by(&item, &app.register.read()));
        said.set(repeated.map(|id| recorded_again(&reference(&id))).unwrap_or_default());
    }
    // An update of the app waits while this is written.
    StoredValue::new_local(app.editing());
    let (kind, id) = (item.kind.clone(), item.id.clone());
    // What still waits may be used after all, and nobody knows who gave no name.
    let learns = item.kind != "held"
        && item.verb.as_deref() == Some("report")
        && item.by.as_deref().is_some_and(|by| by != "anonymous");
    let save = move |()| {
        let words = said.get_untracked();
        if words.trim().is_empty() {
            return errors.set(vec![FieldError::new(SAID, "Say in a few words what was done")]);
        }
        errors.set(Vec::new());
        problem.set(None);
        busy.set(true);
        let (kind, id) = (kind.clone(), id.clone());
        spawn_local(async move {
            match app.deal_with(&kind, &id, &words).await {
                Ok(_) => {
                    apart.ask();
                    app.notices.show(News::Success, "It is dealt with and has left the list.");
                    go.to(routes::INBOX);
                }
                Err(found) => {
                    say_beside(found, &[(SAID, SAID)], errors, problem);
                    busy.try_set(false);
                }
            }
        });
    };
    view! {
        <ErrorSummary errors />
        <Trouble problem />
        <Kept item acts=false level=2 />
        <Form on_submit=save>
            <TextArea
                id=SAID
                label="What was done?"
                hint="For example: asked the person who wrote it, it is in the record"
                value=said
                error=error_of(errors, SAID)
                limit=LONGEST
            />
            <p>"The entry leaves the list. This deletes nothing. Managers of this site can read what you write here."</p>
            {learns.then(|| view! { <p>"Whoever wrote it sees in My reports that it was dealt with, and not what you write here."</p> })}
            <Buttons>
                <Button busy>"Save"</Button>
            </Buttons>
        </Form>
    }
}

fn recorded_again(number: &str) -> String {
    format!("Recorded again as {number}.")
}

#[component]
fn NotThere() -> impl IntoView {
    view! {
        <EmptyState title="It is not on the list any more." icon="check">
            <p>"Somebody else dealt with it, or it could be used after all."</p>
            <LinkButton href=routes::INBOX>"Go to the inbox"</LinkButton>
        </EmptyState>
    }
}
