//! The store of one browser, as a model: whole transactions or nothing, and every way in which a write can fail.
//! It has the parts of `src/browser/store`: own events with their unique places, notes, pages of pulled rows.

use std::collections::BTreeMap;
use sync::{Entry, Head, Stored, pages::Page};

#[derive(Clone, Debug, Default)]
pub struct Disk {
    events: BTreeMap<u64, Entry>,
    last: u64,
    notes: BTreeMap<String, String>,
    /// `person/number` -> rows.
    pages: BTreeMap<String, String>,
    /// The witness outside the database: epoch and number of the newest event.
    pub witness: Option<(u32, u64)>,
}

/// One step of a transaction.
#[derive(Clone, Debug)]
pub enum Op {
    /// At the next number; its place in the chain must be free.
    Add(Entry),
    Put(Stored),
    Forget(u64),
    Note(String, String),
    DropPages(String),
    Page(String, Page),
}

/// Why a write did not happen. Nothing of it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unwritten {
    /// Another tab was first.
    Taken,
    Full,
    Aborted,
    /// The page died; whether before or after the write, it does not know.
    Cut,
}

impl Disk {
    /// All or nothing. Gives the number of the event that was added.
    pub fn commit(&mut self, ops: &[Op]) -> Result<Option<u64>, Unwritten> {
        let taken = |entry: &Entry| {
            let place = (&entry.device, entry.epoch, entry.dseq);
            self.events.values().any(|known| (&known.device, known.epoch, known.dseq) == place)
        };
        if ops.iter().any(|op| matches!(op, Op::Add(entry) if taken(entry))) {
            return Err(Unwritten::Taken);
        }
        let mut added = None;
        for op in ops.iter().cloned() {
            match op {
                Op::Add(entry) => {
                    self.last += 1;
                    self.events.insert(self.last, entry);
                    added = Some(self.last);
                }
                Op::Put(Stored { seq, entry }) => drop(self.events.insert(seq, entry)),
                Op::Forget(seq) => drop(self.events.remove(&seq)),
                Op::Note(name, text) => drop(self.notes.insert(name, text)),
                Op::DropPages(person) => {
                    self.pages.retain(|key, _| !key.starts_with(&format!("{person}/")));
                }
                Op::Page(person, page) => {
                    self.pages.insert(format!("{person}/{:06}", page.number), page.rows);
                }
            }
        }
        Ok(added)
    }

    pub fn events(&self) -> Vec<Stored> {
        self.events.iter().map(|(seq, entry)| Stored { seq: *seq, entry: entry.clone() }).collect()
    }

    pub fn events_above(&self, seq: u64) -> Vec<Stored> {
        let newer = self.events.range(seq + 1..);
        newer.map(|(seq, entry)| Stored { seq: *seq, entry: entry.clone() }).collect()
    }

    pub fn holds(&self, hash: sync::Hash) -> bool {
        self.events.values().any(|entry| entry.hash == hash)
    }

    /// The end of the chain.
    pub fn head(&self, device: &str, epoch: u32) -> Option<Head> {
        let own = self.events.values().filter(|entry| &*entry.device == device && entry.epoch == epoch);
        own.max_by_key(|entry| entry.dseq).map(|entry| Head { dseq: entry.dseq, hash: entry.hash })
    }

    pub fn note(&self, name: &str) -> Option<&str> {
        self.notes.get(name).map(String::as_str)
    }

    /// Number and rows of the pages of a person, in order.
    pub fn pages(&self, person: &str) -> Vec<(u32, &str)> {
        let start = format!("{person}/");
        let own = self.pages.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
        own.filter_map(|(key, rows)| Some((key[start.len()..].parse().ok()?, rows.as_str()))).collect()
    }

    /// Every text that lies in the store.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let bytes = self.events.values().map(|entry| entry.signed.bytes.as_str());
        bytes.chain(self.pages.values().map(String::as_str)).chain(self.notes.values().map(String::as_str))
    }

    /// The end of the database is gone, without any error. Gives the events that went with it.
    pub fn lose_tail(&mut self, events: usize) -> Vec<Entry> {
        let mut lost = Vec::new();
        for _ in 0..events {
            let Some((seq, entry)) = self.events.pop_last() else { break };
            self.last = seq - 1;
            lost.push(entry);
        }
        lost
    }

    /// Rows of a person are gone without any error: those of a page that `goes` names by their place. Gives how many.
    pub fn lose_rows(&mut self, person: &str, page: usize, mut goes: impl FnMut() -> bool) -> usize {
        let start = format!("{person}/");
        let key = self.pages.keys().filter(|key| key.starts_with(&start)).nth(page).cloned();
        let Some((key, Ok(rows))) = key.map(|key| {
            let rows = serde_json::from_str::<Vec<serde_json::Value>>(&self.pages[&key]);
            (key, rows)
        }) else {
            return 0;
        };
        let left: Vec<String> = rows.iter().filter(|_| !goes()).map(ToString::to_string).collect();
        if left.len() == rows.len() {
            return 0;
        }
        if left.is_empty() {
            self.pages.remove(&key);
        } else {
            self.pages.insert(key, format!("[{}]", left.join(",")));
        }
        rows.len() - left.len()
    }

    /// The browser's data was cleared.
    pub fn wipe(&mut self) -> Vec<Entry> {
        std::mem::take(self).events.into_values().collect()
    }
}
