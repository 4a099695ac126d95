//! A field of boxes, in which more is darker. The number stands in each box, so that nothing is said by shade alone.
//! A field without number is one in which nothing was counted.

use crate::{
    Drawn,
    element::{Anchor, Element, rect, text},
    frame::surface,
    key::{Sign, key},
    wrap::wrap,
};

/// Letters of the name of a row beside its boxes, and the room for them in per cent of the width.
const SIDE_LETTERS: usize = 8;
const SIDE: f64 = 27.0;
/// Px of the narrowest drawing, and of one letter in it.
const NARROW: f64 = 280.0;
const LETTER: f64 = 8.0;
/// Letters of a name that stands above its boxes.
const ABOVE_LETTERS: usize = 36;
const LINE: f64 = 17.0;
const LOW: f64 = 30.0;
const HIGH: f64 = 40.0;
/// Darkest shade.
const DARKEST: u8 = 4;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    pub about: Drawn,
    pub columns: Vec<String>,
    /// Its name and its boxes, as many as there are columns.
    pub rows: Vec<(String, Vec<HeatCell>)>,
    /// What the shades mean, from the lightest.
    pub key: Vec<(u8, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    /// Its number; empty where nothing was counted.
    pub words: String,
    /// In full, for those who point at it.
    pub about: String,
    /// From 0, nothing, to 4.
    pub level: u8,
}

/// Shade of a count where the highest of the field is known: 0 for nothing, 4 for the highest.
pub fn level(count: usize, highest: usize) -> u8 {
    match (count, highest) {
        (0, _) | (_, 0) => 0,
        _ => u8::try_from((count * usize::from(DARKEST)).div_ceil(highest))
            .unwrap_or(DARKEST)
            .clamp(1, DARKEST),
    }
}

/// The counts that each shade stands for, first and last, but for nothing. Of few there are fewer shades.
pub fn shades(highest: usize) -> Vec<(u8, usize, usize)> {
    let darkest = usize::from(DARKEST);
    let of = |shade: u8| {
        let part = usize::from(shade);
        (shade, (part - 1) * highest / darkest + 1, part * highest / darkest)
    };
    (1..=DARKEST).map(of).filter(|(_, first, last)| first <= last).collect()
}

impl Heat {
    /// The drawing and its key; nothing without rows or columns.
    pub fn draw(&self) -> Vec<Element> {
        let columns = self.columns.len();
        if self.rows.is_empty() || columns == 0 {
            return Vec::new();
        }
        let is_beside = self.rows.iter().all(|(name, _)| {
            let lines = wrap(name, SIDE_LETTERS, usize::MAX);
            lines.len() <= 2 && lines.iter().all(|line| line.chars().count() <= SIDE_LETTERS)
        });
        let left = if is_beside { SIDE } else { 0.0 };
        let wide = (100.0 - left) / columns as f64;
        let first = |column: usize| left + wide * column as f64;
        let letters = (wide / 100.0 * NARROW / LETTER) as usize;
        let heads: Vec<Vec<String>> = self.columns.iter().map(|head| wrap(head, letters.max(1), 3)).collect();
        let deepest = heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let mut inside = Vec::new();
        for (column, lines) in heads.into_iter().enumerate() {
            // Heads stand on the boxes, however many lines they have.
            let above = deepest - lines.len() as f64;
            inside.extend(lines.into_iter().zip(0..).map(|(words, line)| {
                let y = (above + f64::from(line) + 1.0) * LINE - 4.0;
                text("chart__label", first(column) + wide / 2.0, y, Anchor::Middle, words)
            }));
        }
        let mut top = deepest * LINE + 2.0;
        for (name, cells) in &self.rows {
            let lines = wrap(name, if is_beside { SIDE_LETTERS } else { ABOVE_LETTERS }, 2);
            let height = if is_beside && lines.len() > 1 { HIGH } else { LOW };
            let named = lines.len() as f64 * LINE;
            let from = if is_beside { top + (height - named) / 2.0 } else { top + 6.0 };
            inside.extend(lines.into_iter().zip(0..).map(|(words, line)| {
                let y = from + (f64::from(line) + 1.0) * LINE - 4.0;
                text("chart__words", 0.0, y, Anchor::Start, words)
            }));
            let below = if is_beside { top } else { from + named + 2.0 };
            for (column, cell) in cells.iter().take(columns).enumerate() {
                inside.extend(boxed(cell, (first(column), wide), (below, height)));
            }
            top = below + height;
        }
        let signs = self.key.iter().map(|(level, words)| (Sign::Shade(*level), words.clone()));
        vec![surface(&self.about, top + 2.0, inside), key(signs.collect())]
    }
}

