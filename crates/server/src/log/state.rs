//! One provider in memory: the register folded from its log, and what a push needs to know at once.
//! Rebuilt from the database at start; changed only together with it, see `hub`.

use super::{
    gone::{self, Gone},
    scope::Scopes,
};
use crate::{
    directory::entries,
    store::{EventRow, LogHead, Reading, StoreError, place_in},
};
use chrono::NaiveDate;
use domain::{
    directory::Directory,
    event::{Author, Event, Judgement, Outcome, Received, WordsGone},
    ids::{DeviceId, EventId, RecordId, StaffId},
    record::Record,
    register::Register,
    sight::Viewer,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use sync::{Envelope, EnvelopeError, Hash, log::Head};

/// What the log writes as the device of a letter without a name.
pub const NO_DEVICE: &str = "anonymous";
/// Rows read from the database at a time.
const PAGE: u32 = 1_000;

pub struct State {
    pub register: Register,
    pub directory_version: u64,
    /// Of the rows that this was read from; nothing before the first time.
    revision: Option<u64>,
    pub head: LogHead,
    /// Every row in order; row n stands at n - 1.
    log: Vec<Arc<Received>>,
    /// Of each row, in the same order: the hash of its frozen bytes, and the hash over all rows up to it.
    marks: Vec<(Hash, Hash)>,
    /// Where each event stands in the log.
    places: HashMap<Hash, u64>,
    /// How far the chain of each device and epoch was taken.
    chains: HashMap<DeviceId, BTreeMap<u32, Head>>,
    /// Devices with events that wait for an earlier one.
    waiting: BTreeSet<DeviceId>,
    /// Records as they were before other people could see them.
    earlier: BTreeMap<RecordId, Vec<Before>>,
    /// What was set aside about records whose report has not arrived.
    strays: BTreeMap<RecordId, Vec<Arc<Received>>>,
    /// How many rows were disposed of: devices start again when this changes.
    pub disposed: usize,
    pub gone: Gone,
    /// What was worked out for those who read, while nothing changes.
    pub scopes: Scopes,
    /// Differs from the database until the change is committed.
    dirty: bool,
}

impl State {
    /// A provider of which nothing is known yet.
    pub fn empty() -> State {
        State {
            register: Register::new(Arc::default()),
            directory_version: 0,
            revision: None,
            head: LogHead { seq: 0, chain: Hash::ZERO },
            log: Vec::new(),
            marks: Vec::new(),
            places: HashMap::new(),
            chains: HashMap::new(),
            waiting: BTreeSet::new(),
            earlier: BTreeMap::new(),
            strays: BTreeMap::new(),
            disposed: 0,
            gone: Gone::default(),
            scopes: Scopes::default(),
            dirty: false,
        }
    }

    /// All of it, read anew.
    pub async fn load(reading: &Reading<'_>) -> Result<State, StoreError> {
        let mut state = State::empty();
        state.catch_up(reading).await?;
        Ok(state)
    }

    /// Takes from the database what is not known yet. `reading` sees one moment.
    /// # Errors  `Damaged` also when the database does not go on from what is known.
    pub async fn catch_up(&mut self, reading: &Reading<'_>) -> Result<(), StoreError> {
        let version = reading.directory_version().await?;
        if self.revision.is_none() || self.directory_version != version {
            let directory = entries::assemble(&reading.directory_entries().await?)?;
            self.set_directory(directory, version);
        }
        let disposed = reading.disposed().await?;
        let known = self.head.seq;
        if known > 0 && disposed.len() != self.disposed {
            return Err(StoreError::Damaged("rows that are known were disposed of".into()));
        }
        self.disposed = disposed.len();
        let disposals = reading.disposals().await?;
        let told = gone::told(&disposals);
        self.gone = Gone::of(disposals);
        loop {
            let rows = reading.events(self.head.seq, PAGE).await?;
            let is_last = rows.len() < PAGE as usize;
            rows.into_iter().try_for_each(|row| {
                let words_gone = disposed.get(&row.seq).map(|row| told.get(&row.disposal).copied());
                self.replay(row, words_gone)
            })?;
            if is_last {
                break;
            }
        }
        if self.head != reading.log_head().await? {
            return Err(StoreError::Damaged("the log does not end where it should".into()));
        }
        if known > 0 {
            for (seq, times) in reading.delivered_more_than_once().await? {
                self.set_deliveries(seq, times);
            }
        }
        for head in reading.chain_heads().await? {
            self.set_chain(&head.device.into(), head.epoch, Head { dseq: head.dseq, hash: head.hash });
        }
        self.waiting = reading.held().await?.into_iter().map(|row| row.device.into()).collect();
        self.is_saved(reading.revision().await?);
        Ok(())
    }

    /// Everything up to the moment that `reading` sees; read anew where the database does not go on from what is
    /// known, because words were disposed of or a copy was put back.
    pub async fn caught_up(mut self, reading: &Reading<'_>) -> Result<State, StoreError> {
        match self.catch_up(reading).await {
            Err(StoreError::Damaged(_)) if self.head.seq > 0 => State::load(reading).await,
            caught_up => caught_up.map(|()| self),
        }
    }

    pub fn directory(&self) -> &Directory {
        self.register.directory()
    }

    /// Somebody who looks, on a London date.
    pub fn viewer<'a>(&'a self, staff: &'a StaffId, date: NaiveDate) -> Viewer<'a> {
        Viewer { staff, directory: self.directory(), date }
    }

    pub fn set_directory(&mut self, directory: Directory, version: u64) {
        self.dirty = true;
        self.register.set_directory(Arc::new(directory));
        self.directory_version = version;
    }

    /// Rows after a place, in order.
    pub fn rows_after(&self, seq: u64) -> &[Arc<Received>] {
        let from = usize::try_from(seq).unwrap_or(usize::MAX).min(self.log.len());
        &self.log[from..]
    }

    pub fn place_of(&self, hash: &Hash) -> Option<u64> {
        self.places.get(hash).copied()
    }

    /// The hash of the frozen bytes of a row.
    pub fn hash(&self, seq: u64) -> Option<Hash> {
        self.mark(seq).map(|(hash, _)| hash)
    }

    /// The hash over all rows up to this one.
    pub fn chain_at(&self, seq: u64) -> Option<Hash> {
        self.mark(seq).map(|(_, chain)| chain)
    }

    fn mark(&self, seq: u64) -> Option<(Hash, Hash)> {
        self.marks.get(usize::try_from(seq).ok()?.checked_sub(1)?).copied()
    }

    pub fn row(&self, seq: u64) -> Option<&Arc<Received>> {
        self.log.get(usize::try_from(seq).ok()?.checked_sub(1)?)
    }

    /// Takes the next row: number, register, log.
    pub fn take(&mut self, row: &EventRow, received: Received) {
        self.dirty = true;
        self.head = LogHead { seq: row.seq, chain: row.chain };
        let place = if row.device == NO_DEVICE { letter_place(&received.event.id) } else { row.hash };
        self.places.insert(place, row.seq);
        self.marks.push((row.hash, row.chain));
        self.fold(Arc::new(received));
    }

    /// The same bytes arrived once more; answers the judgement as it now reads.
    pub fn delivered_again(&mut self, seq: u64) -> Option<Judgement> {
        let times = self.row(seq)?.judgement.deliveries.saturating_add(1);
        self.set_deliveries(seq, times)
    }

    fn set_deliveries(&mut self, seq: u64, times: u32) -> Option<Judgement> {
        self.dirty = true;
        let row = self.log.get_mut(usize::try_from(seq).ok()?.checked_sub(1)?)?;
        if row.judgement.deliveries != times {
            let mut received = Received::clone(row);
            received.judgement.deliveries = times;
            *row = Arc::new(received);
        }
        Some(row.judgement.clone())
    }

    pub fn chain_of(&self, device: &DeviceId, epoch: u32) -> Option<Head> {
        self.chains.get(device)?.get(&epoch).copied()
    }

    pub fn set_chain(&mut self, device: &DeviceId, epoch: u32, head: Head) {
        self.dirty = true;
        match self.chains.get_mut(device) {
            Some(epochs) => drop(epochs.insert(epoch, head)),
            None => drop(self.chains.insert(device.clone(), [(epoch, head)].into())),
        }
    }

    pub fn is_waiting(&self, device: &DeviceId) -> bool {
        self.waiting.contains(device)
    }

    pub fn set_waiting(&mut self, device: DeviceId) {
        self.dirty = true;
        self.waiting.insert(device);
    }

    pub fn clear_waiting(&mut self, device: &DeviceId) {
        self.dirty = true;
        self.waiting.remove(device);
    }

    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The database has all of this now.
    pub fn is_saved(&mut self, revision: u64) {
        self.dirty = false;
        self.revision = Some(revision);
    }

    /// Does it know everything up to this revision?
    pub fn knows(&self, revision: u64) -> bool {
        self.revision.is_some_and(|known| known >= revision)
    }

    /// Is it of exactly this revision?
    pub fn is_of(&self, revision: u64) -> bool {
        self.revision == Some(revision)
    }

    /// Records that came into this viewer's sight, or went out of it, and which of the two it was last.
    pub fn changed_views<'a>(&'a self, viewer: &'a Viewer<'_>) -> impl Iterator<Item = (&'a RecordId, bool)> {
        self.earlier.iter().filter_map(move |(id, before)| {
            let sees = viewer.sees(self.register.record(id)?);
            before.iter().any(|before| before.looked_different(viewer, sees)).then_some((id, sees))
        })
    }

    /// `words_gone`: of a row that was disposed of, what is known about that.
    fn replay(&mut self, row: EventRow, words_gone: Option<Option<WordsGone>>) -> Result<(), StoreError> {
        let seq = row.seq;
        if row.chained(self.head.chain) != row.chain || seq != self.head.seq + 1 {
            tracing::error!(seq, "the log was changed since it was written");
        }
        let damaged = |what: String| StoreError::Damaged(format!("event {seq}: {what}"));
        let note = row.note.as_deref().unwrap_or_default();
        let mut judgement: Judgement =
            serde_json::from_str(note).map_err(|error| damaged(place_in(&error)))?;
        judgement.deliveries = row.deliveries;
        judgement.words_gone = words_gone.flatten();
        let event =
            if words_gone.is_some() { what_is_left(&row) } else { event_of(&row) }.map_err(damaged)?;
        self.take(&row, Received { event, judgement });
        Ok(())
    }

    fn fold(&mut self, received: Arc<Received>) {
        let Some(id) = received.event.record.clone() else {
            self.register.take(received.clone());
            self.log.push(received);
            return;
        };
        let before = may_move(&received.event).then(|| self.register.shared_record(&id)).flatten();
        let was_known = self.register.record(&id).is_some();
        if !was_known && received.judgement.result == Outcome::SetAside {
            self.strays.entry(id.clone()).or_default().push(received.clone());
        }
        self.register.take(received.clone());
        self.log.push(received);
        let is_new = !was_known && self.register.record(&id).is_some();
        let strays = if is_new { self.strays.remove(&id) } else { None };
        if let Some(before) = strays.map(Before::Strays).or(before.map(Before::Record)) {
            self.earlier.entry(id).or_default().push(before);
        }
    }
}

