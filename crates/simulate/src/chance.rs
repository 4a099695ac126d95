//! Chance that is the same in every run of a seed: SplitMix64.

#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds would begin alike.
        let mut chance = Self(seed.wrapping_mul(0xd134_2543_de82_ef95));
        chance.draw();
        chance
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and without, `end`; 0 where there is nothing to choose from.
    pub fn below(&mut self, end: usize) -> usize {
        let drawn = self.draw();
        usize::try_from(drawn % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A whole number from `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.draw() % width).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn happens(&mut self, per_cent: i64) -> bool {
        self.between(1, 100) <= per_cent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(items.len());
        items.get(place)
    }

    /// One of the items, as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, items: &[(T, u32)]) -> Option<T> {
        let total: u32 = items.iter().map(|(_, weight)| weight).sum();
        let mut left = u32::try_from(self.below(total as usize)).unwrap_or(0);
        items.iter().find_map(|(item, weight)| match left.checked_sub(*weight) {
            Some(rest) => {
                left = rest;
                None
            }
            None => Some(*item),
        })
    }

    /// From 0 up to, and without, 1.
    pub fn fraction(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// In the form of a UUID.
    pub fn id(&mut self) -> String {
        let (high, low) = (self.draw(), self.draw());
        let clock = (high & 0xfff) | 0x7000;
        let node = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-{clock:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            node >> 48,
            node & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_choices() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (0..20).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn weights_decide_how_often() {
        let mut chance = Chance::new(1);
        let often = (0..1000).filter(|_| chance.weighted(&[(false, 1), (true, 9)]) == Some(true)).count();
        assert!((850..950).contains(&often), "{often}");
        assert_eq!(chance.weighted::<bool>(&[]), None);
    }
}
