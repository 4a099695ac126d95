//! Files out, and past incidents in.

use super::{App, Problem};
use crate::browser::{chosen_file, download};
use domain::event::Event;
use leptos::ev;
use serde_json::{Map, Value};

impl App {
    /// Hands a file to the person.
    /// # Errors  This browser cannot save one.
    pub fn hand_over(&self, name: &str, media_type: &str, text: &str) -> Result<(), Problem> {
        match download::text_file(name, media_type, text) {
            true => Ok(()),
            false => Err(Problem::new("This browser cannot save a file. Try another browser.")),
        }
    }

    /// Saves past incidents of the current site on this device, all in one go or none. `sealed` is told how many
    /// are ready to be saved.
    /// # Errors  The refusal of the first that may not be; or what this device could not do.
    pub async fn import_past(
        &self,
        rows: Vec<Map<String, Value>>,
        sealed: impl Fn(usize),
    ) -> Result<usize, Problem> {
        let decide = |with| self.decided("import_past", Some(self.new_record_id()), with);
        let events: Vec<Event> = rows.into_iter().map(decide).collect::<Result<_, _>>()?;
        let Some(first) = events.first() else { return Ok(0) };
        // Who may import is the same for all of them.
        self.check_online(first).await?;
        self.save_all(&events, sealed).await
    }
}

/// The bytes of the file that was chosen.
/// # Errors  There is none.
pub async fn read_bytes(event: ev::Event) -> Result<Vec<u8>, Problem> {
    chosen_file::bytes(&event).await.ok_or_else(|| Problem::new("Choose a CSV file."))
}
