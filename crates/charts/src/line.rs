//! A line through time with its middle and its limits: run, XmR, t, g and u charts.

use crate::{
    Drawn, Mark, Sense,
    element::{Anchor, Element, line as straight, text},
    frame::surface,
    key::{Sign, key},
    mark::shape,
    scale::{GUTTER, Scale, across, half_step, labelled, short},
};

/// Room above and below what is drawn, in px.
const TOP: f64 = 18.0;
const BOTTOM: f64 = 28.0;
const HEIGHT: f64 = 256.0;
/// From the middle of a number to the line on which it stands.
const MIDDLE: f64 = 5.0;
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

impl Line {
    /// The drawing and its key; nothing where there are no points: the words around it say why.
    pub fn draw(&self) -> Vec<Element> {
        self.draw_of("")
    }

    /// The same; the key says of what the line in the middle is made: "12 weeks, 25 May to 16 August 2026".
    pub fn draw_of(&self, of: &str) -> Vec<Element> {
        if self.points.is_empty() {
            return Vec::new();
        }
        let scale = scale_of(self);
        let down = |value: f64| TOP + (1.0 - scale.part(value)) * (HEIGHT - TOP - BOTTOM);
        let count = self.points.len();
        let mut inside = Vec::new();
        for tick in scale.ticks() {
            let y = down(tick);
            inside.push(along_all("chart__grid", y));
            inside.push(text("chart__number", GUTTER - 1.0, y + MIDDLE, Anchor::End, short(tick)));
        }
        inside.extend(steps(&self.upper, &down));
        inside.extend(steps(&self.lower, &down));
        inside.extend(self.centre.map(|(_, value)| along_all("chart__centre", down(value))));
        inside.extend(self.target.map(|value| along_all("chart__target", down(value))));
        inside.extend(self.points.windows(2).enumerate().filter_map(|(index, pair)| {
            let (from, to) = (pair.first()?, pair.get(1)?);
            let x = (across(index, count), across(index + 1, count));
            Some(straight("chart__line", x, (down(from.value), down(to.value))))
        }));
        let placed = self.points.iter().enumerate();
        inside.extend(
            placed.clone().map(|(index, point)| {
                shape(point.mark, point.sense, across(index, count), down(point.value))
            }),
        );
        let letters = self.points.iter().map(|point| point.label.chars().count()).max().unwrap_or_default();
        let every = labelled(count, letters);
        let has_label = |index: usize| (count - 1 - index).is_multiple_of(every);
        inside.extend(placed.filter(|(index, _)| has_label(*index)).map(|(index, point)| {
            text("chart__label", across(index, count), HEIGHT - 8.0, Anchor::Middle, &point.label)
        }));
        vec![surface(&self.about, HEIGHT, inside), key(signs(self, of))]
    }
}

/// Beside the numbers of the axis, up to the edge: no line goes through a number.
fn along_all(class: &'static str, y: f64) -> Element {
    straight(class, (GUTTER, 100.0), (y, y))
}

/// A limit: one line where it is the same for all points, else a step for each.
fn steps(values: &[f64], down: &dyn Fn(f64) -> f64) -> Vec<Element> {
    const CLASS: &str = "chart__limit";
    let count = values.len();
    let Some(first) = values.first().copied() else { return Vec::new() };
    if values.iter().all(|value| (value - first).abs() < EQUAL) {
        return vec![along_all(CLASS, down(first))];
    }
    let half = half_step(count);
    let step = |(index, value): (usize, &f64)| {
        let (x, y) = (across(index, count), down(*value));
        straight(CLASS, ((x - half).max(GUTTER), (x + half).min(100.0)), (y, y))
    };
    values.iter().enumerate().map(step).collect()
}

fn scale_of(line: &Line) -> Scale {
    let values = line.points.iter().map(|point| point.value);
    let lines = line.upper.iter().copied().chain(line.centre.map(|(_, value)| value)).chain(line.target);
    let highest = values.chain(lines).filter(|value| value.is_finite()).fold(0.0, f64::max);
    if line.whole { Scale::whole(highest) } else { Scale::to(highest) }
}

fn signs(line: &Line, of: &str) -> Vec<(Sign, String)> {
    let mut signs = Vec::new();
    if let Some((name, value)) = line.centre {
        let of = if of.is_empty() { String::new() } else { format!(" of {of}") };
        signs.push((Sign::Line("chart__centre"), format!("{name}{of}: {}", short(value))));
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
        let words: Vec<String> = signs(&drawn, "").into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Usual limits: 0 to 4", "Outside the limits"]);
        drawn.centre = Some(("Mean", 6.0833));
        let (_, words) = signs(&drawn, "12 weeks, 25 May to 16 August 2026").swap_remove(0);
        assert_eq!(words, "Mean of 12 weeks, 25 May to 16 August 2026: 6.08");
    }

    #[test]
    fn no_points_are_no_drawing_and_one_or_none_at_all_is_a_whole_one() {
        assert!(line(&[]).draw().is_empty());
        for values in [&[0.0][..], &[7.0], &[0.0, 0.0, 0.0], &[f64::NAN, 3.0]] {
            let drawn = Line { centre: Some(("Mean", values[0])), ..line(values) }.draw();
            let [picture, _] = drawn.as_slice() else { panic!("a picture and its key") };
            let points = picture.all().into_iter().filter(|element| element.tag == "circle");
            assert_eq!(points.count(), values.len());
            let all = picture.all();
            let places = all.iter().flat_map(|element| &element.attributes);
            assert!(places.clone().all(|(_, value)| !value.contains("NaN") && !value.contains("inf")));
        }
    }

    #[test]
    fn no_line_goes_through_a_number_of_the_axis() {
        let mut drawn = line(&[2.0, 8.0, 5.0]);
        drawn.centre = Some(("Mean", 4.9));
        drawn.target = Some(5.1);
        for upper in [vec![6.0; 3], vec![6.0, 7.0, 8.0]] {
            drawn.upper = upper;
            let picture = drawn.draw().swap_remove(0);
            let part = |element: &Element, name| -> f64 {
                element.get(name).and_then(|at| at.trim_end_matches('%').parse().ok()).unwrap_or(-1.0)
            };
            let all = picture.all();
            let numbers = all.iter().filter(|element| element.get("class") == Some("chart__number"));
            let ends: Vec<f64> = numbers.map(|number| part(number, "x")).collect();
            assert!(ends.len() > 2);
            for line in all.iter().filter(|element| element.tag == "line") {
                assert!(ends.iter().all(|end| part(line, "x1") > *end), "{line:?}");
            }
        }
    }

    #[test]
    fn a_point_stands_higher_the_more_it_is() {
        let drawn = line(&[2.0, 8.0, 5.0]).draw();
        let points = drawn[0].all().into_iter().filter(|element| element.get("overflow").is_some());
        let tops: Vec<f64> = points.filter_map(|point| point.get("y")?.parse().ok()).collect();
        assert!(tops.len() == 3 && tops[1] < tops[2] && tops[2] < tops[0], "{tops:?}");
    }
}
