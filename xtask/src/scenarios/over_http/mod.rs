//! A scenario played against a real server process over HTTP, with one simulated device for each in the file.
//! The server's own view is what a person with every role pulls and folds.

mod letters;
mod setup;

use crate::client::{Phone, Process, uuid};
use anyhow::{Context, Result, bail};
use chrono::Duration;
use domain::{
    directory::Directory,
    event::{Author, Event, Outcome, Received},
    time::Instant,
};
use letters::Letters;
use replay::scenarios::{
    author::{self, Desk},
    devices::Devices,
    file::{ANONYMOUS, Event as Line, SERVER, Scenario},
    ids::{Ids, Sort},
    knowledge::Knowledge,
    world::{Checked, Fate, View, Viewer, World},
};
use setup::{OBSERVER, PASSWORD};
use std::{collections::BTreeMap, sync::Arc};
use sync::{
    Signed,
    wire::{CheckReply, CheckRequest, PushOutcome},
};

pub struct OverHttp<'a> {
    scenario: &'a Scenario,
    ids: Ids,
    process: Process,
    directory: Arc<Directory>,
    observer: Phone,
    phones: BTreeMap<String, Phone>,
    devices: Devices,
    away: BTreeMap<String, Away>,
    letters: Letters,
    /// Frozen events by local id.
    signed: BTreeMap<String, Signed>,
}

/// What a device without contact knows.
struct Away {
    /// Everything that had arrived before, whatever its user may see (model.md 12.5), and its own events.
    known: Knowledge,
    /// Its own events since then, as it judges them itself.
    own: Vec<Received>,
}

impl<'a> OverHttp<'a> {
    /// Starts a server, and brings everybody in one day before the first event.
    pub fn new(scenario: &'a Scenario) -> Result<Self> {
        let first =
            scenario.events.iter().map(|line| line.at).chain(scenario.expect.iter().map(|one| one.at)).min();
        let before = first.unwrap_or_default() - Duration::days(1);
        let process = Process::temporary(&scenario.name, before)?;
        let stage = setup::set_up(scenario, &process, before)?;
        let mut ids = Ids::default();
        for line in &scenario.events {
            ids.give(Sort::Event, &line.id, &uuid(&[&scenario.name, "event", &line.id]));
            if let Some(record) = &line.record {
                ids.give(Sort::Record, record, &uuid(&[&scenario.name, "record", record]));
            }
        }
        Ok(Self {
            scenario,
            ids,
            process,
            directory: stage.directory,
            observer: stage.observer,
            phones: stage.phones,
            devices: Devices::new(scenario),
            away: BTreeMap::new(),
            letters: Letters::default(),
            signed: BTreeMap::new(),
        })
    }

    /// Everything the server has at this moment.
    fn all(&mut self, at: Instant) -> Result<Knowledge> {
        let rows = self.rows(at)?;
        Ok(self.fold(rows))
    }

    /// The same with the names that even the observer may not see: a device knows its own author, and what is known
    /// there does not depend on what that person may see (model.md 12.3).
    fn all_by_name(&mut self, at: Instant) -> Result<Knowledge> {
        let rows = self.rows(at)?;
        let named = rows.into_iter().map(|row| self.by_name(row)).collect::<Vec<_>>();
        Ok(self.fold(named))
    }

    fn by_name(&self, mut row: Received) -> Received {
        let local = self.ids.local(&row.event.id);
        if row.event.by == Author::Hidden
            && let Some(line) = self.scenario.events.iter().find(|line| line.id == local)
        {
            row.event.by = Author::from(line.by.as_str());
            if let Some(phone) = self.phones.get(line.device()) {
                row.event.device = phone.id.clone();
            }
        }
        row
    }

    fn rows(&mut self, at: Instant) -> Result<Vec<Received>> {
        self.process.set_clock(at)?;
        if !self.observer.pull(&self.process.api, OBSERVER)? {
            bail!("the observer may not pull");
        }
        Ok(self.observer.people.get(OBSERVER).map(|mailbox| mailbox.rows.clone()).unwrap_or_default())
    }

    fn fold(&self, rows: impl IntoIterator<Item = Received>) -> Knowledge {
        Knowledge::of(self.directory.clone(), rows.into_iter().map(Arc::new))
    }

    fn phone(&mut self, device: &str) -> Result<&mut Phone> {
        self.phones.get_mut(device).with_context(|| format!("{device} is not enrolled"))
    }

