//! What the server holds, read from its store beside its back, and the promises about it that hold after each step:
//! the order has no gap, what was there stays there, nothing is there twice.

use crate::service::{Kept, Service};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use sync::Hash;

#[derive(Default)]
pub struct Truth {
    /// The server was put back at least once: an old receipt may speak of what is gone for now.
    pub was_restored: bool,
    providers: BTreeMap<String, Provider>,
}

#[derive(Default)]
pub struct Provider {
    pub kept: Kept,
    places: BTreeMap<Hash, u64>,
    events: BTreeSet<String>,
    aside: BTreeSet<Hash>,
}

impl Truth {
    /// Reads what came; `restored`: everything anew, because the server is another one now.
    /// Gives what is wrong.
    pub fn look(&mut self, service: &Service, restored: bool) -> Result<Vec<String>> {
        if restored {
            self.providers.clear();
            self.was_restored = true;
        }
        let known = |tenant: &str| self.providers.get(tenant).map_or(0, Provider::last);
        let fresh = service.kept(&known)?;
        let mut wrong = Vec::new();
        for (tenant, kept) in fresh {
            self.providers.entry(tenant).or_default().take(kept, &mut wrong);
        }
        Ok(wrong)
    }

    pub fn of(&self, tenant: &str) -> Option<&Provider> {
        self.providers.get(tenant)
    }

    /// The bytes are durable, in whatever place.
    pub fn holds(&self, tenant: &str, hash: Hash) -> bool {
        self.of(tenant).is_some_and(|provider| provider.holds(hash))
    }
}

impl Provider {
    fn last(&self) -> u64 {
        self.kept.rows.last().map_or(0, |row| row.seq)
    }

    pub fn holds(&self, hash: Hash) -> bool {
        self.places.contains_key(&hash) || self.aside.contains(&hash)
    }

    pub fn bytes(&self, hash: Hash) -> Option<&str> {
        let seq = self.places.get(&hash)?;
        let row = usize::try_from(seq - 1).ok().and_then(|place| self.kept.rows.get(place))?;
        Some(&row.bytes)
    }

    fn take(&mut self, fresh: Kept, wrong: &mut Vec<String>) {
        for row in fresh.rows {
            if row.seq != self.last() + 1 {
                wrong.push(format!("I5: row {} follows row {}", row.seq, self.last()));
            }
            if Hash::of_event(&row.bytes) != row.hash {
                wrong.push(format!("I3: the bytes of row {} are not those of its hash", row.seq));
            }
            if self.places.insert(row.hash, row.seq).is_some() {
                wrong.push(format!("I4: row {} is there twice", row.seq));
            }
            if !row.event.is_empty() && !self.events.insert(row.event.clone()) {
                wrong.push(format!("I4: event {} is there twice", row.event));
            }
            self.kept.rows.push(row);
        }
        // Held rows are released in order; what is quarantined stays.
        let aside: BTreeSet<Hash> = fresh.quarantined.iter().map(|(hash, _)| *hash).collect();
        for (hash, reason) in &self.kept.quarantined {
            if !aside.contains(hash) {
                wrong.push(format!("I3: {hash}, quarantined for {reason}, is gone"));
            }
        }
        self.aside = aside.into_iter().chain(fresh.held.iter().copied()).collect();
        for hash in &self.kept.held {
            if !self.holds(*hash) {
                wrong.push(format!("I3: {hash}, held, is gone"));
            }
        }
        self.kept.held = fresh.held;
        self.kept.quarantined = fresh.quarantined;
    }
}
