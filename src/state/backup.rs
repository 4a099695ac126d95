//! The backup file: what waits on this phone, as the service would receive it.

use super::{App, Problem};
use crate::{
    browser::{clock, download, json},
    text::common::day,
};
use domain::time::london_date;
use leptos::prelude::*;

impl App {
    /// Hands over a file with everything that is only on this phone.
    pub async fn download_backup(&self) -> Result<(), Problem> {
        let keep = self.keep();
        let now = clock::now();
        let device = self.session.read_untracked().device().cloned();
        let events: Vec<_> = keep.outbox.borrow().items().iter().map(|item| item.signed.clone()).collect();
        let drafts = self.drafts.list.get_untracked();
        let file = format!(
            r#"{{"noticed_backup":1,"made_at":{},"device":{},"events":{},"drafts":{}}}"#,
            json::write(&now),
            json::write(&device),
            json::write(&events),
            json::write(&drafts),
        );
        let name = format!("noticed-backup-{}.json", day(london_date(now)).replace(' ', "-"));
        match download::text_file(&name, "application/json", &file) {
            true => Ok(()),
            false => {
                Err(Problem::new("This browser cannot save a file. Keep the phone, and tell your manager."))
            }
        }
    }
}
