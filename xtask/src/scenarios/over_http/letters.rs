//! Letters without a name: no chain, no author. The server writes the event and gives a token for the record.

use super::OverHttp;
use crate::client::Phone;
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DurationRound, TimeDelta};
use domain::{event::Event, time::Instant};
use replay::scenarios::{
    draft,
    file::{Event as Line, Scenario},
    ids::Sort,
    world::Fate,
};
use std::collections::BTreeMap;
use sync::wire::{AnonymousLetter, AnonymousReply, AnonymousRequest};

/// A server takes so many letters of one device in an hour of its own, not of the scenario: the next ones go from a
/// spare device. Nothing of a letter leads to its device.
const MOST_OF_A_DEVICE: usize = 20;

#[derive(Default)]
pub struct Letters {
    /// Local record id -> the token that its device keeps.
    tokens: BTreeMap<String, String>,
    /// Written on a device that is away, by local event id.
    waiting: BTreeMap<String, Event>,
    /// How many times each device has sent one.
    sent: BTreeMap<String, usize>,
}

/// The spare devices that a scenario needs for the letters of a device.
pub fn spares<'a>(scenario: &Scenario, device: &'a str) -> impl Iterator<Item = String> + 'a {
    let letters = scenario.events.iter().filter(|line| line.is_anonymous() && line.device() == device);
    let sent: usize = letters.map(|line| line.deliveries as usize).sum();
    (1..sent.div_ceil(MOST_OF_A_DEVICE)).map(move |number| spare(device, number))
}

fn spare(device: &str, number: usize) -> String {
    format!("{device} {number}")
}

impl OverHttp<'_> {
    /// Sent while online: a refusal is told at once.
    pub(super) fn send_letter(&mut self, line: &Line, event: Event, at: Instant) -> Result<Fate> {
        self.process.set_clock(at)?;
        let request = self.letter(line, &event, at)?;
        let session = self.next_device(line.device())?.session();
        let reply = self.process.api.post("/v1/anonymous", &session, &request)?;
        if let Some(code) = reply.code().filter(|_| !reply.is_ok()) {
            return Ok(Fate::Refused { event, code });
        }
        let reply: AnonymousReply = reply.ok()?;
        self.note(line, &reply);
        for _ in 1..line.deliveries {
            // The reply to a repetition holds a new token in place of the first.
            let session = self.next_device(line.device())?.session();
            let again: AnonymousReply = self.process.api.post("/v1/anonymous", &session, &request)?.ok()?;
            self.note(line, &again);
        }
        Ok(Fate::Written { event: reply.event })
    }

    /// The device itself, or the spare one whose turn it is.
    fn next_device(&mut self, device: &str) -> Result<&Phone> {
        let sent = self.letters.sent.entry(device.to_owned()).or_default();
        let number = *sent / MOST_OF_A_DEVICE;
        *sent += 1;
        let name = if number == 0 { device.to_owned() } else { spare(device, number) };
        self.phones.get(&name).with_context(|| format!("{name} is not enrolled"))
    }

    pub(super) fn keep_letter(&mut self, line: &Line, event: Event) -> Result<Fate> {
        self.keep(line, &event)?;
        self.letters.waiting.insert(line.id.clone(), event.clone());
        Ok(Fate::Written { event })
    }

    pub(super) fn deliver_letter(&mut self, line: &Line, at: Instant) -> Result<Event> {
        let event = self.letters.waiting.remove(&line.id).context("nothing waits under that id")?;
        match self.send_letter(line, event, at)? {
            Fate::Written { event } => Ok(event),
            Fate::Refused { code, .. } => {
                bail!("a letter that was written offline was refused: {code}")
            }
        }
    }

    fn letter(&mut self, line: &Line, event: &Event, at: Instant) -> Result<AnonymousLetter> {
        // Ids of letters that arrived meanwhile are known only now.
        let real = |record: &String| self.ids.real(Sort::Record, record).into();
        let is_report = line.verb == "report";
        let token =
            line.token.as_ref().map(|record| self.letters.tokens.get(record).cloned().unwrap_or_default());
        let with = if is_report { event.with.clone() } else { draft::with(line, &self.ids, None).into() };
        let request = AnonymousRequest {
            tenant: self.phones.get(line.device()).context("the device is enrolled")?.tenant().to_owned(),
            verb: line.verb.clone(),
            site: event.site.clone(),
            record: line.record.as_ref().filter(|_| !is_report).map(real),
            token,
            with,
            written_at: event
                .device_time
                .duration_trunc(TimeDelta::minutes(1))
                .map_err(|error| anyhow!("{error}"))?,
            sent_at: self.device_clock(line.device(), at),
            offline: line.offline_until.is_some(),
            key: event.id.clone(),
        };
        Ok(AnonymousLetter { request, seen: event.seen })
    }

    fn note(&mut self, line: &Line, reply: &AnonymousReply) {
        self.ids.give(Sort::Event, &line.id, &reply.event.id);
        let Some(local) = &line.record else { return };
        if let Some(record) = &reply.record {
            self.ids.give(Sort::Record, local, record);
        }
        if let Some(token) = &reply.token {
            self.letters.tokens.insert(local.clone(), token.clone());
        }
    }
}
