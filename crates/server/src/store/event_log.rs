//! The log of one provider as `sync` promises it, on the same tables and statements as a push.

use super::{EventRow, Store, StoreError, Tenant};
use crate::clock::{micros, real_now};
use domain::ids::DeviceId;
use sync::{Appended, Entry, EventLog, Head, LogError, Stored};

pub struct TenantLog {
    store: Store,
    tenant: Tenant,
}

impl TenantLog {
    pub fn new(store: Store, tenant: Tenant) -> Self {
        Self { store, tenant }
    }
}

impl EventLog for TenantLog {
    async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Appended>, LogError> {
        let mut writing = self.store.write(&self.tenant).await.map_err(failed)?;
        let mut head = writing.log_head().await.map_err(failed)?;
        let mut answers = Vec::with_capacity(entries.len());
        for entry in entries {
            let known = writing.events_at(&entry.device, entry.epoch, entry.dseq).await.map_err(failed)?;
            if let Some((seq, _)) = known.iter().find(|(_, hash)| *hash == entry.hash) {
                answers.push(Appended::Duplicate { seq: *seq });
                continue;
            }
            let mut row = EventRow {
                seq: head.seq + 1,
                device: entry.device.to_string(),
                epoch: entry.epoch,
                dseq: entry.dseq,
                hash: entry.hash,
                signed: entry.signed,
                received_at: micros(real_now()),
                note: entry.note,
                chain: head.chain,
                deliveries: 1,
            };
            row.chain = row.chained(head.chain);
            head.seq = row.seq;
            head.chain = row.chain;
            let seq = row.seq;
            writing.append(vec![row]).await.map_err(failed)?;
            answers.push(if known.is_empty() { Appended::New { seq } } else { Appended::Fork { seq } });
        }
        writing.move_head(head).await.map_err(failed)?;
        writing.commit().await.map_err(failed)?;
        Ok(answers)
    }

    async fn read(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let reading = self.store.read(&self.tenant);
        let rows = reading.events(after, limit).await.map_err(failed)?;
        Ok(rows.into_iter().map(stored).collect())
    }

    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
        let last = self.store.read(&self.tenant).last_of(device, epoch).await.map_err(failed)?;
        Ok(last.map(|(dseq, hash)| Head { dseq, hash }))
    }
}

fn stored(row: EventRow) -> Stored {
    let EventRow { seq, device, epoch, dseq, hash, signed, note, .. } = row;
    Stored { seq, entry: Entry { device: DeviceId::new(device), epoch, dseq, hash, signed, note } }
}

fn failed(error: StoreError) -> LogError {
    match error {
        StoreError::Full => LogError::Full,
        StoreError::Busy => LogError::Unavailable(error.to_string()),
        StoreError::Damaged(what) => LogError::Damaged(what),
        other => LogError::Failed(other.to_string()),
    }
}
