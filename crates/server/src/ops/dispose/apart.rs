//! Entries beside the log that are about a record: those that wait for an earlier one, and those that were set apart,
//! also where they cannot be read.

use crate::{
    log::{
        gone::{about, left_of},
        quarantine::Reason,
    },
    photos::named,
    store::{Reading, StoreError},
};
use domain::ids::RecordId;
use std::collections::{BTreeMap, BTreeSet};
use sync::Hash;

const PAGE: u32 = 500;

/// The entries of one record, each once, whatever the reasons for which it was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart(BTreeMap<Hash, String>);

impl Apart {
    /// Of each of these records. What is left of an entry tells no record, and is not found again.
    pub async fn of(
        reading: &Reading<'_>,
        records: impl Iterator<Item = RecordId>,
    ) -> Result<BTreeMap<RecordId, Apart>, StoreError> {
        let mut found: BTreeMap<RecordId, Apart> = records.map(|record| (record, Apart::default())).collect();
        if found.is_empty() {
            return Ok(found);
        }
        let mut add = |hash: Hash, bytes: String| {
            if let Some(record) = about(&found, &bytes).map(|(record, _)| record.clone())
                && let Some(apart) = found.get_mut(&record)
            {
                apart.0.insert(hash, bytes);
            }
        };
        reading.held().await?.into_iter().for_each(|row| add(row.hash, row.signed.bytes));
        for number in 0.. {
            let rows = reading.quarantined(Reason::UNPROVEN.map(Reason::code), PAGE, number * PAGE).await?;
            let is_last = rows.len() < PAGE as usize;
            rows.into_iter().for_each(|row| add(row.hash, row.signed.bytes));
            if is_last {
                break;
            }
        }
        Ok(found)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Without their words: enough for the next entry of the device to follow.
    pub fn left(&self, disposal: &str) -> impl Iterator<Item = (Hash, String)> {
        self.0.iter().map(move |(hash, bytes)| (*hash, left_of(bytes, disposal)))
    }

    pub fn photos(&self) -> BTreeSet<Hash> {
        self.0.values().flat_map(|bytes| named::in_bytes(bytes)).collect()
    }
}
