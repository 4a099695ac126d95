//! Patterns of a pack: what each is about, as far as may be told, and what became of it.

use super::{View, became::became_of};
use crate::{
    doc::{Block, Cell, Table},
    labels, words,
};
use chrono::NaiveDate;
use domain::{
    category::{CATEGORIES, find},
    fields::Kind,
    patterns::{Alert, Rule, State},
    record::{Facts, Record},
    time::london_date,
    vocabulary,
};
use std::collections::BTreeSet;

/// References of one row; the rest is a number.
const MOST_REFERENCES: usize = 6;

/// Alerts that were raised in the period or list a record of it.
pub(super) fn alerts<'a>(view: &View<'a>) -> Vec<&'a Alert> {
    let (selection, request) = (view.selection, view.selection.request);
    let mut alerts: Vec<&Alert> = request
        .sites
        .iter()
        .flat_map(|site| selection.register.alerts(site))
        .filter(|alert| {
            (request.from..=request.to).contains(&london_date(alert.raised_at))
                || alert.records().any(|record| selection.has(record))
        })
        .filter(|alert| {
            alert.records().next().is_none() || alert.records().any(|record| selection.has(record))
        })
        .collect();
    alerts.sort_by_key(|alert| alert.raised_at);
    alerts
}

/// Patterns of one rule, about the same and at the same stage, as one row: a year has hundreds of them.
struct Row<'a> {
    about: String,
    site: String,
    state: State,
    alerts: Vec<&'a Alert>,
}

pub(super) fn alert_table(view: &View<'_>, alerts: &[&Alert]) -> Block {
    let mut table = Table::new(
        "Patterns that the rules found, and what became of them",
        &[
            ("Pattern", 4),
            ("What it is about", 5),
            ("Site", 3),
            ("Found", 3),
            ("Records", 4),
            ("What became of it", 6),
        ],
    )
    .based_on(view.basis("none, these are patterns"));
    for row in rows(view, alerts) {
        let Some(first) = row.alerts.first() else { continue };
        let became = became_of(view, row.state, &row.alerts);
        let label = vocabulary::ALERT_RULE.label(first.rule.code());
        let pattern = match row.alerts.len() {
            1 => label.to_owned(),
            many => format!("{label} ({many} patterns)"),
        };
        table.row([
            Cell::from(pattern),
            Cell::from(row.about),
            Cell::from(row.site),
            Cell::from(found(&row.alerts)),
            Cell::from(references(view, &row.alerts)),
            Cell::from(became),
        ]);
    }
    table.or("The rules found no pattern in this period.")
}

/// In the order in which the first of each was raised.
fn rows<'a>(view: &View<'_>, alerts: &[&'a Alert]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for alert in alerts {
        let (about, site) = (about(view, alert), view.selection.cast.site(&alert.site));
        let state = alert.state(view.selection.request.made_at);
        let same = |row: &&mut Row<'_>| {
            let rule = row.alerts.first().map(|first| first.rule);
            rule == Some(alert.rule) && row.about == about && row.site == site && row.state == state
        };
        match rows.iter_mut().find(same) {
            Some(row) => row.alerts.push(alert),
            None => rows.push(Row { about, site, state, alerts: vec![alert] }),
        }
    }
    rows
}

/// "4 Sep 2026", or "4 Sep 2026 to 20 Oct 2026".
fn found(alerts: &[&Alert]) -> String {
    from_to(alerts.iter().map(|alert| london_date(alert.raised_at)).collect())
}

pub(super) fn from_to(days: BTreeSet<NaiveDate>) -> String {
    let ends: Vec<String> =
        [days.first(), days.last()].into_iter().flatten().map(|day| words::short_day(*day)).collect();
    if days.len() > 1 { ends.join(" to ") } else { ends.first().cloned().unwrap_or_default() }
}

/// The records of some patterns, each once.
fn references(view: &View<'_>, alerts: &[&Alert]) -> String {
    let mut seen = BTreeSet::new();
    let ids: Vec<_> =
        alerts.iter().flat_map(|alert| alert.records()).filter(|id| seen.insert(id.as_str())).collect();
    if view.selection.is_coded_only() {
        return words::count(ids.len(), "record", "records");
    }
    let inside: Vec<String> = ids.iter().filter_map(|id| view.selection.reference(id)).collect();
    let outside = ids.len() - inside.len();
    let mut said = inside.iter().take(MOST_REFERENCES).cloned().collect::<Vec<_>>().join(", ");
    if inside.len() > MOST_REFERENCES {
        said.push_str(&format!(" and {} more", inside.len() - MOST_REFERENCES));
    }
    if outside > 0 {
        said.push_str(&format!(" (+{outside} outside this pack)"));
    }
    said
}

