//! The event log that forgets when the program ends: the model that real stores are compared with.

use crate::{
    hash::Hash,
    log::{Appended, Entry, EventLog, Head, LogError, Stored},
};
use domain::ids::DeviceId;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

/// Clones are handles on the same log.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    rows: Arc<Mutex<Rows>>,
}

#[derive(Clone, Debug, Default)]
struct Rows {
    stored: Vec<Stored>,
    /// Device, epoch, `dseq` -> every event that claims this place, first come first.
    places: BTreeMap<(DeviceId, u32, u64), Vec<(Hash, u64)>>,
}

impl EventLog for Memory {
    async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Appended>, LogError> {
        let mut rows = self.rows()?;
        Ok(entries.into_iter().map(|entry| rows.append(entry)).collect())
    }

    async fn read(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.rows()?.stored.iter().skip(skip).take(limit).cloned().collect())
    }

    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
        let rows = self.rows()?;
        let mut of_device = rows.places.range((device.clone(), epoch, 0)..=(device.clone(), epoch, u64::MAX));
        let last = of_device.next_back().and_then(|((_, _, dseq), events)| Some((*dseq, events.first()?)));
        Ok(last.map(|(dseq, (hash, _))| Head { dseq, hash: *hash }))
    }
}

impl Memory {
    fn rows(&self) -> Result<MutexGuard<'_, Rows>, LogError> {
        self.rows.lock().map_err(|_| LogError::Damaged("a write ended half way".to_owned()))
    }
}

impl Rows {
    fn append(&mut self, entry: Entry) -> Appended {
        let seq = self.stored.len() as u64 + 1;
        let place = self.places.entry((entry.device.clone(), entry.epoch, entry.dseq)).or_default();
        if let Some((_, seq)) = place.iter().find(|(hash, _)| *hash == entry.hash) {
            return Appended::Duplicate { seq: *seq };
        }
        let forked = !place.is_empty();
        place.push((entry.hash, seq));
        self.stored.push(Stored { seq, entry });
        if forked { Appended::Fork { seq } } else { Appended::New { seq } }
    }
}
