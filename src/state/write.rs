//! Writes what a person does: decide, seal, sign, save, show, send. A report never waits for the network.

use super::{App, Draft, Problem, explain, keep::Keep, session::Device};
use crate::{
    browser::{
        clock, events,
        http::{self, Ask},
        ids, json,
        pen::Hand,
    },
    sync_loop,
};
use domain::{
    decide::{Moment, decide},
    event::{Author, Event},
    ids::{EventId, RecordId, SiteId},
};
use futures_util::future::select;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Map, Value};
use std::pin::pin;
use sync::{
    Stored,
    outbox::Trouble,
    own::OwnEvent,
    wire::{CONTENT_TYPE, CheckReply, CheckRequest},
};

/// A check that takes longer counts as no signal.
const CHECK_MS: u32 = 3_000;
const REPORT: &str = "report";
/// The `identity` of a report without a name.
pub(super) const ANONYMOUS: &str = "anonymous";

/// Saved on this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub event: EventId,
    pub record: RecordId,
}

impl App {
    pub fn new_record_id(&self) -> RecordId {
        ids::new_id().into()
    }

    /// Saves what a person did. Resolves when it is on the disk of this phone.
    /// # Errors  The refusal, of the rules here or (online) of the service; or what this phone could not do.
    pub async fn write(
        &self,
        verb: &str,
        record: Option<RecordId>,
        with: Map<String, Value>,
    ) -> Result<Written, Problem> {
        let event = self.decided(verb, record, with)?;
        if verb != REPORT {
            self.check_online(&event).await?;
        }
        self.save(event, None).await
    }

    /// Saves what a person did about a site, also one that is not shown now: an audit, a question.
    pub async fn write_at(
        &self,
        site: &SiteId,
        verb: &str,
        with: Map<String, Value>,
    ) -> Result<Written, Problem> {
        let event = self.decided_at(site.clone(), verb, None, with)?;
        self.check_online(&event).await?;
        self.save(event, None).await
    }

    /// Saves a report and removes its draft in the same transaction. Pressed twice, it is one record.
    pub async fn report(&self, draft: &Draft, with: Map<String, Value>) -> Result<Written, Problem> {
        if self.is_saved(&draft.record) {
            return Err(Problem::new("This report is already saved."));
        }
        let is_nameless = with.get("identity").and_then(Value::as_str) == Some(ANONYMOUS);
        let by = match untrack(|| self.author_of(draft)) {
            _ if is_nameless => Author::Anonymous,
            Some(staff) => Author::Staff(staff),
            None => return Err(Problem::new("Say who you are first.")),
        };
        // The device that brings the bytes would tell whose they are.
        let with = if is_nameless { with } else { self.photos.with(&draft.record, with) };
        let event = self.event(by, REPORT, Some(draft.record.clone()), draft.site.clone(), with)?;
        let event = self.decide(event)?;
        if is_nameless {
            let written = self.letters.report(*self, draft, event.with).await?;
            self.photos.forget_or_say(*self, &draft.record).await;
            return Ok(written);
        }
        self.save(event, Some(&draft.id)).await
    }

    /// The rules' answer, before saving; nothing is written.
    pub fn check(
        &self,
        verb: &str,
        record: Option<RecordId>,
        with: Map<String, Value>,
    ) -> Result<(), Problem> {
        self.decided(verb, record, with).map(drop)
    }

    /// The same for something about a site.
    pub fn check_at(&self, site: &SiteId, verb: &str, with: Map<String, Value>) -> Result<(), Problem> {
        self.decided_at(site.clone(), verb, None, with).map(drop)
    }

    /// "Try now".
    pub fn send_now(&self) {
        sync_loop::nudge(*self);
    }

    /// On this phone or at the service. Tracked.
    pub fn is_saved(&self, record: &RecordId) -> bool {
        self.register.read().record(record).is_some() || self.wrote(record)
    }

    /// Nothing of this record waits on this phone. Tracked.
    pub fn is_sent(&self, record: &RecordId) -> bool {
        let waits = self.sync.items.read().iter().any(|waiting| waiting.record.as_ref() == Some(record));
        !waits && !self.letters.waits(record)
    }

    pub(super) fn decided(
        &self,
        verb: &str,
        record: Option<RecordId>,
        with: Map<String, Value>,
    ) -> Result<Event, Problem> {
        let known = record
            .as_ref()
            .and_then(|id| self.register.read_untracked().record(id).map(|known| known.site.clone()));
        let site = known.or_else(|| self.shown_site.get_untracked());
        let site = site.ok_or_else(|| Problem::new("Choose a site first."))?;
        self.decided_at(site, verb, record, with)
    }

    pub(super) fn decided_at(
        &self,
        site: SiteId,
        verb: &str,
        record: Option<RecordId>,
        with: Map<String, Value>,
    ) -> Result<Event, Problem> {
        let record = record.or_else(|| (verb == REPORT).then(|| self.new_record_id()));
        let by = match (self.writer.get_untracked(), self.session.read_untracked().me()) {
            (Some(me), _) => Author::Staff(me.staff),
            (None, Some(_)) => return Err(Problem::new("Unlock Noticed first. Your answers are kept.")),
            (None, None) => return Err(Problem::new("Sign in first. Your answers are kept.")),
        };
        self.decide(self.event(by, verb, record, site, with)?)
    }

    fn event(
        &self,
        by: Author,
        verb: &str,
        record: Option<RecordId>,
        site: SiteId,
        with: Map<String, Value>,
    ) -> Result<Event, Problem> {
        let keep = self.keep();
        let session = self.session.read_untracked();
        let device =
            session.device().ok_or_else(|| Problem::new("This device has not joined a provider yet."))?;
        let seen = record.as_ref().and_then(|id| keep.base.borrow().record(id).map(|record| record.version));
        Ok(Event {
            id: ids::new_id().into(),
            verb: verb.to_owned(),
            site,
            record,
            by,
            device: device.id.clone(),
            with: with.into(),
            seen: seen.unwrap_or(0),
            device_time: clock::now(),
            offset_ms: keep.offset_ms.get(),
        })
    }

