//! Checks a log row by row: numbers without a gap, hashes of the bytes, the chain of every device, signatures, the
//! chain of the log, signed checkpoints. Stops at the first row that is wrong.

use super::{
    checkpoint::{Checkpoint, Elsewhere},
    fault::Fault,
    line::{Apart, DisposedLine, FORMAT, Head, Line},
    segment::Segment,
};
use crate::{clock::from_micros, door::proof::DeviceKey, log::state::NO_DEVICE};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use sync::{
    Envelope, Hash, base64url,
    chain::{self, server_step},
    log,
    witness::Statement,
};

/// What was checked, when nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub rows: u64,
    /// Devices that wrote at least one row.
    pub devices: usize,
    /// Rows of which the words are gone, and the hash stands.
    pub disposed: u64,
    pub checkpoints: usize,
    /// The last row that one of them counts.
    pub vouched: u64,
    /// The latest of them, in microseconds since 1970.
    pub last_checkpoint: Option<i64>,
    /// Public keys that signed those which stand in the log, and how many.
    pub keys: BTreeMap<String, usize>,
}

pub struct Checker {
    head: Head,
    last: log::Head,
    /// Of every device and epoch.
    chains: HashMap<(String, u32), Segment>,
    wrote: BTreeSet<(String, u32)>,
    /// Entries that are not in the log, by their place.
    apart: HashMap<(String, u32, u64), Vec<Apart>>,
    /// Checkpoints by the row they name.
    checkpoints: BTreeMap<u64, Vec<Checkpoint>>,
    /// The row of the last checkpoint that fits.
    vouched: u64,
    report: Report,
}

impl Checker {
    /// # Errors  the head cannot be used, or a checkpoint is not what it was.
    pub fn new(head: Head, elsewhere: &Elsewhere) -> Result<Checker, Fault> {
        if head.format != FORMAT {
            return Err(Fault::Newer);
        }
        let mut checker = Checker {
            last: log::Head { dseq: 0, hash: Hash::ZERO },
            chains: HashMap::new(),
            wrote: BTreeSet::new(),
            apart: HashMap::new(),
            checkpoints: BTreeMap::new(),
            vouched: 0,
            report: Report::default(),
            head,
        };
        for device in &checker.head.devices {
            let key = base64url::decode(&device.public_key).and_then(|bytes| DeviceKey::of_bytes(&bytes));
            if let Some(key) = key {
                checker.chains.insert((device.device.to_string(), device.epoch), Segment::new(key));
            }
        }
        for said in &checker.head.losses {
            let Ok(statement) = serde_json::from_str::<Statement>(&said.bytes) else { continue };
            let device = (statement.device.to_string(), statement.epoch);
            if let Some(segment) = checker.chains.get_mut(&device) {
                segment.add_loss(statement.lost, said);
            }
        }
        for apart in &checker.head.apart {
            let place = (apart.device.to_string(), apart.epoch, apart.dseq);
            checker.apart.entry(place).or_default().push(apart.clone());
        }
        for checkpoint in &checker.head.checkpoints {
            if !elsewhere.knows(&checkpoint.key) {
                return Err(Fault::CheckpointKey { at: checkpoint.made_at() });
            }
            *checker.report.keys.entry(checkpoint.key.clone()).or_default() += 1;
        }
        for checkpoint in checker.head.checkpoints.iter().chain(&elsewhere.checkpoints) {
            let at = checkpoint.made_at();
            if !checkpoint.is_signed() {
                return Err(Fault::CheckpointSignature { at });
            }
            if checkpoint.provider != checker.head.provider {
                return Err(Fault::CheckpointOther { at });
            }
            checker.report.checkpoints += 1;
            checker.report.last_checkpoint = checker.report.last_checkpoint.max(Some(checkpoint.at));
            checker.checkpoints.entry(checkpoint.seq).or_default().push(checkpoint.clone());
        }
        Ok(checker)
    }

    /// The number of the row that comes next.
    pub fn next(&self) -> u64 {
        self.last.dseq + 1
    }

    /// # Errors  the first thing that is wrong, here or at an earlier row that only now turns out to be unsigned.
    pub fn row(&mut self, line: &Line) -> Result<(), Fault> {
        self.look(line).map_err(|fault| self.earliest(fault))
    }

    /// The last row was read.
    /// # Errors  as `row`.
    pub fn end(self) -> Result<Report, Fault> {
        self.ends().map_err(|fault| self.earliest(fault))?;
        match self.unsigned() {
            Some(seq) => Err(Fault::Signature { seq }),
            None => Ok(Report {
                rows: self.last.dseq,
                devices: self.wrote.len(),
                vouched: self.vouched,
                ..self.report
            }),
        }
    }

