//! Rare events: days between them (t chart), and near misses between them (g chart).

use super::{begun::Begun, drawn};
use crate::{
    pages::measures::{
        behind::Of,
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    routes,
    text::{
        common::{count, day, short_day},
        measures::key_name,
        review::record::lower_first,
    },
    ui::chart::{Line, LinePoint, Mark, Sense},
};
use chrono::NaiveDate;
use domain::{
    measures::{
        Limits, g_chart,
        index::{By, Filter, Row, Which, cases, gaps, group},
        t_chart,
    },
    time::{days_between as days_from, take_days},
};

/// Two years, so that what is rare has some points.
const DAYS: u64 = 730;
/// The latest events that are drawn.
const POINTS: usize = 40;
const ENOUGH: usize = 12;

/// Beside incidents and types: what a chart through time sends here, because there is too little of it to say more.
pub const WHICH: [(Which, &str); 3] = [
    (Which::NearMiss, "Near misses"),
    (Which::Luck, "Near misses that only luck caught"),
    (Which::Nameless, "Reports without a name"),
];

/// What these measures look at, whatever dates are chosen elsewhere: two years up to today, as far as every chosen site
/// counts. A site that joins would make every gap shorter, and of the time before a site counts nobody wrote near misses
/// down.
pub fn two_years(look: &Look) -> Filter {
    let filter = look.filter.on(take_days(look.today, DAYS), look.today);
    let from = Begun::of(look).map_or(filter.from, |begun| begun.from.max(filter.from));
    Filter { from, ..filter }
}

/// Past incidents that were read in are real dates: the days between incidents of one site go back to the first of them.
fn with_past(look: &Look, filter: Filter) -> Filter {
    let whole = filter.on(take_days(look.today, DAYS), look.today);
    let all = Filter { category: None, ..whole.clone() };
    match look.index.span(&all).filter(|_| filter.site.is_some()) {
        Some((first, _)) => Filter { from: first.max(whole.from).min(filter.from), ..whole },
        None => filter,
    }
}

/// "in the last two years", "since 28 August 2026, when the records here begin".
fn in_which_time(from: NaiveDate, today: NaiveDate, begin: &str) -> String {
    match from > take_days(today, DAYS) {
        true => format!("since {}, {begin}", day(from)),
        false => "in the last two years".to_owned(),
    }
}

/// How often it happened, with the time that was looked at. `ago`: days since the last one.
fn told(name: &str, total: usize, ago: Option<usize>, time: &str) -> String {
    let ago = ago.map(|ago| count(ago, "day", "days"));
    match (total, ago) {
        (1, Some(ago)) => format!(
            "{name}: one {time}. It was {ago} ago. From the second one on there is something to draw."
        ),
        (2.., Some(ago)) => format!("{name}: {total} drawn here, the last {ago} ago."),
        _ => format!("{name}: none {time}. With none there is nothing between them to draw."),
    }
}

struct Events<'a> {
    rows: Vec<&'a Row>,
    filter: Filter,
    name: String,
    /// The longer between, the better.
    harm: bool,
}

/// `past`: incidents from before the site counts are among them.
fn events(look: &Look, past: bool) -> Events<'_> {
    let filter = two_years(look);
    let key = &look.options.event;
    if key.is_empty() {
        let filter = if past { with_past(look, filter) } else { filter };
        let rows = look.index.rows(&filter, Which::Incident);
        return Events { rows: latest(rows), filter, name: "Incidents with harm".into(), harm: true };
    }
    if let Some((which, name)) = WHICH.into_iter().find(|(which, _)| which.code() == key) {
        let rows = look.index.rows(&filter, which);
        return Events { rows: latest(rows), filter, name: name.to_owned(), harm: false };
    }
    let all = look.index.rows(&filter, Which::All);
    let rows = group(&all, By::Subtype).remove(key).unwrap_or_default();
    Events { rows: latest(rows), filter, name: key_name(By::Subtype, key, &look.directory), harm: false }
}