    fn device_clock(&mut self, device: &str, at: Instant) -> Instant {
        at + Duration::minutes(self.devices.of(device).clock_min(at))
    }

    /// The check of an author who is online, at the server. `None` when the server does not let them in.
    fn ask_server(&mut self, line: &Line, event: &Event) -> Result<Option<Checked>> {
        self.process.set_clock(line.at)?;
        let ask = CheckRequest { event: event.clone() };
        let session = self.phone(line.device())?.session_of(&line.by);
        let mut reply = self.process.api.post("/v1/check", &session, &ask)?;
        if reply.status == 401 && self.sign_in_again(line.device(), &line.by, line.at)? {
            let session = self.phone(line.device())?.session_of(&line.by);
            reply = self.process.api.post("/v1/check", &session, &ask)?;
        }
        if matches!(reply.status, 401 | 403) {
            return Ok(None);
        }
        let reply: CheckReply = reply.ok()?;
        Ok(Some(match reply.into_result() {
            Ok(event) => Checked::Fine(event),
            Err(problem) => Checked::Refused { event: event.clone(), code: problem.code },
        }))
    }

    /// Everything that a person may see now, on this device.
    fn pull(&mut self, device: &str, person: &str, at: Instant) -> Result<()> {
        let phone = self.phones.get_mut(device).with_context(|| format!("{device} is not enrolled"))?;
        if !phone.pull(&self.process.api, person)? && self.sign_in_again(device, person, at)? {
            let phone = self.phones.get_mut(device).with_context(|| format!("{device} is not enrolled"))?;
            phone.pull(&self.process.api, person)?;
        }
        Ok(())
    }

    /// Whoever takes a shared device signs in on it, and that ends the session of the one before.
    /// False when the server does not let them in any more.
    fn sign_in_again(&mut self, device: &str, person: &str, at: Instant) -> Result<bool> {
        let phone = self.phones.get_mut(device).with_context(|| format!("{device} is not enrolled"))?;
        Ok(phone.sign_in(&self.process.api, person, PASSWORD, at).is_ok())
    }

    /// Sends what waits on a device, and again as often as the file says.
    fn push(&mut self, lines: &[&Line], at: Instant) -> Result<Vec<PushOutcome>> {
        let Some(device) = lines.first().map(|line| line.device()) else { return Ok(Vec::new()) };
        self.process.set_clock(at)?;
        let sent_at = self.device_clock(device, at);
        let phone = self.phones.get_mut(device).with_context(|| format!("{device} is not enrolled"))?;
        let outcomes = phone.send(&self.process.api, sent_at, lines.len())?;
        if outcomes.len() != lines.len() {
            bail!("{} events were sent, {} came through", lines.len(), outcomes.len());
        }
        for line in lines {
            let signed = self.signed.get(&line.id).context("it was never written")?;
            for _ in 1..line.deliveries {
                phone.send_again(&self.process.api, signed, sent_at)?;
            }
        }
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }

    /// Written with an older view than the server's: would the server refuse it at once?
    fn refused_at_once(&mut self, line: &Line, event: &Event) -> Result<Option<String>> {
        if line.seen.is_none() {
            return Ok(None);
        }
        let known = self.all_by_name(line.at)?;
        let clock_min = self.devices.of(line.device()).clock_min(line.at);
        let judgement = author::judged(line, event, &known, &self.ids, line.at, clock_min);
        let refused = judgement.result == Outcome::Refused;
        Ok(judgement.code.filter(|_| refused).map(|code| code.to_string()))
    }
}

