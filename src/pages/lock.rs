//! The screen lock. What this person could see is hidden; recording a near miss is not.

use crate::{
    pages::{
        capture::Trouble,
        drafts::Unclaimed,
        home::RecordTiles,
        settings::{
            lock::{PinField, is_pin},
            sign_out::SignOut,
        },
    },
    routes,
    state::{Problem, use_app},
    text::capture::account as text,
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Kind, LinkButton, Page},
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use markup::prelude::*;

#[component]
pub fn LockPage() -> impl IntoView {
    let app = use_app();
    let pin = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let unlock = move |()| {
        let digits = pin.get_untracked();
        if !is_pin(&digits) {
            return errors.set(vec![FieldError::new("unlock", text::PIN_MISSING)]);
        }
        errors.set(Vec::new());
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            if let Err(found) = app.unlock(&digits).await {
                problem.try_set(Some(found));
                pin.try_set(String::new());
            }
            busy.try_set(false);
        });
    };
    let here = use_location();
    let sign_in = routes::with_next(routes::SIGN_IN, &here.pathname.get_untracked());
    let is_shared = untrack(|| app.device()).is_some_and(|device| device.shared);
    let who = move || app.me().map(|me| text::locked_for(&me.name));
    let away = move || app.lock.away.get();
    let has_tries = move || !away() && app.lock.has_pin.get() && app.lock.tries_left.get() > 0;
    let only = move || match (app.lock.has_pin.get(), app.lock.tries_left.get(), app.lock.has_passkey.get()) {
        _ if away() => Some(text::LONG_AWAY),
        (false, _, _) => Some(text::ONLY_PASSWORD),
        (true, 0, false) => Some(text::TRIED_OUT),
        (true, 0, true) => Some(text::TRIED_OUT_PASSKEY),
        _ => None,
    };
    let passkey = move |()| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            if let Err(found) = app.unlock_with_passkey().await {
                problem.try_set(Some(found));
            }
            busy.try_set(false);
        });
    };
    let passkey_button = move || {
        (app.lock.has_passkey.get() && !away()).then(|| {
            view! { <Button kind=Kind::Secondary busy icon="lock" on_press=passkey>{text::USE_PASSKEY}</Button> }
        })
    };
    let draft = move || (app.drafts.kept() > 0).then_some(text::DRAFT_IS_SAFE);
    view! {
        <Page title=text::LOCKED heading=text::LOCKED>
            <ErrorSummary errors />
            <Trouble problem />
            <p>{who} " " {draft}</p>
            {move || only().map(|words| view! { <p>{words}</p> })}
            {move || {
                has_tries()
                    .then(|| {
                        view! {
                            <Form on_submit=unlock>
                                <PinField
                                    id="unlock"
                                    label=text::PIN
                                    value=pin
                                    errors
                                    autocomplete="current-password"
                                />
                                <Button busy icon="lock">
                                    {move || if busy.get() { text::UNLOCKING } else { text::UNLOCK }}
                                </Button>
                            </Form>
                        }
                    })
            }}
            <Buttons>
                {passkey_button}
                <LinkButton href=sign_in kind=Kind::Secondary>{text::USE_PASSWORD}</LinkButton>
            </Buttons>
            <section class="stack">
                <h2>{text::WHILE_LOCKED}</h2>
                <p>{text::WHILE_LOCKED_WORDS}</p>
                <RecordTiles />
            </section>
            // Far from where "Unlock" stands until the last try: a second tap must not land on it.
            {is_shared.then(|| view! { <SignOut app label=text::NOT_YOU /> })}
            <Unclaimed />
        </Page>
    }
}
