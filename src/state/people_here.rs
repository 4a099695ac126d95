//! Who has signed in on this device. The service takes a report that was written while nobody was signed in
//! only from somebody it knows here.

use super::{App, Problem};
use domain::ids::StaffId;

const PEOPLE: &str = "people";

impl App {
    /// Everybody who ever signed in on this device, the latest first.
    pub async fn people_here(&self) -> Vec<StaffId> {
        let Ok(opened) = self.keep().opened() else { return Vec::new() };
        opened.shelf.note(PEOPLE).await.ok().flatten().unwrap_or_default()
    }

    /// # Errors  What this device could not keep.
    pub(super) async fn remember_person(&self, staff: &StaffId) -> Result<(), Problem> {
        let mut people = self.people_here().await;
        people.retain(|known| known != staff);
        people.insert(0, staff.clone());
        self.keep().opened()?.shelf.set_note(PEOPLE, &people).await?;
        Ok(())
    }
}
