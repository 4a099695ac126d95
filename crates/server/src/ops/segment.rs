//! A run of linked entries of one device. A later good signature vouches for the entries that it links back to
//! (decision 001), so signatures are tried from the end.

use crate::door::proof::DeviceKey;
use sync::{Hash, Signed, chain::next, log::Head, witness::Lost};

/// Settled at this length, so that no log is too long for memory.
const LONGEST: usize = 1_000;

pub(super) struct Segment {
    key: DeviceKey,
    /// Where the chain of the device stands.
    head: Option<Head>,
    /// Rows that nothing vouches for yet: number, hash, signature.
    open: Vec<(u64, Hash, String)>,
    /// What the device said, with its signature, that it lost.
    lost: Vec<Lost>,
    /// The first row before a loss that nothing vouches for.
    bad: Option<u64>,
}

impl Segment {
    pub fn new(key: DeviceKey) -> Segment {
        Segment { key, head: None, open: Vec::new(), lost: Vec::new(), bad: None }
    }

    /// Believed only when the device signed it.
    pub fn add_loss(&mut self, lost: Lost, said: &Signed) {
        if self.key.signed_event(said.hash(), &said.sig) {
            self.lost.push(lost);
        }
    }

    /// The device lost the entry that comes next: the chain goes on before the row `dseq`, which names `prev`, or behind
    /// the end of the loss when that is earlier. Answers whether there is such a loss.
    pub fn pass_loss(&mut self, dseq: u64, prev: Hash) -> bool {
        let next = next(self.head).dseq;
        let covers = |lost: &&Lost| (lost.first..=lost.last).contains(&next) && next < dseq;
        let Some(lost) = self.lost.iter().find(covers).copied() else { return false };
        // A later signature does not reach back over the loss: what came before it needs one of its own.
        self.bad = self.first_unsigned();
        self.open.clear();
        self.head = Some(match lost.last < dseq {
            true => Head { dseq: lost.last, hash: lost.hash },
            false => Head { dseq: dseq - 1, hash: prev },
        });
        true
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
        self.bad.or_else(|| self.open.get(first).map(|(seq, ..)| *seq))
    }

    fn is_good(&self, index: usize) -> bool {
        self.open.get(index).is_some_and(|(_, hash, sig)| self.key.signed_event(*hash, sig))
    }
}
