//! Rare events: days between them (t chart), and near misses between them (g chart).

use super::drawn;
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

struct Events<'a> {
    rows: Vec<&'a Row>,
    filter: Filter,
    name: String,
    /// The longer between, the better.
    harm: bool,
}

fn events(look: &Look) -> Events<'_> {
    let to = look.filter.to.min(look.today);
    let filter = look.filter.on(take_days(to, DAYS), to);
    let key = &look.options.event;
    if key.is_empty() {
        let rows = look.index.rows(&filter, Which::Incident);
        return Events { rows: latest(rows), filter, name: "Incidents with harm".into(), harm: true };
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
    let events = events(look);
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
                vec![Number::words(day(gap.after.date)), Number { words: days(gap.days), href: Some(href) }]
            })
            .collect(),
    };
    between(look, &events, &values, &after, t_chart(&values), "days_between", "days", numbers)
}

pub fn cases_between(look: &Look) -> Picture {
    let events = events(look);
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
                vec![Number::words(day(cases.after.date)), Number::count(cases.rows.len(), href)]
            })
            .collect(),
    };
    between(look, &events, &values, &after, g_chart(&values), "cases_between", "near misses", numbers)
}

#[allow(clippy::too_many_arguments)]
fn between(
    look: &Look,
    events: &Events<'_>,
    values: &[f64],
    after: &[&Row],
    limits: Option<Limits>,
    code: &str,
    unit: &str,
    numbers: Numbers,
) -> Picture {
    let Filter { from, to, .. } = events.filter;
    let shown = format!("{}. Events: {}", look.shown(from, to), lower_first(&events.name));
    let total = events.rows.len();
    let since = |row: &&&Row| usize::try_from(days_from(row.date, look.today)).unwrap_or_default();
    let last = events.rows.last().map(|row| since(&row));
    let head = match (total, last) {
        (0, _) => format!(
            "{}: none in the last two years. With none there is nothing between them to draw.",
            events.name
        ),
        (1, Some(ago)) => format!(
            "{}: one in the last two years, {} ago. From the second one on there is something to draw.",
            events.name,
            count(ago, "day", "days")
        ),
        (_, Some(ago)) => {
            format!("{}: {total} drawn here, the last {} ago.", events.name, count(ago, "day", "days"))
        }
        _ => String::new(),
    };
    let Some(limits) = limits else {
        return Picture { sentence: head, shown, numbers, ..Picture::default() };
    };
    let beyond = |index: usize| limits.signals.contains(&(index + 1));
    let long = (0..values.len())
        .filter(|index| beyond(*index) && values.get(*index).is_some_and(|value| *value > limits.centre))
        .count();
    let short = limits.signals.len() - long;
    let usual = format!("The middle is {} {unit} between.", days(limits.centre));
    let said = match (values.len(), long, short) {
        (..ENOUGH, 0, 0) => format!(
            "{usual} {} are few, so the limits are trial limits.",
            count(values.len(), "point", "points")
        ),
        (_, 0, 0) => format!("{usual} Nothing shows a change."),
        (_, long, 0) => {
            format!("{usual} {} longer than chance explains.", count(long, "gap was", "gaps were"))
        }
        (_, 0, short) => {
            format!("{usual} {} shorter than chance explains.", count(short, "gap was", "gaps were"))
        }
        _ => format!("{usual} Some gaps were longer, some shorter than chance explains."),
    };
    let sentence = format!("{head} {said}");
    let line = Line {
        about: drawn(code, &format!("{}: {unit} between", events.name), &sentence),
        points: values
            .iter()
            .zip(after)
            .enumerate()
            .map(|(index, (value, row))| LinePoint {
                label: short_label(row),
                value: *value,
                mark: if beyond(index) { Mark::Outside } else { Mark::Usual },
                sense: match (beyond(index), events.harm) {
                    (true, true) if *value > limits.centre => Sense::Better,
                    (true, true) => Sense::Worse,
                    _ => Sense::Neutral,
                },
            })
            .collect(),
        centre: Some(("Middle", limits.centre)),
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
    Picture { sentence, notes, shown, numbers, drawing: Drawing::Line(line) }
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
