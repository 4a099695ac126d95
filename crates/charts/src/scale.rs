//! Where a value stands: up from nothing to a round number, across in per cent. Pure.

/// First and last place across, in per cent of the width: the numbers of the axis stand left of it.
const LEFT: f64 = 13.0;
const RIGHT: f64 = 94.0;
/// From the first place to the last.
pub const FULL_WIDTH: f64 = RIGHT - LEFT;
/// Left of it stand the numbers of the axis, and no line.
pub const GUTTER: f64 = 10.0;
/// Px of a drawing on the smallest phone, of one letter, and between two words.
const NARROWEST: f64 = 250.0;
const LETTER: f64 = 7.5;
const BETWEEN: f64 = 8.0;

/// From nothing up to a round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub top: f64,
    step: f64,
}

impl Scale {
    /// Holds the highest value; for none or nothing it goes up to 1.
    pub fn to(highest: f64) -> Scale {
        const STEPS: f64 = 4.0;
        if !highest.is_finite() || highest <= 0.0 {
            return Scale { top: 1.0, step: 1.0 };
        }
        let rough = highest / STEPS;
        let power = 10f64.powf(rough.log10().floor());
        let round =
            [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|round| round * power >= rough).unwrap_or(10.0);
        let step = round * power;
        Scale { top: (highest / step).ceil() * step, step }
    }

    /// The same for things that are counted: no halves.
    pub fn whole(highest: f64) -> Scale {
        match Scale::to(highest) {
            small if small.step < 1.0 => Scale { top: highest.ceil().max(1.0), step: 1.0 },
            scale if scale.step.fract() > 0.0 => {
                let step = scale.step.ceil();
                Scale { top: (highest / step).ceil() * step, step }
            }
            scale => scale,
        }
    }

    /// From 0 to the top.
    pub fn ticks(self) -> Vec<f64> {
        let count = (self.top / self.step).round() as u32;
        (0..=count.min(12)).map(|tick| f64::from(tick) * self.step).collect()
    }

    /// Part of the height, from 0 to 1; what lies outside stays on the edge.
    pub fn part(self, value: f64) -> f64 {
        if value.is_finite() { (value / self.top).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// Place across of a part of the way, from 0 to 1, in per cent.
pub fn along(part: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * part
}

/// Place of a point across, in per cent. One point stands in the middle.
pub fn across(index: usize, count: usize) -> f64 {
    match count {
        0 | 1 => (LEFT + RIGHT) / 2.0,
        _ => LEFT + (RIGHT - LEFT) * index as f64 / (count - 1) as f64,
    }
}

/// Half the way to the next point, in per cent.
pub fn half_step(count: usize) -> f64 {
    if count < 2 { (RIGHT - LEFT) / 2.0 } else { (RIGHT - LEFT) / (count - 1) as f64 / 2.0 }
}

/// The last point has words under it, and every so many before it: as many as do not touch on the smallest phone.
pub fn labelled(count: usize, letters: usize) -> usize {
    let step = FULL_WIDTH / 100.0 * NARROWEST / count.saturating_sub(1).max(1) as f64;
    let room = letters as f64 * LETTER + BETWEEN;
    (room / step).ceil().max(1.0) as usize
}

/// At most two decimals, none where there are none.
pub fn short(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.is_finite() { format!("{}", rounded + 0.0) } else { String::new() }
}

/// `12.50%`.
pub fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

/// `12.5`, in px.
pub fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_a_round_number_above_every_value() {
        for (highest, top) in
            [(0.0, 1.0), (f64::NAN, 1.0), (3.0, 3.0), (7.0, 8.0), (13.0, 15.0), (0.43, 0.6), (97.0, 100.0)]
        {
            let scale = Scale::to(highest);
            assert!((scale.top - top).abs() < 1e-9, "{highest}: {}", scale.top);
            assert!(scale.ticks().len() >= 2, "{highest}");
        }
        assert_eq!(Scale::whole(1.0).ticks(), [0.0, 1.0]);
        assert_eq!(Scale::whole(9.0).ticks(), [0.0, 3.0, 6.0, 9.0]);
    }

    #[test]
    fn a_value_outside_stays_on_the_edge() {
        let scale = Scale::to(10.0);
        assert_eq!([5.0, 99.0, -3.0, f64::NAN].map(|value| scale.part(value)), [0.5, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn words_under_points_do_not_touch_on_a_small_phone() {
        for count in [1, 2, 5, 6, 12, 24, 26, 53] {
            for letters in [1, 5, 6, 11] {
                let every = labelled(count, letters);
                let apart = (across(every, count) - across(0, count)) / 100.0 * NARROWEST;
                let touch = apart < letters as f64 * LETTER + BETWEEN - 0.01;
                assert!(every >= count || !touch, "{count} {letters}: {every}");
            }
        }
        assert_eq!(labelled(26, 6), 7, "four of 26 weeks");
        assert_eq!(labelled(3, 5), 1, "all of few");
    }

    #[test]
    fn numbers_are_short_and_never_minus_nothing() {
        assert_eq!([1.0, 2.5, 0.333333, -0.0001].map(short), ["1", "2.5", "0.33", "0"]);
        assert_eq!(short(f64::NAN), "");
    }
}
