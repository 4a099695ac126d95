//! Deterministic simulation of phones and a server. The sync core, the rules and the server are the real ones;
//! the store of a browser and the network are models with every fault that we know how to make.
//! One seed is one story; the same seed is the same story.

pub mod acts;
pub mod chance;
mod checks;
mod compare;
pub mod disk;
mod faults;
pub mod fuzz;
mod heal;
pub mod ledger;
mod network;
mod people;
pub mod phone;
pub mod prepared;
pub mod samples;
pub mod service;
mod sight;
pub mod tally;
pub mod truth;
pub mod world;

use anyhow::Result;
use prepared::Prepared;
use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};
use tally::Tally;
use world::World;

/// Devices that are enrolled for a run; a seed takes some of them.
pub const MOST_DEVICES: usize = 50;

/// Tells one story to its end.
/// # Errors  Only what stops the simulation itself; what it finds is in the tally.
pub fn story(prepared: &Prepared, seed: u64, steps: u64) -> Result<Tally> {
    let mut world = World::new(prepared, seed)?;
    for _ in 0..steps {
        world.step()?;
        if !world.wrong.is_empty() {
            break;
        }
    }
    if world.wrong.is_empty() {
        world.heal()?;
    }
    let mut tally = world.tally;
    tally.failures.extend(world.wrong.into_iter().map(|wrong| (seed, wrong)));
    Ok(tally)
}

/// Tells many stories, on every processor.
/// # Errors  As `story`.
pub fn run(first: u64, seeds: u64, steps: u64, devices: usize, told: impl Fn(u64) + Sync) -> Result<Tally> {
    let prepared = Prepared::make(devices)?;
    let (next, whole) = (AtomicU64::new(first), Mutex::new(Tally::default()));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Result<()> {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + seeds {
                return Ok(());
            }
            let tally = story(&prepared, seed, steps)?;
            let mut whole = whole.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            whole.add(tally);
            told(whole.seeds);
        }
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().try_for_each(|thread| match thread.join() {
            Ok(done) => done,
            Err(_) => anyhow::bail!("a story panicked; the lines above say where"),
        })
    })?;
    Ok(whole.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}
