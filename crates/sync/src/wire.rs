//! What travels between device and server, as JSON. Also the limits that both sides keep.
//! Fields are only ever added; a field that is added later has a default.

use crate::{envelope::Signed, hash::Hash, page_size::PageSize, receipt, stamp, wipe::WipeOrder};
use domain::{
    event::{Event, Fields, Judgement, Received},
    ids::{DeviceId, EventId, RecordId, SiteId},
    time::Instant,
};
use serde::{Deserialize, Serialize};

pub const CONTENT_TYPE: &str = "application/vnd.noticed+json";
/// Header of every reply: the life of the server. Whoever is refused a pull, and has nothing to send, hears of a restore
/// by this alone. Nothing signs it; a wrong one makes a device offer again what it has, which changes nothing.
pub const LIFE_HEADER: &str = "x-noticed-life";
/// Header of a page of rows after which there are more: the cursor of the next one, so that it can be asked for before
/// this one has been read. The text of the reply is what counts.
pub const NEXT_HEADER: &str = "x-noticed-next";
pub const PROTOCOL: u16 = 1;
pub const MAX_EVENTS: usize = 200;
/// Of one push request, after gzip is undone.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;
/// Of the frozen bytes of one event.
pub const MAX_EVENT_BYTES: usize = 32 * 1024;
/// Rows of one pull, at most: see `page_size`.
pub const PULL_LIMIT: usize = 2_000;
/// Of one request.
pub const MAX_VIEWS: usize = 200;

/// `POST /v1/push`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushRequest {
    pub protocol: u16,
    pub tenant: String,
    pub device: DeviceId,
    pub epoch: u32,
    /// The server epoch that the device last heard of.
    pub server_epoch: Option<String>,
    /// The clock of the device.
    pub sent_at: Instant,
    /// New for each attempt; the reply repeats it.
    pub nonce: String,
    pub events: Vec<Signed>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushReply {
    pub nonce: String,
    pub server_epoch: String,
    pub server_time: Instant,
    /// One for each event of the request.
    pub receipts: Vec<Receipt>,
    /// For a device that was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wipe: Option<WipeOrder>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    pub hash: Hash,
    #[serde(flatten)]
    pub outcome: PushOutcome,
}

/// What became of one event. All but `Retry` mean that its exact bytes are durable on the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PushOutcome {
    /// In the order of arrival; applied or in conflict.
    Accepted { judgement: Judgement },
    /// The same bytes were there already.
    Duplicate {
        #[serde(default)]
        judgement: Option<Judgement>,
    },
    /// Kept until an earlier event of the device, or a photo, arrives.
    Held { why: String },
    /// Kept, not applied: set aside by the rules, or malformed, unsigned, forked or of another provider.
    Quarantined {
        reason: String,
        sentence: String,
        #[serde(default)]
        judgement: Option<Judgement>,
    },
    /// Not kept: send it again.
    Retry { after_s: u32 },
}

/// `GET /v1/pull?cursor=&scope=&limit=&witness=&ask=`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullQuery {
    #[serde(default)]
    pub cursor: u64,
    #[serde(default)]
    pub scope: String,
    #[serde(default = "pull_limit")]
    pub limit: usize,
    /// The furthest row that the device has seen the end of the log at: what is its chain now?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<u64>,
    /// New for each question; the reply repeats it, so that an old answer is not taken for this one's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ask: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PullReply {
    pub server_epoch: String,
    pub server_time: Instant,
    /// Opaque mark of what this viewer may see.
    pub scope: String,
    /// The rows start again at the first; what was pulled before is replaced.
    pub reset: bool,
    /// In order of arrival, cut to what the viewer may see.
    pub rows: Vec<PulledRow>,
    /// The cursor of the next page.
    pub next: u64,
    pub more: bool,
    pub head: ServerHead,
    /// The row that the query asked for and the chain that it has now; none when there is no such row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<ServerHead>,
    pub directory_version: u64,
    /// Of the question. None from an older server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