fn latest(mut rows: Vec<&Row>) -> Vec<&Row> {
    rows.drain(..rows.len().saturating_sub(POINTS + 1));
    rows
}

pub fn days_between(look: &Look) -> Picture {
    let events = events(look, true);
    let gaps = gaps(&events.rows);
    let values: Vec<f64> = gaps.iter().map(|gap| gap.days).collect();
    let after: Vec<&Row> = gaps.iter().map(|gap| gap.after).collect();
    let numbers = Numbers {
        caption: format!("{}: days between one and the next", events.name),
        heads: heads(&["Date", "Days since the one before"]),
        rows: gaps
            .iter()
            .map(|gap| {
                let href = routes::record(&gap.after.record.id);
                let date = Number::dated(day(gap.after.date), gap.before.date, gap.after.date);
                vec![date, Number { words: days(gap.days), href: Some(href), dates: None }]
            })
            .collect(),
    };
    between(look, &events, &values, &after, t_chart(&values), "days_between", "days", numbers)
}

pub fn cases_between(look: &Look) -> Picture {
    let events = events(look, false);
    let near = look.index.rows(&events.filter, Which::NearMiss);
    let cases = cases(&events.rows, &near);
    let values: Vec<f64> = cases.iter().map(|cases| cases.rows.len() as f64).collect();
    let after: Vec<&Row> = cases.iter().map(|cases| cases.after).collect();
    let numbers = Numbers {
        caption: format!("{}: near misses between one and the next", events.name),
        heads: heads(&["Date", "Near misses since the one before"]),
        rows: cases
            .iter()
            .map(|cases| {
                let (before, after) = (cases.before.record.id.to_string(), cases.after.record.id.to_string());
                let href = look.behind(Of::Between(before, after), &events.filter);
                let date = Number::dated(day(cases.after.date), cases.before.date, cases.after.date);
                vec![date, Number::count(cases.rows.len(), href)]
            })
            .collect(),
    };
    between(look, &events, &values, &after, g_chart(&values), "cases_between", "near misses", numbers)
}

#[expect(clippy::too_many_arguments, reason = "a picture has that many parts")]
fn between(
    look: &Look,
    events: &Events<'_>,
    values: &[f64],
    after: &[&Row],
    limits: Option<Limits>,
    code: &str,
    unit: &str,
    mut numbers: Numbers,
) -> Picture {
    let Filter { from, to, .. } = events.filter;
    let shown = format!("{}. Events: {}", look.shown(from, to), lower_first(&events.name));
    let total = events.rows.len();
    let since = |row: &&&Row| usize::try_from(days_from(row.date, look.today)).unwrap_or_default();
    let last = events.rows.last().map(|row| since(&row));
    let begin = Begun::of(look).map_or("when the records here begin", |begun| begun.after_date());
    let head = told(&events.name, total, last, &in_which_time(from, look.today, begin));
    let Some(limits) = limits else {
        return Picture { sentence: head, shown, numbers, ..Picture::default() };
    };
    let beyond = |index: usize| limits.signals.contains(&(index + 1));
    let mark = |index: usize| if beyond(index) { Mark::Outside } else { Mark::Usual };
    let centre = if code == "days_between" { "Usual gap" } else { "Middle" };
    // What each sign can be checked by stands beside it.
    numbers.heads.extend(heads(&[centre, "Lower limit", "Upper limit", "Signal"]));
    for (index, row) in numbers.rows.iter_mut().enumerate() {
        row.extend([limits.centre, limits.lcl, limits.ucl].map(Number::value));
        row.push(Number::sign(mark(index)));
    }
    let long = (0..values.len())
        .filter(|index| beyond(*index) && values.get(*index).is_some_and(|value| *value > limits.centre))
        .count();
    let short = limits.signals.len() - long;
    let usual = usual(code, limits.centre);
    let sentence = format!("{head} {usual} {}", said(values.len(), long, short));
    let line = Line {
        about: drawn(code, &format!("{}: {unit} between", events.name), &sentence),
        points: values
            .iter()
            .zip(after)
            .enumerate()
            .map(|(index, (value, row))| LinePoint {
                label: short_label(row),
                value: *value,
                mark: mark(index),
                sense: match (beyond(index), events.harm) {
                    (true, true) if *value > limits.centre => Sense::Better,
                    (true, true) => Sense::Worse,
                    _ => Sense::Neutral,
                },
            })
            .collect(),
        centre: Some((centre, limits.centre)),
        upper: vec![limits.ucl; values.len()],
        lower: vec![limits.lcl; values.len()],
        trial: values.len() < ENOUGH,
        target: None,
        whole: code == "cases_between",
    };
    let notes = match events.harm {
        true => vec![format!(
            "In the same time there were {} of any kind. A long time between may also mean that less was reported.",
            count(look.index.rows(&events.filter, Which::All).len(), "report", "reports")
        )],
        false => Vec::new(),
    };
    Picture { sentence, notes, shown, numbers, drawing: Drawing::Line(line), ..Picture::default() }
}

