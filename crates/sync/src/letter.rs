//! A letter without a name, as its device sees it: which answer settles it, and which only says that something else
//! answered. A letter has no chain and no signature; what stands for its receipt is the id that the server makes of its key.

use crate::{
    hash::Hash,
    receipt::{Failure, failure_of, is_ours, read_reply},
    wire::{AnonymousRequest, Problem},
};
use domain::{
    event::{Judgement, Outcome},
    ids::RecordId,
    refusal::Code,
    time::Instant,
};
use serde::Deserialize;
use serde_json::Value;

/// Of a removed device: kept for the manager to read.
const KEPT_APART: &str = "letter_kept_apart";
/// The server has a letter with this key, and other words in it.
const KEY_REUSED: &str = "id_reused";

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The server has written it. `at`: its clock, to the minute.
    Taken { token: Option<String>, at: Option<Instant> },
    /// The device was removed: the manager can read it, and it changes nothing.
    KeptApart(Problem),
    /// The server has read it and does not write it.
    Refused(Problem),
    /// Nothing is settled. With what the server says, when it was ours that answered.
    Failed(Failure, Option<Problem>),
}

impl Answer {
    /// The server had it before this delivery.
    pub fn is_here_before(&self) -> bool {
        matches!(self, Answer::Refused(problem) if problem.code == KEY_REUSED)
    }
}

/// The site no longer has the unit that a report names, because the lists of its device were older. Nobody stands there
/// to mend it: sent again as what was written without contact, the service takes it as it is.
pub fn knew_older_lists(letter: &AnonymousRequest, problem: &Problem) -> bool {
    letter.verb == "report"
        && !letter.offline
        && problem.code == Code::UnknownCode.as_str()
        && problem.field.as_deref() == Some("unit")
}

/// Only a whole reply of ours, about this letter, settles anything.
pub fn read(letter: &AnonymousRequest, status: u16, content_type: Option<&str>, body: &[u8]) -> Answer {
    if status == 200 {
        return match read_reply::<Reply>(status, content_type, body).and_then(|reply| reply.about(letter)) {
            Ok(answer) => answer,
            Err(failure) => Answer::Failed(failure, None),
        };
    }
    let is_ours = is_ours(content_type);
    let problem = || serde_json::from_slice(body).ok().filter(|problem: &Problem| !problem.code.is_empty());
    match (status, is_ours.then(problem).flatten()) {
        (409, Some(problem)) if problem.code == KEPT_APART => Answer::KeptApart(problem),
        (409 | 422, Some(problem)) => Answer::Refused(problem),
        (_, problem) => Answer::Failed(failure_of(status, is_ours).unwrap_or(Failure::NotOurs), problem),
    }
}

/// The id that the server gives what it makes of a letter: `event` or, where the letter names none, `record`. It does not
/// tell the key, so that only the holder of the key can repeat the letter.
pub fn id_of(what: &str, key: &str) -> String {
    let hash = Hash::of(&[b"nm.letter.v1\0", what.as_bytes(), b"\0", key.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    // A UUID of version 8: one that others make as they like.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

/// As far as the device reads it: what a newer server adds keeps no letter waiting.
#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    record: Option<RecordId>,
    event: Written,
    #[serde(default)]
    token: Option<String>,
    judgement: Value,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    #[serde(rename = "do")]
    verb: String,
}

impl Reply {
    fn about(self, letter: &AnonymousRequest) -> Result<Answer, Failure> {
        let is_it = self.event.id == id_of("event", &letter.key)
            && self.event.verb == letter.verb
            && (letter.record.is_none() || letter.record == self.record);
        if !is_it {
            return Err(Failure::Mismatch);
        }
        let judgement = Judgement::deserialize(&self.judgement).ok();
        let code =
            judgement.as_ref().filter(|known| known.result == Outcome::Refused).and_then(|known| known.code);
        Ok(match code {
            Some(code) => Answer::Refused(Problem {
                code: code.as_str().to_owned(),
                sentence: code.sentence().to_owned(),
                field: None,
            }),
            None => Answer::Taken { token: self.token, at: judgement.map(|known| known.received_at) },
        })
    }
}
