//! A funnel: places of different size beside each other. The limits of chance are wide where little was offered and
//! narrow where much was. Each point has a number, which a table beside it names.

use crate::{
    Drawn, Mark, Sense,
    apart::{Moved, Spot, apart},
    element::{Anchor, Element, level_line, text},
    frame::surface,
    key::{Sign, key},
    mark::{at, shape},
    scale::{FULL_WIDTH, Scale, along, percent, px, short},
};

const TOP: f64 = 18.0;
const HEIGHT: f64 = 320.0;
/// Where the axis of the sizes lies.
const FLOOR: f64 = HEIGHT - 46.0;
/// A curve and its sign in the key look alike.
const LIMIT: &str = "chart__limit chart__limit--curve";

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    pub about: Drawn,
    pub points: Vec<FunnelPoint>,
    /// The rate of all together.
    pub centre: f64,
    /// Size, lower and upper limit, by size: as many as make a smooth line.
    pub limits: Vec<(f64, f64, f64)>,
    /// What the size is: "occupied bed days".
    pub size_name: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunnelPoint {
    /// Its number in the table.
    pub label: String,
    /// Its name and what is to say of it, for those who point at it.
    pub about: String,
    pub size: f64,
    pub value: f64,
    /// Outside its own limits.
    pub outside: bool,
}

impl Funnel {
    /// The drawing and its key; nothing where there are no points: the words around it say why.
    pub fn draw(&self) -> Vec<Element> {
        if self.points.is_empty() {
            return Vec::new();
        }
        let (sizes, values) = scales(self);
        let down = |value: f64| TOP + (1.0 - values.part(value)) * (FLOOR - TOP);
        let x = |size: f64| along(sizes.part(size));
        let mut inside = Vec::new();
        for tick in values.ticks() {
            let y = down(tick);
            inside.push(level_line("chart__grid", y));
            inside.push(text("chart__number", 0.0, y - 4.0, Anchor::Start, short(tick)));
        }
        let curve = |pick: fn(&(f64, f64, f64)) -> f64| {
            let points = self.limits.iter().map(|limit| (sizes.part(limit.0), down(pick(limit))));
            curve(&points.collect::<Vec<_>>())
        };
        inside.extend([curve(|limit| limit.1), curve(|limit| limit.2)]);
        inside.push(level_line("chart__centre", down(self.centre)));
        let spots: Vec<Spot> = self
            .points
            .iter()
            .map(|point| Spot {
                x: x(point.size),
                y: down(point.value),
                letters: point.label.chars().count(),
                first: point.outside,
            })
            .collect();
        let places = apart(&spots, 0.0, FLOOR);
        let placed = || spots.iter().zip(&places).zip(&self.points);
        // Lines below all marks, and words above them.
        inside
            .extend(placed().filter_map(|((spot, place), _)| Some(leader(spot, place.filter(|to| to.far)?))));
        inside.extend(placed().map(|((spot, _), point)| {
            let mark = if point.outside { Mark::Outside } else { Mark::Usual };
            shape(mark, Sense::Neutral, spot.x, spot.y).holds([Element::new("title").words(&point.about)])
        }));
        inside
            .extend(placed().filter_map(|((spot, place), point)| Some(named(spot, (*place)?, &point.label))));
        inside.extend(
            sizes
                .ticks()
                .into_iter()
                .map(|tick| text("chart__label", x(tick), HEIGHT - 26.0, Anchor::Middle, short(tick))),
        );
        inside.push(text("chart__label", 100.0, HEIGHT - 5.0, Anchor::End, &self.size_name));
        let is_crowded = places.iter().any(Option::is_none);
        vec![surface(&self.about, HEIGHT, inside), key(signs(self, is_crowded))]
    }
}

/// One line through many places: parts of the width of the axis, and px down. Its dashes keep their length.
fn curve(points: &[(f64, f64)]) -> Element {
    const WIDE: f64 = 1000.0;
    let places: Vec<String> =
        points.iter().map(|(part, y)| format!("{},{}", px(part * WIDE), px(*y))).collect();
    let line = Element::new("polyline")
        .with("class", LIMIT)
        .with("points", places.join(" "))
        .with("vector-effect", "non-scaling-stroke");
    Element::new("svg")
        .with("x", percent(along(0.0)))
        .with("y", "0")
        .with("width", percent(FULL_WIDTH))
        .with("height", px(HEIGHT))
        .with("viewBox", format!("0 0 {WIDE} {HEIGHT}"))
        .with("preserveAspectRatio", "none")
        .holds([line])
}

