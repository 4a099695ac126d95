//! Before and after: the chosen dates beside the same number of days before them.

use super::{begun::Begun, drawn};
use crate::{
    pages::measures::{
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::{count, grouped},
        measures::{ADDS_UP, Change, Volume, change, is_seldom_chance, range, volume},
    },
    ui::chart::{Bar, Bars, Sense},
};
use domain::{
    measures::{before_after as compared, index::Which, shown},
    time::{days_between, take_days},
};

pub fn before_after(look: &Look) -> Picture {
    let now = &look.filter;
    let to = now.to.min(look.today);
    let now = now.on(now.from, to);
    let days = u64::try_from(days_between(now.from, now.to) + 1).unwrap_or(1);
    let before = now.on(take_days(now.from, days), take_days(now.from, 1));
    let counted = |which| {
        let many = |filter| look.index.rows(filter, which).len();
        (many(&before), many(&now))
    };
    let (all, near, harm) = (counted(Which::All), counted(Which::NearMiss), counted(Which::Incident));
    let within = look.within();
    let told = |one, many, (before, now): (usize, usize)| {
        let (before, now) = (before as u64, now as u64);
        change(Change { one, many, within: &within, before, before_days: days, now, now_days: days })
    };
    // Where the time before is not of every chosen site, it says nothing.
    let begun = Begun::of(look).filter(|begun| begun.from > before.from);
    let mut sentence = told("near miss", "near misses", near);
    let mut notes = vec![told("incident with harm", "incidents with harm", harm)];
    let reports = Volume { before: all.0 as u64, before_days: days, now: all.1 as u64, now_days: days };
    notes.extend(volume(near.1 < near.0 || harm.1 < harm.0, reports));
    if let Some(begun) = &begun {
        sentence = format!(
            "{}{within} in {}. There is nothing to compare with yet: {}.",
            count(near.1, "near miss", "near misses"),
            count(usize::try_from(days).unwrap_or_default(), "day", "days"),
            begun.words(),
        );
        notes.clear();
    }
    if !notes.is_empty() && is_seldom_chance(near.0 as u64, near.1 as u64) {
        notes.push(ADDS_UP.to_owned());
    }
    let (then_words, now_words) = (range(before.from, before.to), range(now.from, now.to));
    let bar = |label: String, value: usize, sense| Bar {
        label,
        value: value as f64,
        shown: grouped(value),
        cumulative: None,
        sense,
    };
    let bars = vec![
        bar(format!("Near misses before: {then_words}"), near.0, Sense::Neutral),
        bar(format!("Near misses now: {now_words}"), near.1, Sense::Neutral),
        bar("Incidents with harm before".into(), harm.0, Sense::Worse),
        bar("Incidents with harm now".into(), harm.1, Sense::Worse),
    ];
    let row = |name: &str, which, (first, second): (usize, usize)| {
        let result = compared(first as u64, days as f64, second as u64, days as f64);
        let ratio = result.ratio.filter(|_| begun.is_none());
        let ratio = ratio.map_or("none".to_owned(), |ratio| shown(ratio, 2));
        let says = begun.is_none() && first + second > 0;
        let chance = if says { shown(result.p, 3) } else { "none".to_owned() };
        vec![
            Number::words(name),
            Number::count(first, look.records_of(which, &before)),
            Number::count(second, look.records_of(which, &now)),
            Number::words(ratio),
            Number::words(chance),
        ]
    };
    let rows = vec![
        row("Near misses", Which::NearMiss, near),
        row("Incidents with harm", Which::Incident, harm),
        row("All reports", Which::All, all),
    ];
    Picture {
        drawing: match all {
            (0, 0) => Drawing::Nothing,
            _ if begun.is_some() => Drawing::Nothing,
            _ => Drawing::Bars(Bars { about: drawn("before_after", "Before and after", &sentence), bars }),
        },
        sentence,
        notes,
        shown: format!("{}, beside {then_words}", look.shown(now.from, now.to)),
        numbers: Numbers {
            caption: "Before and after, the same number of days".into(),
            heads: heads(&["What", "Before", "Now", "Now for each before", "p"]),
            rows,
        },
        ..Picture::default()
    }
}
