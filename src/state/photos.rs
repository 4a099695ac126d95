//! Photos of this device: added beside a report that is being written, kept here until the service has them, and shown
//! small from here for as long as they are.

use super::{
    App, Problem,
    keep::{Keep, Kept},
};
use crate::browser::{
    clock, ids, kept_safe,
    photos::{Part, PhotoShelf},
    picture,
    store::StoreError,
};
use domain::{
    event::Event,
    ids::RecordId,
    photo::{self, Photo},
    time::Instant,
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use sync::{Hash, again::Taken};

/// A small picture of a photo that was sent stays this long.
const THUMB_DAYS: i64 = 90;

/// A photo on this device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPhoto {
    pub id: String,
    pub record: RecordId,
    /// Who added it; `-` for nobody.
    pub owner: String,
    /// As an event says it; see `Photo`.
    pub about: Value,
    pub at: Instant,
    /// The service has it.
    #[serde(default)]
    pub sent: bool,
    /// The service will not take it.
    #[serde(default)]
    pub refused: bool,
    /// Since when the service has it, or had it before it was restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
    /// The service has it, and its bytes were kept here too.
    #[serde(default)]
    pub spare: bool,
}

impl KeptPhoto {
    pub fn photo(&self) -> Option<Photo> {
        Photo::read(&self.about)
    }

    pub fn key(&self) -> String {
        format!("{}/{}", self.record, self.id)
    }
}

#[derive(Clone, Copy)]
pub struct Photos {
    /// Everything on this device, oldest first.
    list: RwSignal<Vec<KeptPhoto>>,
    /// What events of this device name: where it was added, and its hash.
    named: RwSignal<BTreeSet<String>>,
    /// Key -> address of the small picture in memory.
    thumbs: RwSignal<BTreeMap<String, String>>,
    keep: Kept,
}

impl Photos {
    pub(super) fn new(keep: Kept) -> Self {
        Self { list: RwSignal::default(), named: RwSignal::default(), thumbs: RwSignal::default(), keep }
    }

