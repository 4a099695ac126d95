//! Two things crossed: hour and weekday, place and category. More is darker; the numbers stand in it. Near misses have
//! no good direction: one colour, never a good or a bad one.

use super::drawn;
use crate::{
    pages::measures::{
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::{count, grouped},
        measures::{DAYS, SMALL_CELLS, UNDER_3, hours as hour_words, key_name, small},
        review::record::{lower_first, upper_first},
    },
    ui::chart::{Drawn, Heat, HeatCell, level, shades},
};
use domain::measures::index::{By, Groups, SMALL_CELL, Which, group, is_small_cell};

/// Places that are drawn; the rest are in the numbers.
const PLACES: usize = 12;

pub fn hours(look: &Look) -> Picture {
    let (by, width) = if look.options.whole { (By::Hour, 1) } else { (By::Hours, 3) };
    let rows = look.index.rows(&look.filter, Which::NearMiss);
    let groups = group(&rows, by);
    let lines: Vec<(String, Vec<String>)> = (0..24)
        .step_by(width)
        .map(|hour| {
            let keys = (0..DAYS.len()).map(|day| format!("{day}/{hour}")).collect();
            (hour_row(u32::try_from(hour).unwrap_or_default(), u32::try_from(width).unwrap_or(1)), keys)
        })
        .collect();
    let columns = DAYS.iter().map(|day| day.chars().take(2).collect()).collect();
    let sentence = told(look, rows.len(), &groups, by, "busiest time");
    let about = drawn("hours", "Near misses by hour and day of the week", &sentence);
    let full = DAYS.map(str::to_owned).to_vec();
    let mut picture = crossed(look, &groups, by, about, ("Hour", columns, lines), full);
    picture.sentence = sentence;
    picture.notes.splice(0..0, small(rows.len()));
    picture
}

pub fn places_of_categories(look: &Look) -> Picture {
    let by = By::PlaceOfCategory;
    let rows = look.index.rows(&look.filter, Which::NearMiss);
    let groups = group(&rows, by);
    let categories: Vec<_> = look
        .categories
        .iter()
        .filter(|spec| look.filter.category.as_deref().is_none_or(|code| code == spec.id))
        .collect();
    let mut places: Vec<(String, usize)> =
        group(&rows, By::Place).into_iter().map(|(place, rows)| (place, rows.len())).collect();
    places.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    let most = if look.options.whole { places.len() } else { PLACES.min(places.len()) };
    let lines = places.iter().take(most).map(|(place, _)| {
        let keys = categories.iter().map(|spec| format!("{}/{place}", spec.id)).collect();
        (key_name(By::Place, place, &look.directory), keys)
    });
    let names: Vec<String> = categories.iter().map(|spec| spec.name.to_owned()).collect();
    let sentence = told(look, rows.len(), &groups, by, "most frequent");
    let about = drawn("places_categories", "Near misses by place and category", &sentence);
    let mut picture = crossed(look, &groups, by, about, ("Place", names.clone(), lines.collect()), names);
    picture.sentence = sentence;
    picture.notes.splice(0..0, small(rows.len()));
    if places.len() > most {
        picture.notes.push(format!("The {most} places with most near misses of {} are shown.", places.len()));
    }
    picture
}

/// "2pm" of one hour, "midnight to 3am" of several.
fn hour_row(first: u32, width: u32) -> String {
    let words = hour_words(first, width);
    match words.split_once(" to ") {
        Some((first, _)) if width == 1 => first.to_owned(),
        _ => words,
    }
}

