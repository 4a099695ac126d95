//! "What if?": the log of a site read again with other numbers, a piece at a time, by the same rules.

use super::{Alert, Rule};
use crate::{directory::RuleNumbers, event::Received, ids::SiteId, register::Register, time::Instant};
use std::sync::Arc;

/// Reads the past again. The caller decides how much in one go.
#[derive(Debug)]
pub struct DryRun {
    register: Register,
    site: SiteId,
    log: Vec<Arc<Received>>,
    taken: usize,
}

/// Alerts of one rule as they would have been, beside those that there were.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// How many there were.
    pub were: usize,
    /// How many there would have been.
    pub would_be: usize,
    /// Would have been and were not: no alert there was has their key and one of their records.
    pub new: Vec<Alert>,
    /// Were, and would not have been.
    pub gone: Vec<Alert>,
    /// Records that were looked at.
    pub records: usize,
}

impl DryRun {
    /// `rules`: all numbers of the site as they would be, for the whole of the past.
    pub fn new(register: &Register, site: &SiteId, rules: RuleNumbers) -> DryRun {
        let mut directory = register.directory().clone();
        if let Some(site) = directory.sites.get_mut(site) {
            site.settings.rules = rules;
            site.rule_changes.clear();
        }
        let mut log = register.log();
        log.retain(|received| received.event.site == *site);
        DryRun { register: Register::new(Arc::new(directory)), site: site.clone(), log, taken: 0 }
    }

    /// Events to read, and how many of them have been read.
    pub fn progress(&self) -> (usize, usize) {
        (self.taken, self.log.len())
    }

    /// Reads up to so many events. False when nothing is left.
    pub fn go_on(&mut self, count: usize) -> bool {
        for received in self.log.iter().skip(self.taken).take(count) {
            self.register.take(received.clone());
        }
        self.taken = self.log.len().min(self.taken + count);
        self.taken < self.log.len()
    }

    /// Alerts of a rule (and of a key, where one is given) raised since a moment, against those that there were.
    pub fn compare(&self, were: &Register, rule: Rule, key: Option<&str>, since: Instant) -> Difference {
        let of = |alert: &&Alert| alert.rule == rule && key.is_none_or(|key| key == alert.key);
        let before: Vec<&Alert> = were.alerts(&self.site).filter(of).collect();
        let after: Vec<&Alert> = self.register.alerts(&self.site).filter(of).collect();
        let lately = |alert: &&&Alert| since <= alert.raised_at;
        let missing = |from: &[&Alert], among: &[&Alert]| -> Vec<Alert> {
            let is_there = |alert: &Alert| among.iter().any(|other| are_the_same(alert, other));
            from.iter()
                .filter(lately)
                .filter(|alert| !is_there(alert))
                .map(|alert| (**alert).clone())
                .collect()
        };
        Difference {
            were: before.iter().filter(lately).count(),
            would_be: after.iter().filter(lately).count(),
            new: missing(&after, &before),
            gone: missing(&before, &after),
            records: self.register.of_site(&self.site).count(),
        }
    }
}

fn are_the_same(one: &Alert, other: &Alert) -> bool {
    one.key == other.key && one.records().any(|record| other.has(record))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::tests::{Home, noon, report};
    use serde_json::json;

    fn home() -> Home {
        let mut home = Home::new();
        let hoist = |asset: &str| report("environment", json!({"asset": asset}));
        for (date, record, asset) in [
            ("2026-06-01", "a", "H1"),
            ("2026-06-10", "b", "H1"),
            ("2026-07-01", "c", "H2"),
            ("2026-08-20", "d", "H2"),
        ] {
            home.reports(noon(date), record, hoist(asset));
        }
        home
    }

    fn difference(home: &Home, numbers: serde_json::Value, since: &str, piece: usize) -> Difference {
        let rules = [("same_asset".to_owned(), numbers)].into();
        let mut run = DryRun::new(&home.register, &"meadow".into(), rules);
        while run.go_on(piece) {}
        run.compare(&home.register, Rule::SameAsset, None, noon(since))
    }

    #[test]
    fn fewer_alerts_with_a_shorter_window_and_the_lost_ones_are_named() {
        let home = home();
        let found = difference(&home, json!({"threshold": 2, "days": 30}), "2026-01-01", 1);
        assert_eq!((found.were, found.would_be, found.records), (2, 1, 4));
        assert!(found.new.is_empty());
        assert_eq!(found.gone.iter().map(|alert| alert.key.as_str()).collect::<Vec<_>>(), ["H2"]);
        // In whichever pieces.
        assert_eq!(difference(&home, json!({"threshold": 2, "days": 30}), "2026-01-01", 100), found);
    }

    #[test]
    fn more_alerts_with_a_lower_threshold_and_only_lately_counts() {
        let mut home = home();
        home.reports(noon("2026-08-25"), "e", report("environment", json!({"asset": "H3"})));
        let found = difference(&home, json!({"threshold": 1, "days": 90}), "2026-08-01", 2);
        // H2 was raised on 20 August and would have been on 1 July.
        assert_eq!((found.were, found.would_be), (1, 1));
        assert_eq!(found.new.iter().map(|alert| alert.key.as_str()).collect::<Vec<_>>(), ["H3"]);
        assert!(found.gone.is_empty());
    }

    #[test]
    fn numbers_beyond_anything_leave_silence() {
        let found = difference(&home(), json!({"threshold": 1000, "days": 1}), "2026-01-01", 3);
        assert_eq!((found.were, found.would_be, found.gone.len()), (2, 0, 2));
    }
}
