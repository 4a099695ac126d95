//! Files that the app makes for the person.

use super::{App, Problem};
use crate::browser::download;

impl App {
    /// Hands over a file.
    /// # Errors  This browser cannot save one.
    pub fn save_file(&self, name: &str, media_type: &str, text: &str) -> Result<(), Problem> {
        match download::text_file(name, media_type, text) {
            true => Ok(()),
            false => Err(Problem::new("This browser cannot save a file. Try another browser.")),
        }
    }
}
