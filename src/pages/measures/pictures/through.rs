//! Counts through time: a run chart while there are few points, an XmR chart from the twelfth on.

use super::{
    drawn,
    history::{History, LIMITS_ENOUGH, named},
    no_points,
};
use crate::{
    pages::measures::{
        behind::Of,
        look::Look,
        options::Chart,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    routes,
    text::{
        common::{count, day},
        measures::{
            MORE_IS_NOT_WORSE, Through, is_trial, label, point, range, rebased as rebased_words, run, signals,
        },
        review::record::upper_first,
    },
    ui::chart::{Line, LinePoint, Mark, Sense},
};
use domain::measures::{
    Assurance, Way,
    index::{By, Grain, Point, Which, group},
    is_rare, run_chart, trend_of, xmr,
};

struct Spec {
    code: &'static str,
    title: &'static str,
    one: &'static str,
    many: &'static str,
    which: Which,
    /// Different people, and not records.
    people: bool,
    /// Fewer is better; near misses and reports have no better side.
    harm: bool,
}

pub fn near_misses(look: &Look) -> Picture {
    let spec = Spec {
        code: "near_misses",
        title: "Near misses through time",
        one: "near miss",
        many: "near misses",
        which: Which::NearMiss,
        people: false,
        harm: false,
    };
    let mut picture = through(look, &spec);
    picture.notes.push(MORE_IS_NOT_WORSE.to_owned());
    picture
}

pub fn incidents(look: &Look) -> Picture {
    through(
        look,
        &Spec {
            code: "incidents",
            title: "Incidents with harm through time",
            one: "incident with harm",
            many: "incidents with harm",
            which: Which::Incident,
            people: false,
            harm: true,
        },
    )
}

pub fn luck(look: &Look) -> Picture {
    through(
        look,
        &Spec {
            code: "luck",
            title: "Caught only by luck, through time",
            one: "near miss that only luck caught",
            many: "near misses that only luck caught",
            which: Which::Luck,
            people: false,
            harm: false,
        },
    )
}

pub fn nameless(look: &Look) -> Picture {
    through(
        look,
        &Spec {
            code: "nameless",
            title: "Reports without a name, through time",
            one: "report without a name",
            many: "reports without a name",
            which: Which::Nameless,
            people: false,
            harm: false,
        },
    )
}

pub fn reporters(look: &Look) -> Picture {
    let spec = Spec {
        code: "reporters",
        title: "People who reported, through time",
        one: "person",
        many: "people",
        which: Which::All,
        people: true,
        harm: false,
    };
    let mut picture = through(look, &spec);
    picture.notes.push("Reports without a name, and with a sealed name, cannot be counted here.".into());
    picture
}

fn through(look: &Look, spec: &Spec) -> Picture {
    let history = History::of(look, spec.which);
    let (grain, points) = (history.grain, &history.points);
    let (one, many) = match grain {
        Grain::Week => ("week", "weeks"),
        Grain::Month => ("month", "months"),
    };
    let (Some(first), Some(last)) =
        (points.first().map(|point| point.first), points.last().map(|point| point.last))
    else {
        return Picture {
            sentence: no_points(look, one),
            shown: look.shown(look.filter.from, look.filter.to),
            ..Picture::default()
        };
    };
    let number = |point: &Point<'_>| match spec.people {
        true => group(&point.rows, By::Reporter).len(),
        false => point.rows.len(),
    };
    let value = |point: &Point<'_>| number(point) as f64;
    let counts: Vec<usize> = points.iter().map(number).collect();
    let values: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
    let names: Vec<String> = points.iter().map(|here| point(grain, here.first)).collect();
    let rebased = look.options.rebased().filter(|points| *points <= values.len());
    let judged: Vec<f64> = history.judged.iter().map(value).collect();
    // A trend may have begun before the first point that is drawn.
    let (left_out, before) = if rebased.is_some() { (0, 0) } else { history.moved() };
    let limits_after = |before| match rebased {
        Some(_) => xmr(&values, rebased, false),
        None => history.limits(&judged, before),
    };
    let all = limits_after(before);
    let told = Through { one, many, names: &names[before..], values: &values[before..] };
    let of = match rebased {
        Some(most) => named(points.get(..most).unwrap_or_default(), one, many),
        None => named(&history.judged[..history.judged.len().min(LIMITS_ENOUGH)], one, many),
    };
    let all_mean = all.as_ref().map_or(0.0, |limits| limits.mean);
    let rare = all.as_ref().is_some_and(|limits| is_rare(limits.mean));
    let default = if judged.len() < LIMITS_ENOUGH { Chart::Run } else { Chart::Xmr };
    let chart = look.options.chart.unwrap_or(default);
    let limits = all.filter(|_| !rare && chart == Chart::Xmr);
    let middle = run_chart(told.values).filter(|_| !rare && chart == Chart::Run);
    let told_limits = limits.as_ref().and_then(|_| limits_after(0));
    let said = match (&told_limits, &middle) {
        _ if told.values.is_empty() => none_compared(&history, many),
        (Some(limits), _) => signals(told, limits),
        (_, Some(middle)) => run(told, middle),
        _ => too_few(all_mean, &of, one),
    };
    let said = match points.get(before).filter(|_| before > 0) {
        Some(first) => {
            let many = count(told.values.len(), one, many);
            format!("Compared: {many}, from {} on. {said}", day(first.first))
        }
        None => said,
    };
    let total: usize = counts.iter().sum();
    let head = match spec.people {
        true => format!(
            "From {} to {} people reported each {one}",
            counts.iter().min().unwrap_or(&0),
            counts.iter().max().unwrap_or(&0)
        ),
        false => count(total, spec.one, spec.many),
    };
    let sentence = format!("{head} in {}, {}. {said}", count(points.len(), one, many), range(first, last));
    let mark = |index: usize| {
        limits.as_ref().map_or(Mark::Usual, |limits| {
            Mark::from_code(limits.labels.get(index).copied().unwrap_or("none"))
        })
    };
    let judged_by = if rebased.is_some() { &values } else { &judged };
    let sense = |index: usize| match (&limits, spec.harm, (index + left_out).checked_sub(before)) {
        (Some(limits), true, Some(at)) => sense(mark(index), judged_by, at, limits.mean),
        _ => Sense::Neutral,
    };
    let target = look.options.target.filter(|_| spec.harm && look.options.whole);
    let line = Line {
        about: drawn(spec.code, spec.title, &sentence),
        points: (points.iter().zip(&values).enumerate())
            .map(|(index, (here, value))| LinePoint {
                label: label(grain, here.first),
                value: *value,
                mark: mark(index),
                sense: sense(index),
            })
            .collect(),
        centre: (limits.as_ref().map(|limits| ("Mean", limits.mean)))
            .or_else(|| middle.as_ref().map(|middle| ("Middle (median)", middle.median))),
        upper: limits.as_ref().map(|limits| vec![limits.upl; values.len()]).unwrap_or_default(),
        lower: limits.as_ref().map(|limits| vec![limits.lpl.max(0.0); values.len()]).unwrap_or_default(),
        trial: limits.as_ref().is_some_and(|limits| limits.trial || rebased.is_some_and(is_trial)),
        target,
        whole: true,
    };
    let mut notes = Vec::new();
    if before > 0 {
        notes.extend(history.begun.as_ref().map(|begun| begun.drawn_only(many)));
    }
    if spec.harm {
        let all = look.index.rows(&look.filter.on(first, last), Which::All).len();
        notes.push(format!(
            "In the same time there were {} of any kind. Where people report less, less harm is written down: look at both.",
            count(all, "report", "reports")
        ));
    }
    if let Some(points) = rebased.filter(|_| limits.is_some()) {
        notes.push(rebased_words(points, &look.options.reason));
    }
    if let (Some(target), Some(limits)) = (target, &limits) {
        notes.push(assurance(target, limits.assurance(target, false), one));
    }
    if target.is_some() && rare {
        notes.push("There are too few to say whether the target will be met.".to_owned());
    }
    let next = (rare && !spec.people).then(|| {
        let event = if spec.which == Which::Incident { "" } else { spec.which.code() };
        let query = look.wanted.query(&[("event", event.to_owned())]);
        (format!("{}{query}", routes::measure("days_between")), format!("Days between {}", spec.many))
    });
    // What each sign can be checked by stands beside it.
    let (by, compared): (&[&str], Vec<Number>) = match (&limits, &middle) {
        (Some(limits), _) => (
            &["Mean", "Lower limit", "Upper limit"],
            [limits.mean, limits.lpl.max(0.0), limits.upl].map(Number::value).into(),
        ),
        (_, Some(middle)) => (&["Middle (median)"], vec![Number::value(middle.median)]),
        _ => (&[], Vec::new()),
    };
    let rows = points.iter().zip(&counts).enumerate().map(|(index, (here, count))| {
        let filter = look.filter.on(here.first, here.last);
        let href = match spec.people {
            true => look.behind(Of::Reporters, &filter),
            false => look.records_of(spec.which, &filter),
        };
        let name = Number::dated(upper_first(&point(grain, here.first)), here.first, here.last);
        let mut row = vec![name, Number::count(*count, href)];
        row.extend(compared.iter().cloned());
        row.push(Number::sign(mark(index)));
        row
    });
    let shown =
        format!("{}: {}, whatever period is chosen", look.shown(first, last), count(points.len(), one, many));
    Picture {
        sentence,
        notes,
        numbers: Numbers {
            caption: format!("{}, each {one}", spec.title),
            heads: heads(
                &[
                    &[if grain == Grain::Week { "Week" } else { "Month" }, upper_first(spec.many).as_str()],
                    by,
                    &["Signal"],
                ]
                .concat(),
            ),
            rows: rows.collect(),
        },
        of: limits.map(|_| of).unwrap_or_default(),
        next,
        drawing: Drawing::Line(line),
        shown,
    }
}

