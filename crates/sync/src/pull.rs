//! Pages of what others wrote, by cursor. Rows and cursor are saved in one transaction by the caller.
//! Own events are never touched here, and an older or emptier server is never taken at its word.

use crate::{
    digest::Compared,
    page_size::PageSize,
    receipt::{Failure, read_reply},
    wire::{PullQuery, PulledRow, ServerHead},
};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

/// How many restored-from server epochs a device remembers.
const PAST_EPOCHS: usize = 8;

/// How far this device has pulled, and from which server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub server_epoch: Option<String>,
    pub scope: String,
    pub next: u64,
    /// The furthest end of the server's log that this device has seen: a witness.
    pub head: ServerHead,
    pub directory_version: u64,
    /// Pages are still missing since the last start from zero: show no totals yet.
    pub filling: bool,
    /// Epochs that a restore ended; a server that names one is an older copy.
    pub past_epochs: Vec<String>,
    /// The server spoke as an older copy; once it catches up, everything is pulled anew.
    pub doubted: bool,
    /// When the rows kept were last compared with what the server gave: see `digest`.
    #[serde(default)]
    pub compared: Option<Compared>,
}

/// What an answer to a pull means.
#[derive(Clone, Debug, PartialEq)]
pub enum Pulled {
    Page(Page),
    /// Adopt nothing but the cursor, which remembers the doubt, and raise the alarm.
    /// `offer_again` is true the first time.
    Doubted {
        doubt: Doubt,
        cursor: Cursor,
        offer_again: bool,
    },
    Failed(Failure),
}

/// One page to save, all of it in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub earlier: Earlier,
    pub rows: Vec<PulledRow>,
    /// Each row as the server wrote it, in order, also those that this version of the app cannot read: to be kept.
    pub texts: Vec<String>,
    pub cursor: Cursor,
    /// Pull again at once.
    pub more: bool,
    /// The server was restored: offer own events of the last 30 days again.
    pub offer_again: bool,
    /// How many rows the restored server has lost, as far as this device knows.
    pub rows_lost: u64,
    pub directory_changed: bool,
    pub server_time: Instant,
}

/// What happens to the rows that were pulled before. Never to own events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    Keep,
    /// What this viewer may see has changed.
    Replace,
    /// The server was restored: out of sight, but kept for 30 days.
    SetAside,
}

/// Why the server is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("the server names an epoch that ended")]
    PastEpoch,
    #[error("the server has {theirs} entries, this device has seen {ours}")]
    Shorter { ours: u64, theirs: u64 },
    #[error("the server changed its history")]
    Rewritten,
}

impl Doubt {
    pub fn code(self) -> &'static str {
        match self {
            Doubt::PastEpoch => "past_epoch",
            Doubt::Shorter { .. } => "shorter",
            Doubt::Rewritten => "rewritten",
        }
    }
}

/// A pull reply whose rows are read one by one.
#[derive(Deserialize)]
struct Reply<'a> {
    server_epoch: String,
    server_time: Instant,
    scope: String,
    reset: bool,
    #[serde(borrow)]
    rows: Vec<&'a RawValue>,
    next: u64,
    more: bool,
    head: ServerHead,
    #[serde(default)]
    witness: Option<ServerHead>,
    directory_version: u64,
    #[serde(default)]
    ask: Option<String>,
}

/// A row, read once.
struct Row<'a> {
    text: &'a str,
    seq: Option<u64>,
    /// None where this version of the app cannot read it.
    pulled: Option<PulledRow>,
}

impl<'a> Row<'a> {
    fn read(raw: &'a RawValue) -> Row<'a> {
        let text = raw.get();
        match serde_json::from_str::<PulledRow>(text) {
            Ok(row) => Row { text, seq: Some(row.judgement.seq), pulled: Some(row) },
            Err(_) => {
                let value: Value = serde_json::from_str(text).unwrap_or_default();
                Row { text, seq: value.pointer("/judgement/seq").and_then(Value::as_u64), pulled: None }
            }
        }
    }
}

/// Judges the answer to `cursor.query(ask)`. An answer to another question says nothing about this one.
pub fn read(cursor: &Cursor, ask: &str, status: u16, content_type: Option<&str>, body: &[u8]) -> Pulled {
    let reply: Reply<'_> = match read_reply(status, content_type, body) {
        Ok(reply) => reply,
        Err(failure) => return Pulled::Failed(failure),
    };
    if reply.ask.as_deref().is_some_and(|answered| answered != ask) {
        return Pulled::Failed(Failure::Mismatch);
    }
    match cursor.judge(reply) {
        Ok(Some(page)) => Pulled::Page(page),
        Ok(None) => Pulled::Failed(Failure::Mismatch),
        Err(doubt) => {
            // An older copy of the server says nothing about the log of the real one.
            let doubted = cursor.doubted || doubt != Doubt::PastEpoch;
            let offer_again = doubted && !cursor.doubted;
            Pulled::Doubted { doubt, cursor: Cursor { doubted, ..cursor.clone() }, offer_again }
        }
    }
}

impl Cursor {
    /// `ask`: new for each question.
    pub fn query(&self, ask: &str) -> PullQuery {
        let witness = Some(self.head.seq).filter(|seq| *seq > 0);
        PullQuery {
            cursor: self.next,
            scope: self.scope.clone(),
            limit: PageSize::default().rows(),
            witness,
            ask: ask.to_owned(),
        }
    }

