//! What is not the next step of an ordinary record: a conflict to settle, a decision to look at again, a second report
//! of the same, an outage that runs, a body to tell, a finding that needs no action.

use super::{
    chance::Chance,
    journey::{Desk, Next},
    play::Play,
    words::chosen,
};
use anyhow::Result;
use domain::{
    pathway::State,
    record::{Band, Record},
    roles::Role,
    time::Instant,
};
use serde_json::json;

/// A deputy out of signal reviews what the shift reviews at the same time. True when nobody reviews it now.
pub fn contest(play: &mut Play, record: &Record, at: Instant) -> Result<bool> {
    let Some(year) = &mut play.year else { return Ok(false) };
    let Some(place) = year.contested.iter().position(|contested| **contested == *record.id) else {
        return Ok(false);
    };
    if record.state != State::AwaitingRiskReview {
        return Ok(false);
    }
    year.contested.remove(place);
    let Some(deputy) = play.holder(&record.site, Role::DeputyManager) else { return Ok(false) };
    let with = json!({
        "potential_most_likely": 3, "potential_worst": 4, "likelihood": 3,
        "confirms_near_miss": "y", "note": "Read at home: this could have gone further than it looks.",
    });
    let lag = play.chance.between(2, 6);
    play.write("review_risk", &deputy, &record.site, Some(&*record.id), with, at, lag)?;
    Ok(false)
}

/// The reference that a body gave: the beginning of its name and a number, always the same for this record.
pub(super) fn letter(record: &str, body: &str) -> String {
    let number = record
        .bytes()
        .chain(body.bytes())
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let begins: String = body.chars().take(3).collect();
    format!("{}-{:05}", begins.to_uppercase(), number % 100_000)
}

impl Desk<'_> {
    /// `None`: nothing out of the ordinary waits.
    pub(super) fn unusual(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let manager = self.first(record, Role::RegisteredManager)?;
        if let Some((step, rivals)) = record.conflicts.iter().next() {
            let keep = chance.pick(rivals)?;
            let reason = "Read both with the team; this one fits what was seen.";
            let with = json!({"step": step, "keep": keep, "reason": reason});
            return Some(Next { verb: "resolve", by: manager, with });
        }
        if record.state == State::AwaitingRiskReview {
            let first =
                self.register.possible_duplicates(record).find(|other| other.arrival < record.arrival)?;
            let by = self.holder(record, record.spec()?.owner(2), chance)?;
            let with = json!({"of": first.id, "reason": "The same event, reported by two people."});
            return chance.happens(80).then_some(Next { verb: "mark_duplicate", by, with });
        }
        if !matches!(record.state, State::AwaitingAction | State::AwaitingOutcome) {
            return None;
        }
        if record.decision_stale {
            let mut next = self.decide(record)?;
            next.verb = "revise_notification";
            return Some(next);
        }
        if let Some(body) = record.unsent_bodies().next() {
            let with = json!({"body": body, "sent_at": self.now.to_rfc3339(), "how": "Online form", "reference": letter(&record.id, body)});
            return Some(Next { verb: "record_sent", by: manager, with });
        }
        let is_small =
            record.band() <= Some(Band::Low) && record.actions.is_empty() && !self.register.is_repeat(record);
        if record.state == State::AwaitingAction && is_small && chance.happens(40) {
            let by = self.first(record, record.spec()?.pathway.lead)?;
            let reason = chosen(&self.words.category(record)?.no_action, &[&record.id])?;
            return Some(Next { verb: "no_action_needed", by, with: json!({"reason": reason}) });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_gives_each_record_a_whole_reference_of_its_own() {
        let one = letter("0191-a", "cqc");
        let number = one.strip_prefix("CQC-").expect("it begins with the body");
        assert!(number.len() == 5 && number.bytes().all(|byte| byte.is_ascii_digit()), "{one}");
        assert_eq!(one, letter("0191-a", "cqc"));
        assert_ne!(one, letter("0191-b", "cqc"));
        assert!(letter("0191-a", "police").starts_with("POL-"));
    }
}
