//! What the device keeps behind the signals: the open store, the key, own events, the server's rows.

use super::{Problem, sign_in::OFFSET};
use crate::browser::{
    clock,
    event_log::OwnLog,
    events::Tabs,
    http::{self, Reply},
    keys::DeviceKey,
    pen::Pen,
    seal::Ring,
    shelf::Shelf,
    store::{Store, StoreError},
};
use chrono::Duration;
use domain::{
    ids::{DeviceId, EventId, RecordId},
    register::Register,
    time::Instant,
};
use leptos::prelude::{LocalStorage, StoredValue};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashSet},
    rc::Rc,
};
pub use sync::pages::Tail;
use sync::{
    Hash,
    digest::Comparing,
    outbox::Outbox,
    own::Own,
    page_size::PageSize,
    plan::Pace,
    proof::{self, Proof},
    pull::Cursor,
};

pub type Kept = StoredValue<Rc<Keep>, LocalStorage>;

/// Owner of the drafts that were begun while nobody was signed in.
pub use crate::browser::seal::NOBODY;

#[derive(Default)]
pub struct Keep {
    store: RefCell<Option<Opened>>,
    /// Why there is no store.
    trouble: RefCell<Option<StoreError>>,
    pub key: RefCell<Option<DeviceKey>>,
    /// The person shown now.
    pub person: RefCell<Option<String>>,
    /// Drafts that became reports or were deleted: a late save must not bring them back.
    pub finished: RefCell<BTreeSet<String>>,
    /// Every event of this device, of whoever wrote it.
    pub own: RefCell<Own>,
    pub outbox: RefCell<Outbox>,
    /// The server's rows, as this person may see them.
    pub base: RefCell<Register>,
    /// Ids of the events in `base`, also of those it set aside.
    pub pulled: RefCell<HashSet<EventId>>,
    pub cursor: RefCell<Cursor>,
    /// The life of the server that this device spoke with last. Of the device, not of a person: who signs in
    /// after a restore has never heard of another.
    pub server_epoch: RefCell<Option<String>>,
    pub tail: RefCell<Tail>,
    /// The person's own things were not read yet, because they are behind the lock: see `App::unlock`.
    pub unread: Cell<bool>,
    /// Pages were lost: the next page takes the place of all that are kept.
    pub start_over: Cell<bool>,
    /// When what is kept is compared with what was given.
    pub comparing: Cell<Comparing>,
    pub pen: Pen,
    /// Device clock minus server clock at the last contact.
    pub offset_ms: Cell<Option<i64>>,
    /// The same, as it was written down last in this tab.
    pub noted_offset_ms: Cell<Option<i64>>,
    /// When the service last answered somebody who was signed in here, by the clock of the device.
    pub heard_at: Cell<Option<Instant>>,
    /// Pace of sending, and of pulling.
    pub pace: RefCell<Pace>,
    pub pull_pace: RefCell<Pace>,
    /// Rows that the next pull asks for.
    pub page_size: Cell<PageSize>,
    pub photo_pace: RefCell<Pace>,
    /// Held while this tab sends or pulls.
    pub sending: std::sync::Arc<tokio::sync::Mutex<()>>,
    pub running: Cell<bool>,
    /// Somebody wants it at once: every wait of ours ends.
    pub nudged: Cell<bool>,
    /// Something happened while it was running.
    pub again: Cell<bool>,
    pub retry_planned: Cell<bool>,
    pub tabs: RefCell<Option<Tabs>>,
    /// When a shared device without a person last got its lists.
    pub lists_asked_at: Cell<Option<Instant>>,
    /// The record that was opened last, and when.
    pub looked: RefCell<Option<(RecordId, Instant)>>,
    /// The second copies were looked at, and what they had is back: before that nothing is said to be lost.
    pub mended: Cell<bool>,
    /// When pages that were set aside were looked at last.
    pub tidied_at: Cell<Option<Instant>>,
    /// The chain of this device was compared with what the service has of it.
    pub compared: Cell<bool>,
    /// When a device on which nobody reads asked last whether it is still one of the provider's.
    pub asked_at: Cell<Option<Instant>>,
    /// When the service was asked last what a manager has dealt with.
    pub dealt_asked_at: Cell<Option<Instant>>,
    /// Last answer of the server, and if it was one.
    pub reached: Cell<bool>,
}

