//! Near misses of each month per 1,000 bed days, care hours or doses: a u chart.

use super::{begun::Begun, drawn, no_points, whole_from};
use crate::{
    pages::measures::{
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::{count, list, thousands},
        measures::{MORE_IS_NOT_WORSE, label, measure_of, near_misses_per, point, range},
        review::record::upper_first,
    },
    ui::chart::{Line, LinePoint, Mark, Sense},
};
use domain::{
    measures::{
        UChart,
        index::{Grain, MonthRate, Which, rates, series},
        u_chart,
    },
    time::add_days,
};

const MONTHS: usize = 24;
/// Months without a number that are named one by one.
const NAMED: usize = 3;
/// What each month is judged by, beside its rate.
const LIMITS: [&str; 4] = ["Mean", "Lower limit", "Upper limit", "Signal"];
/// With fewer months the limits are trial limits.
const ENOUGH: usize = 12;

pub fn rate(look: &Look) -> Picture {
    let per = look.options.per();
    let words = measure_of(per);
    let Some(filter) = look.filter.per(per) else { return no_such_rate(look, &words) };
    let look = &Look { filter, ..look.clone() };
    let what = near_misses_per(per);
    let (earliest, to) = Grain::Month.whole(MONTHS, add_days(look.filter.to.min(look.today), 1));
    let begun = Begun::of(look);
    let first = begun.as_ref().map(|begun| whole_from(Grain::Month, begun.from));
    let from = first.map_or(to, |first| earliest.max(first));
    let shown = look.shown(from.min(to), to);
    let rows = look.index.rows(&look.filter.on(from, to), Which::NearMiss);
    let months = if from > to { Vec::new() } else { series(&rows, Grain::Month, from, to) };
    let months = rates(&look.register, look.filter.site.as_ref(), months, per);
    let (known, missing): (Vec<&MonthRate<'_>>, Vec<&MonthRate<'_>>) =
        months.iter().partition(|month| month.value.is_some());
    let name = |month: &MonthRate<'_>| point(Grain::Month, month.month.first());
    let mut notes = Vec::new();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().rev().take(NAMED).rev().map(|month| name(month)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let more = if missing.len() > NAMED {
            format!("{} months, the last of them ", missing.len())
        } else {
            String::new()
        };
        notes
            .push(format!("No {words} are known for {more}{}. Without them there is no rate.", list(&names)));
    }
    let counts: Vec<f64> = known.iter().map(|month| month.rows.len() as f64).collect();
    let sizes: Vec<f64> = known.iter().filter_map(|month| month.denominator).collect();
    let chart = u_chart(&counts, &sizes);
    let numbers = numbers(look, &months, (what, &words), &name, chart.as_ref());
    let (Some(chart), Some(last)) = (chart, known.last()) else {
        let none = || {
            format!(
                "There is no rate yet, because no {words} are known for a month that is over. A manager adds them under \"Bed days, hours and doses\"."
            )
        };
        let ends_early = first.is_some() && from > to;
        let joined = begun.filter(|_| ends_early).and_then(|begun| begun.no_point("month"));
        let sentence = match joined {
            Some(words) => words,
            None if ends_early && look.filter.to < look.today => no_points(look, "month"),
            None => none(),
        };
        return Picture { sentence, notes, shown, numbers, ..Picture::default() };
    };
    let each = |value: f64| value * 1000.0;
    let is_signal = |index: usize| chart.signals.contains(&(index + 1));
    let outside: Vec<String> = known
        .iter()
        .enumerate()
        .filter(|(index, _)| is_signal(*index))
        .map(|(_, month)| name(month))
        .collect();
    let outside: Vec<&str> = outside.iter().map(String::as_str).collect();
    let said = said(known.len(), &outside);
    let sentence = format!(
        "{} {what} per 1,000 {words} in {}: {} and {} {words}. {said}",
        rate_words(last.value),
        name(last),
        count(last.rows.len(), "near miss", "near misses"),
        thousands(last.denominator.unwrap_or_default()),
    );
    notes.push(MORE_IS_NOT_WORSE.to_owned());
    let line = Line {
        about: drawn("rate", &format!("{} per 1,000 {words}", upper_first(what)), &sentence),
        points: known
            .iter()
            .enumerate()
            .map(|(index, month)| LinePoint {
                label: label(Grain::Month, month.month.first()),
                value: month.value.unwrap_or_default(),
                mark: if is_signal(index) { Mark::Outside } else { Mark::Usual },
                sense: Sense::Neutral,
            })
            .collect(),
        centre: Some(("Mean", each(chart.centre))),
        upper: chart.ucl.iter().copied().map(each).collect(),
        lower: chart.lcl.iter().copied().map(each).collect(),
        trial: known.len() < ENOUGH,
        target: None,
        whole: false,
    };
    let shown = format!(
        "{shown}. Per 1,000 {words}, of {}",
        range(known.first().map_or(from, |month| month.month.first()), last.month.last())
    );
    Picture { sentence, notes, shown, numbers, drawing: Drawing::Line(line), ..Picture::default() }
}

