//! Until when, in words.

use crate::text::common;
use domain::{
    due::{Due, Item},
    notification::TellBy,
    time::{Instant, london_date},
};

/// "by 2:05pm today", "now", "was due yesterday at 2:05pm".
pub fn of_item(item: &Item, now: Instant) -> String {
    due(item.due, item.is_overdue(now), now)
}

pub fn due(due: Due, overdue: bool, now: Instant) -> String {
    let today = london_date(now);
    match due {
        Due::At(at) if overdue => format!("was due {}", common::on(at, now)),
        Due::At(at) if at <= now => "now".into(),
        Due::At(at) => common::due(at, now),
        Due::On(date) if overdue => format!("was due {}", common::relative_day(date, today)),
        Due::On(date) if date == today => "today".into(),
        Due::On(date) => format!("by {}", common::relative_day(date, today)),
    }
}

/// "by 3 December": only where law or contract has a time.
pub fn tell_by(by: TellBy, now: Instant) -> String {
    let by = Due::from(by);
    due(by, by.is_past(now), now)
}

/// Bodies that nobody has a duty to tell: the Yellow Card and LFPSE. Source: `help-2026-11.json` of the rules.
const VOLUNTARY: [&str; 2] = ["mhra_yellow_card", "lfpse"];

/// When a body must be told that has no time to tell by: the rest of "Tell them ...".
/// `contract`: the shortest hours of the contracts that hold at the site.
pub fn no_time(body: &str, contract: Option<u64>) -> String {
    match (body, contract) {
        ("commissioner", Some(hours)) => {
            let hours = usize::try_from(hours).unwrap_or(usize::MAX);
            format!("as the contract says: within {}", common::count(hours, "hour", "hours"))
        }
        ("commissioner", None) => "in the time that the contract says".to_owned(),
        (body, _) if VOLUNTARY.contains(&body) => {
            "when you can: it is voluntary, and no time is set".to_owned()
        }
        _ => "without delay: there is no number of hours".to_owned(),
    }
}

/// "3 hours", "2 days": how long something has been going on.
pub fn elapsed(since: Instant, now: Instant) -> String {
    let minutes = (now - since).num_minutes().max(0);
    let whole = |number: i64| usize::try_from(number).unwrap_or_default();
    match minutes {
        0..60 => common::count(whole(minutes), "minute", "minutes"),
        60..2880 => common::count(whole(minutes / 60), "hour", "hours"),
        _ => common::count(whole(minutes / 1440), "day", "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    #[test]
    fn a_body_without_a_time_is_told_as_its_own_source_says() {
        assert_eq!(no_time("commissioner", Some(24)), "as the contract says: within 24 hours");
        assert_eq!(no_time("commissioner", None), "in the time that the contract says");
        for body in VOLUNTARY {
            assert!(domain::vocabulary::BODY.codes.iter().any(|known| known.code == body), "{body}");
            assert!(no_time(body, Some(24)).contains("voluntary"), "{body}");
        }
        for body in ["cqc", "council_safeguarding", "police"] {
            assert_eq!(no_time(body, Some(24)), "without delay: there is no number of hours");
        }
    }

    #[test]
    fn something_due_at_once_is_due_now_until_it_is_overdue() {
        let at = |text: &str| parse_instant(text).expect(text);
        let now = at("2026-11-23T14:05Z");
        let moment = Due::At(at("2026-11-23T13:50Z"));
        assert_eq!(due(moment, false, now), "now");
        assert_eq!(due(moment, true, now), "was due today at 1:50pm");
        assert_eq!(elapsed(at("2026-11-21T14:00Z"), now), "2 days");
        assert_eq!(elapsed(at("2026-11-23T11:05Z"), now), "3 hours");
    }
}
