//! What happens when: the moments of a scenario in order, with spells without contact and arrivals.
//! Arrival order: by arrival instant; for the same instant in file order.

use super::file::Scenario;
use domain::time::Instant;
use std::collections::BTreeMap;

/// One thing that happens. Events and expectations are named by their place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// From now on the device knows what had arrived before, and what is written on it.
    LoseContact {
        device: String,
    },
    Write {
        event: usize,
    },
    /// What waits on one device arrives, in the order written.
    Deliver {
        device: String,
        events: Vec<usize>,
    },
    RegainContact {
        device: String,
    },
    Expect {
        expectation: usize,
    },
}

/// A time without contact: from the first instant on, until just before the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    pub device: String,
    pub from: Instant,
    pub until: Instant,
    pub events: Vec<usize>,
}

/// Order inside one instant: a device that leaves does not know what arrives then; expectations come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Leave,
    /// Place in the file, then: 0 write, 1 deliver, 2 contact is back, 3 contact is lost again.
    Event(usize, u8),
    Expect(usize),
}

pub fn plan(scenario: &Scenario) -> Vec<(Instant, Step)> {
    let spells = spells(scenario);
    let mut steps: Vec<(Instant, Phase, Step)> = Vec::new();
    for (index, event) in scenario.events.iter().enumerate() {
        steps.push((event.at, Phase::Event(index, 0), Step::Write { event: index }));
    }
    for spell in &spells {
        let device = || spell.device.clone();
        for event in &spell.events {
            let step = Step::Deliver { device: device(), events: vec![*event] };
            steps.push((spell.until, Phase::Event(*event, 1), step));
        }
        let last = spell.events.last().copied().unwrap_or_default();
        steps.push((spell.until, Phase::Event(last, 2), Step::RegainContact { device: device() }));
        steps.push((spell.from, leaves_at(scenario, spell), Step::LoseContact { device: device() }));
    }
    steps.extend(first_contacts(scenario, &spells));
    for (index, expectation) in scenario.expect.iter().enumerate() {
        steps.push((expectation.at, Phase::Expect(index), Step::Expect { expectation: index }));
    }
    steps.sort_by_key(|(at, phase, _)| (*at, *phase));
    batched(steps)
}

/// The spells of every device, each with its events in the order written.
pub fn spells(scenario: &Scenario) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut current: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, event) in scenario.events.iter().enumerate() {
        let Some(until) = event.offline_until else { continue };
        let device = event.device();
        let same = current.get(device).copied().filter(|spell| spells[*spell].until == until);
        if let Some(spell) = same {
            spells[spell].events.push(index);
            continue;
        }
        current.insert(device, spells.len());
        let from = event.offline_from.unwrap_or(event.at);
        spells.push(Spell { device: device.to_owned(), from, until, events: vec![index] });
    }
    spells
}

/// A device leaves before anything arrives at that instant, unless it was in contact itself just then.
fn leaves_at(scenario: &Scenario, spell: &Spell) -> Phase {
    let first = spell.events.first().copied().unwrap_or_default();
    let own = scenario.events[..first].iter().rposition(|event| {
        event.device() == spell.device && event.offline_until.unwrap_or(event.at) == spell.from
    });
    own.map_or(Phase::Leave, |index| Phase::Event(index, 3))
}

/// A device with a first contact is away from the beginning until then.
fn first_contacts(scenario: &Scenario, spells: &[Spell]) -> Vec<(Instant, Phase, Step)> {
    let mut steps = Vec::new();
    for device in &scenario.devices {
        let Some(contact) = device.first_contact else { continue };
        let name = || device.id.clone();
        steps.push((Instant::MIN_UTC, Phase::Leave, Step::LoseContact { device: name() }));
        let in_a_spell =
            |spell: &Spell| spell.device == device.id && spell.from < contact && contact <= spell.until;
        if !spells.iter().any(in_a_spell) {
            steps.push((contact, Phase::Leave, Step::RegainContact { device: name() }));
        }
    }
    steps
}

/// Events of one device that arrive one after the other arrive in one contact.
fn batched(steps: Vec<(Instant, Phase, Step)>) -> Vec<(Instant, Step)> {
    let mut batches: Vec<(Instant, Step)> = Vec::new();
    for (at, _, step) in steps {
        if let Step::Deliver { device, events } = &step
            && let Some((before, Step::Deliver { device: same, events: batch })) = batches.last_mut()
            && *before == at
            && same == device
        {
            batch.extend(events);
            continue;
        }
        batches.push((at, step));
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::file::parse;

    const HEAD: &str = "scenario: s\ntitle: t\nsites: [{id: a}]\nstaff: [{id: p, roles: {a: [reporter]}}]\n";

    fn steps(events: &str) -> Vec<String> {
        let scenario = parse(&format!("{HEAD}events:\n{events}expect: []\n")).expect("reads");
        let name = |event: &usize| scenario.events[*event].id.clone();
        plan(&scenario)
            .iter()
            .map(|(_, step)| match step {
                Step::LoseContact { device } => format!("-{device}"),
                Step::RegainContact { device } => format!("+{device}"),
                Step::Write { event } => name(event),
                Step::Deliver { events, .. } => {
                    format!(">{}", events.iter().map(name).collect::<Vec<_>>().join(","))
                }
                Step::Expect { .. } => "?".to_owned(),
            })
            .collect()
    }

    fn event(id: &str, time: &str, device: &str, more: &str) -> String {
        format!(
            "  - {{id: {id}, at: 2026-06-01T{time}+01:00, by: p, device: {device}, do: add_note, record: r{more}}}\n"
        )
    }

    #[test]
    fn a_spell_starts_before_what_arrives_then_and_ends_with_a_delivery() {
        let until = ", offline_until: 2026-06-01T11:00+01:00";
        let file = [
            event(
                "x",
                "09:00",
                "d",
                ", offline_from: 2026-06-01T08:30+01:00, offline_until: 2026-06-01T11:00+01:00",
            ),
            event("y", "09:30", "other", ""),
            event("z", "10:00", "d", until),
            event("w", "11:00", "other", ""),
        ];
        assert_eq!(steps(&file.concat()), ["-d", "x", "y", "z", ">x,z", "+d", "w"]);
    }

    #[test]
    fn two_devices_that_arrive_together_keep_the_order_of_the_file() {
        let until = ", offline_until: 2026-06-01T11:00+01:00";
        let file = [
            event("a1", "09:00", "a", until),
            event("b1", "09:10", "b", until),
            event("a2", "09:20", "a", until),
        ];
        assert_eq!(steps(&file.concat()), ["-a", "a1", "-b", "b1", "a2", ">a1", ">b1", "+b", ">a2", "+a"]);
    }
}
