//! A line through time with its middle and its limits: run, XmR, t, g and u charts.

use super::{
    Drawn, Mark, Sense,
    frame::surface,
    key::{Sign, key},
    mark::shape,
    scale::{Scale, across, half_step, has_label, percent, px, short},
};
use markup::prelude::*;

/// Room above and below what is drawn, in px.
const TOP: f64 = 18.0;
const BOTTOM: f64 = 28.0;
const HEIGHT: f64 = 256.0;
/// Closer than this, limits are one line.
const EQUAL: f64 = 1e-9;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub about: Drawn,
    pub points: Vec<LinePoint>,
    /// What the middle is called, and where it stands.
    pub centre: Option<(&'static str, f64)>,
    /// One value for each point, or none at all.
    pub upper: Vec<f64>,
    pub lower: Vec<f64>,
    /// The limits are trial limits.
    pub trial: bool,
    pub target: Option<f64>,
    /// Things that are counted: the axis has no halves.
    pub whole: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinePoint {
    /// Under the axis.
    pub label: String,
    pub value: f64,
    pub mark: Mark,
    pub sense: Sense,
}

/// A line, or nothing where there are no points: the words around it say why.
#[component]
pub fn LineChart(line: Line) -> impl IntoView {
    if line.points.is_empty() {
        return Node::Nothing;
    }
    let scale = scale_of(&line);
    let down = |value: f64| TOP + (1.0 - scale.part(value)) * (HEIGHT - TOP - BOTTOM);
    let count = line.points.len();
    let grid = scale.ticks().into_iter().map(|tick| {
        let y = down(tick);
        view! {
            <line class="chart__grid" x1="0" x2="100%" y1=px(y) y2=px(y)></line>
            <text class="chart__number" x="0" y=px(y - 4.0)>{short(tick)}</text>
        }
    });
    let labels = line.points.iter().enumerate().filter(|(index, _)| has_label(*index, count));
    let labels = labels.map(|(index, point)| {
        let x = percent(across(index, count));
        let words = point.label.clone();
        view! { <text class="chart__label" x=x y=px(HEIGHT - 8.0) text-anchor="middle">{words}</text> }
    });
    let flat = |class: &'static str, value: f64| {
        let y = px(down(value));
        view! { <line class=class x1="0" x2="100%" y1=y.clone() y2=y></line> }
    };
    let steps = |class: &'static str, values: &[f64]| {
        let half = half_step(count);
        let first = values.first().copied().unwrap_or_default();
        if !values.is_empty() && values.iter().all(|value| (value - first).abs() < EQUAL) {
            return flat(class, first);
        }
        let step = |(index, value): (usize, &f64)| {
            let (x, y) = (across(index, count), px(down(*value)));
            let (from, to) = ((x - half).max(0.0), (x + half).min(100.0));
            view! { <line class=class x1=percent(from) x2=percent(to) y1=y.clone() y2=y></line> }
        };
        values.iter().enumerate().map(step).collect_view().into_node()
    };
    let path = line.points.windows(2).enumerate().map(|(index, pair)| {
        let (from, to) = (across(index, count), across(index + 1, count));
        let ys = pair.iter().map(|point| px(down(point.value))).collect::<Vec<_>>();
        let (y1, y2) = (ys.first().cloned(), ys.last().cloned());
        view! { <line class="chart__line" x1=percent(from) x2=percent(to) y1=y1 y2=y2></line> }
    });
    let shapes = line.points.iter().enumerate();
    let shapes =
        shapes.map(|(index, point)| shape(point.mark, point.sense, across(index, count), down(point.value)));
    let inside = view! {
        {grid.collect_view()}
        {steps("chart__limit", &line.upper)}
        {steps("chart__limit", &line.lower)}
        {line.centre.map(|(_, value)| flat("chart__centre", value))}
        {line.target.map(|value| flat("chart__target", value))}
        {path.collect_view()}
        {shapes.collect_view()}
        {labels.collect_view()}
    };
    view! {
        {surface(&line.about, HEIGHT, inside)}
        {key(signs(&line))}
    }
}

fn scale_of(line: &Line) -> Scale {
    let values = line.points.iter().map(|point| point.value);
    let lines = line.upper.iter().copied().chain(line.centre.map(|(_, value)| value)).chain(line.target);
    let highest = values.chain(lines).filter(|value| value.is_finite()).fold(0.0, f64::max);
    if line.whole { Scale::whole(highest) } else { Scale::to(highest) }
}

fn signs(line: &Line) -> Vec<(Sign, String)> {
    let mut signs = Vec::new();
    if let Some((name, value)) = line.centre {
        signs.push((Sign::Line("chart__centre"), format!("{name}: {}", short(value))));
    }
    if let (Some(upper), Some(lower)) = (line.upper.last(), line.lower.last()) {
        let name = if line.trial { "Trial limits" } else { "Usual limits" };
        let each = line.upper.iter().any(|other| (other - upper).abs() > EQUAL);
        let last = if each { ", the latest" } else { "" };
        let words = format!("{name}{last}: {} to {}", short(lower.max(0.0)), short(*upper));
        signs.push((Sign::Line("chart__limit"), words));
    }
    if let Some(target) = line.target {
        signs.push((Sign::Line("chart__target"), format!("Target: {}", short(target))));
    }
    let mut marks: Vec<(Mark, Sense)> = line.points.iter().map(|point| (point.mark, point.sense)).collect();
    marks.retain(|(mark, _)| *mark != Mark::Usual);
    marks.sort_unstable();
    marks.dedup();
    signs.extend(
        marks
            .into_iter()
            .map(|(mark, sense)| (Sign::Point(mark, sense), format!("{}{}", mark.words(), sense.words()))),
    );
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64]) -> Line {
        let points = values.iter().map(|value| LinePoint { value: *value, ..LinePoint::default() });
        Line { points: points.collect(), ..Line::default() }
    }

    #[test]
    fn the_axis_holds_limits_and_target_and_ignores_what_is_no_number() {
        assert!((scale_of(&line(&[0.0, 0.0])).top - 1.0).abs() < 1e-9);
        let high = Line { upper: vec![f64::INFINITY, 40.0], target: Some(60.0), ..line(&[3.0]) };
        assert!(scale_of(&high).top >= 60.0 && scale_of(&high).top < 100.0);
    }

    #[test]
    fn the_key_names_each_shape_once_and_no_limit_below_nothing() {
        let mut drawn = line(&[1.0, 9.0, 9.0]);
        for point in &mut drawn.points[1..] {
            point.mark = Mark::Outside;
        }
        drawn.upper = vec![4.0; 3];
        drawn.lower = vec![-2.0; 3];
        let words: Vec<String> = signs(&drawn).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Usual limits: 0 to 4", "Outside the limits"]);
    }
}
