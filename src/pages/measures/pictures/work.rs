//! How the work goes: what is late now, how strong the actions are, how long each step takes.

use super::drawn;
use crate::{
    pages::measures::{
        behind::{Behind, Of},
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::{count, grouped, list},
        measures::{ACTIONS_IN_TIME, STRENGTHS, late_for, of_whole, point, strength},
        review::{record::lower_first, steps},
    },
    ui::chart::{Bar, Bars, Sense},
};
use domain::{
    audits::Period,
    measures::{
        StepTimes,
        index::{Grain, LateFor, StepLine, actions, actions_due, late, step_lines},
        times_of,
    },
    time::london_date,
};

pub fn late_now(look: &Look) -> Picture {
    let lines = late(&look.index, &look.directory, &look.filter, look.now);
    let total = lines.len();
    let of = |rung: LateFor| lines.iter().filter(|line| LateFor::of(line.days) == rung).count();
    let rungs = LateFor::ALL.map(|rung| (rung, of(rung)));
    let sentence = match (total, lines.first()) {
        (0, _) => "No step or action is late now.".to_owned(),
        (_, Some(oldest)) => format!(
            "{} late now. The one that waits longest is {} late.",
            count(total, "step or action is", "steps and actions are"),
            count(usize::try_from(oldest.days).unwrap_or_default(), "day", "days"),
        ),
        _ => String::new(),
    };
    let bars = rungs.map(|(rung, many)| Bar {
        label: late_for(rung).to_owned(),
        value: many as f64,
        shown: grouped(many),
        cumulative: None,
        sense: Sense::Worse,
    });
    let rows = rungs.map(|(rung, many)| {
        vec![
            Number::words(late_for(rung)),
            Number::count(many, look.behind(Of::Late(Some(rung)), &look.filter)),
        ]
    });
    let shown = format!("Shown: {}, {}, as it is now", look.site_words, look.category_words());
    Picture {
        drawing: match total {
            0 => Drawing::Nothing,
            _ => Drawing::Bars(Bars {
                about: drawn("late", "Steps and actions late now", &sentence),
                bars: bars.to_vec(),
            }),
        },
        sentence,
        shown,
        notes: Vec::new(),
        numbers: Numbers {
            caption: "Steps and actions late now".into(),
            heads: heads(&["How late", "How many"]),
            rows: rows.to_vec(),
        },
        ..Picture::default()
    }
}

pub fn actions_by_strength(look: &Look) -> Picture {
    let lines = actions(&look.index, &look.filter);
    let total = lines.len();
    let of = |code: &str, done: bool| {
        lines
            .iter()
            .filter(|line| line.action.strength == code && (!done || line.action.done.is_some()))
            .count()
    };
    let strong = of("stronger", false);
    let weak = of("weaker", false);
    let sentence = match total {
        0 => "No actions were planned in this time.".to_owned(),
        _ => format!(
            "{} planned: {strong} stronger, {} in between, {weak} weaker. Stronger ones change the place, the equipment or the steps, and last longer.",
            count(total, "action was", "actions were"),
            of("intermediate", false),
        ),
    };
    let mut notes = Vec::new();
    if total >= 5 && weak * 2 > total {
        notes.push("More than half are weaker: reminders, training and new rules are soon forgotten. Look for one stronger step.".into());
    }
    let bars = STRENGTHS.map(|code| Bar {
        label: strength(code).to_owned(),
        value: of(code, false) as f64,
        shown: grouped(of(code, false)),
        cumulative: None,
        sense: Sense::Neutral,
    });
    let rows = STRENGTHS.map(|code| {
        vec![
            Number::words(strength(code)),
            Number::count(
                of(code, false),
                look.behind(Of::Actions(Some(code.to_owned()), false), &look.filter),
            ),
            Number::count(
                of(code, true),
                look.behind(Of::Actions(Some(code.to_owned()), true), &look.filter),
            ),
        ]
    });
    Picture {
        drawing: match total {
            0 => Drawing::Nothing,
            _ => Drawing::Bars(Bars {
                about: drawn("actions", "Actions by strength", &sentence),
                bars: bars.to_vec(),
            }),
        },
        sentence,
        notes,
        shown: format!(
            "{}. By the date on which the action was planned",
            look.shown(look.filter.from, look.filter.to)
        ),
        numbers: Numbers {
            caption: "Actions by strength".into(),
            heads: heads(&["Strength", "Planned", "Done by now"]),
            rows: rows.to_vec(),
        },
        ..Picture::default()
    }
}

