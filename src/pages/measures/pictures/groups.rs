//! What makes up most of it: Pareto charts of type, place, cause, trigger and medicine group.

use super::drawn;
use crate::{
    pages::measures::{
        look::Look,
        picture::{Drawing, Number, Numbers, Picture, heads},
    },
    text::{
        common::{count, thousands},
        measures::{key_name, most_frequent, small},
        review::record::lower_first,
    },
    ui::chart::{Bar, Bars, Sense},
};
use domain::measures::{
    index::{By, Which, group},
    pareto,
};
use std::collections::BTreeSet;

/// Bars that are drawn; the table has all.
const DRAWN: usize = 10;

struct Spec {
    code: &'static str,
    title: &'static str,
    by: By,
    which: Which,
    /// Head of the first column.
    head: &'static str,
    /// "None of the near misses has a …".
    missing: &'static str,
    /// Category of the records that are asked for it; none: all are.
    asked: Option<&'static str>,
}

pub fn subtypes(look: &Look) -> Picture {
    let (by, which) = (By::Subtype, Which::NearMiss);
    pareto_of(
        look,
        &Spec {
            code: "subtypes",
            title: "What nearly happens most",
            by,
            which,
            head: "Type",
            missing: "type",
            asked: None,
        },
    )
}

pub fn places(look: &Look) -> Picture {
    let (by, which) = (By::Place, Which::NearMiss);
    pareto_of(
        look,
        &Spec {
            code: "places",
            title: "Where it nearly happens",
            by,
            which,
            head: "Place",
            missing: "place",
            asked: None,
        },
    )
}

pub fn factors(look: &Look) -> Picture {
    let (by, which) = (By::Factor, Which::All);
    pareto_of(
        look,
        &Spec {
            code: "factors",
            title: "Why it happens: causes found",
            by,
            which,
            head: "Cause",
            missing: "cause yet",
            asked: None,
        },
    )
}

pub fn triggers(look: &Look) -> Picture {
    let (by, which) = (By::Trigger, Which::All);
    pareto_of(
        look,
        &Spec {
            code: "triggers",
            title: "What comes before distress",
            by,
            which,
            head: "Trigger",
            missing: "trigger",
            asked: Some("behaviour"),
        },
    )
}

pub fn risk_groups(look: &Look) -> Picture {
    let (by, which) = (By::RiskGroup, Which::All);
    pareto_of(
        look,
        &Spec {
            code: "risk_groups",
            title: "Kinds of medicine",
            by,
            which,
            head: "Kind of medicine",
            missing: "kind of medicine",
            asked: Some("medication"),
        },
    )
}

fn pareto_of(look: &Look, spec: &Spec) -> Picture {
    let mut rows = look.index.rows(&look.filter, spec.which);
    // What was never asked is not missing.
    rows.retain(|row| spec.asked.is_none_or(|category| row.record.facts.category() == category));
    let mut groups = group(&rows, spec.by);
    let without = if spec.by == By::Place { groups.remove("").map_or(0, |rows| rows.len()) } else { 0 };
    let counts: Vec<(String, u64)> =
        groups.iter().map(|(key, rows)| (key.clone(), rows.len() as u64)).collect();
    let sorted = pareto(&counts);
    let name = |key: &str| key_name(spec.by, key, &look.directory);
    // A record with several causes counts for each of them.
    let named: BTreeSet<&str> = groups.values().flatten().map(|row| row.record.id.as_str()).collect();
    let what = match (spec.asked, spec.which) {
        (Some("medication"), _) => ("report about medicines", "reports about medicines"),
        (Some(_), _) => ("report of distress or behaviour", "reports of distress or behaviour"),
        (None, Which::NearMiss) => ("near miss", "near misses"),
        (None, _) => ("record", "records"),
    };
    let shown =
        format!("{}. Of {}", look.shown(look.filter.from, look.filter.to), count(rows.len(), what.0, what.1));
    // A place has a name of its own.
    let told = |code: &str| if spec.by == By::Place { name(code) } else { lower_first(&name(code)) };
    let told: Vec<(String, usize)> = sorted.iter().map(|row| (told(&row.code), row.count as usize)).collect();
    let Some(sentence) = most_frequent(&told, named.len()) else {
        let sentence = match rows.len() {
            0 => format!("No {} in this time.", what.1),
            _ => format!("None of the {} has a {}.", count(rows.len(), what.0, what.1), spec.missing),
        };
        return Picture { sentence, shown, ..Picture::default() };
    };
    let mut notes: Vec<String> = small(named.len()).into_iter().collect();
    let silent = without.max(rows.len().saturating_sub(named.len()));
    if silent > 0 {
        notes.push(format!("{} without a {}, not drawn.", count(silent, what.0, what.1), spec.missing));
    }
    let sum: usize = told.iter().map(|(_, many)| many).sum();
    if sum > named.len() {
        notes.push(
            "One record can count in several bars, so the bars add up to more than the records.".into(),
        );
    }
    if sorted.len() > DRAWN {
        notes.push(format!("The {DRAWN} most frequent of {} are drawn. The numbers have all.", sorted.len()));
    }
    let bars = sorted.iter().take(DRAWN).map(|row| Bar {
        label: name(&row.code),
        value: row.count as f64,
        shown: thousands(row.count as f64),
        cumulative: Some(row.cumulative),
        sense: Sense::Neutral,
    });
    let table = sorted.iter().map(|row| {
        vec![
            Number::words(name(&row.code)),
            Number::count(row.count as usize, look.group(spec.which, spec.by, &row.code)),
            Number::words(format!("{}%", row.share)),
            Number::words(format!("{}%", row.cumulative)),
        ]
    });
    Picture {
        notes,
        shown,
        drawing: Drawing::Bars(Bars { about: drawn(spec.code, spec.title, &sentence), bars: bars.collect() }),
        numbers: Numbers {
            caption: spec.title.to_owned(),
            heads: heads(&[spec.head, "How many", "Share", "Share so far"]),
            rows: table.collect(),
        },
        sentence,
        ..Picture::default()
    }
}