    /// Takes up the epoch that a push reply named: the rows pulled before are set aside, everything is
    /// pulled anew, own events of the last 30 days are offered again.
    /// # Errors  `PastEpoch`: an older copy answers; adopt nothing.
    pub fn adopt(&self, server_epoch: &str) -> Result<Cursor, Doubt> {
        let told = Some(server_epoch.to_owned());
        if self.past_epochs.iter().any(|past| past == server_epoch) {
            return Err(Doubt::PastEpoch);
        }
        let mut past_epochs = self.past_epochs.clone();
        if self.knows_another_epoch(server_epoch) {
            past_epochs.extend(self.server_epoch.clone());
            past_epochs.drain(..past_epochs.len().saturating_sub(PAST_EPOCHS));
        }
        Ok(Cursor { server_epoch: told, past_epochs, ..self.start_again() })
    }

    /// A person decided to believe the server after all: pull everything anew, set the old rows aside.
    pub fn start_again(&self) -> Cursor {
        Cursor { directory_version: self.directory_version, filling: true, ..Cursor::default() }
    }

    /// Where the next page will be asked for, if the page on its way is as expected and its header says `next`. Nothing
    /// while the device does not know what it may see, or doubts the server.
    pub fn expected(&self, next: u64) -> Option<Cursor> {
        let is_settled = self.server_epoch.is_some() && !self.scope.is_empty() && !self.doubted;
        (is_settled && next > self.next).then(|| Cursor { next, ..self.clone() })
    }

    /// An answer to a question from there is an answer to a question from here.
    pub fn asks_as(&self, other: &Cursor) -> bool {
        (self.next, &self.scope, &self.server_epoch, self.doubted)
            == (other.next, &other.scope, &other.server_epoch, other.doubted)
    }

    fn knows_another_epoch(&self, told: &str) -> bool {
        self.server_epoch.as_ref().is_some_and(|known| known != told)
    }

    fn judge(&self, reply: Reply<'_>) -> Result<Option<Page>, Doubt> {
        if self.knows_another_epoch(&reply.server_epoch) {
            return self.page_that_starts_again(&reply).map(Some);
        }
        self.believes(reply.head)?;
        if self.doubted {
            return self.page_that_starts_again(&reply).map(Some);
        }
        // The log may have grown since its tail was cut off: an older server does not say.
        if let Some(witness) = reply.witness {
            self.believes_witness(witness)?;
        }
        let rows: Vec<Row<'_>> = reply.rows.iter().map(|raw| Row::read(raw)).collect();
        Ok(self.is_continued_by(&reply, &rows).then(|| self.page(reply, rows)))
    }

    /// Within one epoch the log only grows, and the row we saw last stays as it was.
    fn believes(&self, theirs: ServerHead) -> Result<(), Doubt> {
        let ours = self.head;
        if theirs.seq < ours.seq {
            return Err(Doubt::Shorter { ours: ours.seq, theirs: theirs.seq });
        }
        if theirs.seq == ours.seq && theirs.chain != ours.chain && ours != ServerHead::default() {
            return Err(Doubt::Rewritten);
        }
        Ok(())
    }

    fn believes_witness(&self, theirs: ServerHead) -> Result<(), Doubt> {
        let differs = theirs.seq == self.head.seq && theirs.chain != self.head.chain;
        if differs && self.head != ServerHead::default() { Err(Doubt::Rewritten) } else { Ok(()) }
    }

    fn start_of(&self, reply: &Reply<'_>) -> u64 {
        if reply.reset { 0 } else { self.next }
    }

    /// Rows in order, after where we are, up to where the server says that the page ends.
    fn is_continued_by(&self, reply: &Reply<'_>, rows: &[Row<'_>]) -> bool {
        let mut last = self.start_of(reply);
        for row in rows {
            match row.seq {
                Some(seq) if seq > last => last = seq,
                _ => return false,
            }
        }
        let moves = !reply.more || reply.next > self.start_of(reply);
        let same_scope = reply.reset || self.next == 0 || self.scope == reply.scope;
        last <= reply.next && moves && same_scope
    }

    fn page(&self, reply: Reply<'_>, rows: Vec<Row<'_>>) -> Page {
        let from_zero = self.start_of(&reply) == 0;
        let cursor = Cursor {
            server_epoch: Some(reply.server_epoch),
            scope: reply.scope,
            next: reply.next,
            head: reply.head,
            directory_version: reply.directory_version,
            filling: reply.more && (from_zero || self.filling),
            past_epochs: self.past_epochs.clone(),
            doubted: false,
            compared: self.compared,
        };
        Page {
            earlier: if reply.reset { Earlier::Replace } else { Earlier::Keep },
            texts: rows.iter().map(|row| row.text.to_owned()).collect(),
            rows: rows.into_iter().filter_map(|row| row.pulled).collect(),
            cursor,
            more: reply.more,
            offer_again: false,
            rows_lost: 0,
            directory_changed: reply.directory_version != self.directory_version,
            server_time: reply.server_time,
        }
    }

    /// The rows of this reply belong to another numbering: take none, and pull from zero next.
    fn page_that_starts_again(&self, reply: &Reply<'_>) -> Result<Page, Doubt> {
        Ok(Page {
            earlier: Earlier::SetAside,
            rows: Vec::new(),
            texts: Vec::new(),
            cursor: self.adopt(&reply.server_epoch)?,
            more: true,
            offer_again: true,
            rows_lost: self.head.seq.saturating_sub(reply.head.seq),
            directory_changed: false,
            server_time: reply.server_time,
        })
    }
}