/// Instead of a verdict, where all that is drawn lies before the time that counts.
fn none_compared(history: &History<'_>, many: &str) -> String {
    let why = history.begun.as_ref().map(|begun| format!(": {}", begun.words())).unwrap_or_default();
    format!("These {many} are not compared{why}.")
}

/// Instead of a verdict. Limits of so few make a change of every event and of every pause. `mean`: of the points that
/// would give the limits, `of`, which need not be those that are drawn. Cut off and not rounded, or 1.96 would be 2.
fn too_few(mean: f64, of: &str, one: &str) -> String {
    let mean = (mean * 10.0).floor() / 10.0;
    format!(
        "They would be judged by {of}, with {mean} in each {one}. That is too few to say from this picture whether \
         something changed: it takes 2 or more."
    )
}

/// Of a number of which fewer are better. A trend has the sense of its way, whichever side of the mean a point lies on.
fn sense(mark: Mark, values: &[f64], index: usize, mean: f64) -> Sense {
    let is_worse = match mark {
        Mark::Usual => None,
        Mark::Trend => trend_of(values, index).map(|way| way == Way::Up),
        Mark::Outside | Mark::TwoOfThree | Mark::Shift => values.get(index).map(|value| *value > mean),
    };
    match is_worse {
        Some(true) => Sense::Worse,
        Some(false) => Sense::Better,
        None => Sense::Neutral,
    }
}