pub fn steps_in_time(look: &Look) -> Picture {
    let lines = step_lines(&look.index, &look.directory, &look.filter);
    let all: Vec<&StepLine> = lines.iter().collect();
    let of = |step: u8| times(&all, step);
    let told: Vec<String> = (2..=5)
        .map(|step| (step, of(step)))
        .filter(|(_, times)| times.n > 0)
        .map(|(step, times)| {
            let in_time = all.iter().filter(|line| line.done.step == step && line.done.in_time).count();
            format!("\"{}\" {}", lower_first(steps::measured(step)), of_whole(in_time, times.n))
        })
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let due = actions_due(&look.index, &look.filter, look.today);
    let by_date = due.iter().filter(|line| line.action.is_in_time()).count();
    let actions = of_whole(by_date, due.len());
    let sentence = match (told.as_slice(), due.len()) {
        ([], 0) => "No step was done in this time.".to_owned(),
        ([], _) => format!("No step was done in this time. Actions done by their date: {actions}."),
        (some, 0) => format!("Done in time: {}.", list(some)),
        (some, _) => format!("Done in time: {}. Actions done by their date: {actions}.", list(some)),
    };
    let of_actions = Bar {
        label: ACTIONS_IN_TIME.to_owned(),
        value: per_cent_of(by_date, due.len()),
        shown: match due.len() {
            0 => "none due".to_owned(),
            all => format!("{}% in time", per_cent_of(by_date, all)),
        },
        cumulative: None,
        sense: Sense::Neutral,
    };
    let bars = (2..=5).map(|step| {
        let times = of(step);
        Bar {
            label: steps::measured(step).to_owned(),
            value: times.in_time_pct.unwrap_or_default(),
            shown: times.in_time_pct.map_or("none done".to_owned(), |share| format!("{share}% in time")),
            cumulative: None,
            sense: Sense::Neutral,
        }
    });
    let mut months: Vec<Period> = Vec::new();
    let mut month = Period::of(domain::category::Cadence::Monthly, look.filter.from);
    while month.first() <= look.filter.to {
        months.push(month);
        month = month.next();
    }
    let rows = months.iter().flat_map(|month| {
        let here: Vec<&StepLine> =
            all.iter().copied().filter(|line| month.has(london_date(line.done.done))).collect();
        let filter = look.filter.on(month.first().max(look.filter.from), month.last().min(look.filter.to));
        let row = move |step: u8| {
            let times = times(&here, step);
            let in_time = here.iter().filter(|line| line.done.step == step && line.done.in_time).count();
            (times.n > 0).then(|| {
                vec![
                    Number::dated(
                        format!(
                            "{}, {}",
                            point(Grain::Month, month.first()),
                            lower_first(steps::measured(step))
                        ),
                        filter.from,
                        filter.to,
                    ),
                    Number::count(times.n, look.behind(Of::Steps(step, false), &filter)),
                    Number::count(in_time, look.behind(Of::Steps(step, true), &filter)),
                    Number::words(took(times.median_min)),
                    Number::words(took(times.p90_min)),
                    Number::words(times.in_time_pct.map(|share| format!("{share}%")).unwrap_or_default()),
                ]
            })
        };
        (2..=5).filter_map(row).collect::<Vec<_>>()
    });
    let rows = rows.collect::<Vec<_>>();
    Picture {
        drawing: match lines.is_empty() && due.is_empty() {
            true => Drawing::Nothing,
            false => Drawing::Bars(Bars {
                about: drawn("steps", "Steps done in time", &sentence),
                bars: bars.chain([of_actions]).collect(),
            }),
        },
        sentence,
        next: (!due.is_empty()).then(|| {
            let href = Behind { of: Of::Due(false), filter: look.filter.clone() }.address();
            (href, format!("{ACTIONS_IN_TIME}: {actions}"))
        }),
        notes: last_day_note(&lines).into_iter().chain(ended_note(&lines)).collect(),
        shown: format!(
            "{}. By the date on which the step was done",
            look.shown(look.filter.from, look.filter.to)
        ),
        numbers: Numbers {
            caption: "Time to each step, each month".into(),
            heads: heads(&[
                "Month and step",
                "Done",
                "Done in time",
                "Half within",
                "9 of 10 within",
                "Share in time",
            ]),
            rows,
        },
        ..Picture::default()
    }
}

/// One decimal, as the shares of steps have it; 0 of none.
fn per_cent_of(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 * 1000.0 / whole as f64).round() / 10.0 }
}

/// The check if it worked is due to the minute, and can hardly be made sooner: so many of the late ones are late by hours.
fn last_day_note(lines: &[StepLine]) -> Option<String> {
    let late = || lines.iter().filter(|line| line.done.step == 5 && !line.done.in_time);
    let on_its_day = late().filter(|line| line.done.is_late_on_its_day()).count();
    (on_its_day > 0).then(|| {
        format!(
            "Of {}, {} on the last day itself, but after the hour. A check is due at the time of day at which \
             the actions were finished.",
            count(late().count(), "late check if it worked", "late checks if it worked"),
            count(on_its_day, "was made", "were made"),
        )
    })
}

/// Steps of records that no other number counts.
fn ended_note(lines: &[StepLine]) -> Option<String> {
    let ended = lines.iter().filter(|line| !line.record.state.is_live()).count();
    let steps =
        count(ended, "of these steps is of a record that was", "of these steps are of records that were");
    (ended > 0).then(|| format!("{steps} taken back later, or joined with another."))
}

fn times(lines: &[&StepLine], step: u8) -> StepTimes {
    times_of(lines.iter().map(|line| &line.done).filter(|done| done.step == step))
}

/// "40 minutes", "5 hours", "3 days".
fn took(minutes: Option<f64>) -> String {
    let Some(minutes) = minutes else { return "none".into() };
    let whole = |value: f64| value.round().max(0.0) as usize;
    match minutes {
        ..60.0 => count(whole(minutes), "minute", "minutes"),
        ..2880.0 => count(whole(minutes / 60.0), "hour", "hours"),
        _ => count(whole(minutes / 1440.0), "day", "days"),
    }
}
