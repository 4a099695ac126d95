//! Which records are looked at, and which of them are counted.

use super::Row;
use crate::{
    ids::SiteId,
    record::{Band, Kind, Record, Reporter},
};
use chrono::NaiveDate;

/// Site, category and London dates, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// None: all sites together.
    pub site: Option<SiteId>,
    /// None: all categories together.
    pub category: Option<String>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What of it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Any live record.
    All,
    /// Counts as a near miss by the settings of its site.
    NearMiss,
    /// A near miss that reached nobody, whatever the settings say about no-harm incidents.
    Prevented,
    /// Reached a person and did no harm.
    NoHarm,
    /// Of the kind incident.
    Incident,
    /// Neither prevented, nor without harm, nor an incident: restrictive practice, not clear yet, not confirmed.
    Other,
    /// A near miss that only luck caught.
    Luck,
    /// A near miss whose risk was looked at.
    Reviewed,
    /// A near miss whose risk is high or extreme.
    Serious,
    /// Reported without a name.
    Nameless,
}

impl Filter {
    /// Site and category, without the dates.
    pub(super) fn is_about(&self, record: &Record) -> bool {
        self.site.as_ref().is_none_or(|site| record.site == *site)
            && self.category.as_ref().is_none_or(|category| record.facts.category() == category)
    }

    /// The same of other dates.
    pub fn on(&self, from: NaiveDate, to: NaiveDate) -> Filter {
        Filter { from, to, ..self.clone() }
    }
}

impl Which {
    pub const ALL: [Which; 10] = [
        Which::All,
        Which::NearMiss,
        Which::Prevented,
        Which::NoHarm,
        Which::Incident,
        Which::Other,
        Which::Luck,
        Which::Reviewed,
        Which::Serious,
        Which::Nameless,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Which::All => "all",
            Which::NearMiss => "near_miss",
            Which::Prevented => "prevented",
            Which::NoHarm => "no_harm",
            Which::Incident => "incident",
            Which::Other => "other",
            Which::Luck => "luck",
            Which::Reviewed => "reviewed",
            Which::Serious => "serious",
            Which::Nameless => "nameless",
        }
    }

    pub fn from_code(code: &str) -> Option<Which> {
        Which::ALL.into_iter().find(|which| which.code() == code)
    }

    pub fn takes(self, row: &Row) -> bool {
        let record = &row.record;
        let prevented = || row.near_miss && record.kind != Kind::NoHarmIncident;
        match self {
            Which::All => true,
            Which::NearMiss => row.near_miss,
            Which::Prevented => prevented(),
            Which::NoHarm => record.kind == Kind::NoHarmIncident,
            Which::Incident => record.kind == Kind::Incident,
            Which::Other => !prevented() && !matches!(record.kind, Kind::NoHarmIncident | Kind::Incident),
            Which::Luck => row.near_miss && record.facts.is_luck(),
            Which::Reviewed => row.near_miss && record.risk().is_some(),
            Which::Serious => row.near_miss && record.band() >= Some(Band::High),
            Which::Nameless => record.reporter == Reporter::Anonymous,
        }
    }
}
