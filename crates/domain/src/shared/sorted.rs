//! A list in an order of its own.

use super::CHUNK;
use std::sync::Arc;

/// A list in an order of its own, whose parts a copy shares: a change after a copy costs one part, however long the
/// list is.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<T> {
    /// None is empty.
    chunks: Vec<Arc<Vec<T>>>,
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
