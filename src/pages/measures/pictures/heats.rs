//! Two things crossed: hour and weekday, place and category. More is darker; the numbers stand in it.

use crate::{
    pages::measures::{
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::count,
        measures::{DAYS, SMALL_CELLS, UNDER_3, hours as hour_words, key_name, small},
        review::record::lower_first,
    },
    ui::chart::{Heat, HeatCell},
};
use domain::measures::index::{By, Groups, Which, group, is_small_cell};

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
    let short = |day: &&str| (day.chars().take(2).collect::<String>(), (*day).to_owned());
    let columns = DAYS.iter().map(short).collect();
    let mut picture = crossed(look, &groups, by, ("Hour", columns, lines), DAYS.map(str::to_owned).to_vec());
    picture.sentence = told(look, rows.len(), &groups, by, "busiest time");
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
    let drawn = if look.options.whole { places.len() } else { PLACES.min(places.len()) };
    let lines = places.iter().take(drawn).map(|(place, _)| {
        let keys = categories.iter().map(|spec| format!("{}/{place}", spec.id)).collect();
        (key_name(By::Place, place, &look.directory), keys)
    });
    let names: Vec<String> = categories.iter().map(|spec| spec.name.to_owned()).collect();
    let mut picture = crossed(
        look,
        &groups,
        by,
        ("Place", names.iter().cloned().map(|name| (name.clone(), name)).collect(), lines.collect()),
        names,
    );
    picture.sentence = told(look, rows.len(), &groups, by, "most frequent");
    picture.notes.splice(0..0, small(rows.len()));
    if places.len() > drawn {
        picture
            .notes
            .push(format!("The {drawn} places with most near misses of {} are shown.", places.len()));
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
type Cross = (&'static str, Vec<(String, String)>, Vec<(String, Vec<String>)>);

fn crossed(look: &Look, groups: &Groups<'_>, by: By, cross: Cross, full: Vec<String>) -> Picture {
    let (corner, columns, lines) = cross;
    let counted = |key: &str| groups.get(key).map_or(0, Vec::len);
    let hides = |count: usize| look.coded && is_small_cell(count);
    let words = |count: usize| if hides(count) { UNDER_3.to_owned() } else { count.to_string() };
    let highest = groups.values().map(Vec::len).max().unwrap_or_default();
    let link =
        |key: &str, count: usize| (count > 0 && !hides(count)).then(|| look.group(Which::NearMiss, by, key));
    let drawn = lines.iter().map(|(name, keys)| {
        let cells = keys.iter().map(|key| {
            let count = counted(key);
            HeatCell {
                words: words(count),
                href: link(key, count),
                about: format!("{}: {count}, open the list", key_name(by, key, &look.directory)),
                level: if hides(count) { 1 } else { HeatCell::level(count, highest) },
            }
        });
        (name.clone(), cells.collect())
    });
    let table = lines.iter().map(|(name, keys)| {
        let cells = keys.iter().map(|key| {
            let count = counted(key);
            Number { words: words(count), href: link(key, count) }
        });
        [Number::words(name.clone())].into_iter().chain(cells).collect()
    });
    let caption = format!(
        "Near misses: {} and {}. The darker, the more.",
        lower_first(corner),
        if by == By::PlaceOfCategory { "category" } else { "day of the week" }
    );
    let numbers = Numbers {
        caption: caption.clone(),
        heads: heads(&[corner]).into_iter().chain(full).collect(),
        rows: table.collect(),
    };
    let is_empty = groups.is_empty();
    let heat = Heat { caption, corner: corner.to_owned(), columns, rows: drawn.collect() };
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

/// What stands out, where one cell does.
fn told(look: &Look, total: usize, groups: &Groups<'_>, by: By, what: &str) -> String {
    let total = count(total, "near miss", "near misses");
    let most = groups.values().map(Vec::len).max().unwrap_or_default();
    let mut highest = groups.iter().filter(|(_, rows)| rows.len() == most);
    match (highest.next(), highest.count()) {
        (None, _) => "No near misses in this time, so there is nothing to show.".into(),
        (Some(_), _) if look.coded && is_small_cell(most) => format!("{total}. No cell has 3 or more."),
        (Some((key, _)), 0) => {
            format!("{total}. The {what}: {}, with {most}.", key_name(by, key, &look.directory))
        }
        (Some(_), others) => {
            format!("{total}. Nothing stands out: {} cells have {most} each, and none has more.", others + 1)
        }
    }
}
