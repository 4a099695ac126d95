//! Chance that is the same in every run: SplitMix64, seeded.

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.next() % width).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn happens(&mut self, per_cent: i64) -> bool {
        self.between(1, 100) <= per_cent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(items.len().checked_sub(1)?).ok()?;
        usize::try_from(self.between(0, last)).ok().and_then(|index| items.get(index))
    }

    /// One of the items, as often as its weight says.
    pub fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> i64) -> Option<&'a T> {
        let total: i64 = items.iter().map(&weight).sum();
        let mut left = self.between(1, total.max(1));
        items.iter().find(|item| {
            left -= weight(item);
            left <= 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_choices() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (0..20).map(|_| chance.between(1, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!(draw(7).iter().all(|number| (1..=1000).contains(number)));
    }

    #[test]
    fn weights_decide_how_often() {
        let mut chance = Chance::new(1);
        let items = [("rare", 1), ("often", 9)];
        let often = (0..1000)
            .filter(|_| chance.weighted(&items, |item| item.1).is_some_and(|item| item.0 == "often"));
        assert!((850..950).contains(&often.count()));
    }
}