    fn decide(&self, event: Event) -> Result<Event, Problem> {
        let moment = Moment { corrected_at: self.instant(), token_for: None };
        Ok(decide(&self.register.read_untracked(), event, &moment)?)
    }

    /// Asks the service too, when it answers quickly. Without an answer this phone decides alone.
    pub(super) async fn check_online(&self, event: &Event) -> Result<(), Problem> {
        let keep = self.keep();
        if !self.is_online() {
            return Ok(());
        }
        if keep.outbox.borrow().waiting() > 0 {
            self.send_quickly().await;
            if keep.outbox.borrow().waiting() > 0 {
                return Ok(());
            }
        }
        let body = json::write(&CheckRequest { event: event.clone() });
        let ask = Ask::post("/v1/check", &event.device, &body).as_type(CONTENT_TYPE).within(CHECK_MS);
        let Ok(reply) = ask.send().await else {
            keep.reached.set(false);
            return Ok(());
        };
        match json::read::<CheckReply>(&reply.body) {
            Some(answer) if reply.status == 200 => answer.into_result().map(drop).map_err(Problem::from),
            _ if reply.status == 422 => Err(explain::refused(&reply)),
            _ => Ok(()),
        }
    }

    /// Sending goes on when it takes longer; the person does not wait for it.
    async fn send_quickly(&self) {
        let (app, (sent, done)) = (*self, tokio::sync::oneshot::channel::<()>());
        spawn_local(async move {
            sync_loop::send(app).await;
            drop(sent);
        });
        drop(select(done, pin!(events::wait(CHECK_MS))).await);
    }

    fn is_online(&self) -> bool {
        let signed_in =
            self.session.read_untracked().me().is_some() && !self.keep().pull_pace.borrow().sign_in_needed();
        signed_in && self.keep().reached.get() && !http::says_offline() && !self.lock.locked.get_untracked()
    }

    async fn save(&self, event: Event, draft: Option<&str>) -> Result<Written, Problem> {
        let keep = self.keep();
        let (device, attested) = self.writes_as()?;
        let written = Written { event: event.id.clone(), record: event.record.clone().unwrap_or_default() };
        let place = draft.map(|id| self.drafts.key(id));
        let stored = keep.put(&device, &event, attested, place.as_deref()).await?;
        if let Some(draft) = draft {
            self.drafts.finish(draft);
        }
        self.is_stored([stored]);
        self.ask_to_keep_once();
        Ok(written)
    }

    /// The device that writes, and whether somebody is signed in on it whose screen is not locked.
    pub(super) fn writes_as(&self) -> Result<(Device, bool), Problem> {
        let device = self.session.read_untracked().device().cloned();
        let device = device.ok_or_else(|| Problem::new("This device has not joined a provider yet."))?;
        let attested = self.session.read_untracked().me().is_some() && !self.lock.locked.get_untracked();
        Ok((device, attested))
    }

    /// What was put away on this device is shown, told to other tabs and sent.
    pub(super) fn is_stored(&self, all: impl IntoIterator<Item = Stored>) {
        let keep = self.keep();
        for stored in all {
            keep.outbox.borrow_mut().add(stored.entry.clone(), Trouble::default());
            keep.own.borrow_mut().add(stored);
        }
        self.refold();
        keep.tell_tabs("own");
        sync_loop::wake(*self);
        if http::says_offline() {
            sync_loop::wake_when_gone(&keep);
        }
    }
}

impl Keep {
    /// All of them or none; see `Pen::write_all`.
    #[cfg(feature = "desk")]
    pub(super) async fn put_all(
        &self,
        device: &Device,
        events: &[Event],
        attested: bool,
        sealed: impl Fn(usize),
    ) -> Result<Vec<Stored>, Problem> {
        let key = self.key.borrow().clone();
        let key = key.ok_or_else(|| {
            Problem::new("This device has lost its key. Ask your manager to invite it again.")
        })?;
        let corrected_at =
            events.first().map_or_else(|| self.corrected_now(), |event| self.corrected(event.device_time));
        let hand = Hand { tenant: &device.tenant, epoch: device.epoch, attested, corrected_at, draft: None };
        Ok(self.pen.write_all(&self.opened()?.log, &key, events, hand, sealed).await?)
    }

    async fn put(
        &self,
        device: &Device,
        event: &Event,
        attested: bool,
        draft: Option<&str>,
    ) -> Result<Stored, Problem> {
        let key = self.key.borrow().clone();
        let key = key.ok_or_else(|| {
            Problem::new("This device has lost its key. Ask your manager to invite it again.")
        })?;
        let hand = Hand {
            tenant: &device.tenant,
            epoch: device.epoch,
            attested,
            corrected_at: self.corrected(event.device_time),
            draft,
        };
        Ok(self.pen.write(&self.opened()?.log, &key, event, hand).await?)
    }

    /// Events that another tab wrote.
    pub(crate) async fn read_other_tabs(&self) -> Result<(), Problem> {
        let log = self.opened()?.log;
        let after = self.own.borrow().last_seq();
        let (newer, _) = log.readable(after).await?;
        for stored in newer {
            let own = OwnEvent::new(stored);
            if own.is_waiting() {
                self.outbox.borrow_mut().add(own.entry.clone(), own.fate.trouble.clone());
            }
            self.own.borrow_mut().push(own);
        }
        Ok(())
    }
}
