//! A map in no order that never forgets a key.

use foldhash::fast::FixedState;
use std::{
    borrow::Borrow,
    hash::{BuildHasher, Hash},
    sync::Arc,
};

/// A map in no order that never forgets a key: one look costs the same with a hundred entries and with a hundred
/// thousand. A change after a copy costs one branch and one bucket.
#[derive(Clone, Debug)]
pub(crate) struct Hashed<K, V> {
    branches: Vec<Arc<Branch<K, V>>>,
}

/// Buckets of entries, each with the hash of its key beside it.
type Branch<K, V> = Vec<Arc<Vec<(u64, K, V)>>>;

/// Branches, and buckets in each: few entries to look through in a bucket, few parts to copy.
const BRANCHES: usize = 64;

impl<K, V> Default for Hashed<K, V> {
    fn default() -> Self {
        Self { branches: Vec::new() }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Hashed<K, V> {
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let hash = hash_of(key);
        let (branch, bucket) = places(hash);
        let bucket = self.branches.get(branch)?.get(bucket)?;
        let found = bucket.iter().find(|(known, other, _)| *known == hash && other.borrow() == key);
        found.map(|(_, _, value)| value)
    }

    pub fn insert(&mut self, key: K, value: V) {
        let hash = hash_of(&key);
        let (branch, bucket) = places(hash);
        if self.branches.is_empty() {
            self.branches.resize_with(BRANCHES, Arc::default);
        }
        let branch = Arc::make_mut(&mut self.branches[branch]);
        if branch.is_empty() {
            branch.resize_with(BRANCHES, Arc::default);
        }
        let bucket = Arc::make_mut(&mut branch[bucket]);
        match bucket.iter_mut().find(|(known, other, _)| *known == hash && *other == key) {
            Some(entry) => entry.2 = value,
            None => bucket.push((hash, key, value)),
        }
    }

    /// In no order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        let buckets = self.branches.iter().flat_map(|branch| branch.iter());
        buckets.flat_map(|bucket| bucket.iter()).map(|(_, _, value)| value)
    }
}

/// The same in every run.
fn hash_of<Q: Hash + ?Sized>(key: &Q) -> u64 {
    FixedState::with_seed(0).hash_one(key)
}

/// Which branch, and which bucket in it.
fn places(hash: u64) -> (usize, usize) {
    let low = usize::try_from(hash & 0xFFFF).unwrap_or_default();
    (low % BRANCHES, low / BRANCHES % BRANCHES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_map_finds_what_was_put_in_and_its_copies_stay() {
        let mut map = Hashed::default();
        let mut copy = Hashed::<String, u32>::default();
        for number in 0..20_000_u32 {
            map.insert(format!("event-{number}"), number);
            if number == 9_999 {
                copy = map.clone();
            }
        }
        map.insert("event-7".to_owned(), 70_000);
        assert_eq!((map.get("event-7"), copy.get("event-7")), (Some(&70_000), Some(&7)));
        assert_eq!((map.get("event-19999"), copy.get("event-19999")), (Some(&19_999), None));
        assert_eq!((map.values().count(), copy.values().count()), (20_000, 10_000));
        assert!((0..10_000).all(|number| copy.get(format!("event-{number}").as_str()) == Some(&number)));
        assert_eq!(Hashed::<String, u32>::default().get("nothing"), None);
    }
}
