//! The screen lock: on, off, now, and after how long.

use crate::{
    pages::capture::{Trouble, error_of},
    state::{App, Kind as News, Problem},
    text::capture::{account, device as text},
    ui::{
        Bound, Button, Buttons, Choice, ErrorSummary, FieldError, Form, Kind, Radios, TextField, Width,
        lead_to,
    },
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// The same choices as `state::lock::MINUTES`.
const MINUTES: [u32; 3] = [1, 5, 15];

/// Takes the focus when the form that had it is gone.
pub const TITLE: &str = "lock-title";

#[component]
pub fn LockSettings(app: App) -> impl IntoView {
    let words = move || match (app.lock.has_pin.get(), app.lock.hides_only.get()) {
        (false, _) => text::LOCK_WITHOUT,
        (true, true) => text::LOCK_HIDES,
        (true, false) => text::LOCK_WITH,
    };
    view! {
        <section class="stack" id="lock">
            <h2 id=TITLE tabindex="-1">{text::LOCK}</h2>
            <p>{words}</p>
            {move || {
                if app.lock.has_pin.get() {
                    view! { <On app /> }
                } else {
                    view! { <Off app /> }
                }
            }}
        </section>
    }
}

/// Two times the same six digits.
#[component]
fn Off(app: App) -> impl IntoView {
    let (pin, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        let digits = pin.get_untracked();
        let wrong = match (is_pin(&digits), digits == again.get_untracked()) {
            (false, _) => Some(FieldError::new("pin", text::PIN_WRONG)),
            (true, false) => Some(FieldError::new("pin-again", text::PIN_DIFFERS)),
            (true, true) => None,
        };
        let fine = wrong.is_none();
        errors.set(wrong.into_iter().collect());
        problem.set(None);
        if !fine {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match app.lock.set_pin(&digits).await {
                Ok(()) => changed(app, text::LOCK_IS_ON),
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Form on_submit=save>
            <ErrorSummary errors />
            <Trouble problem />
            <PinField id="pin" label=text::NEW_PIN value=pin errors />
            <PinField id="pin-again" label=text::PIN_AGAIN value=again errors />
            <Button kind=Kind::Secondary busy icon="lock">
                {text::LOCK_SET}
            </Button>
        </Form>
    }
}

#[component]
fn On(app: App) -> impl IntoView {
    let pin = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let options: Vec<Choice> =
        MINUTES.iter().map(|minutes| Choice::new(minutes.to_string(), text::minutes(*minutes))).collect();
    let after = Bound::new(
        move || Some(app.lock.minutes.get().to_string()),
        move |minutes: Option<String>| {
            if let Some(minutes) = minutes.and_then(|minutes| minutes.parse().ok()) {
                app.lock.set_minutes(minutes);
            }
        },
    );
    let remove = move |()| {
        let digits = pin.get_untracked();
        problem.set(None);
        if !is_pin(&digits) {
            return errors.set(vec![FieldError::new("pin", text::PIN_WRONG)]);
        }
        errors.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            match app.lock.remove(&digits).await {
                Ok(()) => changed(app, text::LOCK_IS_OFF),
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Buttons>
            <Button kind=Kind::Secondary icon="lock" on_press=move |()| app.lock.lock_now()>
                {text::LOCK_NOW}
            </Button>
        </Buttons>
        <Radios id="lock-after" legend=text::LOCK_AFTER options value=after chips=true />
        <Form on_submit=remove>
            <ErrorSummary errors />
            <Trouble problem />
            <PinField id="pin" label=text::YOUR_PIN value=pin errors />
            <Button kind=Kind::Secondary busy>
                {text::LOCK_REMOVE}
            </Button>
        </Form>
    }
}

fn changed(app: App, words: &'static str) {
    app.notices.show(News::Success, words);
    lead_to(TITLE.to_owned());
}

/// Six digits; pasting and password managers work.
#[component]
pub fn PinField(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    #[prop(optional)] autocomplete: Option<&'static str>,
) -> impl IntoView {
    view! {
        <TextField
            id=id
            label=label
            value
            hint=account::PIN_HINT
            error=error_of(errors, id)
            kind="password"
            inputmode="numeric"
            autocomplete=autocomplete.unwrap_or("new-password")
            width=Width::Short
        />
    }
}

pub fn is_pin(digits: &str) -> bool {
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
}
