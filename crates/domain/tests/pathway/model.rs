//! The states that two devices and the server can be in, and what must hold in each of them.

use crate::home::{PEOPLE, Start, Verb, Written, at, directory, name_of, record};
use domain::{
    decide::{Arrival, Moment, decide, judge},
    event::{Event, Judgement, Outcome, Received},
    record::{Record, Standing, StepDecision},
    register::Register,
};
use stateright::{Model, Property};
use std::sync::Arc;

pub struct Pathway {
    pub start: Start,
    /// How many of `PEOPLE` write.
    pub people: usize,
    /// Events that are written at most.
    pub writes: u8,
    /// Enough is written for a conflict to be settled.
    pub settled: bool,
}

/// What can differ between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// In order of arrival; whether it came after the manager's role had ended.
    log: Vec<(Written, bool)>,
    unsent: [Vec<Written>; 2],
    /// Rows that each device has pulled.
    pulled: [u8; 2],
    /// The manager's role has ended; and which device has heard of it.
    ended: bool,
    heard: [bool; 2],
    written: u8,
}

/// A state, with what follows from it so that nothing is folded twice.
#[derive(Clone, Debug)]
pub struct World {
    place: Place,
    server: Register,
    /// What each device has pulled.
    base: [Register; 2],
}

impl PartialEq for World {
    fn eq(&self, other: &World) -> bool {
        self.place == other.place
    }
}

impl Eq for World {}

impl std::hash::Hash for World {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.place.hash(state);
    }
}

impl std::ops::Deref for World {
    type Target = Place;
    fn deref(&self) -> &Place {
        &self.place
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Write(u8, Verb),
    /// The first event that waits on a device arrives.
    Send(u8),
    Pull(u8),
    RoleEnds,
}

impl World {
    fn late(&self) -> bool {
        self.ended
    }

    fn arrives(&mut self, written: Written) {
        let event = written.event();
        let judgement = arrived(&self.server, &event, self.log.len() as u64 + 1, self.ended);
        self.server.take(Arc::new(Received { event, judgement }));
        let late = self.ended;
        self.place.log.push((written, late));
    }

    /// What a device knows: what it pulled, then its own.
    fn device(&self, device: usize) -> Register {
        let mut register = self.base[device].clone();
        let own = self.log.iter().skip(usize::from(self.pulled[device])).map(|(written, _)| written);
        let own = own.filter(|written| usize::from(written.device) == device);
        for written in own.chain(&self.unsent[device]) {
            let event = written.event();
            let judgement = arrived(&register, &event, 0, self.late());
            if judgement.result != Outcome::Refused {
                register.take(Arc::new(Received { event, judgement }));
            }
        }
        register
    }

    /// The version of the record in the rows that a device pulled.
    fn seen(&self, device: usize) -> u8 {
        u8::try_from(record(&self.base[device]).version).unwrap_or(u8::MAX)
    }
}

fn arrived(register: &Register, event: &Event, seq: u64, late: bool) -> Judgement {
    let arrival = Arrival { seq, received_at: at(late), offset_ms: 0, token_for: None, online: false };
    judge(register, event, &arrival)
}

fn moment(late: bool) -> Moment {
    Moment { corrected_at: at(late), token_for: None }
}

impl Model for Pathway {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        let empty = Register::new(directory(false));
        let mut world =
            World { place: Place::default(), server: empty.clone(), base: [empty.clone(), empty] };
        self.start.story().into_iter().for_each(|written| world.arrives(written));
        world.base = [world.server.clone(), world.server.clone()];
        world.place.pulled = [u8::try_from(world.log.len()).unwrap_or(u8::MAX); 2];
        vec![world]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Step>) {
        for device in 0..2_u8 {
            let place = usize::from(device);
            if !world.unsent[place].is_empty() {
                actions.push(Step::Send(device));
            }
            let all = usize::from(world.pulled[place]) == world.log.len();
            if !all || world.heard[place] != world.ended {
                actions.push(Step::Pull(device));
            }
        }
        if !world.ended {
            actions.push(Step::RoleEnds);
        }
        if world.written >= self.writes {
            return;
        }
        let known = [world.device(0), world.device(1)];
        for (person, (_, device)) in (0..).zip(PEOPLE).take(self.people) {
            for verb in Verb::all(&record(&known[device]).conflicts) {
                let written = self.event(world, person, verb);
                if decide(&known[device], written.event(), &moment(world.late())).is_ok() {
                    actions.push(Step::Write(person, verb));
                }
            }
        }
    }