/// From a point to words that are far from it.
fn leader(spot: &Spot, to: Moved) -> Element {
    let line = Element::new("line")
        .with("class", "chart__leader")
        .with("x1", "0")
        .with("y1", "0")
        .with("x2", px(to.x * 0.85))
        .with("y2", px(to.y * 0.85));
    at(spot.x, spot.y).holds([line])
}

fn named(spot: &Spot, place: Moved, words: &str) -> Element {
    let words = Element::new("text")
        .with("class", "chart__words")
        .with("x", px(place.x))
        .with("y", px(place.y + 5.5))
        .with("text-anchor", "middle")
        .words(words);
    at(spot.x, spot.y).holds([words])
}

/// Of the sizes and of the rates. Limits of the very small may lie far above every point: they stay on the edge.
fn scales(funnel: &Funnel) -> (Scale, Scale) {
    let finite = |values: Vec<f64>| values.into_iter().filter(|value| value.is_finite()).fold(0.0, f64::max);
    let sizes = finite(funnel.points.iter().map(|point| point.size).collect());
    let smallest = funnel.points.iter().map(|point| point.size).fold(f64::INFINITY, f64::min);
    let near = funnel.limits.iter().filter(|limit| limit.0 >= smallest).map(|limit| limit.2);
    let values = funnel.points.iter().map(|point| point.value).chain([funnel.centre]).chain(near);
    (Scale::to(sizes), Scale::to(finite(values.collect())))
}

fn signs(funnel: &Funnel, is_crowded: bool) -> Vec<(Sign, String)> {
    let mut signs = vec![
        (Sign::Line("chart__centre"), format!("All together: {}", short(funnel.centre))),
        (Sign::Line(LIMIT), "Limits of chance".to_owned()),
        (Sign::Point(Mark::Usual, Sense::Neutral), "Within the limits".to_owned()),
    ];
    if funnel.points.iter().any(|point| point.outside) {
        signs.push((Sign::Point(Mark::Outside, Sense::Neutral), Mark::Outside.words().to_owned()));
    }
    if is_crowded {
        let words = "Without a number: too close to others. The table has all.".to_owned();
        signs.push((Sign::Point(Mark::Usual, Sense::Neutral), words));
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axes_hold_every_point_and_the_limits_of_the_smallest() {
        let point = |size, value| FunnelPoint { size, value, ..FunnelPoint::default() };
        let funnel = Funnel {
            points: vec![point(300.0, 4.0), point(930.0, 9.0)],
            centre: 5.0,
            limits: vec![(10.0, 0.0, 80.0), (300.0, 1.0, 17.0), (930.0, 2.0, 12.0)],
            ..Funnel::default()
        };
        let (sizes, values) = scales(&funnel);
        assert!(sizes.top >= 930.0 && sizes.top < 1_300.0, "{}", sizes.top);
        assert!(
            values.top >= 17.0 && values.top < 30.0,
            "limits of no site do not flatten the rest: {}",
            values.top
        );
    }

    fn eight(size: impl Fn(usize) -> f64, value: impl Fn(usize) -> f64) -> Funnel {
        let points = (0..8).map(|index| FunnelPoint {
            label: (index + 1).to_string(),
            size: size(index),
            value: value(index),
            ..FunnelPoint::default()
        });
        Funnel {
            points: points.collect(),
            limits: vec![(10.0, 0.0, 80.0), (900.0, 2.0, 12.0)],
            ..Funnel::default()
        }
    }

    #[test]
    fn each_of_eight_sites_alike_has_its_number() {
        for funnel in [
            eight(|_| 900.0, |_| 4.0),
            eight(|index| 900.0 + index as f64, |_| 0.0),
            eight(|_| 0.0, |_| f64::NAN),
        ] {
            let drawn = funnel.draw();
            let all = drawn[0].all();
            let words = all.iter().filter(|element| element.get("class") == Some("chart__words"));
            let mut numbers: Vec<String> = words.map(|element| element.said()).collect();
            numbers.sort();
            assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8"]);
            assert!(
                all.iter().flat_map(|element| &element.attributes).all(|(_, value)| !value.contains("NaN"))
            );
        }
    }

    #[test]
    fn the_key_shows_the_limits_as_they_are_drawn() {
        let drawn = eight(|index| 100.0 * index as f64, |_| 3.0).draw();
        let classes = |element: &Element, tag: &str| -> Vec<String> {
            let all = element.all().into_iter().filter(|inner| inner.tag == tag);
            all.filter_map(|inner| inner.get("class").map(str::to_owned)).collect()
        };
        assert_eq!(classes(&drawn[0], "polyline"), [LIMIT, LIMIT]);
        assert_eq!(classes(&drawn[1], "line"), ["chart__centre", LIMIT]);
        assert!(Funnel::default().draw().is_empty());
    }
}
