//! What one place knows: rows in the order in which it took them, and the register folded from them.

use domain::{directory::Directory, event::Received, register::Register};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Knowledge {
    pub register: Register,
    pub rows: Vec<Arc<Received>>,
}

/// How much of one record an author had seen.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    Nothing,
    /// Everything up to the event with this id.
    Until(&'a str),
}

impl Knowledge {
    pub fn new(directory: Arc<Directory>) -> Self {
        Self { register: Register::new(directory), rows: Vec::new() }
    }

    pub fn of(directory: Arc<Directory>, rows: impl IntoIterator<Item = Arc<Received>>) -> Self {
        let mut knowledge = Knowledge::new(directory);
        rows.into_iter().for_each(|row| knowledge.take(row));
        knowledge
    }

    pub fn take(&mut self, row: Arc<Received>) {
        self.register.take(row.clone());
        self.rows.push(row);
    }

    /// Highest version of a record that came from the server.
    pub fn version(&self, record: &str) -> u32 {
        let of_record = self.rows.iter().filter(|row| row.event.record.as_deref() == Some(record));
        let pulled = of_record.filter(|row| row.judgement.seq > 0);
        pulled.filter_map(|row| row.judgement.version).max().unwrap_or_default()
    }

    /// Only some of the rows, as somebody may read them.
    pub fn part(&self, shown: impl Fn(&Received) -> Option<Received>) -> Knowledge {
        let rows = self.rows.iter().filter_map(|row| shown(row)).map(Arc::new);
        Knowledge::of(self.register.shared_directory(), rows)
    }

    /// The same, but of one record only what an author had seen.
    pub fn cut(&self, record: &str, seen: Seen<'_>) -> Knowledge {
        let of_record = |row: &Arc<Received>| row.event.record.as_deref() == Some(record);
        let end = match seen {
            Seen::Nothing => 0,
            Seen::Until(event) => {
                self.rows.iter().rposition(|row| *row.event.id == *event).map_or(0, |place| place + 1)
            }
        };
        let kept = self.rows.iter().enumerate().filter(|(place, row)| *place < end || !of_record(row));
        Knowledge::of(self.register.shared_directory(), kept.map(|(_, row)| row.clone()))
    }
}
