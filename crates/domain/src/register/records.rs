//! The records of a register: found by id in one look, and by arrival number without one.

use crate::{
    ids::RecordId,
    record::Record,
    shared::{Hashed, Rows, Shelf},
};
use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    /// By arrival number: the order in which their reports arrived.
    rows: Rows<Arc<Record>>,
    numbers: Hashed<RecordId, u32>,
    /// Arrival numbers in the order of the ids. Each with the beginning of its id, which nearly always settles the order
    /// without a look at where the id is kept.
    sorted: Shelf<(Beginning, RecordId), u32>,
}

type Beginning = [u8; 16];

/// Ids in the order of their beginnings are in their own order; short ones end in zeros, which no id has.
fn beginning(id: &str) -> Beginning {
    let mut first = [0; 16];
    first.iter_mut().zip(id.bytes()).for_each(|(place, byte)| *place = byte);
    first
}

impl Records {
    pub fn get(&self, id: &str) -> Option<&Arc<Record>> {
        self.at(*self.numbers.get(id)?)
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut Arc<Record>> {
        self.rows.get_mut(*self.numbers.get(id)? as usize)
    }

    pub fn at(&self, arrival: u32) -> Option<&Arc<Record>> {
        self.rows.get(arrival as usize)
    }

    /// Gives a new record its arrival number.
    pub fn push(&mut self, mut record: Record) {
        record.arrival = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.numbers.insert(record.id.clone(), record.arrival);
        self.sorted.insert((beginning(&record.id), record.id.clone()), record.arrival);
        self.rows.push(Arc::new(record));
    }

    /// In the order of their ids.
    pub fn values(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.sorted.values().filter_map(|arrival| self.at(*arrival))
    }

    /// In the order in which their reports arrived.
    pub fn arrivals(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.rows.iter().map(|record| &**record)
    }
}
