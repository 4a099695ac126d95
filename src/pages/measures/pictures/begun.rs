//! From when what was chosen can be compared: every chosen site counts. What happened before, such as past incidents that
//! were read in or the reports of the sites that were there first, is no time to compare with.
//! Source: docs/decisions/039.

use crate::{pages::measures::look::Look, text::common::day};
use chrono::NaiveDate;
use domain::{ids::SiteId, measures::all_begin};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Begun {
    pub from: NaiveDate,
    /// The site that began last, where several were chosen and not all began on one day.
    joined: Option<String>,
}

impl Begun {
    /// None where no site counts yet.
    pub fn of(look: &Look) -> Option<Begun> {
        let begin = |sites: &[&SiteId]| {
            let (from, last) = all_begin(&look.register, sites.iter().copied(), look.today)?;
            Some((from, last.clone()))
        };
        if let Some(site) = &look.filter.site {
            return begin(&[site]).map(|(from, _)| Begun { from, joined: None });
        }
        let sites: Vec<&SiteId> = look.sites.iter().map(|(site, _)| site).collect();
        let (from, last) = begin(&sites)?;
        let is_first = |site: &&SiteId| begin(&[*site]).is_some_and(|(first, _)| first < from);
        let name = look.sites.iter().find(|(site, _)| *site == last).map(|(_, name)| name.clone());
        Some(Begun { from, joined: name.filter(|_| sites.iter().any(is_first)) })
    }

    /// "Oak counts from 3 March 2026 on", "the records here begin on 3 March 2026".
    pub fn words(&self) -> String {
        match &self.joined {
            Some(name) => format!(
                "{name} counts from {} on, and before that day not every site is in the numbers",
                day(self.from)
            ),
            None => format!("the records here begin on {}", day(self.from)),
        }
    }

    /// Why some points are drawn and not compared. `many`: "weeks".
    pub fn drawn_only(&self, many: &str) -> String {
        let words = crate::text::review::record::upper_first(&self.words());
        format!("{words}. The {many} before are drawn and not compared.")
    }

    /// Why a chart of all sites has no point, where that is because one of them joined.
    pub fn no_point(&self, one: &str) -> Option<String> {
        let name = self.joined.as_ref()?;
        Some(format!(
            "{name} counts from {} on, and this time ends before a whole {one} with every site has passed. Choose one site \
             to see its own numbers.",
            day(self.from)
        ))
    }

    /// ", when the records here begin" and the like, after a date.
    pub fn after_date(&self) -> &'static str {
        match self.joined {
            Some(_) => "when every site counts",
            None => "when the records here begin",
        }
    }
}
