//! Words and tables that leave the app: copied, or saved as a file.

use super::{App, Problem};
use crate::browser::{clipboard, download};

impl App {
    /// Copies words; the reader hears it. `what`: "MAR note".
    /// # Errors  This browser does not let a page do that.
    pub async fn copy(&self, what: &str, words: &str) -> Result<(), Problem> {
        if clipboard::copy(words).await {
            self.notices.say(format!("{what} copied."));
            return Ok(());
        }
        Err(Problem::new("This browser does not let Noticed copy. Select the words and copy them yourself."))
    }

    /// Hands over a CSV file.
    /// # Errors  This browser cannot save a file.
    pub fn save_csv(&self, name: &str, text: &str) -> Result<(), Problem> {
        match download::text_file(name, "text/csv;charset=utf-8", text) {
            true => Ok(()),
            false => {
                Err(Problem::new("This browser cannot save a file. Print the page, or use another one."))
            }
        }
    }
}
