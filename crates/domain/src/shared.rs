//! Collections that are copied without copying what is in them. A page holds a copy of the register while the next
//! event is folded; neither may cost time that grows with the history.

use std::{
    borrow::Borrow,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Rows in one chunk: what a change after a copy costs at most.
const CHUNK: usize = 256;
/// Entries in one chunk of a map; one with twice as many is halved.
const SHELF_CHUNK: usize = 128;

/// A list that only grows at its end.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T> {
    chunks: Vec<Arc<Vec<T>>>,
}

/// An ordered map that never forgets a key. A change after a copy costs one chunk, never all of it.
#[derive(Clone, Debug)]
pub(crate) struct Shelf<K, V> {
    /// Ascending; none is empty.
    chunks: Vec<Arc<Vec<(K, V)>>>,
}

/// A list in an order of its own, whose parts a copy shares: a change after a copy costs one part, however long the
/// list is.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<T> {
    /// None is empty.
    chunks: Vec<Arc<Vec<T>>>,
}

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

/// The same in every place and every run.
fn hash_of<Q: Hash + ?Sized>(key: &Q) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Which branch, and which bucket in it.
fn places(hash: u64) -> (usize, usize) {
    let low = usize::try_from(hash & 0xFFFF).unwrap_or_default();
    (low % BRANCHES, low / BRANCHES % BRANCHES)
}

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T: PartialEq> PartialEq for Sorted<T> {
    fn eq(&self, other: &Self) -> bool {
        let all = |list: &'_ Self| list.chunks.iter().map(|chunk| chunk.len()).sum::<usize>();
        all(self) == all(other) && self.iter().eq(other.iter())
    }
}

impl<T> Sorted<T> {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<T: Clone> Sorted<T> {
    /// Before the first one that does not come before it.
    pub fn insert<K: Ord>(&mut self, item: T, order: impl Fn(&T) -> K) {
        let key = order(&item);
        let begins_before = |chunk: &Arc<Vec<T>>| chunk.first().is_some_and(|first| order(first) < key);
        let number = self.chunks.partition_point(begins_before).saturating_sub(1);
        let Some(chunk) = self.chunks.get_mut(number) else {
            return self.chunks.push(Arc::new(vec![item]));
        };
        let chunk = Arc::make_mut(chunk);
        let place = chunk.partition_point(|known| order(known) < key);
        chunk.insert(place, item);
        if chunk.len() > 2 * CHUNK {
            let rest = chunk.split_off(CHUNK);
            self.chunks.insert(number + 1, Arc::new(rest));
        }
    }

    /// Takes out the first one that is wanted. Looks at all of them.
    pub fn remove(&mut self, is_wanted: impl Fn(&T) -> bool) -> Option<T> {
        let places = self.chunks.iter().enumerate();
        let (number, place) =
            places.filter_map(|(number, chunk)| Some((number, chunk.iter().position(&is_wanted)?))).next()?;
        let chunk = Arc::make_mut(self.chunks.get_mut(number)?);
        let item = chunk.remove(place);
        if chunk.is_empty() {
            self.chunks.remove(number);
        }
        Some(item)
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T: Clone> Rows<T> {
    pub fn len(&self) -> usize {
        let before = self.chunks.len().saturating_sub(1) * CHUNK;
        before + self.chunks.last().map_or(0, |chunk| chunk.len())
    }

    pub fn push(&mut self, row: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => Arc::make_mut(chunk).push(row),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(row);
                self.chunks.push(Arc::new(chunk));
            }
        }
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(index / CHUNK)?).get_mut(index % CHUNK)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<K: Ord + Clone, V: Clone> Shelf<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (number, place) = self.find(key);
        Some(&self.chunks.get(number)?.get(place.ok()?)?.1)
    }

    pub fn insert(&mut self, key: K, value: V) {
        let (number, place) = self.find(&key);
        let Some(chunk) = self.chunks.get_mut(number) else {
            return self.chunks.push(Arc::new(vec![(key, value)]));
        };
        let chunk = Arc::make_mut(chunk);
        match place {
            Ok(place) => chunk[place].1 = value,
            Err(place) => chunk.insert(place, (key, value)),
        }
        if chunk.len() >= 2 * SHELF_CHUNK {
            let rest = chunk.split_off(SHELF_CHUNK);
            self.chunks.insert(number + 1, Arc::new(rest));
        }
    }

    /// In the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.chunks.iter().flat_map(|chunk| chunk.iter()).map(|(_, value)| value)
    }

    /// The chunk where a key is or belongs, and the place in it.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>)
    where
        K: Borrow<Q>,
    {
        let begins = |chunk: &Arc<Vec<(K, V)>>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        let number = self.chunks.partition_point(begins).saturating_sub(1);
        let within = |chunk: &Arc<Vec<(K, V)>>| chunk.binary_search_by(|(known, _)| known.borrow().cmp(key));
        (number, self.chunks.get(number).map_or(Err(0), within))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut shelf = Shelf::default();
        let mut rows = Rows::default();
        let mut copies = Vec::new();
        for number in 0..3000_u32 {
            if number.is_multiple_of(700) {
                copies.push((number, shelf.clone(), rows.clone()));
            }
            shelf.insert(number.wrapping_mul(7919) % 3001, number);
            rows.push(number);
            let earlier = number / 2 * 7919 % 3001;
            if let Some(value) = shelf.get(&earlier).copied() {
                shelf.insert(earlier, value + 10_000);
            }
        }
        assert_eq!((rows.len(), rows.iter().count(), shelf.values().count()), (3000, 3000, 3000));
        assert_eq!(rows.get(2999), Some(&2999));
        for (number, shelf, rows) in copies {
            assert_eq!((rows.len(), shelf.values().count()), (number as usize, number as usize));
            assert!(rows.iter().copied().eq(0..number));
            let changed = shelf.values().filter(|value| **value >= 10_000).count();
            assert_eq!(changed, number as usize / 2 + number as usize % 2);
        }
    }

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

    #[test]
    fn a_sorted_list_is_as_a_vector_and_its_copies_stay() {
        let (mut sorted, mut plain) = (Sorted::default(), Vec::new());
        let mut copies = Vec::new();
        for number in 0..2000_u32 {
            let item = number.wrapping_mul(7919) % 2003;
            sorted.insert(item, |item| *item);
            let place = plain.partition_point(|known| *known < item);
            plain.insert(place, item);
            if number.is_multiple_of(3) {
                let gone = plain.remove(plain.len() / 2);
                assert_eq!(sorted.remove(|item| *item == gone), Some(gone));
            }
            if number.is_multiple_of(400) {
                copies.push((sorted.clone(), plain.clone()));
            }
        }
        copies.push((sorted.clone(), plain));
        for (sorted, plain) in copies {
            assert!(sorted.iter().eq(plain.iter()));
            assert!(sorted.iter().rev().eq(plain.iter().rev()));
        }
        assert_eq!(sorted.remove(|_| false), None);
    }

    #[test]
    fn values_come_in_the_order_of_their_keys() {
        let mut shelf = Shelf::default();
        for key in [5, 1, 9] {
            shelf.insert(key, key);
        }
        let copy = shelf.clone();
        for key in [4, 9, 10] {
            shelf.insert(key, key + 100);
        }
        assert_eq!(shelf.values().copied().collect::<Vec<_>>(), [1, 104, 5, 109, 110]);
        assert_eq!(copy.values().copied().collect::<Vec<_>>(), [1, 5, 9]);
    }
}
