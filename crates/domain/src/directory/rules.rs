//! Rules of others that a provider loads as data: a council's safeguarding threshold, what a contract says about
//! telling the commissioner, and what an inspector asks for. Of the first two only texts, never conditions: a person
//! reads them and decides.

use super::{Directory, within};
use crate::{ids::SiteId, time::Instant};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// When a council wants to hear of a concern, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Council {
    pub name: String,
    /// The threshold as the council words it.
    pub text: String,
    /// What the council calls this version of its text.
    pub version: String,
    /// First date on which the text holds.
    pub valid_from: Option<NaiveDate>,
    /// Where it was read: a document or an address.
    pub source: String,
    pub retired: bool,
}

/// What one contract says about telling the commissioner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// Name of the commissioner.
    pub name: String,
    /// What must be told.
    pub tell: String,
    /// Hours from the event, where the contract has a number.
    pub hours: Option<u64>,
    /// Address, form or phone number.
    pub how: String,
    /// Sites of the contract; empty: every site of the provider.
    pub sites: Vec<SiteId>,
    pub version: String,
    /// First date on which it holds.
    pub valid_from: Option<NaiveDate>,
    /// Where it was read.
    pub source: String,
    pub retired: bool,
}

/// A framework of inspection as a whole file. What is in it is read by the crate `evidence`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LoadedFramework {
    /// From the file, as is the version. Written by the server only.
    pub title: String,
    pub version: String,
    /// Server clock. Written by the server only.
    pub loaded_at: Option<Instant>,
    /// The file (JSON) as it was loaded; empty once it was taken away.
    pub text: String,
    pub retired: bool,
}

impl Contract {
    pub fn covers(&self, site: &str) -> bool {
        self.sites.is_empty() || self.sites.iter().any(|own| **own == *site)
    }
}

impl Directory {
    /// The council of a site, if it is said and its text is loaded.
    pub fn council_of(&self, site: &str) -> Option<&Council> {
        let code = &self.sites.get(site)?.council;
        self.councils.get(code).filter(|council| !council.retired)
    }

    /// Contracts that hold at a site on a date, in the order of their codes.
    pub fn contracts_of<'a>(&'a self, site: &'a str, date: NaiveDate) -> impl Iterator<Item = &'a Contract> {
        self.contracts
            .values()
            .filter(move |one| !one.retired && one.covers(site) && within(date, one.valid_from, None))
    }

    /// The shortest hours that a contract of the site names on a date. Words for a person: a time to tell by comes
    /// only from the setting `contract_hours` of the site (model.md 8.4).
    pub fn shortest_contract(&self, site: &str, date: NaiveDate) -> Option<u64> {
        self.contracts_of(site, date).filter_map(|one| one.hours).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::time::parse_date(text).expect(text)
    }

    #[test]
    fn a_contract_holds_at_its_sites_from_its_first_date() {
        let mut directory = Directory::default();
        let contract = |name: &str, sites: &[&str], from: Option<&str>, retired: bool| Contract {
            name: name.into(),
            sites: sites.iter().map(|site| SiteId::from(*site)).collect(),
            valid_from: from.map(day),
            retired,
            ..Contract::default()
        };
        for (code, one) in [
            ("a", contract("everywhere", &[], None, false)),
            ("b", contract("elm only", &["elm"], None, false)),
            ("c", contract("later", &["elm"], Some("2027-01-01"), false)),
            ("d", contract("ended", &[], None, true)),
        ] {
            directory.contracts.insert(code.into(), one);
        }
        let names = |site: &str, date: &str| -> Vec<String> {
            directory.contracts_of(site, day(date)).map(|one| one.name.clone()).collect()
        };
        assert_eq!(names("elm", "2026-11-25"), ["everywhere", "elm only"]);
        assert_eq!(names("oak", "2026-11-25"), ["everywhere"]);
        assert_eq!(names("elm", "2027-01-01"), ["everywhere", "elm only", "later"]);
    }

    #[test]
    fn the_shortest_hours_are_those_of_contracts_that_hold() {
        let mut directory = Directory::default();
        let mut add = |code: &str, hours: Option<u64>, from: Option<&str>, retired: bool| {
            let one = Contract { hours, valid_from: from.map(day), retired, ..Contract::default() };
            directory.contracts.insert(code.into(), one);
        };
        add("none", None, None, false);
        add("long", Some(72), None, false);
        add("short", Some(24), None, false);
        add("ended", Some(1), None, true);
        add("later", Some(4), Some("2027-01-01"), false);
        assert_eq!(directory.shortest_contract("elm", day("2026-11-25")), Some(24));
        assert_eq!(directory.shortest_contract("elm", day("2027-01-01")), Some(4));
        assert_eq!(Directory::default().shortest_contract("elm", day("2026-11-25")), None);
    }

    #[test]
    fn lists_of_an_older_version_read_as_before() {
        let older = r#"{"provider": "Willow", "sites": {"elm": {"name": "Elm"}}}"#;
        let directory: Directory = serde_json::from_str(older).expect("it reads");
        assert!(directory.councils.is_empty() && directory.council_of("elm").is_none());
        assert!(directory.frameworks.is_empty());
    }
}
