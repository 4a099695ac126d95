//! Signing in on a device that has joined. Recording works without it.

use crate::{
    pages::{
        capture::{Trouble, empty_fields, error_of},
        drafts::Unclaimed,
        home::RecordTiles,
    },
    routes,
    state::{PasskeyAsked, PasskeyProblem, Problem, use_app},
    text::{capture::account as text, passkeys},
    ui::{Button, Buttons, Details, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, TextField},
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use markup::prelude::*;

#[component]
pub fn SignInPage() -> impl IntoView {
    let asked = RwSignal::new(None::<PasskeyAsked>);
    let problem = RwSignal::new(None::<Problem>);
    live(move || match asked.get() {
        None => view! { <WithPassword asked problem /> },
        Some(what) => view! { <WithPasskey what asked problem /> },
    })
}

#[component]
fn WithPassword(asked: RwSignal<Option<PasskeyAsked>>, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let app = use_app();
    // Behind a lock, or after a session that ended, it is known who signs in; a shared device tells nobody.
    let known = untrack(|| app.me());
    let back = known.is_some().then(|| routes::HOME.to_owned());
    let is_shared = untrack(|| app.device()).is_some_and(|device| device.shared);
    let sign_in_name = known.filter(|_| !is_shared).map(|me| me.sign_in).unwrap_or_default();
    let (name, password) = (RwSignal::new(sign_in_name), RwSignal::new(String::new()));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let busy = RwSignal::new(false);
    let query = use_query_map();
    let sign_in = move |()| {
        let wrong = empty_fields(&[
            ("sign-in", name, text::SIGN_IN_MISSING),
            ("password", password, text::PASSWORD_MISSING),
        ]);
        let fine = wrong.is_empty();
        errors.set(wrong);
        if !fine {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (who, secret) = (name.read_untracked().trim().to_owned(), password.get_untracked());
        let next = query.read_untracked().get("next").unwrap_or_default();
        // The guard of this address goes on to where the person wanted to be.
        spawn_local(async move {
            let came = app.sign_in(&who, &secret, routes::draft_at(&next)).await;
            busy.try_set(false);
            match came {
                Ok(None) => {}
                Ok(passkey) => drop(asked.try_set(passkey)),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    };
    view! {
        <Page title=text::SIGN_IN heading=text::SIGN_IN back>
            <ErrorSummary errors />
            <Trouble problem />
            <Form on_submit=sign_in>
                <TextField
                    id="sign-in"
                    label=text::SIGN_IN_NAME
                    value=name
                    error=error_of(errors, "sign-in")
                    autocomplete="username"
                />
                <TextField
                    id="password"
                    label=text::PASSWORD
                    value=password
                    error=error_of(errors, "password")
                    kind="password"
                    autocomplete="current-password"
                />
                <Button busy>{move || if busy.get() { text::SIGNING_IN } else { text::SIGN_IN }}</Button>
            </Form>
            <Details summary=text::FORGOT>
                <p>{text::FORGOT_WORDS}</p>
                <p>
                    <LinkButton href=routes::JOIN kind=Kind::Secondary>{text::JOIN_WITH_CODE}</LinkButton>
                </p>
            </Details>
            {move || app.site_to_report().map(|_| view! { <WithoutSignIn /> })}
        </Page>
    }
}

/// The second step, for somebody who has a passkey.
#[component]
fn WithPasskey(
    what: PasskeyAsked,
    asked: RwSignal<Option<PasskeyAsked>>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let query = use_query_map();
    let unlock = move |()| {
        busy.set(true);
        problem.set(None);
        let what = what.clone();
        let next = query.read_untracked().get("next").unwrap_or_default();
        spawn_local(async move {
            let came = app.sign_in_with_passkey(&what, routes::draft_at(&next)).await;
            busy.try_set(false);
            match came {
                Ok(()) => {}
                Err(PasskeyProblem::TryAgain(found)) => drop(problem.try_set(Some(found))),
                Err(PasskeyProblem::StartAgain(found)) => {
                    problem.try_set(Some(found));
                    asked.try_set(None);
                }
            }
        });
    };
    let start_again = move |()| {
        problem.set(None);
        asked.set(None);
    };
    view! {
        <Page title=passkeys::USE heading=passkeys::USE>
            <Trouble problem />
            <p class="lede">{passkeys::USE_WORDS}</p>
            <Buttons>
                <Button busy icon="lock" on_press=unlock>
                    {move || if busy.get() { passkeys::USING } else { passkeys::USE }}
                </Button>
                <Button kind=Kind::Secondary on_press=start_again>
                    {passkeys::START_AGAIN}
                </Button>
            </Buttons>
            <Details summary=passkeys::NO_PASSKEY>
                <p>{passkeys::NO_PASSKEY_WORDS}</p>
                <p>
                    <LinkButton href=routes::JOIN kind=Kind::Secondary>{text::JOIN_WITH_CODE}</LinkButton>
                </p>
            </Details>
            {move || app.site_to_report().map(|_| view! { <WithoutSignIn /> })}
        </Page>
    }
}

/// Where the device knows its site.
#[component]
fn WithoutSignIn() -> impl IntoView {
    view! {
        <section class="stack">
            <h2>{text::WITHOUT_SIGN_IN}</h2>
            <p>{text::WITHOUT_SIGN_IN_WORDS}</p>
            <RecordTiles />
        </section>
        <Unclaimed />
    }
}
