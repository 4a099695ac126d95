//! What waits on this phone, and when something was sent last, in words.

use super::{App, Letters, Photos, keep::Keep};
use crate::text::common::{clock, count};
use domain::{
    ids::{EventId, RecordId},
    time::Instant,
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct SyncStatus {
    /// Only on this phone, reports without a name included.
    pub waiting: Signal<usize>,
    /// Photos of what was sent that are still only on this phone.
    pub photos: Signal<usize>,
    pub items: RwSignal<Vec<Waiting>>,
    pub last_sent: RwSignal<Option<Instant>>,
    pub state: RwSignal<Contact>,
    /// The service no longer knows who is signed in here. Unlike `state` it stays through every try to send, until it
    /// lets somebody read again.
    pub session_ended: RwSignal<bool>,
    /// The first pull has not brought everything yet: show no totals.
    pub filling: RwSignal<bool>,
}

/// One thing that is only on this phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub event: EventId,
    pub record: Option<RecordId>,
    pub verb: String,
    pub written_at: Instant,
    /// Why it still waits, as one sentence; nothing while it only waits for its turn.
    pub why: Option<&'static str>,
    /// It failed many times over a day: offer the rescue file.
    pub stuck: bool,
}

/// What waits for longer than this is said on every page.
const LONG_HOURS: i64 = 12;
/// And after this it may go by hand, in a rescue file.
const BY_HAND_HOURS: i64 = 24;

impl App {
    /// Since when something is only on this phone, once that is too long. Tracked.
    pub fn waits_too_long(&self) -> Option<Instant> {
        let (items, letters) = (self.sync.items.read(), self.letters.waiting());
        let letters = letters.iter().map(|letter| letter.written_at);
        let oldest = items.iter().map(|item| item.written_at).chain(letters).min()?;
        let is_stuck = items.iter().any(|item| item.stuck);
        (is_stuck || (self.now.get() - oldest).num_hours() >= LONG_HOURS).then_some(oldest)
    }

    /// Waiting since then is so long that a file is the surer way. Tracked.
    pub fn should_go_by_hand(&self, since: Instant) -> bool {
        let is_stuck = self.sync.items.read().iter().any(|item| item.stuck);
        is_stuck || (self.now.get() - since).num_hours() >= BY_HAND_HOURS
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Contact {
    #[default]
    Resting,
    Sending,
    NoSignal,
    SignInNeeded,
    /// One sentence.
    Trouble(String),
}

impl SyncStatus {
    pub(super) fn new(letters: Letters, photos: Photos) -> Self {
        let items = RwSignal::new(Vec::new());
        Self {
            waiting: Signal::derive(move || items.read().len() + letters.waiting().len()),
            photos: Signal::derive(move || photos.waiting().len()),
            items,
            last_sent: RwSignal::default(),
            state: RwSignal::default(),
            session_ended: RwSignal::default(),
            filling: RwSignal::default(),
        }
    }

    /// What the service answered to somebody who wanted to read.
    pub(crate) fn set_session_ended(&self, ended: bool) {
        self.session_ended.maybe_update(|known| std::mem::replace(known, ended) != ended);
    }

    /// Signing in would help now: the session is over, and there is signal. Tracked.
    pub fn asks_for_sign_in(&self) -> bool {
        self.session_ended.get() && *self.state.read() != Contact::NoSignal
    }

    /// Tells pages only of a change: what somebody reads there is not made again after every pull.
    pub fn set_filling(&self, filling: bool) {
        self.filling.maybe_update(|known| std::mem::replace(known, filling) != filling);
    }

    /// "2 waiting to send, last sent 2:05pm", "Words sent, 2 photos to go", "All sent", "All sent, not up to date".
    pub fn words(&self) -> String {
        let waiting = self.waiting.get();
        let photos = self.photos.get();
        match (waiting, self.last_sent.get()) {
            (0, _) if photos > 0 => format!("Words sent, {} to go", count(photos, "photo", "photos")),
            (0, _) if matches!(*self.state.read(), Contact::Trouble(_)) => "All sent, not up to date".into(),
            (0, _) => "All sent".into(),
            (_, None) => format!("{waiting} waiting to send"),
            (_, Some(at)) => format!("{waiting} waiting to send, last sent {}", clock(at)),
        }
    }

    /// For the sync line: `sent`, `waiting`, `sending`, `offline` or `problem`.
    pub fn code(&self) -> &'static str {
        match &*self.state.read() {
            Contact::Sending => "sending",
            Contact::NoSignal => "offline",
            Contact::SignInNeeded | Contact::Trouble(_) => "problem",
            Contact::Resting if self.waiting.get() > 0 || self.photos.get() > 0 => "waiting",
            Contact::Resting => "sent",
        }
    }

    /// One sentence about the contact with the service.
    pub fn explain(&self) -> String {
        match &*self.state.read() {
            Contact::Sending => "Sending now.".into(),
            Contact::NoSignal => {
                "There is no connection. Everything is kept on this device and is sent when there is signal."
                    .into()
            }
            Contact::SignInNeeded => {
                "Sign in again to send and to see what is new. Everything is kept on this device.".into()
            }
            Contact::Trouble(why) => why.clone(),
            Contact::Resting => match self.waiting.get() {
                0 if self.photos.get() > 0 => "The words are sent. Photos go last.".into(),
                0 => "Everything is sent.".into(),
                waiting => format!("{} on this device only.", count(waiting, "entry is", "entries are")),
            },
        }
    }

    /// Shows what waits now.
    pub(crate) fn look(&self, keep: &Keep) {
        let now = crate::browser::clock::now();
        let outbox = keep.outbox.borrow();
        let own = keep.own.borrow();
        let waiting = outbox.items().iter().filter_map(|item| {
            let event = own.iter().find(|own| own.entry.hash == item.hash)?.event.as_ref()?;
            let why = match item.trouble.failures {
                0 => None,
                _ if item.trouble.offers_rescue(now) => Some(
                    "The service did not take it for a long time. Save it as a file, and give that to your manager.",
                ),
                _ => Some("The service did not take it yet. It is tried again by itself."),
            };
            Some(Waiting {
                event: event.id.clone(),
                record: event.record.clone(),
                verb: event.verb.clone(),
                written_at: event.device_time,
                why,
                stuck: item.trouble.offers_rescue(now),
            })
        });
        self.items.set(waiting.collect());
    }
}
