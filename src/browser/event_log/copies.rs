//! The second copies of unsent events: made and taken away with their events, and put back when the database lost some.

use super::{OwnLog, row};
use crate::browser::{
    js,
    store::{Op, StoreError, every, schema},
};
use domain::ids::DeviceId;
use std::collections::BTreeSet;
use sync::Stored;
use wasm_bindgen::JsValue;

impl OwnLog {
    /// Puts back what the second copy has and the database has lost, in the order written. Gives how many.
    pub async fn mend(&self) -> Result<usize, StoreError> {
        let mut copies = self.copy.all().await;
        if copies.is_empty() {
            return Ok(0);
        }
        let rows = self.store.rows(schema::EVENT, every(), u32::MAX).await?;
        let here: BTreeSet<_> = rows.iter().filter_map(|(_, value)| js::text(value, "hash")).collect();
        copies.retain(|copy| js::text(copy, "hash").is_some_and(|hash| !here.contains(&hash)));
        // What was sealed with a key that is gone stays where it is.
        let rows = copies.into_iter().map(|copy| (JsValue::from(0), copy)).collect::<Vec<_>>();
        let opened = self.opened(rows.clone()).await;
        let mut found: Vec<(String, Stored)> = rows
            .iter()
            .zip(opened)
            .filter_map(|((_, copy), opened)| Some((js::text(copy, "slot")?, opened?)))
            .collect();
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        // Sealed anew: the key of before may be at hand only now.
        let sealed = self.sealed(found.iter().map(|(_, stored)| &stored.entry)).await?;
        let mut copies = Vec::with_capacity(found.len());
        for ((slot, Stored { entry, .. }), sealed) in found.iter().zip(sealed) {
            let add = |value: &JsValue| [Op::Add { part: schema::EVENT, value: value.clone() }];
            let value = row(entry, slot, sealed);
            if self.store.write(&add(&value)).await == Err(StoreError::Taken) {
                // The place was used again meanwhile: both are kept.
                let place = slot.rsplit_once('/').map_or("", |(place, _)| place);
                js::set(&value, "slot", &format!("{place}/1").into());
                self.store.write(&add(&value)).await?;
            }
            copies.push((entry.hash.to_string(), js::as_json(&value)));
        }
        let restored = copies.len();
        self.copy.put(copies);
        Ok(restored)
    }

    /// Second copies of which the database has nothing: after `mend`, those whose key is not at hand.
    pub async fn locked_copies(&self) -> Result<usize, StoreError> {
        let copies = self.copy.all().await;
        let rows = self.store.rows(schema::EVENT, every(), u32::MAX).await?;
        let here: BTreeSet<_> = rows.iter().filter_map(|(_, value)| js::text(value, "hash")).collect();
        let is_away = |copy: &&JsValue| js::text(copy, "hash").is_some_and(|hash| !here.contains(&hash));
        Ok(copies.iter().filter(is_away).count())
    }

    /// The numbers of a chain that are here, also where nobody can read them now. A second copy that did not open when
    /// all keys were at hand is not one of them.
    pub async fn places(&self, device: &DeviceId, epoch: u32) -> Result<BTreeSet<u64>, StoreError> {
        let chain = format!("{device}/{epoch}/");
        let rows = self.store.rows(schema::EVENT, every(), u32::MAX).await?;
        let number = |value: &JsValue| {
            let slot = js::text(value, "slot")?;
            slot.strip_prefix(&chain)?.split_once('/')?.0.parse().ok()
        };
        Ok(rows.iter().map(|(_, value)| value).filter_map(number).collect())
    }

    /// A copy of each event that waits, and none of those that are settled.
    pub async fn match_copies(
        &self,
        waiting: &BTreeSet<String>,
        settled: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let hash = |value: &JsValue| js::text(value, "hash");
        let copied: BTreeSet<_> = self.copy.all().await.iter().filter_map(hash).collect();
        self.copy.forget(copied.intersection(settled).cloned().collect());
        if waiting.is_subset(&copied) {
            return Ok(());
        }
        let rows = self.store.rows(schema::EVENT, every(), u32::MAX).await?;
        let rows = rows.iter().filter_map(|(_, value)| Some((hash(value)?, js::as_json(value))));
        self.copy.put(rows.filter(|(hash, _)| waiting.contains(hash) && !copied.contains(hash)).collect());
        Ok(())
    }

    /// The receipts of these are written down: their second copies have done their duty.
    pub fn drop_copies(&self, hashes: Vec<String>) {
        self.copy.forget(hashes);
    }
}
