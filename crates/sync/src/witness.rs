//! What a device that lost a part of its store still knows: where its chain ended, and so what is gone.

use crate::{Hash, Head, Signed};
use domain::ids::DeviceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where the chain of a device ended, remembered outside its store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
}

/// Events that were written and are nowhere: neither on the device nor on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    pub first: u64,
    pub last: u64,
    /// Of the last one: what the next event of the device names as its `prev`.
    pub hash: Hash,
}

/// `POST /v1/chain`: a device compares its chain with what the server has of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainRequest {
    /// Each a `Statement` as JSON, signed by the device; without a signature when its key is gone too.
    #[serde(default)]
    pub lost: Vec<Signed>,
}

/// How far the server took the chain of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainReply {
    pub dseq: u64,
    pub hash: Hash,
}

/// The device says that a part of its chain is lost. The hash of these bytes, as of an event, is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub device: DeviceId,
    pub epoch: u32,
    pub site: Option<String>,
    #[serde(flatten)]
    pub lost: Lost,
}

impl Witness {
    pub fn head_of(&self, device: &DeviceId, epoch: u32) -> Option<Head> {
        let is_of = self.device == *device && self.epoch == epoch;
        is_of.then_some(Head { dseq: self.dseq, hash: self.hash })
    }
}

impl Lost {
    pub fn count(&self) -> u64 {
        self.last + 1 - self.first
    }
}

/// What is gone for good. `server`: how far the server took the chain; `end`: where it ended, as remembered;
/// `present`: the numbers that the device still has, each with the `prev` that it names.
pub fn lost(server: u64, end: Head, present: &BTreeMap<u64, Hash>) -> Vec<Lost> {
    let mut gaps: Vec<Lost> = Vec::new();
    let places: BTreeSet<u64> =
        present.keys().copied().chain([end.dseq + 1]).filter(|dseq| *dseq > server).collect();
    let mut expected = server + 1;
    for place in places {
        if place > expected {
            let hash = present.get(&place).copied().unwrap_or(end.hash);
            gaps.push(Lost { first: expected, last: place - 1, hash });
        }
        expected = place + 1;
    }
    gaps
}

/// The same for a device that also has these numbers and cannot read them now: they are not lost. What is missing right
/// before one of them is told when it can be read, because only it names the hash that the statement needs.
pub fn surely_lost(
    server: u64,
    end: Head,
    present: &BTreeMap<u64, Hash>,
    unread: &BTreeSet<u64>,
) -> Vec<Lost> {
    let mut all = present.clone();
    for dseq in unread {
        all.entry(*dseq).or_insert(Hash::ZERO);
    }
    let is_before_unread = |lost: &Lost| {
        let next = lost.last + 1;
        unread.contains(&next) && !present.contains_key(&next)
    };
    lost(server, end, &all).into_iter().filter(|lost| !is_before_unread(lost)).collect()
}
