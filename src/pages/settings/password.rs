//! A new password, with the one of before.

use crate::{
    pages::{
        capture::{Trouble, empty_fields, error_of, say_beside},
        set_up::is_long_enough,
    },
    state::{App, Kind as News, Problem},
    text::capture::account as text,
    ui::{Button, Details, ErrorSummary, FieldError, Form, Kind, TextField},
};
use leptos::task::spawn_local;
use markup::prelude::*;

const CURRENT: &str = "current-password";
const NEW: &str = "new-password";

#[component]
pub fn PasswordSettings(app: App) -> impl IntoView {
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let change = move |()| {
        let mut wrong = empty_fields(&[(CURRENT, current, text::PASSWORD_MISSING)]);
        if !is_long_enough(&new.read_untracked()) {
            wrong.push(FieldError::new(NEW, text::PASSWORD_SHORT));
        }
        let fine = wrong.is_empty();
        errors.set(wrong);
        problem.set(None);
        if !fine {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let changed = app.change_password(&current.get_untracked(), &new.get_untracked()).await;
            match changed {
                Ok(()) => {
                    app.notices.show(News::Success, text::PASSWORD_CHANGED);
                    [current, new].iter().for_each(|field| drop(field.try_set(String::new())));
                }
                Err(found) => say_beside(found, &[("current", CURRENT), ("new", NEW)], errors, problem),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Details summary=text::CHANGE_PASSWORD>
            <p>{text::CHANGE_PASSWORD_WORDS}</p>
            <Form on_submit=change>
                <ErrorSummary errors />
                <Trouble problem />
                <TextField
                    id=CURRENT
                    label=text::PASSWORD_NOW
                    value=current
                    error=error_of(errors, CURRENT)
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    id=NEW
                    label=text::NEW_PASSWORD
                    hint=text::PASSWORD_HINT
                    value=new
                    error=error_of(errors, NEW)
                    kind="password"
                    autocomplete="new-password"
                />
                <Button kind=Kind::Secondary busy>
                    {text::CHANGE_PASSWORD}
                </Button>
            </Form>
        </Details>
    }
}
