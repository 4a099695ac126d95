//! How long a record is kept with its words, from the day on which it ended. The periods are data.

use crate::{
    record::{Kind, Record},
    time::{Instant, london_date},
};
use chrono::{Months, NaiveDate};
use serde::Deserialize;
use std::sync::OnceLock;

const MONTHS_OF_A_YEAR: u32 = 12;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Classes {
    /// Year and month of this set.
    pub version: String,
    /// Where the periods come from.
    pub source: String,
    pub classes: Vec<Class>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Class {
    pub id: String,
    pub name: String,
    /// From the day on which the record ended.
    pub years: u32,
}

/// The classes in force.
pub fn classes() -> &'static Classes {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    CLASSES.get_or_init(|| match serde_json::from_str(include_str!("retention/classes-2026-11.json")) {
        Ok(classes) => classes,
        Err(error) => unreachable!("the retention classes do not read: {error}"),
    })
}

impl Record {
    /// Somebody was harmed or held, somebody outside had to be told, or every look at it is kept.
    pub fn retention(&self) -> &'static Class {
        let was_told =
            self.notification().is_some_and(|decision| decision.bodies.values().any(|body| body.needed));
        let harm = matches!(self.kind, Kind::Incident | Kind::RestrictivePractice);
        let id = if harm || was_told || self.is_sensitive() { "serious" } else { "near_miss" };
        let classes = &classes().classes;
        let longest = classes.iter().max_by_key(|class| class.years);
        match classes.iter().find(|class| class.id == id).or(longest) {
            Some(class) => class,
            None => unreachable!("there is no retention class"),
        }
    }

    /// When the last accepted event happened of a record that is closed, taken back or the same as another.
    pub fn ended_at(&self) -> Option<Instant> {
        if self.state.is_open() {
            return None;
        }
        let accepted = self.events.iter().filter(|received| received.judgement.version.is_some());
        accepted.map(|received| received.judgement.corrected_at).max()
    }

    /// The first London date on which its words are no longer kept; none while it is open.
    pub fn kept_until(&self) -> Option<NaiveDate> {
        let years = Months::new(self.retention().years * MONTHS_OF_A_YEAR);
        london_date(self.ended_at()?).checked_add_months(years)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_period_and_the_set_says_where_it_comes_from() {
        let set = classes();
        assert!(set.source.contains("Records Management Code"));
        let years: Vec<(&str, u32)> =
            set.classes.iter().map(|class| (class.id.as_str(), class.years)).collect();
        assert_eq!(years, [("serious", 20), ("near_miss", 10)]);
    }
}