/// The store and its parts.
#[derive(Clone)]
pub struct Opened {
    pub store: Rc<Store>,
    pub ring: Rc<Ring>,
    pub log: OwnLog,
    pub shelf: Shelf,
}

impl Keep {
    pub fn open(&self, store: Rc<Store>, ring: Rc<Ring>) -> Opened {
        let log = OwnLog::new(store.clone(), ring.clone());
        let shelf = Shelf::new(store.clone(), ring.clone());
        let opened = Opened { store, ring, log, shelf };
        self.store.replace(Some(opened.clone()));
        opened
    }

    /// Nothing can be kept from now on.
    pub fn close(&self, why: StoreError) {
        self.store.replace(None);
        self.cannot_open(why);
    }

    pub fn cannot_open(&self, error: StoreError) {
        self.trouble.replace(Some(error));
    }

    /// # Errors  Why nothing can be kept on this device.
    pub fn opened(&self) -> Result<Opened, Problem> {
        if let Some(opened) = &*self.store.borrow() {
            return Ok(opened.clone());
        }
        let why = self.trouble.borrow().clone();
        Err(why.unwrap_or(StoreError::Closed("not open yet".into())).into())
    }

    /// Under whose name this person's own things are kept.
    pub fn owner(&self) -> String {
        self.person.borrow().clone().unwrap_or_else(|| NOBODY.to_owned())
    }

    /// The things of the person shown can be read now. True when nobody is shown.
    pub fn can_read(&self) -> bool {
        match (&*self.store.borrow(), &*self.person.borrow()) {
            (Some(opened), Some(person)) => opened.ring.is_open(person) && !self.unread.get(),
            _ => true,
        }
    }

    /// The time now, as the server would say.
    pub fn corrected_now(&self) -> Instant {
        self.corrected(clock::now())
    }

    pub fn corrected(&self, device_time: Instant) -> Instant {
        device_time - Duration::milliseconds(self.offset_ms.get().unwrap_or(0))
    }

    /// The key of this device, `by`, stands behind a request about the device `of`; nothing while there is no key.
    pub async fn proof(&self, by: &DeviceId, of: &DeviceId, method: &str, path: &str) -> Option<String> {
        let key = self.key.borrow().clone()?;
        let at = self.corrected_now();
        let text = proof::text(by, at, of, method, path);
        let sig = key.sign(&Hash::of(&[text.as_bytes()])).await.ok()?;
        Some(Proof { by: by.clone(), at, sig }.header())
    }

    /// Learns the offset of the device clock from an answer.
    pub fn measure(&self, reply: &Reply, server_time: Instant) {
        self.offset_ms.set(Some(http::offset_ms(reply.asked_at, reply.answered_at, server_time)));
    }

    /// Keeps what was measured for a start without signal.
    /// # Errors  What this device could not write; the next contact tries again.
    pub async fn note_offset(&self) -> Result<(), Problem> {
        const SAME_MS: i64 = 30_000;
        let Some(offset) = self.offset_ms.get() else { return Ok(()) };
        if self.noted_offset_ms.get().is_some_and(|noted| (noted - offset).abs() < SAME_MS) {
            return Ok(());
        }
        self.opened()?.shelf.set_note(OFFSET, &offset).await?;
        self.noted_offset_ms.set(Some(offset));
        Ok(())
    }

    pub fn tell_tabs(&self, news: &str) {
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.tell(news);
        }
    }
}
