//! How many alike records there were in the time just before an alert: what is usual there.

use super::{Alert, Board, Rule, Window, board::Kind};
use crate::{
    register::Register,
    time::{self, london_date},
};
use chrono::NaiveDate;

/// The window just before the first record of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// So many alike records in the same number of days.
    Count(usize),
    /// Records here begin on this date, in or after that window: nobody knows.
    Unknown(NaiveDate),
}

impl Board {
    /// Alike records in play, both dates included.
    fn alike(&self, rule: Rule, key: &str, from: NaiveDate, to: NaiveDate) -> usize {
        let lane = self.names.get(Kind::Lane(rule), key).and_then(|lane| self.lanes.get(lane as usize));
        lane.map_or(0, |lane| lane.days.range(from, to).map(|(_, day)| day.records.len()).sum())
    }
}

impl Register {
    /// The earliest London date on which anything happened at a site, as far as this place knows.
    pub fn first_date(&self, site: &str) -> Option<NaiveDate> {
        self.of_site(site).map(|record| record.facts.occurred_on()).min()
    }

    /// What was usual before an alert of a window rule. `first`: of `first_date`.
    pub fn usual_before(&self, alert: &Alert, window: Window, first: NaiveDate) -> Option<Usual> {
        let board = self.board(&alert.site)?;
        let began = london_date(self.record(alert.records().next()?)?.facts.occurred_at());
        let from = time::take_days(began, u64::from(window.days));
        if from < first {
            return Some(Usual::Unknown(first));
        }
        Some(Usual::Count(board.alike(alert.rule, &alert.key, from, time::take_days(began, 1))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::tests::{Home, noon, report};
    use serde_json::json;

    #[test]
    fn the_window_before_is_counted_or_said_to_be_unknown() {
        let mut home = Home::new();
        let hoist = || report("environment", json!({"asset": "H1"}));
        home.reports(noon("2026-01-02"), "old", hoist());
        home.reports(noon("2026-06-01"), "a", hoist());
        home.reports(noon("2026-06-20"), "b", hoist());
        let alert = home.alert("same_asset|H1");
        let window = Window { threshold: 2, days: 90 };
        let first = home.register.first_date("meadow").expect("a date");
        assert_eq!(first, noon("2026-01-02").date_naive());
        // 90 days before 1 June begin on 3 March.
        assert_eq!(home.register.usual_before(alert, window, first), Some(Usual::Count(0)));
        let longer = Window { days: 150, ..window };
        assert_eq!(home.register.usual_before(alert, longer, first), Some(Usual::Count(1)));
        let beyond = Window { days: 151, ..window };
        assert_eq!(home.register.usual_before(alert, beyond, first), Some(Usual::Unknown(first)));
    }
}