    fn look(&mut self, line: &Line) -> Result<(), Fault> {
        let (seq, expected) = (line.seq, self.next());
        if seq > expected {
            return Err(Fault::Missing { expected, found: seq });
        }
        if seq < expected {
            return Err(Fault::Moved { expected, found: seq });
        }
        match (&line.bytes, &line.disposed) {
            (Some(bytes), None) if Hash::of_event(bytes) == line.hash => {}
            (None, Some(_)) => self.report.disposed += 1,
            _ => return Err(Fault::Bytes { seq }),
        }
        let note = line.note.as_deref().unwrap_or_default();
        let chain = server_step(self.last.hash, seq, line.hash, from_micros(line.received_at), note);
        if chain != line.chain {
            return Err(Fault::Chain { seq });
        }
        // A letter without a name comes from no device.
        if line.device != NO_DEVICE {
            self.follow(line)?;
        }
        self.last = log::Head { dseq: seq, hash: chain };
        for checkpoint in self.checkpoints.get(&seq).into_iter().flatten() {
            if checkpoint.chain != chain {
                let epoch_ended = checkpoint.server_epoch != self.head.server_epoch;
                return Err(Fault::Rewritten {
                    after: self.vouched,
                    seq,
                    at: checkpoint.made_at(),
                    epoch_ended,
                });
            }
            self.vouched = seq;
        }
        Ok(())
    }

    /// The row is the next one that its device wrote.
    fn follow(&mut self, line: &Line) -> Result<(), Fault> {
        let seq = line.seq;
        let prev = match (&line.bytes, &line.disposed) {
            (Some(bytes), _) => self.place_of(line, bytes)?,
            (None, Some(DisposedLine { prev: Some(prev), .. })) => *prev,
            (None, _) => return Err(Fault::Unreadable { seq }),
        };
        let device = (line.device.clone(), line.epoch);
        let Some(segment) = self.chains.get_mut(&device) else { return Err(Fault::Stranger { seq }) };
        let mut expected = chain::next(segment.head());
        while line.dseq > expected.dseq {
            let place = (line.device.clone(), line.epoch, expected.dseq);
            let passed =
                self.apart.get(&place).and_then(|all| all.iter().find(|one| one.prev == expected.hash));
            match passed {
                Some(passed) => segment.pass(log::Head { dseq: passed.dseq, hash: passed.hash }),
                None if segment.pass_loss(line.dseq, prev) => {}
                None => break,
            }
            expected = chain::next(segment.head());
        }
        if line.dseq != expected.dseq || prev != expected.hash {
            return Err(Fault::DeviceChain { seq });
        }
        segment.add(seq, log::Head { dseq: line.dseq, hash: line.hash }, &line.sig);
        self.wrote.insert(device);
        Ok(())
    }

    /// The bytes name the same place as the row; gives the hash of the entry before.
    fn place_of(&self, line: &Line, bytes: &str) -> Result<Hash, Fault> {
        let seq = line.seq;
        let Ok(envelope) = Envelope::open(bytes) else { return Err(Fault::Unreadable { seq }) };
        let place = (envelope.tenant.as_str(), &*envelope.device, envelope.epoch, envelope.dseq);
        if place != (self.head.provider.as_str(), line.device.as_str(), line.epoch, line.dseq) {
            return Err(Fault::Place { seq });
        }
        Ok(envelope.prev)
    }

    fn ends(&self) -> Result<(), Fault> {
        let last = self.last.dseq;
        if self.head.seq != last {
            return Err(Fault::Short { last, head: self.head.seq });
        }
        if self.head.chain != self.last.hash {
            return Err(Fault::HeadChain { seq: last });
        }
        match self.checkpoints.range(last + 1..).next().and_then(|(_, all)| all.first()) {
            Some(checkpoint) => Err(Fault::Cut {
                last,
                seq: checkpoint.seq,
                at: checkpoint.made_at(),
                epoch_ended: checkpoint.server_epoch != self.head.server_epoch,
            }),
            None => Ok(()),
        }
    }

    /// What goes wrong here may come from an earlier row that was forged.
    fn earliest(&self, fault: Fault) -> Fault {
        match self.unsigned() {
            Some(seq) if fault.row().is_none_or(|row| seq <= row) => Fault::Signature { seq },
            _ => fault,
        }
    }

    fn unsigned(&self) -> Option<u64> {
        self.chains.values().filter_map(Segment::first_unsigned).min()
    }
}
