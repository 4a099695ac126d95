//! What managers do besides records: settle alerts, audit every month, write down how busy it was.

use super::{alerts, play::Play};
use anyhow::Result;
use chrono::{Datelike, NaiveDate, Weekday};
use domain::{
    audits::{self, AuditState, Period},
    roles::Role,
    time::Instant,
};
use serde_json::json;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Alerts,
    Audits,
    Busyness,
    /// Only in the long story.
    Oversight,
}

/// Audits and oversights that are never done in the long story: site, category, and the rest of the number of the
/// period.
const NEVER_AUDITED: (&str, &str, usize, usize) = ("harbour-court", "medication", 6, 1);
const NEVER_OVERSEEN: (&str, &str, usize, usize) = ("harbour-court", "behaviour", 4, 2);

/// What is due on a date.
pub fn due_on(date: NaiveDate) -> Vec<What> {
    let weekly = (date.weekday() == Weekday::Tue).then_some(What::Alerts);
    let monthly = match date.day() {
        2 => Some(What::Busyness),
        5 => Some(What::Audits),
        _ => None,
    };
    weekly.into_iter().chain(monthly).collect()
}

/// The same in the long story, where somebody looks at the alerts every day and the provider looks too.
pub fn due_in_a_year(date: NaiveDate) -> Vec<What> {
    let mut due = due_on(date);
    due.extend((!due.contains(&What::Alerts)).then_some(What::Alerts));
    due.extend((date.day() == 20).then_some(What::Oversight));
    due
}

pub fn run(play: &mut Play, site: &str, what: What, at: Instant) -> Result<()> {
    match what {
        What::Alerts => alerts::settle(play, site, at),
        What::Audits => audit(play, site, at),
        What::Busyness => count_days(play, site, at),
        What::Oversight => oversee(play, site, at),
    }
}

/// The provider signs what is owed, mostly; some of it is left for the next month, and some is missed.
fn oversee(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(provider) = play.holder(site, Role::Provider) else { return Ok(()) };
    let owed: Vec<(&'static str, String)> = audits::oversights(&play.register, site, at)
        .into_iter()
        .filter(|line| line.is_expected && line.signed.is_none())
        .filter(|line| !is_never(NEVER_OVERSEEN, site, line.category, line.period))
        .map(|line| (line.category, line.period.to_string()))
        .collect();
    for (category, period) in owed {
        if play.chance.happens(75) {
            let note =
                "Read the audits with the manager. What is late was talked through, with a date for each.";
            let with = json!({"category": category, "period": period, "note": note});
            play.write("sign_oversight", &provider, site, None, with, at, 0)?;
        }
    }
    Ok(())
}

fn is_never(
    (never_site, never_category, of, rest): (&str, &str, usize, usize),
    site: &str,
    category: &str,
    period: Period,
) -> bool {
    site == never_site && category == never_category && period.number() % of == rest
}

/// Opens what is owed, answers every question, signs.
fn audit(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(manager) = play.holder(site, Role::RegisteredManager) else { return Ok(()) };
    let owed: Vec<(&'static str, String)> = audits::audits(&play.register, site, at)
        .into_iter()
        .filter(|line| line.state == AuditState::Expected)
        .filter(|line| play.year.is_none() || !is_never(NEVER_AUDITED, site, line.category, line.period))
        .map(|line| (line.category, line.period.to_string()))
        .collect();
    for (category, period) in owed {
        // One audit in nine waits for the next month.
        if play.year.is_some() && play.chance.happens(11) {
            continue;
        }
        let with = json!({"category": category, "period": period});
        let Some(audit) = play.write("open_audit", &manager, site, None, with, at, 0)? else { continue };
        let open = play.register.audit_by_id(&audit);
        let questions: Vec<(String, &'static str)> = open
            .into_iter()
            .flat_map(|audit| audit.unanswered())
            .map(|(record, item)| (record.to_string(), item))
            .collect();
        for (record, item) in questions {
            let mut with = json!({"audit": audit, "record": record, "item": item, "answer": "y"});
            if play.chance.happens(12) {
                with["answer"] = json!("n");
                with["note"] = json!("Not written down at the time.");
            }
            play.note("answer_audit", &manager, site, None, with, at)?;
        }
        play.deliver(&manager, at)?;
        let with = json!({"audit": audit, "summary": "Records are complete. Feedback to reporters comes late at times."});
        play.write("sign_audit", &manager, site, None, with, at, 0)?;
    }
    Ok(())
}

fn count_days(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(deputy) = play.holder(site, Role::DeputyManager) else { return Ok(()) };
    let last_month = at - chrono::Duration::days(5);
    let mut counts = vec![("occupied_bed_days", play.chance.between(1080, 1200))];
    if play.year.is_some() {
        counts.push(("administrations", play.chance.between(9_000, 10_400)));
        counts.push(("care_hours", play.chance.between(5_200, 5_900)));
    }
    for (measure, value) in counts {
        let with =
            json!({"measure": measure, "month": last_month.format("%Y-%m").to_string(), "value": value});
        play.write("record_denominator", &deputy, site, None, with, at, 0)?;
    }
    Ok(())
}
