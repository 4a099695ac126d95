//! Plays one scenario in a world, moment by moment, and compares every expectation.

use super::{
    compare::{Difference, compare},
    file::{Event, Expectation, SERVER, Scenario},
    looks::{self, Scene},
    plan::{Step, plan},
    text,
    world::{Checked, Fate, World},
};
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::BTreeMap;

/// What came out of one scenario.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Played {
    pub failures: Vec<Failure>,
}

/// An expectation that does not hold.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// Place in the list `expect`, from 0.
    pub place: usize,
    /// For example `record r1 at 2026-06-01T10:00+01:00`.
    pub what: String,
    pub differences: Vec<Difference>,
}

pub fn play(scenario: &Scenario, world: &mut dyn World) -> Result<Played> {
    let mut game = Game { scenario, world, fates: BTreeMap::new(), played: Played::default() };
    for (at, step) in plan(scenario) {
        match step {
            Step::LoseContact { device } => game.world.lose_contact(&device, at)?,
            Step::RegainContact { device } => game.world.regain_contact(&device, at)?,
            Step::Write { event } => {
                let line = &scenario.events[event];
                game.write(line).with_context(|| format!("event {}", line.id))?;
            }
            Step::Deliver { device, events } => {
                let lines: Vec<&Event> = events.iter().map(|event| &scenario.events[*event]).collect();
                let lines: Vec<&Event> = lines.into_iter().filter(|line| game.is_written(line)).collect();
                let anew = game.world.deliver(&lines, at).with_context(|| format!("delivery of {device}"))?;
                game.fates.extend(anew.into_iter().map(|(id, event)| (id, Fate::Written { event })));
            }
            Step::Expect { expectation } => {
                game.expect(expectation).with_context(|| format!("expect[{expectation}]"))?;
            }
        }
    }
    Ok(game.played)
}

struct Game<'a> {
    scenario: &'a Scenario,
    world: &'a mut dyn World,
    fates: BTreeMap<String, Fate>,
    played: Played,
}

impl Game<'_> {
    fn write(&mut self, line: &Event) -> Result<()> {
        let fate = match self.world.check(line)? {
            Checked::Refused { event, code } => Fate::Refused { event, code },
            Checked::Fine(event) => self.world.write(line, event)?,
        };
        self.fates.insert(line.id.clone(), fate);
        Ok(())
    }

    fn is_written(&self, line: &Event) -> bool {
        matches!(self.fates.get(&line.id), Some(Fate::Written { .. }))
    }

    fn expect(&mut self, place: usize) -> Result<()> {
        let expectation = &self.scenario.expect[place];
        let of = text::of(&expectation.of).unwrap_or_default();
        let check = looks::find(&expectation.check)
            .with_context(|| format!("`{}` is no check", expectation.check))?;
        let view = self.world.view(&expectation.seen_by, expectation.at)?;
        let scene = Scene { view: &view, ids: self.world.ids(), fates: &self.fates };
        let got = (check.look)(&scene, &expectation.of).map(|got| self.world.ids().localise(got));
        let found = if self.world.is_coarse() {
            compare(&text::to_the_minute(&expectation.is), got.as_ref().map(text::to_the_minute).as_ref())
        } else {
            compare(&expectation.is, got.as_ref())
        };
        if !found.is_empty() {
            self.played.failures.push(Failure { place, what: what(expectation, &of), differences: found });
        }
        Ok(())
    }
}

fn what(expectation: &Expectation, of: &str) -> String {
    let at = expectation.at.format("%Y-%m-%dT%H:%M:%SZ");
    match expectation.seen_by.as_str() {
        SERVER => format!("{} {of} at {at}", expectation.check),
        device => format!("{} {of} at {at} seen by {device}", expectation.check),
    }
}