/// What the line through the points is: the t chart has an average of its own kind, the g chart the median.
/// Source: model.md section 13.
fn usual(code: &str, centre: f64) -> String {
    let centre = days(centre);
    match code {
        "days_between" => format!(
            "The usual gap is {centre} days. It is an average for gaps of very different lengths, and can differ from the gap in the middle."
        ),
        _ => format!("The middle is {centre} near misses between."),
    }
}

/// What the limits say of so many points, with the caution where they are few.
fn said(points: usize, long: usize, short: usize) -> String {
    let shows = match (long, short) {
        (0, 0) if points < ENOUGH => String::new(),
        (0, 0) => return "Nothing shows a change.".into(),
        (long, 0) => format!("{} longer than chance explains. ", count(long, "gap was", "gaps were")),
        (0, short) => format!("{} shorter than chance explains. ", count(short, "gap was", "gaps were")),
        _ => "Some gaps were longer, some shorter than chance explains. ".into(),
    };
    match points {
        1 => format!("{shows}One point is few, so the limits are trial limits."),
        ..ENOUGH => format!("{shows}{points} points are few, so the limits are trial limits."),
        _ => shows.trim_end().to_owned(),
    }
}

fn short_label(row: &Row) -> String {
    let words = short_day(row.date);
    words
        .split_once(' ')
        .map_or(words.clone(), |(day, month)| format!("{day} {}", month.chars().take(3).collect::<String>()))
}

/// One decimal, none where there is none.
fn days(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::{in_which_time, said, told, usual};
    use domain::time::parse_date;

    #[test]
    fn young_records_are_not_two_years_of_none() {
        let today = parse_date("2026-11-26").expect("a date");
        let begins = parse_date("2026-08-28").expect("a date");
        let young = in_which_time(begins, today, "when the records here begin");
        assert_eq!(
            told("Incidents with harm", 0, None, &young),
            "Incidents with harm: none since 28 August 2026, when the records here begin. With none there is nothing \
             between them to draw."
        );
        let old = in_which_time(domain::time::take_days(today, super::DAYS), today, "");
        assert!(
            told("Falls", 1, Some(3), &old)
                .starts_with("Falls: one in the last two years. It was 3 days ago.")
        );
    }

    #[test]
    fn the_line_of_a_t_chart_is_not_called_the_middle() {
        assert!(usual("days_between", 7.6).starts_with("The usual gap is 7.6 days. It is an average"));
        assert_eq!(usual("cases_between", 2.0), "The middle is 2 near misses between.");
    }

    #[test]
    fn a_signal_of_few_points_keeps_the_caution() {
        assert_eq!(
            said(5, 1, 0),
            "1 gap was longer than chance explains. 5 points are few, so the limits are trial limits."
        );
        assert_eq!(said(5, 0, 0), "5 points are few, so the limits are trial limits.");
        assert_eq!(said(20, 0, 2), "2 gaps were shorter than chance explains.");
        assert_eq!(said(20, 0, 0), "Nothing shows a change.");
    }
}
