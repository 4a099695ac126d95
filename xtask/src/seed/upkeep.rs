//! What managers do besides records: settle alerts every week, audit every month, write down how busy it was.

use super::play::Play;
use anyhow::Result;
use chrono::{Datelike, NaiveDate, Weekday};
use domain::{
    audits::{self, AuditState},
    patterns::State,
    roles::Role,
    time::Instant,
};
use serde_json::json;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Alerts,
    Audits,
    Busyness,
}

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

pub fn run(play: &mut Play, site: &str, what: What, at: Instant) -> Result<()> {
    match what {
        What::Alerts => settle_alerts(play, site, at),
        What::Audits => audit(play, site, at),
        What::Busyness => count_days(play, site, at),
    }
}

/// Most alerts are covered by an action of one of their records; a few are set aside; the rest wait.
fn settle_alerts(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(manager) = play.holder(site, Role::RegisteredManager) else { return Ok(()) };
    let open: Vec<(String, Option<String>)> = play
        .register
        .alerts(site)
        .filter(|alert| alert.state(at) == State::Open)
        .map(|alert| {
            let mut actions =
                alert.records().filter_map(|id| play.register.record(id)).flat_map(|record| &record.actions);
            (alert.name(), actions.next().map(|action| action.id.to_string()))
        })
        .collect();
    for (alert, action) in open {
        match action {
            Some(action) if play.chance.happens(35) => {
                let with = json!({"alert": alert, "action": action});
                play.write("link_alert", &manager, site, None, with, at, 0)?;
            }
            None if play.chance.happens(15) => {
                let with =
                    json!({"alert": alert, "reason": "Different people and causes; looked at together."});
                play.write("dismiss_alert", &manager, site, None, with, at, 0)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Opens what is owed, answers every question, signs.
fn audit(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(manager) = play.holder(site, Role::RegisteredManager) else { return Ok(()) };
    let owed: Vec<(&'static str, String)> = audits::audits(&play.register, site, at)
        .into_iter()
        .filter(|line| line.state == AuditState::Expected)
        .map(|line| (line.category, line.period.to_string()))
        .collect();
    for (category, period) in owed {
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
            play.write("answer_audit", &manager, site, None, with, at, 0)?;
        }
        let with = json!({"audit": audit, "summary": "Records are complete. Feedback to reporters comes late at times."});
        play.write("sign_audit", &manager, site, None, with, at, 0)?;
    }
    Ok(())
}

fn count_days(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let Some(deputy) = play.holder(site, Role::DeputyManager) else { return Ok(()) };
    let last_month = at - chrono::Duration::days(5);
    let with = json!({
        "measure": "occupied_bed_days",
        "month": last_month.format("%Y-%m").to_string(),
        "value": play.chance.between(1080, 1200),
    });
    play.write("record_denominator", &deputy, site, None, with, at, 0)?;
    Ok(())
}
