//! The pictures of a pack, each with its sentence: near misses through the months, what there is most of, and the two
//! halves of a period. The table beside a picture has its numbers.

use super::{
    View,
    baseline::{self, LIMITS_ENOUGH, Month},
    halves::Sides,
};
use crate::{
    doc::{Block, Cell, Picture, Table},
    labels,
    sentences::{Through, most_frequent, run, signals},
    words,
};
use charts::{Bar, Bars, Drawn, Line, LinePoint, Mark, Sense};
use domain::{
    measures::{is_rare, pareto, run_chart},
    record::{NOT_ANSWERED, Record},
};
use std::collections::BTreeMap;

/// One month alone is no line.
const FEWEST_MONTHS: usize = 2;
/// Bars that are drawn; the table has all.
const DRAWN: usize = 10;
/// Together fewer than this say little.
const FEW: u64 = 10;

/// Said of months with so few that limits and runs would be those of chance: decision 039.
const TOO_FEW: &str = "There are too few to say from this picture whether anything has changed.";

/// Near misses of the months of which every day is counted: a run chart, or an XmR chart where there are enough.
pub(super) fn months(view: &View<'_>) -> Block {
    let whole = view.figures.months.iter().filter(|(_, row)| row.is_whole);
    let months: Vec<Month> = whole
        .map(|(month, row)| Month { first: month.first(), last: month.last(), near_misses: row.near_misses })
        .collect();
    match months.last() {
        Some(last) if months.len() >= FEWEST_MONTHS => {
            Block::Picture(line(&months, &baseline::judged(view, last.last)))
        }
        _ => Block::Para(format!(
            "There is no picture of the months: it needs {FEWEST_MONTHS} months of which every day is counted, and there {} {}.",
            if months.len() == 1 { "is" } else { "are" },
            if months.is_empty() { "none".to_owned() } else { months.len().to_string() },
        )),
    }
}

fn line(months: &[Month], judged: &[Month]) -> Picture {
    let values: Vec<f64> = months.iter().map(|month| f64::from(month.near_misses)).collect();
    let names: Vec<String> = months.iter().map(|month| words::month(month.first)).collect();
    let told = Through { one: "month", many: "months", names: &names, values: &values };
    let all = baseline::limits(judged, months);
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let rare = is_rare(all.as_ref().map_or(mean, |limits| limits.mean));
    let limits = all.filter(|_| judged.len() >= LIMITS_ENOUGH && !rare);
    let middle = run_chart(&values).filter(|_| limits.is_none() && !rare);
    let of = limits.as_ref().map(|_| baseline::named(judged)).unwrap_or_default();
    let said = match (&limits, &middle) {
        _ if rare => TOO_FEW.to_owned(),
        (Some(limits), _) => format!(
            "{} The mean and the usual limits come from the first {of}, whatever days this pack is about.",
            signals(told, limits)
        ),
        (_, Some(middle)) => run(told, middle),
        _ => String::new(),
    };
    let total: usize = months.iter().map(|month| month.near_misses as usize).sum();
    let ends = months.first().zip(months.last()).map(|(first, last)| words::period(first.first, last.last));
    let sentence = format!(
        "{} in {}, {}. {said}",
        words::upper_first(&words::count(total, "near miss", "near misses")),
        words::count(months.len(), "whole month", "whole months"),
        ends.unwrap_or_default(),
    );
    let mark = |index: usize| {
        let label = limits.as_ref().and_then(|limits| limits.labels.get(index).copied());
        label.map_or(Mark::Usual, Mark::from_code)
    };
    let points = months.iter().zip(&values).enumerate().map(|(index, (month, value))| LinePoint {
        label: words::short_month(month.first),
        value: *value,
        mark: mark(index),
        sense: Sense::Neutral,
    });
    let drawing = Line {
        about: drawn("months", "Near misses each month", &sentence),
        points: points.collect(),
        centre: (limits.as_ref().map(|limits| ("Mean", limits.mean)))
            .or_else(|| middle.as_ref().map(|middle| ("Middle (median)", middle.median))),
        upper: limits.as_ref().map(|limits| vec![limits.upl; values.len()]).unwrap_or_default(),
        lower: limits.as_ref().map(|limits| vec![limits.lpl.max(0.0); values.len()]).unwrap_or_default(),
        trial: limits.as_ref().is_some_and(|limits| limits.trial),
        target: None,
        whole: true,
    };
    Picture { title: drawing.about.title.clone(), sentence, part: String::new(), drawn: drawing.draw_of(&of) }
}

