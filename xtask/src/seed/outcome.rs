//! Step 5 of the story: did it work? A look after 28 days, for some one more after 90, and then it is closed.

use super::{
    chance::Chance,
    journey::{Desk, Next},
    words::{chosen, one_in},
};
use chrono::Duration;
use domain::{
    learning::LAST_LOOK_DAYS,
    record::Record,
    roles::Role,
    time::{Instant, add_days, london_date, start_of},
};
use serde_json::{Value, json};

/// Of those that are better after 28 days, one in so many is looked at again.
const LOOKED_AT_AGAIN: u64 = 4;
const BLOCK_DAYS: u64 = 28;
/// After so many results that sent it back, a record is carried on in a later one.
const ROUNDS: usize = 3;

/// How often it happened, before and after.
struct Counts {
    measure: String,
    before: usize,
    after: usize,
}

impl Desk<'_> {
    pub(super) fn outcome(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let by = self.first(record, Role::DeputyManager)?;
        let Some((_, result)) = record.current_outcome() else { return self.look(record, by, "28d", chance) };
        if result.verdict == "too_early" {
            let by = self.first(record, Role::RegisteredManager)?;
            let mut with = self.closing(record);
            with["reason"] = json!(chosen(self.words.results.get("carried_on")?, &[&record.id])?);
            return Some(Next { verb: "close", by, with });
        }
        if is_looked_at_again(record) {
            return self.look(record, by, "90d", chance);
        }
        Some(Next { verb: "close", by, with: self.closing(record) })
    }

    fn closing(&self, record: &Record) -> Value {
        let weak = self.register.is_repeat(record) && record.is_weak_only();
        let words = self.words.category(record).filter(|_| weak);
        match words.and_then(|words| chosen(&words.weak, &[&record.id])) {
            Some(reason) => json!({"weak_reason": reason}),
            None => json!({}),
        }
    }

    fn look(&self, record: &Record, by: String, review: &str, chance: &mut Chance) -> Option<Next> {
        let counts = match self.measured(record) {
            Some(counts) => counts,
            None => guessed(chance)?,
        };
        let back = record.decisions.iter().filter(|decision| decision.step == 5).count();
        let verdict = match (counts.before, counts.after) {
            (before, after) if after < before && review == "90d" => "sustained",
            (before, after) if after < before => "improved",
            _ if back >= ROUNDS => "too_early",
            (before, after) if after > before + 1 => "worse",
            _ => "no_change",
        };
        let mut with = json!({
            "measure": counts.measure,
            "baseline": {"count": counts.before, "per": BLOCK_DAYS, "unit": "days"},
            "value": {"count": counts.after, "per": BLOCK_DAYS, "unit": "days"},
            "review": review,
            "verdict": verdict,
            "evidence": self.seen_in(record, if review == "90d" { 3 } else { 2 }, chance)?,
        });
        if !matches!(verdict, "improved" | "sustained") || chance.happens(45) {
            with["note"] = json!(chosen(self.words.results.get(verdict)?, &[&record.id, review])?);
        }
        Some(Next { verb: "record_outcome", by, with })
    }

    fn seen_in<'a>(&'a self, record: &Record, many: usize, chance: &mut Chance) -> Option<Vec<&'a str>> {
        let mut left: Vec<&str> = self.words.category(record)?.shown_by.iter().map(String::as_str).collect();
        let mut seen = Vec::new();
        while seen.len() < many {
            let one = *chance.pick(&left)?;
            left.retain(|other| *other != one);
            seen.push(one);
        }
        Some(seen)
    }

    /// How often the same thing happened at the site in the 28 days before the action was finished, and in the last 28.
    fn measured(&self, record: &Record) -> Option<Counts> {
        self.year?;
        let finished = london_date(record.outcome_since?);
        let today = london_date(self.now);
        let same = |last: chrono::NaiveDate| {
            let first = domain::time::take_days(last, BLOCK_DAYS - 1);
            self.register
                .of_site(&record.site)
                .filter(|other| other.facts.category() == record.facts.category())
                .filter(|other| other.facts.subtype() == record.facts.subtype())
                .filter(|other| other.facts.code("location") == record.facts.code("location"))
                .filter(|other| (first..=last).contains(&other.facts.occurred_on()))
                .count()
        };
        let what = record.spec()?.subtypes.label(record.facts.subtype()?);
        let measure = format!("{what}, in the same place");
        Some(Counts { measure, before: same(finished).max(1), after: same(today) })
    }
}

/// Where the months before are not there to be counted.
fn guessed(chance: &mut Chance) -> Option<Counts> {
    let after = *chance.weighted(&[(0, 6), (1, 5), (2, 1)], |after| after.1)?;
    Some(Counts { measure: "the same thing happening again".to_owned(), before: 2, after: after.0 })
}

/// Better after 28 days, and somebody will look if it lasts.
pub fn is_looked_at_again(record: &Record) -> bool {
    let looked =
        record.current_outcome().map(|(_, result)| (result.review.as_str(), result.verdict.as_str()));
    looked == Some(("28d", "improved")) && one_in(LOOKED_AT_AGAIN, &[&record.id, "looked at again"])
}

/// On the day after 90 days, and now and then some days later.
pub fn last_look(record: &Record, chance: &mut Chance) -> Option<Instant> {
    let late = if chance.happens(15) { chance.between(1, 8) } else { 0 };
    let day = add_days(london_date(record.outcome_since?), LAST_LOOK_DAYS + u64::try_from(late).ok()?);
    Some(start_of(day) + Duration::minutes(chance.between(8 * 60 + 30, 11 * 60)))
}
