//! Writes several events at once: all of them are saved on this device, or none.

use super::{App, Problem};
use crate::{browser::http, sync_loop};
use domain::{event::Event, ids::SiteId};
use leptos::prelude::*;
use serde_json::{Map, Value};
use sync::outbox::Trouble;

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
        let device = self.session.read_untracked().device().cloned();
        let device = device.ok_or_else(|| Problem::new("This device has not joined a provider yet."))?;
        let attested = self.session.read_untracked().me().is_some() && !self.lock.locked.get_untracked();
        let keep = self.keep();
        let stored = keep.put_all(&device, events, attested, sealed).await?;
        for stored in stored {
            keep.outbox.borrow_mut().add(stored.entry.clone(), Trouble::default());
            keep.own.borrow_mut().add(stored);
        }
        self.refold();
        keep.tell_tabs("own");
        sync_loop::wake(*self);
        if http::says_offline() {
            sync_loop::wake_when_gone(&keep);
        }
        Ok(events.len())
    }
}
