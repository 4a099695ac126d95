//! Requests as phones write them, and what the real server answers.

use super::{Files, Told};
use crate::prepared::start;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sync::{
    pull::{self, Cursor, Pulled},
    wire::{
        AnonymousLetter, AnonymousRequest, CONTENT_TYPE, CheckRequest, DoubtReport, PushRequest, View,
        ViewsRequest,
    },
};

/// Of every question here; the target asks with it too.
const ASK: &str = "ask-1";
/// Rows of a page.
const ROWS: usize = 4;
/// Entries that wait.
const WAITING: usize = 3;

impl Told<'_> {
    /// What waits on the first phone.
    pub(super) fn unsent(&mut self) -> Result<PushRequest> {
        let now = self.world.now;
        for _ in 0..200 {
            let request = self.world.phones[0].next_push(0, "nonce-1".to_owned(), now);
            if let Some(request) = request.filter(|request| request.events.len() >= WAITING) {
                return Ok(request);
            }
            self.world.somebody_writes(0)?;
        }
        anyhow::bail!("nobody wrote anything")
    }

    /// The replies, and the questions to which they are answers.
    pub(super) fn fixed_and_replies(&mut self) -> Result<Files> {
        let mut files = Files::new();
        let request = self.unsent()?;
        let body = serde_json::to_vec(&request)?;
        files.insert("fixed/push.json".to_owned(), body.clone());
        files.insert("fixed/lists.json".to_owned(), serde_json::to_vec(&*self.world.phones[0].lists)?);
        let letter = self.letter();
        files.insert("fixed/letter.json".to_owned(), serde_json::to_vec(&letter)?);
        let mut replies: Vec<(String, Vec<u8>)> = Vec::new();
        let mut replied = |name: &str, body: &[u8]| replies.push((name.to_owned(), without_stamp(body)));
        let accepted = self.ask(true, "/v1/push", body.clone())?;
        replied("push-accepted", &accepted.body);
        replied("push-again", &self.ask(true, "/v1/push", body)?.body);
        replied("push-mixed", &mixed(&accepted.json()?)?);
        replied("letter", &self.ask(true, "/v1/anonymous", serde_json::to_vec(&letter)?)?.body);
        replied("check", &self.ask(true, "/v1/check", serde_json::to_vec(&self.checked()?)?)?.body);
        replied("refused", &self.ask(true, "/v1/push", b"{}".to_vec())?.body);
        replied("no-role", br#"{"code":"no_role_now","sentence":"Every role has ended."}"#);
        let wipe = json!({ "device": request.device, "epoch": request.epoch, "at": 1_772_438_400_000_000_i64, "sig": "s" });
        replied("removed", json!({ "code": "device_revoked", "wipe": wipe }).to_string().as_bytes());
        let mut cursor = Cursor::default();
        for page in 1..=3 {
            let mut query = cursor.query(ASK);
            query.limit = ROWS;
            let answer = self.page(&query)?;
            replied(&format!("page-{page}"), &answer.body);
            let read = pull::read(&cursor, ASK, answer.status, Some(CONTENT_TYPE), &answer.body);
            let Pulled::Page(read) = read else { anyhow::bail!("page {page} is none") };
            cursor = read.cursor;
            if page == 1 {
                files.insert("fixed/cursor.json".to_owned(), serde_json::to_vec(&cursor)?);
            }
        }
        files.extend(replies.into_iter().map(|(name, body)| (format!("seeds/replies/{name}"), body)));
        Ok(files)
    }

    pub(super) fn requests(&mut self) -> Result<Files> {
        let push = self.unsent()?;
        let request = self.letter();
        let record = self.rows.first().and_then(|row| row.1.record.clone()).context("a record")?;
        let views =
            ViewsRequest { views: vec![View { id: "view-1".into(), record, at: start(), in_file: false }] };
        let seen = self.world.phones[0].tabs.first().map(|tab| tab.cursor.head).unwrap_or_default();
        let server_epoch = Some(self.world.prepared.server_epoch.clone());
        let doubt = DoubtReport { doubt: "shorter".to_owned(), server_epoch, seen };
        let query = Cursor { next: 4, head: seen, ..Cursor::default() }.query(ASK);
        let all = [
            ("push", serde_json::to_vec(&push)?),
            ("letter", serde_json::to_vec(&AnonymousLetter { request, seen: 1 })?),
            ("check", serde_json::to_vec(&self.checked()?)?),
            ("views", serde_json::to_vec(&views)?),
            ("doubt", serde_json::to_vec(&doubt)?),
            ("query", serde_json::to_vec(&query)?),
        ];
        Ok(all.into_iter().map(|(name, body)| (format!("seeds/requests/{name}"), body)).collect())
    }

    fn letter(&self) -> AnonymousRequest {
        let with = json!({
            "category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface", "text": "A wet floor",
            "identity": "anonymous",
        });
        AnonymousRequest {
            tenant: self.world.phones[0].tenant.clone(),
            verb: "report".to_owned(),
            site: "elm".into(),
            record: None,
            token: None,
            with: with.as_object().cloned().unwrap_or_default().into(),
            written_at: self.world.now,
            sent_at: self.world.now,
            offline: false,
            key: "letter-1".into(),
        }
    }

    fn checked(&self) -> Result<CheckRequest> {
        let phone = &self.world.phones[0];
        let own =
            |envelope: &sync::Envelope| *envelope.device == *phone.id && envelope.actor == phone.staff();
        let mine = self.rows.iter().rev().find(|row| own(&row.1)).context("an entry of the first phone")?;
        let event = mine.1.event();
        ensure!(!event.with.is_empty() || !event.verb.is_empty(), "an entry without a word");
        Ok(CheckRequest { event })
    }
}

/// The same with every outcome that there is.
fn mixed(reply: &Value) -> Result<Vec<u8>> {
    let mut reply = reply.clone();
    let others = [
        json!({ "outcome": "held", "why": "waits for an earlier entry of this device" }),
        json!({ "outcome": "quarantined", "reason": "forked", "sentence": "Two copies." }),
        json!({ "outcome": "retry", "after_s": 60 }),
    ];
    let receipts = reply["receipts"].as_array_mut().context("receipts")?;
    for (receipt, mut other) in receipts.iter_mut().zip(others) {
        other["hash"] = receipt["hash"].clone();
        *receipt = other;
    }
    Ok(serde_json::to_vec(&reply)?)
}

/// The target puts the right stamp on whatever it is given.
fn without_stamp(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    match text.rfind(",\"digest\":\"") {
        Some(at) => format!("{}}}", &text[..at]).into_bytes(),
        None => body.to_vec(),
    }
}
