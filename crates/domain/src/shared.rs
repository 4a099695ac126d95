//! Collections that are copied without copying what is in them. A page holds a copy of the register while the next
//! event is folded; neither may cost time that grows with the history.

mod hashed;
mod rows;
mod shelf;
mod sorted;

pub(crate) use hashed::Hashed;
pub(crate) use rows::Rows;
pub(crate) use shelf::Shelf;
pub(crate) use sorted::Sorted;

/// Rows in one chunk of a list: what a change after a copy costs at most.
const CHUNK: usize = 256;

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
}
