//! A scenario played in the domain alone: a server register, and a copy of it on every device that is away.

use super::{
    author::{self, Desk},
    devices::Devices,
    file::{Event as Line, SERVER, Scenario},
    ids::Ids,
    knowledge::Knowledge,
    world::{Checked, Fate, View, Viewer, World},
};
use anyhow::{Context, Result};
use domain::{
    directory::Directory,
    event::{Event, Judgement, Outcome, Received},
    time::Instant,
};
use std::{collections::BTreeMap, sync::Arc};

pub struct InDomain<'a> {
    scenario: &'a Scenario,
    /// Local ids are used as they are.
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

    /// Judged by the server and, unless refused, taken in.
    fn arrive(&mut self, line: &Line, event: &Event, at: Instant) -> Judgement {
        let clock_min = self.devices.of(line.device()).clock_min(at);
        let mut judgement = author::judged(line, event, &self.server, &self.ids, at, clock_min);
        judgement.deliveries = line.deliveries;
        if judgement.result != Outcome::Refused {
            self.server.take(Arc::new(Received { event: event.clone(), judgement: judgement.clone() }));
        }
        judgement
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
        let known = self.away.get(line.device()).unwrap_or(&self.server);
        Ok(Desk::open(line, self.scenario, known, &self.ids, &mut self.devices).check())
    }

    fn write(&mut self, line: &Line, event: Event) -> Result<Fate> {
        let Some(known) = self.away.get_mut(line.device()) else {
            let judgement = self.arrive(line, &event, line.at);
            let code = judgement.code.map(|code| code.to_string()).unwrap_or_default();
            return Ok(match judgement.result {
                Outcome::Refused => Fate::Refused { event, code },
                _ => Fate::Written { event },
            });
        };
        let row = author::provisional(line, &event, known, &self.ids);
        known.take(Arc::new(row));
        self.waiting.insert(line.id.clone(), event.clone());
        Ok(Fate::Written { event })
    }

    fn deliver(&mut self, lines: &[&Line], at: Instant) -> Result<Vec<(String, Event)>> {
        for line in lines {
            let event = self.waiting.remove(&line.id).context("nothing waits under that id")?;
            self.arrive(line, &event, at);
        }
        Ok(Vec::new())
    }

    fn view(&mut self, seen_by: &str, at: Instant) -> Result<View> {
        let user = self.devices.of(seen_by).user.clone();
        let (viewer, known) = match seen_by {
            SERVER => (Viewer::Server, &self.server),
            device => {
                (author::viewer(device, user.as_deref(), self.scenario, &self.ids), self.known_to(device))
            }
        };
        let mut knowledge = match viewer {
            Viewer::Server => known.clone(),
            // A device evaluates patterns over what its user may see, as that user may read it.
            _ => known.part(|row| {
                let sees = viewer.sees_event(&known.register, at, &row.event);
                sees.then(|| viewer.shown(&known.register, at, row))
            }),
        };
        knowledge.register.settle(at);
        Ok(View { at, knowledge, viewer })
    }
}
