//! Who may have what, written down a second time and in another way than in `domain::sight`: by the brief's own table
//! of roles, from nothing but the rows that a phone keeps. A mistake in the rules of the server does not agree with
//! itself here.

use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use sync::wire::PulledRow;

/// Roles that have every record of their site. Nobody else here is told of all.
const WHOLE_SITE: [&str; 2] = ["registered_manager", "deputy_manager"];
/// Category, who judges its risk, who acts.
const PATHWAYS: [(&str, &str, &str); 3] = [
    ("medication", "senior", "medication_lead"),
    ("environment", "senior", "maintenance_lead"),
    ("behaviour", "shift_lead", "behaviour_lead"),
];
/// What a reporter does as the reporter.
const OF_REPORTERS: [&str; 6] = ["report", "answer", "resubmit", "withdraw", "amend", "add_note"];

impl World<'_> {
    /// I8 after a pull that ended: no record that is not this person's to see, and nothing that tells who reported one
    /// in confidence.
    pub fn check_sight(&mut self, phone: usize) {
        let kept = &self.phones[phone];
        let staff = kept.staff().to_owned();
        let Some([elm, oak]) = self.roles[kept.provider].get(&staff).cloned() else { return };
        let rows: Vec<PulledRow> = kept
            .disk
            .pages(&staff)
            .into_iter()
            .flat_map(|(_, rows)| serde_json::from_str::<Vec<PulledRow>>(rows).unwrap_or_default())
            .collect();
        let roles = |site: &str| if site == "elm" { &elm } else { &oak };
        let found = of_records(&rows).into_iter().find_map(|(record, rows)| {
            let told = told_who(&staff, &rows).then(|| format!("who reported {record} in confidence"));
            let site = rows.first().map(|row| row.event.site.to_string()).unwrap_or_default();
            told.or_else(|| (!is_theirs(&staff, roles(&site), &rows)).then(|| format!("record {record}")))
        });
        if let Some(what) = found {
            self.tally.leaked += 1;
            let id = &self.phones[phone].id;
            self.wrong.push(format!("I8: {staff} on {id} has {what}, which is not theirs to see"));
        }
    }
}

/// The rows of each record of which the report is there: what is set aside has none.
fn of_records(rows: &[PulledRow]) -> BTreeMap<String, Vec<&PulledRow>> {
    let mut found: BTreeMap<String, Vec<&PulledRow>> = BTreeMap::new();
    for row in rows {
        if let Some(record) = &row.event.record {
            found.entry(record.to_string()).or_default().push(row);
        }
    }
    found.retain(|_, rows| rows.iter().any(|row| row.event.verb == "report"));
    found
}

fn is_theirs(staff: &str, roles: &[String], rows: &[&PulledRow]) -> bool {
    let has = |role: &str| roles.iter().any(|held| held == role);
    let report = rows.iter().find(|row| row.event.verb == "report");
    let category = report.and_then(|row| row.event.text("category")).unwrap_or_default();
    let pathway = PATHWAYS.iter().find(|(own, ..)| *own == category);
    report.is_some_and(|row| row.event.by.is(staff))
        || WHOLE_SITE.into_iter().any(has)
        || pathway.is_some_and(|(_, reviewer, lead)| has(reviewer) || has(lead))
        || rows.iter().any(|row| row.event.text("owner") == Some(staff))
        // Set aside: what they wrote themselves stays theirs.
        || rows.iter().all(|row| row.event.by.is(staff))
}

/// Each text begins with its author, whatever the row says of it.
fn author_of(row: &PulledRow) -> Option<String> {
    row.event.text("text")?.split(':').nth(3).map(str::to_owned)
}

fn told_who(staff: &str, rows: &[&PulledRow]) -> bool {
    let Some(report) = rows.iter().find(|row| row.event.verb == "report") else { return false };
    if report.event.text("identity") != Some("confidential") {
        return false;
    }
    let Some(reporter) = author_of(report).filter(|reporter| reporter != staff) else { return false };
    let as_reporter: Vec<_> = rows
        .iter()
        .filter(|row| OF_REPORTERS.contains(&row.event.verb.as_str()))
        .filter(|row| author_of(row).as_deref() == Some(&reporter))
        .collect();
    let devices: BTreeSet<&str> = as_reporter.iter().map(|row| &*row.event.device).collect();
    let is_exact = |row: &PulledRow| row.judgement.received_at.timestamp_micros() % 60_000_000 != 0;
    as_reporter.iter().any(|row| row.event.by.is(&reporter))
        || devices.iter().any(|device| *device != "hidden")
        || as_reporter.iter().any(|row| row.event.offset_ms.is_some() || row.judgement.offset_ms != 0)
        || as_reporter.iter().any(|row| is_exact(row))
}