/// What nearly happens most: the picture and its table.
pub(super) fn kinds(view: &View<'_>) -> Vec<Block> {
    let register = view.selection.register;
    let counts_here =
        |record: &&&Record| record.counts_as_near_miss(&register.directory().settings(&record.site));
    let near_misses = view.selection.records.iter().filter(counts_here);
    let is_one = view.selection.request.wanted_categories().len() == 1;
    let counts = tally(near_misses.map(|record| match is_one {
        true => labels::subtype(record),
        false => format!("{}: {}", labels::category(record), words::lower_first(&labels::subtype(record))),
    }));
    let picture = most("kinds", "What nearly happens most", "near misses", &counts);
    let table = shares(view, "What nearly happens most", ("Kind", "Near misses"), &counts);
    picture.map(Block::Picture).into_iter().chain([table]).collect()
}

pub(super) fn tally(names: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// A row of what nobody has said yet: "Medicines: not answered yet".
fn is_open(name: &str) -> bool {
    name.to_lowercase().ends_with(&NOT_ANSWERED.to_lowercase())
}

/// How many of them nobody has said yet.
fn open(counts: &BTreeMap<String, u64>) -> u64 {
    counts.iter().filter(|(name, _)| is_open(name)).map(|(_, count)| count).sum()
}

/// A Pareto chart of what is known; none where there is nothing to count. `what`: "near misses".
pub(super) fn most(id: &str, title: &str, what: &str, counts: &BTreeMap<String, u64>) -> Option<Picture> {
    let open = open(counts);
    let known: Vec<_> = pairs(counts).into_iter().filter(|(name, _)| !is_open(name)).collect();
    let rows = pareto(&known);
    let total: u64 = known.iter().map(|(_, count)| count).sum();
    let whole = usize::try_from(total).unwrap_or(usize::MAX);
    let told: Vec<(String, usize)> = rows
        .iter()
        .map(|row| (words::lower_first(&row.code), usize::try_from(row.count).unwrap_or(usize::MAX)))
        .collect();
    let mut sentence = format!("Of {whole} {what}. {}", most_frequent(&told, whole)?);
    if total < FEW {
        sentence.push_str(" That is too few to see a pattern.");
    }
    if open > 0 {
        sentence.push_str(&format!(" Of {open} more nobody has said yet what it was."));
    }
    let part = match rows.len() {
        many if many > DRAWN => format!("The {DRAWN} most frequent of {many} are drawn. The table has all."),
        _ => String::new(),
    };
    let bars = rows.into_iter().take(DRAWN).map(|row| Bar {
        label: row.code,
        value: row.count as f64,
        shown: row.count.to_string(),
        cumulative: Some(row.cumulative),
        sense: Sense::Neutral,
    });
    let chart = Bars { about: drawn(id, title, &sentence), bars: bars.collect() };
    Some(Picture { title: title.to_owned(), sentence, part, drawn: chart.draw() })
}

/// Counts with their shares, the most first. Heads: what it is, and what is counted.
pub(super) fn shares(
    view: &View<'_>,
    caption: &str,
    heads: (&'static str, &'static str),
    counts: &BTreeMap<String, u64>,
) -> Block {
    let all: u64 = counts.values().sum();
    let what = words::lower_first(heads.1);
    let basis = match open(counts) {
        0 => format!("{all} {what} for which it is known"),
        open => format!("{all} {what}, {open} of them not answered yet"),
    };
    let mut table = Table::new(caption, &[(heads.0, 6), (heads.1, 2), ("Share", 2), ("Share so far", 2)])
        .based_on(view.basis(&basis));
    for row in pareto(&pairs(counts)) {
        table.row([
            Cell::from(row.code),
            Cell::number(row.count),
            Cell::number(format!("{}%", words::short(row.share))),
            Cell::number(format!("{}%", words::short(row.cumulative))),
        ]);
    }
    table.or(&format!("{caption}: nothing to count."))
}

/// The first half of a period beside the second.
pub(super) fn halves(sentence: String, incidents: Sides, near_misses: Sides) -> Picture {
    let bar = |what: &str, half: &str, count: u64, days: i64, sense| Bar {
        label: format!("{what}, {half} half: {days} days"),
        value: count as f64,
        shown: count.to_string(),
        cumulative: None,
        sense,
    };
    let of = |what, sides: Sides, sense| {
        let halves = ["first", "second"].into_iter().zip(sides.counts).zip(sides.days);
        halves.map(move |((half, count), days)| bar(what, half, count, days, sense)).collect::<Vec<_>>()
    };
    let title = "First half of the time beside the second";
    let chart = Bars {
        about: drawn("halves", title, &sentence),
        bars: [of("Incidents", incidents, Sense::Worse), of("Near misses", near_misses, Sense::Neutral)]
            .concat(),
    };
    Picture { title: title.to_owned(), sentence, part: String::new(), drawn: chart.draw() }
}

fn pairs(counts: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    counts.iter().map(|(name, count)| (name.clone(), *count)).collect()
}

/// Names a drawing; there is one of each in a pack.
fn drawn(id: &str, title: &str, sentence: &str) -> Drawn {
    Drawn { id: format!("picture-{id}"), title: title.to_owned(), words: sentence.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{audits::Period, category::Cadence, time::parse_date};

    /// Months from January 2025 on.
    fn months(counts: &[u32]) -> Vec<Month> {
        let first = Period::of(Cadence::Monthly, parse_date("2025-01-01").expect("a date"));
        let months = std::iter::successors(Some(first), |month| Some(month.next())).zip(counts);
        let month = |(month, count): (Period, &u32)| Month {
            first: month.first(),
            last: month.last(),
            near_misses: *count,
        };
        months.map(month).collect()
    }

    fn picture(counts: &[u32]) -> Picture {
        line(&months(counts), &months(counts))
    }

    fn points(picture: &Picture) -> usize {
        let all = picture.drawn[0].all();
        all.iter()
            .filter(|element| matches!(element.get("class"), Some("chart__point" | "chart__signal")))
            .count()
    }

    #[test]
    fn few_months_are_a_run_chart_and_a_year_has_limits() {
        let few = picture(&[3, 5]);
        assert_eq!(points(&few), 2);
        assert!(
            few.sentence.starts_with("8 near misses in 2 whole months, 1 January 2025 to 28 February 2025.")
        );
        assert!(few.sentence.contains("too few to say whether something changed"), "{}", few.sentence);
        let year = picture(&[5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 30]);
        assert!(year.sentence.contains("January 2026 lies outside the usual limits."), "{}", year.sentence);
        let key = year.drawn[1].all().iter().map(|element| element.said()).collect::<String>();
        assert!(key.contains("Usual limits") && key.contains("Outside the limits"), "{key}");
    }

    #[test]
    fn a_pack_of_later_months_has_the_limits_of_the_first() {
        let all =
            months(&[5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 30, 31, 30, 31, 30, 31, 30, 31, 30, 31, 30, 31, 30]);
        let later = line(&all[13..], &all);
        let of = "12 months, January 2025 to December 2025";
        assert!(later.sentence.contains(&format!("come from the first {of}, ")), "{}", later.sentence);
        assert!(later.sentence.contains("lie outside the usual limits."), "{}", later.sentence);
        let key = later.drawn[1].all().iter().map(|element| element.said()).collect::<String>();
        assert!(key.contains(&format!("Mean of {of}: 5.5")), "{key}");
        assert_eq!(points(&later), 12);
    }

    #[test]
    fn a_few_near_misses_in_a_year_are_no_verdict() {
        let rare = picture(&[0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4]);
        assert!(rare.sentence.ends_with(TOO_FEW), "{}", rare.sentence);
        assert!(rare.drawn[0].all().iter().all(|element| element.get("class") != Some("chart__signal")));
        let key = rare.drawn[1].all().iter().map(|element| element.said()).collect::<String>();
        assert!(!key.contains("limits") && !key.contains("median"), "{key}");
    }

    #[test]
    fn months_without_anything_are_a_line_along_the_floor() {
        let none = picture(&[0, 0, 0]);
        assert_eq!(points(&none), 3);
        assert!(none.sentence.starts_with("No near misses in 3 whole months"), "{}", none.sentence);
    }

    #[test]
    fn the_bars_add_up_to_what_the_sentence_says() {
        let counts = |kinds: u64| (1..=kinds).map(|kind| (format!("Kind {kind}"), kind)).collect();
        assert_eq!(most("kinds", "Most", "records", &BTreeMap::new()), None);
        let few = most("kinds", "Most", "records", &counts(3)).expect("bars");
        assert!(few.sentence.starts_with("Of 6 records. Most frequent: kind 3 (3 of 6)"));
        assert!(few.sentence.ends_with("too few to see a pattern."));
        let values = few.drawn[0].all();
        let values = values.iter().filter(|element| element.get("class") == Some("chart__value"));
        assert_eq!(values.map(|value| value.said().parse::<u64>().unwrap_or_default()).sum::<u64>(), 6);
        let many = most("kinds", "Most", "records", &counts(12)).expect("bars");
        assert_eq!(many.part, "The 10 most frequent of 12 are drawn. The table has all.");
        assert!(few.part.is_empty() && !many.sentence.contains("drawn"), "{}", many.sentence);
    }
}