impl World for OverHttp<'_> {
    fn ids(&self) -> &Ids {
        &self.ids
    }

    fn lose_contact(&mut self, device: &str, at: Instant) -> Result<()> {
        if !self.devices.of(device).leave(at) {
            return Ok(());
        }
        let had_contact = self.devices.of(device).known_offset_min(at).is_some();
        let known = if had_contact { self.all_by_name(at)? } else { Knowledge::new(self.directory.clone()) };
        if had_contact {
            let phone = self.phone(device)?;
            // Whoever signs in on it later reads what was there when contact broke off.
            let people: Vec<String> = phone.people.keys().cloned().collect();
            for person in people {
                self.pull(device, &person, at)?;
            }
        }
        self.away.insert(device.to_owned(), Away { known, own: Vec::new() });
        Ok(())
    }

    fn regain_contact(&mut self, device: &str, _at: Instant) -> Result<()> {
        self.devices.of(device).away = false;
        self.away.remove(device);
        Ok(())
    }

    fn check(&mut self, line: &Line) -> Result<Checked> {
        self.devices.wrote(line);
        let device = line.device();
        let everything = if self.away.contains_key(device) { None } else { Some(self.all_by_name(line.at)?) };
        let known = everything.as_ref().or(self.away.get(device).map(|away| &away.known));
        let known = known.context("a device is either away or not")?;
        let mut desk = Desk::open(line, self.scenario, known, &self.ids, &mut self.devices);
        if !line.is_anonymous() {
            desk.event.device = self.phone(device)?.id.clone();
        }
        if everything.is_none() {
            return Ok(desk.check());
        }
        if line.is_anonymous() {
            // The server checks the letter when it arrives, which is at once.
            return Ok(Checked::Fine(desk.event));
        }
        if line.seen.is_none()
            && let Some(checked) = self.ask_server(line, &desk.event)?
        {
            return Ok(checked);
        }
        Ok(desk.check())
    }

    fn write(&mut self, line: &Line, event: Event) -> Result<Fate> {
        let online = !self.away.contains_key(line.device());
        if line.is_anonymous() {
            return if online {
                self.send_letter(line, event, line.at)
            } else {
                self.keep_letter(line, event)
            };
        }
        if online && let Some(code) = self.refused_at_once(line, &event)? {
            return Ok(Fate::Refused { event, code });
        }
        let signed = self.phone(line.device())?.write(&event)?;
        self.signed.insert(line.id.clone(), signed);
        if !online {
            self.keep(line, &event)?;
            return Ok(Fate::Written { event });
        }
        match self.push(&[line], line.at)?.pop() {
            Some(PushOutcome::Quarantined { reason, .. }) => Ok(Fate::Refused { event, code: reason }),
            Some(PushOutcome::Accepted { .. }) => Ok(Fate::Written { event }),
            other => bail!("the server answers {other:?}"),
        }
    }

    fn deliver(&mut self, lines: &[&Line], at: Instant) -> Result<Vec<(String, Event)>> {
        let mut anew = Vec::new();
        for run in lines.chunk_by(|one, next| one.is_anonymous() == next.is_anonymous()) {
            if run.first().is_some_and(|line| line.is_anonymous()) {
                for line in run {
                    anew.push((line.id.clone(), self.deliver_letter(line, at)?));
                }
            } else {
                self.push(run, at)?;
            }
        }
        Ok(anew)
    }

    fn view(&mut self, seen_by: &str, at: Instant) -> Result<View> {
        let mut knowledge = self.all(at)?;
        let mut viewer = Viewer::Server;
        if seen_by != SERVER {
            let user = self.devices.of(seen_by).user.clone();
            viewer = author::viewer(seen_by, user.as_deref(), self.scenario, &self.ids);
            knowledge = self.seen_on(seen_by, user.as_deref(), knowledge, at)?;
        }
        knowledge.register.settle(at);
        Ok(View { at, knowledge, viewer })
    }

    fn is_coarse(&self) -> bool {
        self.scenario.events.iter().any(Line::is_anonymous)
    }
}

impl OverHttp<'_> {
    /// An event that waits on a device that is away.
    fn keep(&mut self, line: &Line, event: &Event) -> Result<()> {
        let away = self.away.get_mut(line.device()).context("the device is away")?;
        let row = author::provisional(line, event, &away.known, &self.ids);
        away.known.take(Arc::new(row.clone()));
        away.own.push(row);
        Ok(())
    }

    /// What the user of a device sees on it. A device that only holds tokens asks for nothing but its records.
    fn seen_on(
        &mut self,
        device: &str,
        user: Option<&str>,
        all: Knowledge,
        at: Instant,
    ) -> Result<Knowledge> {
        let Some(user) = user.filter(|user| *user != ANONYMOUS) else {
            return Ok(self.away.get(device).map_or(all, |away| away.known.clone()));
        };
        if !self.away.contains_key(device) {
            self.pull(device, user, at)?;
        }
        let rows =
            self.phone(device)?.people.get(user).map(|mailbox| mailbox.rows.clone()).unwrap_or_default();
        let own = self.away.get(device).map(|away| away.own.clone()).unwrap_or_default();
        Ok(self.fold(rows.into_iter().chain(own)))
    }
}