    /// Reads the notes. Small pictures of long ago go.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let shelf = self.shelf()?;
        let now = clock::now();
        let notes: Vec<KeptPhoto> = shelf.notes().await?;
        let is_old = |note: &KeptPhoto| note.sent && (now - note.at).num_days() > THUMB_DAYS;
        let (old, kept): (Vec<_>, Vec<_>) = notes.into_iter().partition(is_old);
        self.list.set(kept);
        let old: Vec<String> = old.iter().map(KeptPhoto::key).collect();
        Ok(shelf.remove(&old).await?)
    }

    /// Looks again at which photos an event names.
    pub(super) fn look(&self, keep: &Keep) {
        let own = keep.own.borrow();
        let events = own.iter().filter_map(|own| own.event.as_ref());
        let named: BTreeSet<String> = events.flat_map(names).collect();
        if *self.named.read_untracked() != named {
            self.named.set(named);
        }
    }

    /// Added, and in no event yet: they go with the next one. Tracked.
    pub fn loose(&self, record: &RecordId) -> Vec<KeptPhoto> {
        let owner = self.keep.get_value().owner();
        let list = self.list.read();
        let of = list.iter().filter(|note| note.record == *record && !self.is_named(note));
        of.filter(|note| note.owner == owner || note.owner == super::keep::NOBODY).cloned().collect()
    }

    fn is_named(&self, note: &KeptPhoto) -> bool {
        note.sent
            || note.taken.is_some()
            || note.photo().is_some_and(|photo| self.named.read().contains(&name(&note.record, &photo)))
    }

    /// Saved with an event and not at the service yet. Tracked.
    pub fn waiting(&self) -> Vec<KeptPhoto> {
        let list = self.list.read();
        list.iter().filter(|note| !note.sent && !note.refused && self.is_named(note)).cloned().collect()
    }

    /// The service will not take these. Tracked.
    pub fn refused(&self) -> Vec<KeptPhoto> {
        self.list.read().iter().filter(|note| note.refused).cloned().collect()
    }

    /// Makes each chosen picture small and keeps it here. Resolves when they are on the disk.
    /// # Errors  In words; what was written so far stays.
    pub async fn add(&self, record: &RecordId, event: ev::Event) -> Result<(), Problem> {
        for file in picture::chosen(&event) {
            if untrack(|| self.loose(record)).len() >= photo::MOST {
                return Err(Problem::new(format!(
                    "You can add up to {} photos. Remove one to add another.",
                    photo::MOST
                )));
            }
            self.add_one(record, &file).await?;
        }
        Ok(())
    }

    async fn add_one(&self, record: &RecordId, file: &wasm_bindgen::JsValue) -> Result<(), Problem> {
        let small = picture::make_small(file, photo::MOST_BYTES as usize, photo::MOST_THUMB_BYTES as usize);
        let small = small.await.map_err(|_| {
            Problem::new(
                "This file could not be read as a photo. Take another one, or go on without it. Your answers are kept.",
            )
        })?;
        let about = Photo {
            sha256: Hash::of(&[&small.full]).to_string(),
            bytes: small.full.len() as u64,
            w: small.w,
            h: small.h,
            thumb: Hash::of(&[&small.thumb]).to_string(),
            thumb_bytes: small.thumb.len() as u64,
        };
        let is_here = |note: &KeptPhoto| note.photo().is_some_and(|photo| photo.sha256 == about.sha256);
        if untrack(|| self.loose(record)).iter().any(is_here) {
            return Ok(());
        }
        let keep = self.keep.get_value();
        let note = KeptPhoto {
            id: ids::new_id(),
            record: record.clone(),
            owner: keep.owner(),
            about: about.to_value(),
            at: clock::now(),
            sent: false,
            refused: false,
            taken: None,
            spare: false,
        };
        let shelf = self.shelf()?;
        shelf.add(&note.key(), &note, &small.full, &small.thumb).await.map_err(no_room)?;
        self.show_thumb(note.key(), &small.thumb);
        self.list.update(|list| list.push(note));
        keep.tell_tabs("photos");
        Ok(())
    }

    pub async fn remove(&self, note: &KeptPhoto) -> Result<(), Problem> {
        self.remove_all(vec![note.key()]).await
    }

    /// What was added beside a report that is not written after all, or goes without photos.
    pub(super) async fn forget_or_say(&self, app: App, record: &RecordId) {
        let keys: Vec<String> = untrack(|| self.loose(record)).iter().map(KeptPhoto::key).collect();
        if !keys.is_empty()
            && let Err(problem) = self.remove_all(keys).await
        {
            app.notices.warn(problem.sentence);
        }
    }

    async fn remove_all(&self, keys: Vec<String>) -> Result<(), Problem> {
        self.shelf()?.remove(&keys).await?;
        self.list.update(|list| list.retain(|note| !keys.contains(&note.key())));
        self.thumbs.update(|thumbs| {
            for key in &keys {
                if let Some(address) = thumbs.remove(key) {
                    picture::let_go(&address);
                }
            }
        });
        self.keep.get_value().tell_tabs("photos");
        Ok(())
    }

    /// The fields of an event with the photos that were added for it.
    pub fn with(&self, record: &RecordId, mut with: Map<String, Value>) -> Map<String, Value> {
        let loose = untrack(|| self.loose(record));
        let photos: Vec<Value> = loose.into_iter().map(|note| note.about).collect();
        if !photos.is_empty() {
            with.insert(photo::FIELD.to_owned(), photos.into());
        }
        with
    }

    /// Address of the small picture of a photo, when it is on this device. Tracked.
    pub fn thumb(&self, sha256: &str) -> Option<String> {
        let key = self.find(sha256)?.key();
        if let Some(address) = self.thumbs.read().get(&key) {
            return Some(address.clone());
        }
        let photos = *self;
        spawn_local(async move {
            let Ok(shelf) = photos.shelf() else { return };
            if let Ok(Some(bytes)) = shelf.bytes(Part::Thumb, &key).await {
                photos.show_thumb(key, &bytes);
            }
        });
        None
    }

    /// Address of the whole photo, when its bytes are still on this device. Let it go after use.
    pub async fn whole(&self, sha256: &str) -> Option<String> {
        let note = untrack(|| self.find(sha256))?;
        let bytes = self.shelf().ok()?.bytes(Part::Full, &note.key()).await.ok()??;
        picture::address(&bytes)
    }

    pub fn let_go(&self, address: &str) {
        picture::let_go(address);
    }

    fn find(&self, sha256: &str) -> Option<KeptPhoto> {
        let list = self.list.read();
        list.iter().find(|note| note.photo().is_some_and(|photo| photo.sha256 == sha256)).cloned()
    }

    fn show_thumb(&self, key: String, bytes: &[u8]) {
        let known = self.thumbs.read_untracked().contains_key(&key);
        if let Some(address) = picture::address(bytes).filter(|_| !known) {
            self.thumbs.update(|thumbs| drop(thumbs.insert(key, address)));
        }
    }

    /// The service will not take it.
    pub(crate) async fn refuse(&self, note: KeptPhoto) -> Result<(), Problem> {
        let note = KeptPhoto { refused: true, ..note };
        self.shelf()?.set_note(&note.key(), &note).await?;
        self.show(note);
        Ok(())
    }

    /// The service has the whole of it. Its bytes stay for a while where there is room.
    pub(crate) async fn delivered(&self, note: KeptPhoto, full: &[u8], taken: Taken) -> Result<(), Problem> {
        let (shelf, key) = (self.shelf()?, note.key());
        let kept = KeptPhoto { sent: true, spare: true, taken: Some(taken), ..note };
        if kept_safe::has_room_to_spare().await {
            match shelf.delivered_and_kept(&key, &kept, full).await {
                Err(StoreError::Full) => {}
                done => {
                    done?;
                    self.show(kept);
                    return Ok(());
                }
            }
        }
        let note = KeptPhoto { spare: false, ..kept };
        shelf.delivered(&key, &note).await?;
        self.show(note);
        Ok(())
    }

    /// The service was restored since it had these, and may have lost them: they wait again. Bytes of long ago go.
    /// `now`: the clock of the service.
    pub(crate) async fn offer_again(&self, round: u64, now: Instant) -> Result<(), Problem> {
        let shelf = self.shelf()?;
        let kept: Vec<KeptPhoto> =
            self.list.read_untracked().iter().filter(|note| note.sent && note.spare).cloned().collect();
        for note in kept {
            let (key, Some(taken)) = (note.key(), note.taken) else { continue };
            let again = KeptPhoto { sent: false, spare: false, ..note.clone() };
            if taken.is_offered_again(round, now) && shelf.take_back(&key, &again).await? {
                self.show(again);
            } else if taken.is_over(now) {
                let note = KeptPhoto { spare: false, ..note };
                shelf.delivered(&key, &note).await?;
                self.show(note);
            }
        }
        Ok(())
    }

    /// What this person added and the service has: they may not see it any more.
    pub(super) async fn forget_sent_of(&self, person: &str) -> Result<(), Problem> {
        let is_it = |note: &&KeptPhoto| note.owner == person && note.sent;
        let keys = self.list.read_untracked().iter().filter(is_it).map(KeptPhoto::key).collect();
        self.remove_all(keys).await
    }

    /// As it is written down now; `None` when it is not here any more.
    pub(crate) async fn again(&self, note: &KeptPhoto) -> Result<Option<KeptPhoto>, Problem> {
        self.load().await?;
        let key = note.key();
        Ok(self.list.read_untracked().iter().find(|known| known.key() == key).cloned())
    }

    fn show(&self, note: KeptPhoto) {
        self.list.update(|list| {
            if let Some(known) = list.iter_mut().find(|known| known.key() == note.key()) {
                *known = note;
            }
        });
    }

    pub(crate) fn shelf(&self) -> Result<PhotoShelf, Problem> {
        let opened = self.keep.get_value().opened()?;
        Ok(PhotoShelf::new(opened.store, opened.ring))
    }
}

