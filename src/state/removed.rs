//! A device that its provider took back: it believes the order only with the signature of the service that it joined,
//! shows nothing from then on, sends what it has, and forgets everything when all of that has arrived.

use super::{App, Device, Kind, Problem, Session, keep::Keep, sign_in::ME};
use crate::browser::{clock, forget, keys, store::StoreError};
use domain::{directory::Directory, time::Instant};
use leptos::prelude::*;
use std::sync::Arc;
use sync::{
    outbox::Outbox,
    own::{Own, OwnEvent},
    wipe::{Left, Next, Verdict, WipeOrder},
};

/// Note with the public key of the service. Told when a device joins and at each sign-in.
pub(super) const SERVER_KEY: &str = "server_key";
/// Note: since when no word of this removed device is without a receipt.
const WORDS_SENT: &str = "words_sent_at";
/// News for the other tabs.
const REMOVED: &str = "removed";
const FORGOTTEN: &str = "forgotten";

const SAID_REMOVED: &str = "A manager removed this device. What you recorded on it is still sent and kept for the Registered Manager, and nothing on it was deleted. To use it again, ask your manager for a new code.";

impl App {
    /// A manager removed this device, and it obeys. Not tracked.
    pub(crate) fn is_removed(&self) -> bool {
        matches!(*self.session.read_untracked(), Session::Removed { .. })
    }

    /// Looks for the order in an answer of the service.
    pub(crate) async fn hear_order(&self, answer: &str) {
        let Some(order) = WipeOrder::in_answer(answer).filter(|_| !self.is_removed()) else { return };
        let Some(device) = self.session.read_untracked().device().cloned() else { return };
        let Ok(opened) = self.keep().opened() else { return };
        let pinned: Option<String> = opened.shelf.note(SERVER_KEY).await.unwrap_or_default();
        let is_proven = match order.judge(&device.id, device.epoch, pinned.as_deref()) {
            Verdict::NotOurs => return,
            Verdict::Unproven => false,
            Verdict::SignedBy(key) => keys::signed(key, &order.text(), &order.sig).await,
        };
        if !is_proven {
            // Anybody on the way could have written this.
            return self.notices.show(Kind::Warning, SAID_REMOVED);
        }
        self.show_removed(device).await;
        self.keep().tell_tabs(REMOVED);
    }

    /// Another tab heard it, or has done it.
    pub(super) async fn hear_of_removal(&self, news: &str) -> bool {
        let device = self.session.read_untracked().device().cloned();
        match (news, device) {
            (REMOVED, Some(device)) => self.show_removed(device).await,
            (FORGOTTEN, Some(_)) => self.show_forgotten(0),
            (REMOVED | FORGOTTEN, None) => {}
            _ => return false,
        }
        true
    }

    /// Nothing that was read here is shown any more.
    async fn show_removed(&self, device: Device) {
        let keep = self.keep();
        keep.person.replace(None);
        keep.empty_base();
        keep.cursor.take();
        keep.tail.take();
        if let Ok(opened) = keep.opened() {
            opened.ring.close();
            // Nobody is signed in at the next start either.
            opened.shelf.remove_note(ME).await.unwrap_or_default();
        }
        self.session.set(Session::Removed { device: Some(device), photos_lost: 0 });
        self.refold();
    }

    /// Forgets everything when all words have a receipt, and the photos too or their time is over.
    /// # Errors  What this phone could not do. Nothing was deleted then.
    pub(crate) async fn forget_when_all_is_sent(&self) -> Result<(), Problem> {
        let keep = self.keep();
        let opened = keep.opened()?;
        // Everything anew: what the second copy has, and what other tabs wrote.
        opened.log.mend().await?;
        let unreadable = keep.load_own(&opened.log).await? + opened.log.locked_copies().await?;
        self.letters.load().await?;
        let locked = self.letters.mend().await?.locked;
        self.photos.load().await?;
        self.refold();
        let letters =
            self.letters.unreadable.get_untracked() + untrack(|| self.letters.unsettled()).len() + locked;
        let waiting = keep.own.borrow().iter().filter(|own| OwnEvent::is_waiting(own)).count();
        let (words, photos) = (waiting + unreadable + letters, untrack(|| self.photos.waiting()).len());
        let (now, mut since) = (clock::now(), opened.shelf.note::<Instant>(WORDS_SENT).await?);
        if words == 0 && since.is_none() {
            opened.shelf.set_note(WORDS_SENT, &now).await?;
            since = Some(now);
        }
        if (Left { words, photos, since }).next(now) != Next::Forget {
            return Ok(());
        }
        let (last, letters) = (keep.own.borrow().last_seq(), self.letters.count());
        match forget::erase_keys(&opened.store, last, letters).await {
            // Somebody wrote something in another tab: it is sent first.
            Err(StoreError::Taken) => return Ok(()),
            done => done?,
        }
        keep.tell_tabs(FORGOTTEN);
        keep.forget();
        forget::forget_all(&opened.store).await;
        self.show_forgotten(photos);
        Ok(())
    }

    fn show_forgotten(&self, photos_lost: usize) {
        self.keep().forget();
        self.lists.set(Directory::default());
        self.drafts.list.set(Vec::new());
        self.drafts.unclaimed.set(Vec::new());
        self.letters.list.set(Vec::new());
        self.register.set(Arc::default());
        self.sync.items.set(Vec::new());
        self.session.set(Session::Removed { device: None, photos_lost });
    }
}

impl Keep {
    /// Nothing can be written or read any more in this tab.
    fn forget(&self) {
        self.close(StoreError::Closed("this device was removed".into()));
        self.key.replace(None);
        self.person.replace(None);
        self.own.replace(Own::default());
        self.outbox.replace(Outbox::default());
        self.empty_base();
    }
}
