//! The own password, asked for on a page only once it is needed: before somebody gets a role beyond reporting, or comes in.

use crate::{
    pages::{capture::error_of, record::form::Entry},
    state::Problem,
    text::capture::account,
    ui::{FieldError, TextField},
};
use markup::prelude::*;

const ID: &str = "own-password";

#[derive(Clone, Copy)]
pub struct Proof {
    wanted: RwSignal<bool>,
    password: RwSignal<String>,
}

impl Proof {
    /// `at_once`: it is surely needed. Otherwise the service says so.
    pub fn new(at_once: bool) -> Self {
        Self { wanted: RwSignal::new(at_once), password: RwSignal::new(String::new()) }
    }

    /// What to send, if it is asked for.
    /// # Errors  It is asked for and nothing was typed.
    pub fn given(&self) -> Result<Option<String>, FieldError> {
        let given = self.wanted.get_untracked().then(|| self.password.get_untracked());
        match given.as_ref().is_some_and(String::is_empty) {
            true => Err(FieldError::new(ID, account::PASSWORD_MISSING)),
            false => Ok(given),
        }
    }

    /// Asks for it, if that is what was wrong.
    pub fn asked_by(&self, problem: &Problem) -> Option<FieldError> {
        (problem.field.as_deref() == Some("password")).then(|| {
            self.wanted.set(true);
            FieldError::new(ID, problem.sentence.clone())
        })
    }

    pub fn field(self, entry: Entry) -> impl Fn() -> Option<Node> {
        move || {
            self.wanted.get().then(|| {
                view! {
                    <TextField
                        id=ID
                        label=account::YOUR_PASSWORD
                        value=self.password
                        error=error_of(entry.errors, ID)
                        kind="password"
                        autocomplete="current-password"
                    />
                }
            })
        }
    }
}
