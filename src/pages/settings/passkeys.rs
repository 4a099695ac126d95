//! Passkeys of the person who is signed in: which there are, one more, one less.

use super::with_password::WithPassword;
use crate::{
    pages::capture::{Trouble, empty_fields, error_of, say_beside},
    state::{App, Kind as News, PasskeyRow, Passkeys, PasskeysHere, Problem},
    text::{capture::account, passkeys as text},
    ui::{Button, Details, ErrorSummary, FieldError, Form, Kind, TextField},
};
use leptos::task::spawn_local;
use markup::prelude::*;

const NAME: &str = "passkey-name";
const PASSWORD: &str = "passkey-password";

type Known = RwSignal<Option<Result<Passkeys, Problem>>>;

#[component]
pub fn PasskeySettings(app: App) -> impl IntoView {
    let known: Known = RwSignal::new(None);
    spawn_local(async move {
        let found = app.passkeys().await;
        known.try_set(Some(found));
    });
    let shown = move || match known.get() {
        None => ().into_node(),
        Some(Err(_)) => view! { <p class="muted">{text::NEEDS_SIGNAL}</p> },
        Some(Ok(passkeys)) => view! { <Shown app known passkeys /> },
    };
    view! {
        <section class="stack" id="passkeys">
            <h2>{text::PASSKEY}</h2>
            <p>{text::WORDS} " " {text::NEVER_NEEDED}</p>
            {shown}
        </section>
    }
}

#[component]
fn Shown(app: App, known: Known, passkeys: Passkeys) -> impl IntoView {
    let here = passkeys.here();
    let rows = passkeys.passkeys;
    let advice = match rows.len() {
        0 if untrack(|| app.is_manager()) && here == PasskeysHere::Possible => Some(text::URGED),
        1 => Some(text::ONE_MORE),
        _ => None,
    };
    let has_some = !rows.is_empty();
    let items: Vec<_> = rows.into_iter().map(|row| view! { <Row app known row /> }).collect();
    let more = match here {
        PasskeysHere::Possible => view! { <Add app known /> },
        PasskeysHere::NoName => view! { <p class="muted">{text::NO_NAME}</p> },
        PasskeysHere::At(host) => view! { <p class="muted">{text::at(&host)}</p> },
        PasskeysHere::NotThisBrowser => view! { <p class="muted">{text::NOT_THIS_BROWSER}</p> },
    };
    view! {
        {has_some.then(|| view! { <ul class="kept-list">{items}</ul> })}
        {move || app.lock.has_passkey.get().then(|| view! { <p>{text::OPENS_LOCK}</p> })}
        {advice.map(|words| view! { <p>{words}</p> })}
        {more}
        {has_some.then(|| view! { <p class="muted">{text::LOST}</p> })}
    }
}

#[component]
fn Row(app: App, known: Known, row: PasskeyRow) -> impl IntoView {
    let PasskeyRow { id, name, added_at, last_used_at } = row;
    let (field, summary) = (format!("remove-{id}"), text::remove_what(&name));
    let send = move |password: String| {
        let id = id.clone();
        async move {
            let left = app.remove_passkey(&id, &password).await?;
            app.notices.show(News::Success, text::REMOVED);
            known.try_set(Some(Ok(left)));
            Ok(())
        }
    };
    view! {
        <li class="kept-list__one">
            <p>
                <strong>{name}</strong>
                <br />
                <span class="muted">{text::facts(added_at, last_used_at)}</span>
            </p>
            <WithPassword summary words=text::REMOVE_WORDS field label=text::REMOVE send />
        </li>
    }
}

#[component]
fn Add(app: App, known: Known) -> impl IntoView {
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let add = move |()| {
        let wrong = empty_fields(&[
            (NAME, name, text::NAME_MISSING),
            (PASSWORD, password, account::PASSWORD_MISSING),
        ]);
        let fine = wrong.is_empty();
        errors.set(wrong);
        problem.set(None);
        if !fine {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let (name, secret) = (name.read_untracked().trim().to_owned(), password.get_untracked());
            let added = app.add_passkey(&name, &secret).await;
            busy.try_set(false);
            match added {
                Ok(all) => {
                    app.notices.show(News::Success, text::ADDED);
                    known.try_set(Some(Ok(all)));
                }
                Err(found) => say_beside(found, &[("password", PASSWORD), ("name", NAME)], errors, problem),
            }
        });
    };
    view! {
        <Details summary=text::ADD>
            <p>{text::ADD_WORDS}</p>
            <Form on_submit=add>
                <ErrorSummary errors />
                <Trouble problem />
                <TextField
                    id=NAME
                    label=text::NAME
                    hint=text::NAME_HINT
                    value=name
                    error=error_of(errors, NAME)
                />
                <TextField
                    id=PASSWORD
                    label=account::YOUR_PASSWORD
                    value=password
                    error=error_of(errors, PASSWORD)
                    kind="password"
                    autocomplete="current-password"
                />
                <Button kind=Kind::Secondary busy icon="lock">
                    {move || if busy.get() { text::ADDING } else { text::ADD }}
                </Button>
            </Form>
        </Details>
    }
}