fn boxed(cell: &HeatCell, x: (f64, f64), y: (f64, f64)) -> Vec<Element> {
    let level = cell.level.min(DARKEST).to_string();
    let mut field = rect("chart__cell", x, y).with("data-level", level.clone());
    if !cell.about.is_empty() {
        field = field.holds([Element::new("title").words(&cell.about)]);
    }
    let mut drawn = vec![field];
    if !cell.words.is_empty() {
        let (middle, line) = (x.0 + x.1 / 2.0, y.0 + y.1 / 2.0 + 5.5);
        let number = text("chart__count", middle, line, Anchor::Middle, &cell.words);
        drawn.push(number.with("data-level", level));
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heat(counts: &[&[usize]], name: &str) -> Heat {
        let highest = counts.iter().flat_map(|row| row.iter().copied()).max().unwrap_or_default();
        let cell = |count: &usize| HeatCell {
            words: if *count > 0 { count.to_string() } else { String::new() },
            level: level(*count, highest),
            ..HeatCell::default()
        };
        Heat {
            columns: counts.first().map(|row| vec!["Mo".to_owned(); row.len()]).unwrap_or_default(),
            rows: counts.iter().map(|row| (name.to_owned(), row.iter().map(cell).collect())).collect(),
            ..Heat::default()
        }
    }

    /// Left, top, right and bottom of each box.
    fn boxes(picture: &Element) -> Vec<[f64; 4]> {
        let place = |element: &Element, name| {
            element.get(name).and_then(|value| value.trim_end_matches('%').parse::<f64>().ok()).expect(name)
        };
        let fields = picture.all().into_iter().filter(|element| element.get("class") == Some("chart__cell"));
        fields
            .map(|field| {
                let (x, y) = (place(field, "x"), place(field, "y"));
                [x, y, x + place(field, "width"), y + place(field, "height")]
            })
            .collect()
    }

    #[test]
    fn nothing_has_no_shade_and_the_highest_has_the_darkest() {
        let levels = [(0, 8), (1, 8), (3, 8), (8, 8), (1, 1), (0, 0)].map(|(count, top)| level(count, top));
        assert_eq!(levels, [0, 1, 2, 4, 4, 0]);
    }

    #[test]
    fn the_key_names_each_count_once_and_with_its_own_shade() {
        for highest in [0, 1, 2, 3, 4, 5, 7, 8, 31, 400] {
            let named: Vec<(u8, usize)> = shades(highest)
                .into_iter()
                .flat_map(|(shade, first, last)| (first..=last).map(move |count| (shade, count)))
                .collect();
            let expected: Vec<(u8, usize)> =
                (1..=highest).map(|count| (level(count, highest), count)).collect();
            assert_eq!(named, expected, "{highest}");
        }
    }

    #[test]
    fn boxes_fill_the_width_and_none_lies_on_another() {
        for name in ["9pm to midnight", "Medicines room of the first floor, beside the lift"] {
            let drawn = heat(&[&[0, 1, 2, 3, 4, 5, 6], &[9, 0, 0, 0, 0, 0, 12]], name).draw();
            let boxes = boxes(&drawn[0]);
            assert_eq!(boxes.len(), 14);
            for (index, one) in boxes.iter().enumerate() {
                assert!(one[2] <= 100.05 && one[0] >= 0.0, "{one:?}");
                for other in &boxes[index + 1..] {
                    let apart =
                        |low: usize| one[low + 2] <= other[low] + 0.05 || other[low + 2] <= one[low] + 0.05;
                    assert!(apart(0) || apart(1), "{one:?} {other:?}");
                }
            }
            let height: f64 =
                drawn[0].get("height").and_then(|height| height.parse().ok()).expect("a height");
            assert!(boxes.iter().all(|one| one[3] <= height), "inside the picture");
        }
    }

    #[test]
    fn the_name_of_a_row_never_reaches_its_boxes() {
        for name in
            ["midnight", "midnight to 3am", "3am to 6am", "9am to midday", "11pm", "Room 14", "Lounge"]
        {
            let drawn = heat(&[&[1, 2, 3, 4, 5, 6, 7]], name).draw();
            let all = drawn[0].all();
            let lines = all.iter().filter(|element| element.get("class") == Some("chart__words"));
            // A letter of the largest font that is in use is 9 px wide on average.
            let longest = lines.map(|line| line.said().chars().count() as f64 * 9.0).fold(0.0, f64::max);
            let first = boxes(&drawn[0])[0][0];
            assert!(longest <= first / 100.0 * NARROW, "{name}: {longest}");
        }
    }

    #[test]
    fn numbers_in_the_boxes_add_up_and_nothing_has_none() {
        let counts: &[&[usize]] = &[&[0, 1, 2], &[30, 0, 4]];
        let drawn = heat(counts, "9am").draw();
        let all = drawn[0].all();
        let numbers = all.iter().filter(|element| element.get("class") == Some("chart__count"));
        let numbers: Vec<usize> = numbers.filter_map(|element| element.said().parse().ok()).collect();
        assert_eq!((numbers.len(), numbers.iter().sum::<usize>()), (4, 37));
    }

    #[test]
    fn no_rows_are_no_drawing_and_nothing_at_all_is_a_whole_one() {
        assert!(Heat::default().draw().is_empty());
        let drawn = heat(&[&[0]], "9am").draw();
        let all = drawn[0].all();
        assert!(all.iter().flat_map(|element| &element.attributes).all(|(_, value)| !value.contains("NaN")));
        assert_eq!(boxes(&drawn[0]).len(), 1);
    }
}
