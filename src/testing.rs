//! What the tests of the app share: something that a person did, as the register holds it once the server accepted it.
//! Nothing is judged here: who may do what is tested in `domain`.

use domain::{
    event::{Event, Judgement, Mark, Outcome, Received, SecondLook},
    register::Register,
    time::{self, Instant},
};
use serde_json::Value;
use std::sync::Arc;

/// The moment of `2026-06-11T08:00+01:00`.
#[track_caller]
pub fn at(text: &str) -> Instant {
    time::parse_instant(text).expect(text)
}

/// What a test says of one event; without more it is a report of Rita's at Elm.
pub struct Sent<'a> {
    pub verb: &'a str,
    pub site: &'a str,
    /// Empty for what is about the site alone.
    pub record: &'a str,
    pub by: &'a str,
    /// When it was written.
    pub at: &'a str,
    /// When the server got it; none for the moment it was written.
    pub received: Option<&'a str>,
    /// The fields of the verb, an object.
    pub with: Value,
}

impl Default for Sent<'_> {
    fn default() -> Self {
        let at = "2026-06-11T08:00+01:00";
        Sent { verb: "report", site: "elm", record: "", by: "rita", at, received: None, with: Value::Null }
    }
}

impl Sent<'_> {
    /// Comes next: the first event of a register is `e1`, the second `e2`. Its author knew everything before it.
    #[track_caller]
    pub fn arrives(self, register: &mut Register) {
        let seen = self.newest(register);
        self.taken(register, seen, Outcome::Applied, None);
    }

    /// The same, with what the server would have suggested otherwise.
    #[track_caller]
    pub fn arrives_seen(self, register: &mut Register, second: SecondLook) {
        let seen = self.newest(register);
        self.taken(register, seen, Outcome::Applied, Some(second));
    }

    /// A decision by somebody who had seen the record only as far as `seen`: a rival of what came since.
    #[track_caller]
    pub fn arrives_as_rival(self, register: &mut Register, seen: u32) {
        self.taken(register, seen, Outcome::Conflict, None);
    }

    fn newest(&self, register: &Register) -> u32 {
        register.record(self.record).map_or(0, |record| record.version)
    }

    #[track_caller]
    fn taken(self, register: &mut Register, seen: u32, result: Outcome, second: Option<SecondLook>) {
        let seq = (1..).find(|seq| register.event(&format!("e{seq}")).is_none()).expect("a number");
        let version = self.newest(register) + 1;
        let (written, received) = (at(self.at), at(self.received.unwrap_or(self.at)));
        let late = time::minutes(register.directory().settings(self.site).late_sync_min);
        let is_late = received - written > late;
        let event = Event {
            id: format!("e{seq}").into(),
            verb: self.verb.into(),
            site: self.site.into(),
            record: (!self.record.is_empty()).then(|| self.record.into()),
            by: self.by.into(),
            device: format!("{}-phone", self.by).into(),
            with: self.with.as_object().cloned().unwrap_or_default().into(),
            seen,
            device_time: written,
            offset_ms: Some(0),
        };
        let judgement = Judgement {
            seq,
            received_at: received,
            offset_ms: 0,
            corrected_at: written,
            version: event.record.is_some().then_some(version),
            result,
            code: None,
            marks: if is_late { vec![Mark::LateSync] } else { Vec::new() },
            deliveries: 1,
            second,
            author_away: false,
            words_gone: None,
        };
        register.take(Arc::new(Received { event, judgement }));
    }
}
