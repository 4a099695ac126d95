//! What becomes of alerts: most are covered by an action or set aside within a week or two, some wait for a date, and a
//! few are overlooked for months.

use super::{
    chance::Chance,
    play::Play,
    words::{chosen, one_in},
};
use anyhow::Result;
use chrono::Duration;
use domain::{
    patterns::{Alert, Rule, State, Status},
    record::Action,
    register::Register,
    roles::Role,
    time::Instant,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many of the open alerts, in a hundred, are settled at one visit.
struct Habits {
    /// Of those that an action fits.
    links: i64,
    /// Of those without one that are new, or have waited.
    dismisses: [i64; 2],
    snoozes: [i64; 2],
    /// What was raised more often than this is left until its change has had four weeks.
    waits_after: usize,
}

const IN_WEEKS: Habits = Habits { links: 35, dismisses: [5, 15], snoozes: [0, 5], waits_after: usize::MAX };
const IN_A_YEAR: Habits = Habits { links: 80, dismisses: [15, 45], snoozes: [4, 15], waits_after: 2 };
/// From so many days on an alert has waited.
const WAITED_DAYS: i64 = 4;
/// One alert in so many is overlooked, for so many days.
const OVERLOOKED: u64 = 250;
const OVERLOOKED_DAYS: i64 = 110;
/// An action of so many days before the alert still answers it.
const FRESH_DAYS: i64 = 45;

struct Open {
    name: String,
    rule: Rule,
    raised_at: Instant,
    action: Option<String>,
    /// How often one of its name was raised before.
    before: usize,
    /// It was put off once already.
    put_off: bool,
}

pub fn settle(play: &mut Play, site: &str, at: Instant) -> Result<()> {
    let in_a_year = play.year.is_some();
    // The deputy covers with actions, but sets nothing aside.
    let deputy = in_a_year && play.chance.happens(25);
    let role = if deputy { Role::DeputyManager } else { Role::RegisteredManager };
    let Some(by) = play.holder(site, role) else { return Ok(()) };
    let mut raised: BTreeMap<(Rule, &str), usize> = BTreeMap::new();
    for alert in play.register.alerts(site) {
        *raised.entry((alert.rule, &alert.key)).or_default() += 1;
    }
    let open: Vec<Open> = play
        .register
        .alerts(site)
        .filter(|alert| alert.state(at) == State::Open)
        .filter(|alert| !in_a_year || !is_overlooked(alert, at))
        .map(|alert| Open {
            name: alert.name(),
            rule: alert.rule,
            raised_at: alert.raised_at,
            action: fitting(alert, &play.register).map(|action| action.id.to_string()),
            before: raised.get(&(alert.rule, alert.key.as_str())).map_or(0, |many| many - 1),
            put_off: matches!(alert.status, Status::Snoozed { .. }),
        })
        .collect();
    let habits = if in_a_year { IN_A_YEAR } else { IN_WEEKS };
    for alert in open {
        let reasons = play.words.alerts.get(alert.rule.code()).map(Vec::as_slice).unwrap_or_default();
        let Some((verb, with)) = what(&alert, &habits, reasons, at, &mut play.chance) else { continue };
        if deputy && verb == "dismiss_alert" {
            continue;
        }
        play.note(verb, &by, site, None, with, at)?;
    }
    play.deliver(&by, at)
}

/// `None`: it waits.
fn what(
    alert: &Open,
    habits: &Habits,
    reasons: &[String],
    at: Instant,
    chance: &mut Chance,
) -> Option<(&'static str, Value)> {
    if alert.before > habits.waits_after && !alert.put_off {
        return Some(put_off(alert, at, chance.between(14, 24)));
    }
    if let Some(action) = &alert.action {
        let with = json!({"alert": alert.name, "action": action});
        return chance.happens(habits.links).then_some(("link_alert", with));
    }
    let waited = usize::from(at - alert.raised_at >= Duration::days(WAITED_DAYS));
    let said = chance.between(1, 100);
    if said <= habits.dismisses[waited] {
        let reason = chosen(reasons, &[&alert.name, &alert.raised_at.to_rfc3339()])?;
        return Some(("dismiss_alert", json!({"alert": alert.name, "reason": reason})));
    }
    let snoozes = said <= habits.dismisses[waited] + habits.snoozes[waited];
    snoozes.then(|| put_off(alert, at, chance.between(7, 24)))
}

fn put_off(alert: &Open, at: Instant, days: i64) -> (&'static str, Value) {
    let until = at + Duration::days(days);
    ("snooze_alert", json!({"alert": alert.name, "until": until.to_rfc3339()}))
}

/// The action that answers an alert: of its newest record that has one, and not older than what it is to answer.
fn fitting<'a>(alert: &Alert, register: &'a Register) -> Option<&'a Action> {
    let since = match alert.rule {
        // Nothing that was done before answers what an audit or a look found, or a quiet floor.
        Rule::AuditFinding | Rule::Silence => return None,
        Rule::LackOfImprovement => alert.raised_at,
        _ => alert.raised_at - Duration::days(FRESH_DAYS),
    };
    let answers = |action: &&Action| action.planned_at >= since;
    let mut records = alert.records().rev().filter_map(|id| register.record(id));
    records.find_map(|record| {
        let mut actions = record.actions.iter().filter(answers).rev();
        actions.find(|action| action.current || action.done.is_some())
    })
}

fn is_overlooked(alert: &Alert, at: Instant) -> bool {
    at - alert.raised_at < Duration::days(OVERLOOKED_DAYS)
        && one_in(OVERLOOKED, &[&alert.name(), &alert.raised_at.to_rfc3339()])
}