/// What people could look at before an event that changed who sees it.
enum Before {
    Record(Arc<Record>),
    /// Events that were set aside because the record was not known yet.
    Strays(Vec<Arc<Received>>),
}

impl Before {
    /// Did this viewer see less of it, or more, than somebody who `sees` the record now, or does not?
    fn looked_different(&self, viewer: &Viewer<'_>, sees: bool) -> bool {
        match self {
            Before::Record(record) => viewer.sees(record) != sees,
            // Who saw one as its author missed the others; who sees nothing now has to let go of it.
            Before::Strays(strays) => sees || strays.iter().any(|stray| viewer.sees_stray(&stray.event)),
        }
    }
}

/// Can other people see the record after this event than before? Its category or the owner of an action changes.
fn may_move(event: &Event) -> bool {
    let category =
        event.with.get("changes").and_then(Value::as_object).map(|changes| changes.contains_key("category"));
    category.unwrap_or(false) || event.with.contains_key("owner")
}

/// A letter that arrives again has other bytes: where it stands in the log is found by its id.
pub fn letter_place(id: &EventId) -> Hash {
    Hash::of(&[b"nm.letter.place.v1\0", id.as_bytes()])
}

/// Of a row that was disposed of: the event without anything that tells a name.
fn what_is_left(row: &EventRow) -> Result<Event, String> {
    serde_json::from_str(&row.signed.bytes).map_err(|error| place_in(&error))
}

/// A device's event from its envelope; a letter without a name is stored as the event itself.
fn event_of(row: &EventRow) -> Result<Event, String> {
    if row.device == NO_DEVICE {
        let event: Event = serde_json::from_str(&row.signed.bytes).map_err(|error| place_in(&error))?;
        return if event.by == Author::Anonymous { Ok(event) } else { Err("a letter with a name".into()) };
    }
    let bytes = row.signed.bytes.as_str();
    match Envelope::open(bytes) {
        Ok(envelope) => Ok(envelope.event()),
        Err(EnvelopeError::Unreadable(_)) => {
            let error = serde_json::from_str::<Envelope>(bytes).err();
            Err(error.as_ref().map_or_else(|| "it cannot be read".into(), place_in))
        }
        Err(error) => Err(error.to_string()),
    }
}
