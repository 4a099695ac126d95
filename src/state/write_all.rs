//! Writes several events at once: all of them are saved on this device, or none.

use super::{App, Problem};
use domain::{event::Event, ids::SiteId};
use serde_json::{Map, Value};

impl App {
    /// Saves what a person did about several things of one site with one decision. Gives how many there were.
    /// # Errors  The refusal of the first that may not be, of the rules here or (online) of the service; or what this
    /// device could not do. Then nothing is written.
    pub async fn write_all_at(
        &self,
        site: &SiteId,
        verb: &str,
        all: Vec<Map<String, Value>>,
    ) -> Result<usize, Problem> {
        let decide = |with| self.decided_at(site.clone(), verb, None, with);
        let events: Vec<Event> = all.into_iter().map(decide).collect::<Result<_, _>>()?;
        for event in &events {
            self.check_online(event).await?;
        }
        self.save_all(&events, |_| ()).await
    }

    /// `sealed` is told how many are ready to be saved. What each may do is already decided.
    pub(super) async fn save_all(&self, events: &[Event], sealed: impl Fn(usize)) -> Result<usize, Problem> {
        let (device, attested) = self.writes_as()?;
        let stored = self.keep().put_all(&device, events, attested, sealed).await?;
        self.is_stored(stored);
        Ok(events.len())
    }
}
