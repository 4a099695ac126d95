//! Something in the settings that needs the password once more, behind a line to press.

use crate::{
    pages::capture::{Trouble, say_beside},
    state::Problem,
    text::capture::account as text,
    ui::{Button, Details, ErrorSummary, FieldError, Form, Kind, TextField},
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// `field`: the id of the password's field. `send` does it; a problem with the field `password` stands beside it.
#[component]
pub fn WithPassword<F, A>(
    #[prop(into)] summary: String,
    words: &'static str,
    field: String,
    label: &'static str,
    send: F,
) -> impl IntoView
where
    F: Fn(String) -> A + Send + Sync + 'static,
    A: Future<Output = Result<(), Problem>> + 'static,
{
    let password = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let at = field.clone();
    let submit = move |()| {
        let secret = password.get_untracked();
        if secret.is_empty() {
            return errors.set(vec![FieldError::new(at.clone(), text::PASSWORD_MISSING)]);
        }
        errors.set(Vec::new());
        problem.set(None);
        busy.set(true);
        let (doing, at) = (send(secret), at.clone());
        spawn_local(async move {
            let done = doing.await;
            busy.try_set(false);
            if let Err(found) = done {
                say_beside(found, &[("password", &at)], errors, problem);
            }
        });
    };
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    view! {
        <Details summary>
            <p>{words}</p>
            <Form on_submit=submit>
                <ErrorSummary errors />
                <Trouble problem />
                <TextField
                    id=field
                    label=text::YOUR_PASSWORD
                    value=password
                    error=error
                    kind="password"
                    autocomplete="current-password"
                />
                <Button kind=Kind::Secondary busy>
                    {label}
                </Button>
            </Form>
        </Details>
    }
}
