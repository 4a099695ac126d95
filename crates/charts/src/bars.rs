//! Bars that lie, with their words above them, so that long words have room on a phone.
//! A Pareto chart has a line that says how much of the whole the bars so far make up.

use crate::{
    Drawn, Mark, Sense,
    element::{Anchor, Element, line, rect, text},
    frame::surface,
    key::{Sign, key},
    mark::shape,
    wrap::wrap_beside,
};

const ROW: f64 = 52.0;
/// Bars and the line above 0 leave room for the number at the end.
const FULL: f64 = 100.0;
/// Letters of one line of words on a small phone.
const LETTERS: usize = 36;
/// What a digit of a number takes of them: numbers are bold.
const OF_A_DIGIT: f64 = 1.3;
const NEXT_LINE: f64 = 18.0;
const THICK: f64 = 16.0;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    pub about: Drawn,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    /// The number as it is read, with its unit.
    pub shown: String,
    /// Share of the whole up to here, in per cent.
    pub cumulative: Option<f64>,
    pub sense: Sense,
}

impl Bars {
    /// The drawing, with a key where there is a line; nothing where there are no bars.
    pub fn draw(&self) -> Vec<Element> {
        if self.bars.is_empty() {
            return Vec::new();
        }
        let values = self.bars.iter().map(|bar| bar.value).filter(|value| value.is_finite());
        let highest = values.fold(0.0, f64::max);
        let width = |value: f64| match highest > 0.0 && value.is_finite() {
            true => (value / highest).clamp(0.0, 1.0) * FULL,
            false => 0.0,
        };
        let mut top = 0.0;
        let (mut drawn, mut words, mut sums) = (Vec::new(), Vec::new(), Vec::new());
        for bar in &self.bars {
            let lines = wrap_beside(&bar.label, beside(&bar.shown), LETTERS, 2);
            let first = top + 16.0;
            let extra = if lines.len() > 1 { NEXT_LINE } else { 0.0 };
            let below = top + 22.0 + extra;
            words.extend(
                lines
                    .into_iter()
                    .zip([first, first + NEXT_LINE])
                    .map(|(label, y)| text("chart__words", 0.0, y, Anchor::Start, label)),
            );
            words.push(text("chart__value", 100.0, first, Anchor::End, &bar.shown));
            drawn.push(rect("chart__track", (0.0, 100.0), (below, THICK)).with("rx", "3"));
            drawn.push(
                rect("chart__bar", (0.0, width(bar.value)), (below, THICK))
                    .with("rx", "3")
                    .with("data-sense", bar.sense.code()),
            );
            sums.extend(bar.cumulative.map(|share| (share.clamp(0.0, 100.0) * 0.97, below + THICK / 2.0)));
            top += ROW + extra;
        }
        let (mut over, mut under) = (Vec::new(), Vec::new());
        for pair in sums.windows(2) {
            let [from, to] = pair else { continue };
            let [first, between, last] = pieces(*from, *to);
            under.extend(sum(between));
            over.extend(sum(first).into_iter().chain(sum(last)));
        }
        over.extend(sums.iter().map(|(x, y)| shape(Mark::Outside, Sense::Neutral, *x, *y)));
        // From one bar to the next the line runs behind the words, and their edge keeps it away from the letters.
        let all = under.into_iter().chain(words).chain(drawn).chain(over);
        let picture = surface(&self.about, top, all);
        if sums.is_empty() {
            return vec![picture];
        }
        let signs = vec![
            (Sign::Bar, "How many".to_owned()),
            (Sign::Point(Mark::Outside, Sense::Neutral), "Share of all so far, 0 to 100%".to_owned()),
        ];
        vec![picture, key(signs)]
    }
}

/// Letters that have room in the line of a number, with a gap between.
fn beside(number: &str) -> usize {
    let taken = (number.chars().count() as f64 * OF_A_DIGIT).ceil() as usize;
    LETTERS.saturating_sub(taken + 1).max(LETTERS / 4)
}

type Point = (f64, f64);

/// The line from the middle of one bar to that of the next: over the first, between them, over the next.
fn pieces(from: Point, to: Point) -> [(Point, Point); 3] {
    let at = |y: f64| {
        let share = ((y - from.1) / (to.1 - from.1)).clamp(0.0, 1.0);
        (from.0 + (to.0 - from.0) * share, y)
    };
    let (leaves, enters) = (at(from.1 + THICK / 2.0), at(to.1 - THICK / 2.0));
    [(from, leaves), (leaves, enters), (enters, to)]
}

fn sum((from, to): (Point, Point)) -> [Element; 2] {
    ["chart__sum-edge", "chart__sum"].map(|class| line(class, (from.0, to.0), (from.1, to.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[f64]) -> Bars {
        let bars = values.iter().map(|value| Bar { label: "Hoist".into(), value: *value, ..Bar::default() });
        Bars { bars: bars.collect(), ..Bars::default() }
    }

    /// Words are read: the line of shares never crosses them, and it is seen on the bars.
    #[test]
    fn the_line_of_shares_runs_behind_the_words_and_over_the_bars() {
        let mut chart = bars(&[8.0, 4.0]);
        for (bar, share) in chart.bars.iter_mut().zip([60.0, 100.0]) {
            bar.cumulative = Some(share);
        }
        let drawn = chart.draw();
        let classes: Vec<&str> =
            drawn[0].all().into_iter().filter_map(|element| element.get("class")).collect();
        let places = |class: &str| -> Vec<usize> {
            classes.iter().enumerate().filter(|(_, at)| **at == class).map(|(index, _)| index).collect()
        };
        let (sums, words, bars) = (places("chart__sum"), places("chart__words"), places("chart__bar"));
        assert_eq!((sums.len(), words.len(), bars.len()), (3, 2, 2));
        assert!(sums[0] < words[0] && words[1] < bars[0] && bars[1] < sums[1], "{classes:?}");
        assert_eq!(pieces((10.0, 30.0), (20.0, 70.0))[1], ((12.0, 38.0), (18.0, 62.0)));
    }

    #[test]
    fn a_number_takes_its_room_from_the_words_beside_it() {
        assert_eq!([beside("24"), beside("215"), beside("64.8% in time")], [32, 31, 18]);
    }

    #[test]
    fn the_longest_bar_is_the_highest_and_nothing_is_no_bar() {
        let widths = |values: &[f64]| -> Vec<String> {
            let drawn = bars(values).draw();
            let all = drawn.first().map(Element::all).unwrap_or_default();
            let drawn = all.iter().filter(|element| element.get("class") == Some("chart__bar"));
            drawn.filter_map(|bar| bar.get("width").map(str::to_owned)).collect()
        };
        assert_eq!(widths(&[8.0, 4.0, 0.0]), ["100.00%", "50.00%", "0.00%"]);
        assert_eq!(widths(&[0.0, f64::NAN]), ["0.00%", "0.00%"]);
        assert!(bars(&[]).draw().is_empty());
    }
}
