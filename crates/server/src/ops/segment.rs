//! A run of linked entries of one device. A later good signature vouches for the entries that it links back to
//! (decision 001), so signatures are tried from the end.

use crate::door::proof::DeviceKey;
use sync::{Hash, log::Head};

/// Settled at this length, so that no log is too long for memory.
const LONGEST: usize = 1_000;

pub(super) struct Segment {
    key: DeviceKey,
    /// Where the chain of the device stands.
    head: Option<Head>,
    /// Rows that nothing vouches for yet: number, hash, signature.
    open: Vec<(u64, Hash, String)>,
}

impl Segment {
    pub fn new(key: DeviceKey) -> Segment {
        Segment { key, head: None, open: Vec::new() }
    }

    pub fn head(&self) -> Option<Head> {
        self.head
    }

    /// An entry that is not in the log used up the next place.
    pub fn pass(&mut self, head: Head) {
        self.head = Some(head);
    }

    pub fn add(&mut self, seq: u64, head: Head, sig: &str) {
        self.head = Some(head);
        self.open.push((seq, head.hash, sig.to_owned()));
        if self.open.len() >= LONGEST && self.is_good(self.open.len() - 1) {
            self.open.clear();
        }
    }

    /// The first row that no signature stands behind.
    pub fn first_unsigned(&self) -> Option<u64> {
        let good = (0..self.open.len()).rev().find(|index| self.is_good(*index));
        let first = good.map_or(0, |index| index + 1);
        self.open.get(first).map(|(seq, ..)| *seq)
    }

    fn is_good(&self, index: usize) -> bool {
        self.open.get(index).is_some_and(|(_, hash, sig)| self.key.signed_event(*hash, sig))
    }
}
