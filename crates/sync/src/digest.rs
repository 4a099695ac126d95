//! Is what a device keeps of others still all that it was given? The device counts what lies in its store up to its
//! cursor, the server what a new device of the same person would get up to there. A difference is a reason to pull again
//! from the first row, and for nothing else: no row is deleted on the word of the server, and its number is never kept.

use crate::{
    hash::Hash,
    pull::Cursor,
    receipt::{Failure, read_reply},
    stamp,
};
use chrono::Duration;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A person's rows on a device are compared once a day.
const EVERY: Duration = Duration::hours(24);
/// Without an answer it is asked again after this.
const IN_VAIN: Duration = Duration::hours(1);
/// Code of the report of a device that missed rows and pulls everything again.
pub const MISSED: &str = "kept_rows_missed";
/// The same when it has pulled everything again, and still differs.
pub const STILL_MISSED: &str = "kept_rows_still_missed";

/// How many rows, and the hashes of all of them laid over one another: one missing and one too many shows too.
/// A row counts by its number and its event. Its words do not: they change with what its reader may read of it, and with
/// how often it arrived. Letters that change on the way show in `stamp`, those that change in a store in its seal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub rows: u64,
    pub xor: Hash,
}

/// `GET /v1/pull/digest?upto=&scope=&ask=`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestQuery {
    /// The last row that counts: the cursor of the device.
    #[serde(default)]
    pub upto: u64,
    /// As the device was told with its rows.
    #[serde(default)]
    pub scope: String,
    /// New for each question; the reply repeats it.
    #[serde(default)]
    pub ask: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestReply {
    pub server_epoch: String,
    pub server_time: Instant,
    pub ask: String,
    /// None when this viewer sees something else by now: the next pull brings that.
    pub given: Option<Digest>,
}

/// What the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub digest: Digest,
    /// The clock of the server.
    pub at: Instant,
}

/// The last comparison, kept with the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// By the clock of the server.
    pub at: Instant,
    /// It differed although everything had been pulled again.
    pub misses: bool,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Agrees,
    /// It agrees because everything was pulled again.
    Mended,
    /// Pull again from the first row.
    Differs,
    /// Everything was pulled again, and it differs all the same: nothing more today.
    StillDiffers,
}

/// What a device remembers about comparing until it is closed; the day of the last one is in its cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparing {
    /// The self-test at the start found something odd: do not wait for tomorrow.
    is_odd: bool,
    in_vain_at: Option<Instant>,
    /// Everything is being pulled again because of a difference.
    mending: bool,
}

/// What of a row counts, whatever else a newer server writes into it.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    event: Id<'a>,
    judgement: Place,
}

#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Place {
    seq: u64,
}

impl Digest {
    /// One row: its number in the log, and the id of its event.
    pub fn add(&mut self, seq: u64, event: &str) {
        let row = Hash::of(&[b"nm.kept.v1", &seq.to_be_bytes(), event.as_bytes()]);
        let mut xor = *self.xor.as_bytes();
        xor.iter_mut().zip(row.as_bytes()).for_each(|(byte, other)| *byte ^= other);
        *self = Digest { rows: self.rows.saturating_add(1), xor: Hash::from_bytes(xor) };
    }

    /// The rows of a kept page, a JSON array, up to a cursor. A page that cannot be read has none.
    pub fn add_page(&mut self, page: &str, upto: u64) {
        let rows: Vec<Row<'_>> = serde_json::from_str(page).unwrap_or_default();
        for row in rows.iter().filter(|row| row.judgement.seq <= upto) {
            self.add(row.judgement.seq, &row.event.id);
        }
    }
}

impl Cursor {
    /// The same device at the first row again. What it has stays until the page from there takes its place.
    pub fn at_first_row(&self) -> Cursor {
        Cursor { next: 0, filling: true, ..self.clone() }
    }

    /// Everything up to here was pulled, and the server is believed.
    fn is_settled(&self) -> bool {
        self.server_epoch.is_some() && !self.scope.is_empty() && !self.filling && !self.doubted
    }

    /// Rows are missing here although everything was pulled again.
    pub fn misses_rows(&self) -> bool {
        self.compared.is_some_and(|compared| compared.misses)
    }

    /// The question what this device should have. `ask`: new for each question.
    pub fn digest_query(&self, ask: &str) -> DigestQuery {
        DigestQuery { upto: self.next, scope: self.scope.clone(), ask: ask.to_owned() }
    }

    /// Where to go on. `at`: the clock of the server.
    pub fn after(&self, finding: Finding, at: Instant) -> Cursor {
        let compared = Compared { at, misses: finding == Finding::StillDiffers };
        let cursor = Cursor { compared: Some(compared), ..self.clone() };
        if finding == Finding::Differs { cursor.at_first_row() } else { cursor }
    }
}

impl Comparing {
    pub fn at_start(is_odd: bool) -> Self {
        Self { is_odd, ..Self::default() }
    }

    /// There is a reason to compare soon.
    #[must_use]
    pub fn with_doubt(self, is_odd: bool) -> Self {
        Self { is_odd: self.is_odd || is_odd, ..self }
    }

    /// `now`: the time as the server would say; a clock that went back counts as a day.
    pub fn is_due(&self, cursor: &Cursor, now: Instant) -> bool {
        let is_over = |at: Option<Instant>, wait: Duration| at.is_none_or(|at| (now - at).abs() >= wait);
        let is_wanted =
            self.is_odd || self.mending || is_over(cursor.compared.map(|compared| compared.at), EVERY);
        cursor.is_settled() && is_wanted && is_over(self.in_vain_at, IN_VAIN)
    }

    /// There was no answer, or none that says anything.
    pub fn in_vain(&mut self, now: Instant) {
        self.in_vain_at = Some(now);
    }

    /// `kept`: what lies in the store.
    pub fn found(&mut self, kept: Digest, given: Digest) -> Finding {
        let finding = match (kept == given, self.mending) {
            (true, false) => Finding::Agrees,
            (true, true) => Finding::Mended,
            (false, false) => Finding::Differs,
            (false, true) => Finding::StillDiffers,
        };
        *self = Comparing { mending: finding == Finding::Differs, ..Comparing::default() };
        finding
    }
}

impl Finding {
    /// What the server is told, if anything.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Finding::Agrees | Finding::Mended => None,
            Finding::Differs => Some(MISSED),
            Finding::StillDiffers => Some(STILL_MISSED),
        }
    }
}

/// Reads the answer to `cursor.digest_query(ask)`. None when it is about another life of the server or another scope.
/// # Errors  There was no answer, or it was not ours, not whole, or to another question.
pub fn read(
    cursor: &Cursor,
    ask: &str,
    status: u16,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Option<Given>, Failure> {
    let reply: DigestReply = read_reply(status, content_type, body)?;
    if reply.ask != ask || !stamp::is_stamped(body) {
        return Err(Failure::Mismatch);
    }
    let digest = reply.given.filter(|_| cursor.server_epoch.as_ref() == Some(&reply.server_epoch));
    Ok(digest.map(|digest| Given { digest, at: reply.server_time }))
}
