//! Bars that lie, with their words above them, so that long words have room on a phone.
//! A Pareto chart has a line that says how much of the whole the bars so far make up.

use super::{
    Drawn, Mark, Sense,
    frame::surface,
    key::{Sign, key},
    mark::shape,
    scale::{percent, px},
};
use markup::prelude::*;

const ROW: f64 = 52.0;
/// Bars and the line above 0 leave room for the number at the end.
const FULL: f64 = 100.0;
/// Letters of one line of words on a small phone.
const LETTERS: usize = 36;
const SECOND_LINE: f64 = 18.0;

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

/// Bars, or nothing where there are none.
#[component]
pub fn BarChart(chart: Bars) -> impl IntoView {
    if chart.bars.is_empty() {
        return Node::Nothing;
    }
    let highest =
        chart.bars.iter().map(|bar| bar.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
    let width = |value: f64| match highest > 0.0 && value.is_finite() {
        true => (value / highest).clamp(0.0, 1.0) * FULL,
        false => 0.0,
    };
    let mut top = 0.0;
    let (mut drawn, mut words) = (Vec::new(), Vec::new());
    let mut line = Vec::new();
    for bar in &chart.bars {
        let lines = two_lines(&bar.label);
        let extra = if lines.1.is_empty() { 0.0 } else { SECOND_LINE };
        let (first, below) = (top + 16.0, top + 22.0 + extra);
        let second = (!lines.1.is_empty()).then(|| {
            view! { <text class="chart__words" x="0" y=px(first + SECOND_LINE)>{lines.1.clone()}</text> }
        });
        words.push(view! {
            <text class="chart__words" x="0" y=px(first)>{lines.0}</text>
            {second}
            <text class="chart__value" x="100%" y=px(first) text-anchor="end">{bar.shown.clone()}</text>
        });
        drawn.push(view! {
            <rect class="chart__track" x="0" y=px(below) width="100%" height="16" rx="3"></rect>
            <rect
                class="chart__bar"
                data-sense=bar.sense.code()
                x="0"
                y=px(below)
                width=percent(width(bar.value))
                height="16"
                rx="3"
            ></rect>
        });
        line.extend(bar.cumulative.map(|share| (share.clamp(0.0, 100.0) * 0.97, below + 8.0)));
        top += ROW + extra;
    }
    let path = line.windows(2).filter_map(|pair| {
        let ((x1, y1), (x2, y2)) = (*pair.first()?, *pair.get(1)?);
        Some(view! {
            <line class="chart__sum-edge" x1=percent(x1) x2=percent(x2) y1=px(y1) y2=px(y2)></line>
            <line class="chart__sum" x1=percent(x1) x2=percent(x2) y1=px(y1) y2=px(y2)></line>
        })
    });
    let shapes = line.iter().map(|(x, y)| shape(Mark::Outside, Sense::Neutral, *x, *y));
    let inside = view! {
        {drawn}
        {path.collect_view()}
        {shapes.collect_view()}
        {words}
    };
    let is_pareto = !line.is_empty();
    let signs = || {
        vec![
            (Sign::Bar, "How many".to_owned()),
            (Sign::Point(Mark::Outside, Sense::Neutral), "Share of all so far, 0 to 100%".to_owned()),
        ]
    };
    view! {
        {surface(&chart.about, top, inside)}
        {is_pareto.then(|| key(signs()))}
    }
}

/// Broken between words where one line is too short; never more than two lines.
fn two_lines(words: &str) -> (String, String) {
    if words.chars().count() <= LETTERS {
        return (words.to_owned(), String::new());
    }
    let fits = |(at, _): &(usize, &str)| words.get(..*at).is_some_and(|head| head.chars().count() <= LETTERS);
    let at = words.match_indices(' ').take_while(fits).last().map_or(words.len(), |(at, _)| at);
    let (head, tail) = words.split_at(at);
    let mut tail: Vec<char> = tail.trim().chars().collect();
    if tail.len() > LETTERS {
        tail.truncate(LETTERS - 1);
        tail.push('\u{2026}');
    }
    (head.to_owned(), tail.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::two_lines;

    #[test]
    fn long_words_break_between_words() {
        assert_eq!(two_lines("Hoist"), ("Hoist".into(), String::new()));
        let (first, second) = two_lines("Place or equipment: water that is too hot or too cold");
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("Place or equipment: water that is", "too hot or too cold")
        );
        assert!(two_lines(&"word ".repeat(40)).1.chars().count() <= super::LETTERS);
    }
}