fn assurance(target: f64, meets: Assurance, one: &str) -> String {
    match meets {
        Assurance::ConsistentPass => {
            format!("With things as they are, every {one} will meet the target of {target} or fewer.")
        }
        Assurance::ConsistentFail => format!(
            "With things as they are, no {one} will meet the target of {target} or fewer. Something has to change first."
        ),
        Assurance::Inconsistent => format!(
            "With things as they are, it is chance whether a {one} meets the target of {target} or fewer."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_run_of_harm_is_worse_from_its_first_point() {
        let values: Vec<f64> = (1..=8).map(f64::from).collect();
        let limits = xmr(&values, None, false).expect("points");
        let of = |index| sense(Mark::Trend, &values, index, limits.mean);
        assert!((0..8).all(|index| of(index) == Sense::Worse));
        let falling: Vec<f64> = values.iter().rev().copied().collect();
        assert!((0..8).all(|index| sense(Mark::Trend, &falling, index, limits.mean) == Sense::Better));
    }

    #[test]
    fn other_signals_have_the_sense_of_their_side() {
        let of = |mark, value| sense(mark, &[value], 0, 5.0);
        assert_eq!(of(Mark::Outside, 9.0), Sense::Worse);
        assert_eq!(of(Mark::Shift, 2.0), Sense::Better);
        assert_eq!(of(Mark::Usual, 9.0), Sense::Neutral);
    }
}
