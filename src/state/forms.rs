//! Half-filled forms of this tab and chosen files: for the screens of those who review and manage.

use super::{App, Problem};
use crate::browser::{chosen_file, forms, json};
use leptos::{ev, prelude::*};
use serde_json::{Map, Value};

impl App {
    /// What this person typed into a form before the page was left.
    pub fn kept_form(&self, key: &str) -> Option<Map<String, Value>> {
        json::read(&forms::get(&self.person()?, key)?)
    }

    pub fn keep_form(&self, key: &str, answers: &Map<String, Value>) {
        if let Some(person) = self.person() {
            forms::keep(&person, key, &json::write(answers));
        }
    }

    pub fn forget_form(&self, key: &str) {
        if let Some(person) = self.person() {
            forms::forget(&person, key);
        }
    }

    fn person(&self) -> Option<String> {
        self.session.read_untracked().me().map(|me| me.staff.to_string())
    }
}

/// The text of the file that was chosen.
/// # Errors  There is none, or it is no text.
pub async fn read_file(event: ev::Event) -> Result<String, Problem> {
    chosen_file::text(&event)
        .await
        .ok_or_else(|| Problem::new("Choose a file with text in it, for example a CSV file."))
}