    fn next_state(&self, before: &World, step: Step) -> Option<World> {
        let mut world = before.clone();
        match step {
            Step::Write(person, verb) => {
                let written = self.event(before, person, verb);
                world.place.unsent[usize::from(written.device)].push(written);
                world.place.written += 1;
            }
            Step::Send(device) => {
                let written = world.place.unsent[usize::from(device)].remove(0);
                world.arrives(written);
            }
            Step::Pull(device) => {
                let device = usize::from(device);
                world.place.pulled[device] = u8::try_from(before.log.len()).ok()?;
                world.place.heard[device] = before.ended;
                world.base[device] = before.server.clone();
            }
            Step::RoleEnds => {
                world.place.ended = true;
                world.server.set_directory(directory(true));
            }
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = vec![
            Property::always("decisions in force knew of each other", |_, world: &World| {
                let record = record(&world.server);
                !record.state.is_live() || no_two_in_force(record)
            }),
            Property::always("every conflict can be settled", |_, world: &World| {
                let register = &world.server;
                let conflicts = record(register).conflicts.clone();
                conflicts
                    .iter()
                    .all(|(step, rivals)| rivals.iter().all(|keep| settles(world, register, *step, keep)))
            }),
            Property::always("nothing vanishes", |model: &Pathway, world: &World| {
                let record = record(&world.server);
                let waiting = world.unsent[0].len() + world.unsent[1].len();
                let made = model.start.story().len() + usize::from(world.written);
                let decided = record
                    .events
                    .iter()
                    .filter(|row| is_decision(&row.event))
                    .filter(|row| matches!(row.judgement.result, Outcome::Applied | Outcome::Conflict));
                record.events.len() == world.log.len()
                    && world.log.len() + waiting == made
                    && decided.count() == record.decisions.len()
            }),
            Property::sometimes("two decide without knowing", |_, world: &World| {
                !record(&world.server).conflicts.is_empty()
            }),
            Property::sometimes("a role ends under way", |_, world: &World| {
                !record(&world.server).set_aside.is_empty()
            }),
        ];
        if self.settled {
            properties.push(Property::sometimes("a conflict is settled", |_, world: &World| {
                let decisions = &record(&world.server).decisions;
                decisions.iter().any(|decision| decision.standing == Standing::NotKept)
            }));
        }
        properties
    }
}

impl Pathway {
    fn event(&self, world: &World, person: u8, verb: Verb) -> Written {
        let before = u8::try_from(self.start.story().len()).unwrap_or(u8::MAX);
        let device = PEOPLE[usize::from(person)].1;
        Written {
            number: before + world.written,
            person,
            device: u8::try_from(device).unwrap_or(u8::MAX),
            verb,
            seen: world.seen(device),
            late: world.late(),
        }
    }
}

fn is_decision(event: &Event) -> bool {
    domain::verbs::find(&event.verb).is_some_and(|spec| spec.decides.is_some())
}

/// Of two decisions of one step in force, the later author had seen the earlier one.
fn no_two_in_force(record: &Record) -> bool {
    let effective = |decision: &&StepDecision| matches!(decision.standing, Standing::Effective { .. });
    let in_force: Vec<&StepDecision> = record.decisions.iter().filter(effective).collect();
    in_force.iter().enumerate().all(|(place, later)| {
        let earlier = in_force.iter().take(place).filter(|earlier| earlier.step == later.step);
        earlier.into_iter().all(|earlier| {
            let row = record.events.iter().find(|row| row.event.id == later.id);
            let seen = row.is_some_and(|row| row.event.seen >= earlier.version);
            seen || earlier.device == later.device || record.conflicts.contains_key(&later.step)
        })
    })
}

/// The other manager, who sees everything, keeps this one: the step is no longer contested.
fn settles(world: &World, register: &Register, step: u8, keep: &str) -> bool {
    let seen = u8::try_from(record(register).version).unwrap_or(u8::MAX);
    let keep = keep.parse().unwrap_or(u8::MAX);
    let verb = Verb::Resolve(step, keep);
    let written = Written { number: 200, person: 3, device: 2, verb, seen, late: world.late() };
    assert_eq!(name_of(3), crate::home::OTHER_MANAGER);
    let Ok(event) = decide(register, written.event(), &moment(world.late())) else { return false };
    let mut after = register.clone();
    let judgement = arrived(&after, &event, world.log.len() as u64 + 1, world.late());
    let applied = judgement.result == Outcome::Applied;
    after.take(Arc::new(Received { event, judgement }));
    let kept = record(&after).decisions.iter().find(|decision| *decision.id == *keep.to_string());
    let in_force = kept.is_some_and(|decision| matches!(decision.standing, Standing::Effective { .. }));
    applied && in_force && !record(&after).conflicts.contains_key(&step)
}
