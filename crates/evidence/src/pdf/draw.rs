//! Draws what `charts` gives as elements: lines, boxes, shapes and words. The look of each is that of `pack.css`.

use super::type_set::{Font, encode};
use charts::{Element, Inside};
use pdf_writer::{
    Content, Name, Str,
    types::{LineCapStyle, LineJoinStyle, TextRenderingMode},
};

type Colour = [f32; 3];

/// Points of paper for one px of a drawing.
pub const POINTS: f32 = 0.6;
const WORDS: Font = Font::plain(8.0);
const BOLD: Font = Font::bold(8.0);

const INK: Colour = [0.09, 0.13, 0.12];
const SOFT: Colour = [0.29, 0.34, 0.33];
const GRID: Colour = [0.79, 0.83, 0.82];
const WASH: Colour = [0.95, 0.965, 0.96];
const MARK: Colour = [0.04, 0.36, 0.34];
const WORSE: Colour = [0.54, 0.29, 0.0];
const WHITE: Colour = [1.0, 1.0, 1.0];

/// How something is drawn: what fills it, its edge with the width in px, and its dashes.
#[derive(Clone, Copy, Default)]
struct Look {
    fill: Option<Colour>,
    edge: Option<(Colour, f32)>,
    dashes: &'static [f32],
}

fn look(element: &Element) -> Look {
    let filled = |colour| Look { fill: Some(colour), ..Look::default() };
    let edged = |colour, width| Look { edge: Some((colour, width)), ..Look::default() };
    match element.get("class").unwrap_or_default() {
        "chart__grid" => edged(GRID, 1.0),
        "chart__line" => edged(MARK, 2.0),
        "chart__centre" => edged(SOFT, 2.0),
        "chart__limit" => Look { dashes: &[5.0, 4.0], ..edged(SOFT, 1.5) },
        "chart__target" => Look { dashes: &[1.0, 4.0], ..edged(INK, 2.0) },
        "chart__sum" => edged(INK, 2.0),
        "chart__sum-edge" => edged(WHITE, 5.0),
        "chart__point" => filled(MARK),
        "chart__signal" => Look { fill: Some(WHITE), ..edged(INK, 2.0) },
        "chart__track" => Look { fill: Some(WASH), ..edged(GRID, 0.5) },
        "chart__bar" if element.get("data-sense") == Some("worse") => filled(WORSE),
        "chart__bar" => filled(MARK),
        _ => filled(INK),
    }
}

/// A part of a page: its upper left corner and its width, in points.
#[derive(Clone, Copy)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
}

impl Area {
    /// Draws an element, with all that is in it.
    pub fn draw(self, content: &mut Content, element: &Element) {
        match element.tag {
            "title" | "desc" => return,
            "text" => return self.words(content, element),
            "line" => self.stroke(content, element, |area, content| {
                content.move_to(area.across(element, "x1"), area.down(element, "y1"));
                content.line_to(area.across(element, "x2"), area.down(element, "y2"));
            }),
            "rect" => self.stroke(content, element, |area, content| {
                let (wide, high) = (area.across(element, "width") - area.left, length(element, "height"));
                content.rect(area.across(element, "x"), area.down(element, "y") - high, wide, high);
            }),
            "circle" => self.stroke(content, element, |area, content| {
                circle(content, area.left, area.top, length(element, "r"));
            }),
            "polygon" => self.stroke(content, element, Area::corners(element)),
            _ => {}
        }
        let inner = match element.tag {
            "svg" => Area { left: self.across(element, "x"), top: self.down(element, "y"), ..self },
            _ => self,
        };
        for inside in &element.inside {
            if let Inside::Element(element) = inside {
                inner.draw(content, element);
            }
        }
    }

