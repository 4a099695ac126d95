//! What a run counts: faults that were made, states that were reached, and what the oracles found.

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// States that every long enough run must reach: without them the faults prove nothing.
pub const STATES: [&str; 32] = [
    "accepted",
    "batch_halved",
    "blocked_by_firewall",
    "clock_skew_marked",
    "conflict",
    "conflict_settled",
    "destroyed_before_contact",
    "died_after_the_write",
    "died_before_the_write",
    "duplicate_receipt",
    "forked",
    "frozen_tab_overtaken",
    "held_for_a_gap",
    "kept_rows_came_back",
    "kept_rows_missed",
    "late_sync_marked",
    "lists_changed",
    "not_ours_refused",
    "offered_again",
    "pushed_after_removal",
    "record_closed",
    "record_reopened",
    "role_ended",
    "scope_lost_rows",
    "scope_started_again",
    "set_aside",
    "signed_by_nobody",
    "tail_loss_noticed",
    "two_tabs_one_place",
    "waited_as_asked",
    "write_failed_and_said_so",
    "wrong_nonce_refused",
];

#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub seeds: u64,
    pub steps: u64,
    pub acknowledged: u64,
    pub lost: u64,
    pub duplicated: u64,
    pub leaked: u64,
    pub wedged: u64,
    /// On a store that the run destroyed before the server had it.
    pub destroyed: u64,
    /// Delivered, then the phone was wiped, then the server was put back from an older copy.
    pub twice_destroyed: u64,
    pub faults: BTreeMap<&'static str, u64>,
    pub states: BTreeMap<&'static str, u64>,
    /// Seed and what was found.
    pub failures: Vec<(u64, String)>,
}

impl Tally {
    pub fn fault(&mut self, name: &'static str) {
        *self.faults.entry(name).or_default() += 1;
    }

    pub fn reached(&mut self, name: &'static str) {
        *self.states.entry(name).or_default() += 1;
    }

    pub fn add(&mut self, other: Tally) {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.duplicated += other.duplicated;
        self.leaked += other.leaked;
        self.wedged += other.wedged;
        self.destroyed += other.destroyed;
        self.twice_destroyed += other.twice_destroyed;
        other.faults.into_iter().for_each(|(name, count)| *self.faults.entry(name).or_default() += count);
        other.states.into_iter().for_each(|(name, count)| *self.states.entry(name).or_default() += count);
        self.failures.extend(other.failures);
        self.failures.sort();
    }

    pub fn never_reached(&self) -> Vec<&'static str> {
        STATES.into_iter().filter(|state| !self.states.contains_key(state)).collect()
    }

    /// Nothing lost, nothing twice, nobody in, nothing stuck.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && self.lost + self.duplicated + self.leaked + self.wedged == 0
    }

    pub fn json(&self) -> Value {
        let failures: Vec<Value> =
            self.failures.iter().map(|(seed, what)| json!({ "seed": seed, "what": what })).collect();
        json!({
            "seeds": self.seeds,
            "steps": self.steps,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "duplicated": self.duplicated,
            "leaked": self.leaked,
            "wedged": self.wedged,
            "destroyed_before_contact": self.destroyed,
            "destroyed_twice": self.twice_destroyed,
            "faults": self.faults,
            "states_reached": self.states,
            "never_reached": self.never_reached(),
            "failures": failures,
        })
    }
}