/// "Medicines: wrong dose, Lounge": category, kind and what makes it particular. No person, and no room of one.
fn about(view: &View<'_>, alert: &Alert) -> String {
    let register = view.selection.register;
    let known = |id: &str| register.record(id).filter(|record| view.selection.has(&record.id));
    let first = known(&alert.key).or_else(|| alert.records().find_map(|id| known(id)));
    let last = || alert.key.rsplit('/').next().unwrap_or_default();
    let of_category = |words: &str| match first {
        Some(record) => format!("{}: {words}", labels::category(record)),
        None => words.to_owned(),
    };
    let category = |words: &str| of_category(&words::lower_first(words));
    match alert.rule {
        Rule::SamePerson | Rule::SamePersonMedication | Rule::CaughtByLuck => categories(view, alert),
        Rule::SameTriggerSamePerson => category(label("triggers", last())),
        Rule::SameRiskGroup => category(label("risk_group", last())),
        // A name that somebody gave stays as it is.
        Rule::SameAsset => of_category(&view.selection.cast.asset(&alert.key)),
        Rule::SameShift => category(&format!("{} shift", last())),
        Rule::SameFactor => vocabulary::FACTOR.label(last()).to_owned(),
        Rule::AuditFinding => {
            let spec = alert.key.split('/').next().and_then(find);
            let item = words::lower_first(vocabulary::AUDIT_ITEM.label(last()));
            spec.map_or_else(
                || item.clone(),
                |spec| format!("{}: {item}", vocabulary::CATEGORY.label(spec.id)),
            )
        }
        Rule::Outage24h => vocabulary::OUTAGE_WHAT.label(last()).to_owned(),
        // A unit has the name that the site gives it; the first one is the site itself.
        Rule::Silence if alert.key != "main" => alert.key.clone(),
        Rule::Silence => "All of the site".to_owned(),
        Rule::SameTypeSamePlace
        | Rule::SingleHighPotential
        | Rule::RecurrenceAfterClose
        | Rule::DelayedRepair
        | Rule::LackOfImprovement => first.map_or_else(|| "-".to_owned(), |record| which(view, record)),
    }
}

/// Of its records in this pack.
fn categories(view: &View<'_>, alert: &Alert) -> String {
    let records = alert.records().filter(|id| view.selection.has(id));
    let mut found: Vec<&str> =
        records.filter_map(|id| view.selection.register.record(id)).map(labels::category).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { "-".to_owned() } else { words::listed(&found) }
}

/// What it was, and the place, equipment, kind of medicine or trigger that tells it from others of its kind.
fn which(view: &View<'_>, record: &Record) -> String {
    let (facts, cast) = (&record.facts, &view.selection.cast);
    let particular = |name: &str| facts.code(name).filter(|code| Facts::is_particular(code));
    let trigger = || facts.list("triggers").find(|code| Facts::is_particular(code));
    let apart = [
        particular("risk_group").map(|code| words::lower_first(label("risk_group", code))),
        trigger().map(|code| words::lower_first(label("triggers", code))),
        particular("asset").map(|code| cast.asset(code)),
        particular("location").map(|code| cast.place(code)),
    ];
    let mut said =
        vec![format!("{}: {}", labels::category(record), words::lower_first(&labels::subtype(record)))];
    said.extend(apart.into_iter().flatten());
    said.join(", ")
}

/// The words of a code of a step 1 field of any category.
fn label<'a>(field: &str, code: &'a str) -> &'a str {
    let fields = CATEGORIES.iter().flat_map(|spec| spec.fields);
    let kinds = fields.filter(|known| known.name == field).map(|known| &known.kind);
    let lists = kinds.filter_map(|kind| match kind {
        Kind::Code(list) | Kind::Codes(list) => Some(*list),
        _ => None,
    });
    lists.map(|list| list.label(code)).next().unwrap_or(code)
}