    /// Per cent of the width, or px.
    fn across(self, element: &Element, name: &str) -> f32 {
        let value = element.get(name).unwrap_or_default();
        let part = value.strip_suffix('%').and_then(|part| part.parse::<f32>().ok());
        self.left + part.map_or_else(|| length(element, name), |part| part / 100.0 * self.width)
    }

    fn down(self, element: &Element, name: &str) -> f32 {
        self.top - length(element, name)
    }

    fn corners(element: &Element) -> impl FnOnce(Area, &mut Content) {
        let corner = |pair: &str| {
            let (x, y) = pair.split_once(',')?;
            Some((x.parse::<f32>().ok()? * POINTS, y.parse::<f32>().ok()? * POINTS))
        };
        let corners: Vec<_> =
            element.get("points").unwrap_or_default().split(' ').filter_map(corner).collect();
        move |area, content| {
            for (place, (x, y)) in corners.into_iter().enumerate() {
                let (x, y) = (area.left + x, area.top - y);
                if place == 0 {
                    content.move_to(x, y)
                } else {
                    content.line_to(x, y)
                };
            }
            content.close_path();
        }
    }

    fn stroke(self, content: &mut Content, element: &Element, path: impl FnOnce(Area, &mut Content)) {
        let look = look(element);
        content.save_state();
        if let Some([red, green, blue]) = look.fill {
            content.set_fill_rgb(red, green, blue);
        }
        if let Some(([red, green, blue], width)) = look.edge {
            content.set_stroke_rgb(red, green, blue).set_line_width(width * POINTS);
            content.set_line_cap(LineCapStyle::ButtCap);
            content.set_dash_pattern(look.dashes.iter().map(|dash| dash * POINTS), 0.0);
        }
        path(self, content);
        match (look.fill, look.edge) {
            (Some(_), Some(_)) => content.fill_nonzero_and_stroke(),
            (Some(_), None) => content.fill_nonzero(),
            (None, _) => content.stroke(),
        };
        content.restore_state();
    }

    fn words(self, content: &mut Content, element: &Element) {
        let (font, colour) = match element.get("class").unwrap_or_default() {
            "chart__value" => (BOLD, INK),
            "chart__words" => (WORDS, INK),
            _ => (WORDS, SOFT),
        };
        let text = encode(&element.said());
        let wide = font.width(&text);
        let x = self.across(element, "x")
            - match element.get("text-anchor") {
                Some("middle") => wide / 2.0,
                Some("end") => wide,
                _ => 0.0,
            };
        let name = if font.bold { Name(b"B") } else { Name(b"P") };
        let y = self.down(element, "y");
        // White around the letters, so that no line goes through them.
        content.save_state();
        content.set_stroke_rgb(1.0, 1.0, 1.0).set_line_width(2.0).set_line_join(LineJoinStyle::RoundJoin);
        content.begin_text().set_text_rendering_mode(TextRenderingMode::Stroke).set_font(name, font.size);
        content.next_line(x, y).show(Str(&text)).end_text();
        content.restore_state();
        content.begin_text().set_fill_rgb(colour[0], colour[1], colour[2]).set_font(name, font.size);
        content.next_line(x, y).show(Str(&text)).end_text();
    }
}

/// Px of an attribute in points; 0 where it is not there.
pub fn length(element: &Element, name: &str) -> f32 {
    element.get(name).and_then(|value| value.parse::<f32>().ok()).unwrap_or_default() * POINTS
}

/// Four curves, each a quarter.
fn circle(content: &mut Content, x: f32, y: f32, radius: f32) {
    let bent = radius * 0.5523;
    content.move_to(x + radius, y);
    content.cubic_to(x + radius, y + bent, x + bent, y + radius, x, y + radius);
    content.cubic_to(x - bent, y + radius, x - radius, y + bent, x - radius, y);
    content.cubic_to(x - radius, y - bent, x - bent, y - radius, x, y - radius);
    content.cubic_to(x + bent, y - radius, x + radius, y - bent, x + radius, y);
    content.close_path();
}
