//! An ordered map that never forgets a key.

use std::{borrow::Borrow, sync::Arc};

/// Entries in one chunk; one with twice as many is halved.
const CHUNK: usize = 128;

/// An ordered map that never forgets a key. A change after a copy costs one chunk, never all of it.
#[derive(Clone, Debug)]
pub(crate) struct Shelf<K, V> {
    /// Ascending; none is empty.
    chunks: Vec<Arc<Vec<(K, V)>>>,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
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
        if chunk.len() >= 2 * CHUNK {
            let rest = chunk.split_off(CHUNK);
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
