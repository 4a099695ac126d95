//! A scenario played in the domain alone: a server register, and a copy of it on every device that is away.

use super::{
    devices::Devices,
    draft::{self, Moment},
    file::{Event as Line, NOTHING, Scenario},
    ids::{Ids, Sort},
    knowledge::{Knowledge, Seen},
    world::{Checked, Fate, View, Viewer, World},
};
use anyhow::{Context, Result};
use domain::{
    decide::{self, Arrival, decide, judge},
    directory::Directory,
    event::{Event, Outcome, Received},
    ids::RecordId,
    register::Register,
    time::Instant,
};
use std::{collections::BTreeMap, sync::Arc};

pub struct InDomain<'a> {
    scenario: &'a Scenario,
    ids: Ids,
    server: Knowledge,
    devices: Devices,
    /// What devices that are away know.
    away: BTreeMap<String, Knowledge>,
    /// Written and not arrived yet, by local id.
    waiting: BTreeMap<String, Event>,
}

impl<'a> InDomain<'a> {
    pub fn new(scenario: &'a Scenario, directory: Arc<Directory>) -> Self {
        Self {
            scenario,
            ids: Ids::default(),
            server: Knowledge::new(directory),
            devices: Devices::new(scenario),
            away: BTreeMap::new(),
            waiting: BTreeMap::new(),
        }
    }

    fn known_to(&self, device: &str) -> &Knowledge {
        self.away.get(device).unwrap_or(&self.server)
    }

    fn token_for(&self, line: &Line) -> Option<RecordId> {
        line.token.as_deref().map(|record| self.ids.real(Sort::Record, record).into())
    }

    /// Judged by the server and taken in.
    fn arrive(&mut self, line: &Line, event: &Event, at: Instant, online: bool) -> Received {
        let clock_min = self.devices.of(line.device()).clock_min(at);
        let arrival = Arrival {
            seq: self.server.rows.len() as u64 + 1,
            received_at: at,
            offset_ms: clock_min * 60_000,
            token_for: self.token_for(line),
            online,
        };
        let register = settled(&self.server.register, at);
        let mut judgement = judge(&register, event, &arrival);
        judgement.deliveries = line.deliveries;
        let row = Received { event: event.clone(), judgement };
        if row.judgement.result != Outcome::Refused {
            self.server.take(Arc::new(row.clone()));
        }
        row
    }
}

impl World for InDomain<'_> {
    fn ids(&self) -> &Ids {
        &self.ids
    }

    fn lose_contact(&mut self, device: &str, at: Instant) -> Result<()> {
        if self.devices.of(device).leave(at) {
            let rows = self.server.rows.iter();
            let known = rows.filter(|row| row.judgement.received_at < at || *row.event.device == *device);
            let copy = Knowledge::of(self.server.register.shared_directory(), known.cloned());
            self.away.insert(device.to_owned(), copy);
        }
        Ok(())
    }

    fn regain_contact(&mut self, device: &str, _at: Instant) -> Result<()> {
        self.devices.of(device).away = false;
        self.away.remove(device);
        Ok(())
    }

    fn check(&mut self, line: &Line) -> Result<Checked> {
        self.devices.wrote(line);
        let moment = |seen, devices: &mut Devices| {
            let device = devices.of(line.device());
            Moment {
                clock_min: device.clock_min(line.at),
                offset_min: device.known_offset_min(line.at),
                seen,
            }
        };
        let known = self.known_to(line.device());
        let cut = line.seen.as_deref().zip(line.record.as_deref()).map(|(seen, record)| {
            let seen =
                if seen == NOTHING { Seen::Nothing } else { Seen::Until(self.ids.real(Sort::Event, seen)) };
            known.cut(self.ids.real(Sort::Record, record), seen)
        });
        let known = cut.unwrap_or_else(|| known.clone());
        let record = line.record.as_deref().map(|record| self.ids.real(Sort::Record, record));
        let seen = record.map_or(0, |record| known.version(record));
        let category = draft::category(line, self.scenario, &known, &self.ids);
        let site = draft::site(line, self.scenario);
        let event = draft::event(line, site, moment(seen, &mut self.devices), &self.ids, category);
        let at =
            decide::Moment { corrected_at: draft::corrected_at(&event), token_for: self.token_for(line) };
        Ok(match decide(&settled(&known.register, at.corrected_at), event.clone(), &at) {
            Ok(event) => Checked::Fine(event),
            Err(refusal) => Checked::Refused { event, code: refusal.code.to_string() },
        })
    }

    fn write(&mut self, line: &Line, event: Event) -> Result<Fate> {
        let Some(known) = self.away.get_mut(line.device()) else {
            let row = self.arrive(line, &event, line.at, true);
            let code = row.judgement.code.map(|code| code.to_string()).unwrap_or_default();
            return Ok(match row.judgement.result {
                Outcome::Refused => Fate::Refused { event, code },
                _ => Fate::Written { event },
            });
        };
        let token_for = line.token.as_deref().map(|record| self.ids.real(Sort::Record, record).into());
        let received_at = draft::corrected_at(&event);
        let offset_ms = event.offset_ms.unwrap_or_default();
        let arrival = Arrival { seq: 0, received_at, offset_ms, token_for, online: false };
        let judgement = judge(&settled(&known.register, received_at), &event, &arrival);
        known.take(Arc::new(Received { event: event.clone(), judgement }));
        self.waiting.insert(line.id.clone(), event.clone());
        Ok(Fate::Written { event })
    }

    fn deliver(&mut self, lines: &[&Line], at: Instant) -> Result<()> {
        for line in lines {
            let event = self.waiting.remove(&line.id).context("nothing waits under that id")?;
            self.arrive(line, &event, at, false);
        }
        Ok(())
    }

    fn view(&mut self, seen_by: &str, at: Instant) -> Result<View> {
        let server = seen_by == super::file::SERVER;
        let viewer = match server {
            true => Viewer::Server,
            false => Viewer::of_device(seen_by, self.devices.of(seen_by).user.as_deref()),
        };
        let mut knowledge = if server { self.server.clone() } else { self.known_to(seen_by).clone() };
        knowledge.register.settle(at);
        Ok(View { at, knowledge, viewer })
    }
}

fn settled(register: &Register, at: Instant) -> Register {
    let mut register = register.clone();
    register.settle(at);
    register
}