/// Another category is chosen than the one that goes with what is divided by.
fn no_such_rate(look: &Look, words: &str) -> Picture {
    let (chosen, other) = match look.categories.as_slice() {
        [_] => ("what you see is", "Choose"),
        _ => ("you chose", "Choose all categories or Medicines, or"),
    };
    let sentence = format!(
        "Per 1,000 {words} only near misses with medicines are counted, and {chosen} {}. {other} another number under \
         \"Per 1,000\".",
        look.category_words().to_lowercase()
    );
    let shown = look.shown(look.filter.from, look.filter.to);
    Picture { sentence, shown, ..Picture::default() }
}

/// What the limits say, with the caution where the months are few.
fn said(months: usize, outside: &[&str]) -> String {
    let few = format!("{} are few: the limits are trial limits.", count(months, "month", "months"));
    let lie = if outside.len() == 1 { "lies" } else { "lie" };
    let named = || upper_first(&list(outside));
    match (months, outside) {
        (1, _) => "One month alone cannot be compared.".to_owned(),
        (..ENOUGH, []) => format!("{few} No month lies outside them."),
        (..ENOUGH, _) => {
            format!("{} {lie} outside the limits: look at what was different then. {few}", named())
        }
        (_, []) => "Every month is within the usual limits. Nothing shows a change.".to_owned(),
        _ => format!("{} {lie} outside the usual limits: look at what was different then.", named()),
    }
}

fn numbers(
    look: &Look,
    months: &[MonthRate<'_>],
    (what, words): (&str, &str),
    name: &dyn Fn(&MonthRate<'_>) -> String,
    chart: Option<&UChart>,
) -> Numbers {
    // Months without a rate are no points of the chart.
    let mut points = 0..;
    let rows = months.iter().map(|month| {
        let filter = look.filter.on(month.month.first(), month.month.last());
        let mut row = vec![
            Number::dated(name(month), month.month.first(), month.month.last()),
            Number::count(month.rows.len(), look.records_of(Which::NearMiss, &filter)),
            Number::words(month.denominator.map_or("not known".to_owned(), thousands)),
            Number::words(month.value.map_or("none".to_owned(), |value| rate_words(Some(value)))),
        ];
        let Some(chart) = chart else { return row };
        let Some(point) = month.value.and_then(|_| points.next()) else {
            row.extend(vec![Number::default(); LIMITS.len()]);
            return row;
        };
        let limit = |limits: &[f64]| limits.get(point).copied().unwrap_or_default();
        let by = [chart.centre, limit(&chart.lcl), limit(&chart.ucl)];
        row.extend(by.map(|value| Number::words(rate_words(Some(value * 1000.0)))));
        let is_signal = chart.signals.contains(&(point + 1));
        row.push(Number::sign(if is_signal { Mark::Outside } else { Mark::Usual }));
        row
    });
    let by = if chart.is_some() { LIMITS.as_slice() } else { &[] };
    Numbers {
        caption: format!("{} per 1,000 {words}, each month", upper_first(what)),
        heads: heads(
            &[&["Month", &upper_first(what), upper_first(words).as_str(), "Per 1,000"], by].concat(),
        ),
        rows: rows.collect(),
    }
}

/// Two decimals, as the rule of the rate says.
fn rate_words(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.2}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_of_few_months_keeps_the_caution() {
        let few = "5 months are few: the limits are trial limits.";
        assert_eq!(
            said(5, &["May 2026"]),
            format!("May 2026 lies outside the limits: look at what was different then. {few}")
        );
        assert_eq!(said(5, &[]), format!("{few} No month lies outside them."));
        assert!(!said(12, &["May 2026", "June 2026"]).contains("trial"));
        assert_eq!(said(1, &[]), "One month alone cannot be compared.");
    }
}