/// The photos of an event, each with the place where it was added: an action, or the record.
fn names(event: &Event) -> Vec<String> {
    let place = event.text("action").or(event.record.as_deref()).unwrap_or_default();
    photo::of(event).iter().map(|photo| name(place, photo)).collect()
}

/// The same picture may be added to two reports.
fn name(place: &str, photo: &Photo) -> String {
    format!("{place}/{}", photo.sha256)
}

/// The words are on the disk already: only the photo has no room.
fn no_room(error: StoreError) -> Problem {
    match error {
        StoreError::Full => Problem::new(
            "This phone has no room for the photo. Your words are kept. Delete photos or apps you do not need, or go on without it.",
        ),
        StoreError::Damaged(_) => Problem::new(
            "An older window of Noticed is open, so photos cannot be kept now. Your words are kept. Close all windows, then try again.",
        ),
        error => error.into(),
    }
}

impl App {
    /// Deletes a draft, and the photos that were added to it.
    pub async fn delete_draft(&self, id: &str) -> Result<(), Problem> {
        let record = untrack(|| self.drafts.get(id)).map(|draft| draft.record);
        self.drafts.remove(id).await?;
        if let Some(record) = record.filter(|record| !untrack(|| self.is_saved(record))) {
            self.photos.forget_or_say(*self, &record).await;
        }
        Ok(())
    }

    /// Where the service shows a picture of a record. None before this device has joined.
    pub fn photo_address(&self, record: &str, sha256: &str) -> Option<String> {
        let device = self.session.read().device()?.id.clone();
        Some(format!("/v1/blob/{sha256}?record={record}&device={device}"))
    }
}