/// Corner, columns, and rows with the key of each cell.
type Cross = (&'static str, Vec<String>, Vec<(String, Vec<String>)>);

fn crossed(
    look: &Look,
    groups: &Groups<'_>,
    by: By,
    about: Drawn,
    cross: Cross,
    full: Vec<String>,
) -> Picture {
    let (corner, columns, lines) = cross;
    let counted = |key: &str| groups.get(key).map_or(0, Vec::len);
    let hides = |count: usize| look.coded && is_small_cell(count);
    let words = |count: usize| if hides(count) { UNDER_3.to_owned() } else { grouped(count) };
    let highest = groups.values().map(Vec::len).max().unwrap_or_default();
    let link =
        |key: &str, count: usize| (count > 0 && !hides(count)).then(|| look.group(Which::NearMiss, by, key));
    let boxes = lines.iter().map(|(name, keys)| {
        let cells = keys.iter().map(|key| {
            let count = counted(key);
            HeatCell {
                words: in_box(count, look.coded),
                about: format!("{}: {}", key_name(by, key, &look.directory), words(count)),
                level: if hides(count) { 1 } else { level(count, highest) },
            }
        });
        (name.clone(), cells.collect())
    });
    let table = lines.iter().map(|(name, keys)| {
        let cells = keys.iter().map(|key| {
            let count = counted(key);
            Number { words: words(count), href: link(key, count), dates: None }
        });
        [Number::words(name.clone())].into_iter().chain(cells).collect()
    });
    let caption = format!(
        "Near misses: {} and {}",
        lower_first(corner),
        if by == By::PlaceOfCategory { "category" } else { "day of the week" }
    );
    let numbers =
        Numbers { caption, heads: heads(&[corner]).into_iter().chain(full).collect(), rows: table.collect() };
    let is_empty = groups.is_empty();
    let heat = Heat { about, columns, rows: boxes.collect(), key: key_words(highest, look.coded) };
    let total: usize = groups.values().map(Vec::len).sum();
    Picture {
        shown: format!(
            "{}. Of {}",
            look.shown(look.filter.from, look.filter.to),
            count(total, "near miss", "near misses")
        ),
        notes: look.coded.then(|| SMALL_CELLS.to_owned()).into_iter().collect(),
        drawing: if is_empty { Drawing::Nothing } else { Drawing::Heat(heat) },
        numbers: if is_empty { Numbers::default() } else { numbers },
        ..Picture::default()
    }
}

/// A number that fits into a narrow box; nothing where nothing was counted.
fn in_box(count: usize, coded: bool) -> String {
    match count {
        0 => String::new(),
        hidden if coded && is_small_cell(hidden) => format!("<{SMALL_CELL}"),
        count => count.to_string(),
    }
}

/// What each shade stands for. Where small counts are hidden, they all have the lightest.
fn key_words(highest: usize, coded: bool) -> Vec<(u8, String)> {
    let told = |first: usize, last: usize| match first == last {
        true => first.to_string(),
        false => format!("{first} to {last}"),
    };
    let mut key = vec![(0, "None".to_owned())];
    if coded && highest > 0 {
        key.push((1, upper_first(UNDER_3)));
    }
    key.extend(shades(highest).into_iter().filter_map(|(shade, first, last)| {
        let first = if coded { first.max(SMALL_CELL) } else { first };
        (first <= last).then(|| (shade, told(first, last)))
    }));
    key
}

/// What stands out, where one cell does.
fn told(look: &Look, total: usize, groups: &Groups<'_>, by: By, what: &str) -> String {
    let (counted, total) = (total, count(total, "near miss", "near misses"));
    let most = groups.values().map(Vec::len).max().unwrap_or_default();
    let mut highest = groups.iter().filter(|(_, rows)| rows.len() == most);
    match (highest.next(), highest.count()) {
        (None, _) => "No near misses in this time, so there is nothing to show.".into(),
        (Some(_), _) if look.coded && is_small_cell(most) => format!("{total}. No cell has 3 or more."),
        (Some(_), _) if small(counted).is_some() => format!("{total}. Too few to say what stands out."),
        (Some((key, _)), 0) => {
            format!("{total}. The {what}: {}, with {most}.", key_name(by, key, &look.directory))
        }
        (Some(_), others) => {
            format!("{total}. Nothing stands out: {} cells have {most} each, and none has more.", others + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_is_hidden_in_its_box_and_in_the_key() {
        assert_eq!([0, 1, 2, 3, 12].map(|count| in_box(count, false)), ["", "1", "2", "3", "12"]);
        assert_eq!([0, 1, 2, 3, 12].map(|count| in_box(count, true)), ["", "<3", "<3", "3", "12"]);
        let words = |highest, coded| -> Vec<String> {
            key_words(highest, coded).into_iter().map(|(shade, words)| format!("{shade}: {words}")).collect()
        };
        assert_eq!(words(8, false), ["0: None", "1: 1 to 2", "2: 3 to 4", "3: 5 to 6", "4: 7 to 8"]);
        assert_eq!(words(8, true), ["0: None", "1: Under 3", "2: 3 to 4", "3: 5 to 6", "4: 7 to 8"]);
        assert_eq!(words(2, true), ["0: None", "1: Under 3"]);
        assert_eq!(words(0, false), ["0: None"]);
    }
}
