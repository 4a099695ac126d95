//! The first start of a provider, from the set-up link: the provider, its first site, and its first person.

use crate::{
    pages::capture::{Trouble, empty_fields, error_of, use_go},
    routes,
    state::{App, Kind as News, Problem, SetUp, use_app},
    text::capture::account as text,
    ui::{Button, EmptyState, ErrorSummary, FieldError, Form, LinkButton, Page, TextField},
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use markup::prelude::*;

#[component]
pub fn SetUpPage() -> impl IntoView {
    let app = use_app();
    let hash = use_location().hash;
    let token = Memo::new(move |_| hash.read().trim_start_matches('#').to_owned());
    view! {
        <Page title=text::SET_UP heading=text::SET_UP>
            {move || match token.get() {
                token if token.is_empty() => view! { <NoToken app /> },
                token => view! { <Questions app token /> },
            }}
        </Page>
    }
}

#[component]
fn Questions(app: App, token: String) -> impl IntoView {
    let go = use_go();
    let new = || RwSignal::new(String::new());
    let (provider, site, name, sign_in, password) = (new(), new(), new(), new(), new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let set_up = move |()| {
        let mut wrong = empty_fields(&[
            ("provider", provider, text::PROVIDER_MISSING),
            ("site", site, text::SITE_MISSING),
            ("name", name, text::NAME_MISSING),
            ("sign-in", sign_in, text::SIGN_IN_MISSING),
        ]);
        wrong.extend(of_sign_in(&sign_in.read_untracked()));
        wrong.extend(of_password(&password.read_untracked()));
        let fine = wrong.is_empty();
        errors.set(wrong);
        if !fine {
            return;
        }
        busy.set(true);
        problem.set(None);
        let told = |field: RwSignal<String>| field.read_untracked().trim().to_owned();
        let ask = SetUp {
            token: token.clone(),
            provider: told(provider),
            site_name: told(site),
            name: told(name),
            sign_in: told(sign_in),
            password: password.get_untracked(),
            label: text::first_device(&told(name)),
        };
        spawn_local(async move {
            match app.set_up(ask).await {
                Ok(()) => {
                    app.notices.show(News::Success, text::SET_UP_DONE);
                    go.instead(routes::ADMIN.to_owned());
                }
                Err(found) => match field_of(&found) {
                    Some(id) => drop(errors.try_set(vec![FieldError::new(id, found.sentence)])),
                    None => drop(problem.try_set(Some(found))),
                },
            }
            busy.try_set(false);
        });
    };
    view! {
        <ErrorSummary errors />
        <Trouble problem />
        <p class="lede">{text::SET_UP_LEDE}</p>
        <Form on_submit=set_up>
            <TextField
                id="provider"
                label=text::PROVIDER
                hint=text::PROVIDER_HINT
                value=provider
                error=error_of(errors, "provider")
                autocomplete="organization"
            />
            <TextField id="site" label=text::SITE hint=text::SITE_HINT value=site error=error_of(errors, "site") />
            <TextField
                id="name"
                label=text::NAME
                hint=text::NAME_HINT
                value=name
                error=error_of(errors, "name")
                autocomplete="name"
            />
            <TextField
                id="sign-in"
                label=text::SIGN_IN_NAME
                hint=text::SIGN_IN_NAME_HINT
                value=sign_in
                error=error_of(errors, "sign-in")
                autocomplete="username"
            />
            <TextField
                id="password"
                label=text::NEW_PASSWORD
                hint=text::PASSWORD_HINT
                value=password
                error=error_of(errors, "password")
                kind="password"
                autocomplete="new-password"
            />
            <Button busy>{move || if busy.get() { text::SETTING_UP } else { text::SET_UP_BUTTON }}</Button>
        </Form>
    }
}

/// The field that the service names, as an id on this page.
fn field_of(problem: &Problem) -> Option<&'static str> {
    match problem.field.as_deref()? {
        "provider" => Some("provider"),
        "site.name" | "site.id" => Some("site"),
        "person.name" => Some("name"),
        "person.sign_in" => Some("sign-in"),
        "password" => Some("password"),
        _ => None,
    }
}

fn of_sign_in(sign_in: &str) -> Option<FieldError> {
    let spaces = sign_in.trim().contains(char::is_whitespace);
    spaces.then(|| FieldError::new("sign-in", text::SIGN_IN_SPACES))
}

/// Too short to be a password.
pub fn of_password(password: &str) -> Option<FieldError> {
    (!is_long_enough(password)).then(|| FieldError::new("password", text::PASSWORD_SHORT))
}

/// The service looks further: it refuses what is easy to guess.
pub fn is_long_enough(password: &str) -> bool {
    password.chars().count() >= text::PASSWORD_MIN
}

#[component]
fn NoToken(app: App) -> impl IntoView {
    let is_set_up = LocalResource::new(move || async move { app.server_is_set_up().await.unwrap_or(false) });
    live(move || {
        let (title, words) = match is_set_up.get() {
            Some(true) => (text::IS_SET_UP, text::IS_SET_UP_WORDS),
            _ => (text::NO_TOKEN, text::NO_TOKEN_WORDS),
        };
        view! {
            <EmptyState title icon="key-round">
                <p>{words}</p>
                <LinkButton href=routes::JOIN>{text::JOIN_WITH_CODE}</LinkButton>
            </EmptyState>
        }
    })
}
