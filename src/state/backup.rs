//! The backup file: everything that was written on this device, of whoever wrote it.
//! The same file as that of `rescue.js`, which works without the app.

use super::{App, Problem};
use crate::{
    browser::{clock, download, json},
    text::common::day,
};
use domain::time::london_date;
use leptos::prelude::*;

impl App {
    /// The person here may have it: signed in, and not behind the lock. Tracked.
    pub fn may_back_up(&self) -> bool {
        self.session.read().me().is_some() && !self.lock.locked.get()
    }

    /// Hands over the file.
    pub async fn download_backup(&self) -> Result<(), Problem> {
        let written = self.keep().opened()?.shelf.all_written().await?;
        let now = clock::now();
        let file = format!(r#"{{"noticed_rescue":1,"made_at":{},{written}}}"#, json::write(&now));
        let name = format!("noticed-backup-{}.json", day(london_date(now)).replace(' ', "-"));
        match download::text_file(&name, "application/json", &file) {
            true => Ok(()),
            false => {
                Err(Problem::new("This browser cannot save a file. Keep the phone, and tell your manager."))
            }
        }
    }
}