/// One row of a page: an event with its judgement, as its viewer may read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PulledRow {
    pub event: Event,
    pub judgement: Judgement,
    /// Of the frozen bytes. None where the viewer does not read the whole event, or its author is not named; then a
    /// hash could be used to find out what is kept from them. Its place in the chain of its device never travels: a gap
    /// there would lead to a reporter who wished to stay unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
}

impl From<PulledRow> for Received {
    fn from(row: PulledRow) -> Received {
        Received { event: row.event, judgement: row.judgement }
    }
}

/// Where the log of the provider ends: a witness that devices keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerHead {
    pub seq: u64,
    pub chain: Hash,
}

/// `POST /v1/log/doubt`: a device says that the log is not the one it has seen before, or that it misses rows it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtReport {
    /// `past_epoch`, `shorter` or `rewritten`; or a code of `digest`.
    pub doubt: String,
    pub server_epoch: Option<String>,
    /// The furthest end of the log that the device has seen.
    pub seen: ServerHead,
}

/// `POST /v1/views`: looks at sensitive records, from the device on which somebody looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewsRequest {
    pub views: Vec<View>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Sent twice, kept once.
    pub id: EventId,
    pub record: RecordId,
    /// Corrected time.
    pub at: Instant,
    /// Not opened but taken along in a file, with its words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_file: bool,
}

/// `GET /v1/dealt-with`: of what was kept apart of whoever asks, the entries that a manager has dealt with. What the
/// manager said about them is for managers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealtReply {
    pub dealt: Vec<DealtEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealtEntry {
    pub id: EventId,
    pub at: Instant,
}

/// `POST /v1/check`: an online author's check, writes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckRequest {
    pub event: Event,
}

/// `ok` with the enriched event, or not `ok` with the refusal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckReply {
    pub ok: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    #[serde(flatten)]
    pub problem: Option<Problem>,
}

/// A refusal in words; also the body of every error reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Text, not an enum: an older app shows the sentence of a code it does not know.
    pub code: String,
    pub sentence: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// `POST /v1/anonymous`: the server writes the event itself, so that no device chain leads to the author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnonymousRequest {
    pub tenant: String,
    pub verb: String,
    pub site: SiteId,
    #[serde(default)]
    pub record: Option<RecordId>,
    /// Shows that this author wrote the record.
    #[serde(default)]
    pub token: Option<String>,
    #[serde(default)]
    pub with: Fields,
    /// The clock of the device, cut to the minute.
    pub written_at: Instant,
    /// The clock of the device.
    pub sent_at: Instant,
    pub offline: bool,
    /// Sent twice, written once.
    pub key: EventId,
}

/// The same with what its author had seen, as the server takes it; an app that does not say so has seen nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnonymousLetter {
    #[serde(flatten)]
    pub request: AnonymousRequest,
    /// Highest version of the record that the device had pulled; 0 for none.
    #[serde(default)]
    pub seen: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnonymousReply {
    pub record: Option<RecordId>,
    pub event: Event,
    /// Only for a report, and only once; the server keeps its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    pub judgement: Judgement,
}

/// Code of the refusal of somebody whose every role has ended.
pub const NO_ROLE_NOW: &str = "no_role_now";

/// Whether an answer says so: surely ours and surely whole, because the device takes away on its word what this person
/// could read.
pub fn has_no_role(status: u16, content_type: &str, body: &[u8]) -> bool {
    let is_ours = status == 403 && receipt::is_ours(Some(content_type)) && stamp::is_stamped(body);
    let problem = || serde_json::from_slice::<Problem>(body).ok();
    is_ours && problem().is_some_and(|problem| problem.code == NO_ROLE_NOW)
}

impl CheckReply {
    pub fn fine(event: Event) -> Self {
        Self { ok: true, event: Some(event), problem: None }
    }

    pub fn refused(problem: Problem) -> Self {
        Self { ok: false, event: None, problem: Some(problem) }
    }

    /// # Errors  The refusal; an empty one when the reply says neither.
    pub fn into_result(self) -> Result<Event, Problem> {
        match self.event {
            Some(event) if self.ok => Ok(event),
            _ => Err(self.problem.unwrap_or_default()),
        }
    }
}

fn pull_limit() -> usize {
    PageSize::default().rows()
}
