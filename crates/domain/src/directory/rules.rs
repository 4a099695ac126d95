//! Rules of others that a provider loads as data: a council's safeguarding threshold, and what a contract says
//! about telling the commissioner. Texts, never conditions: a person reads them and decides.

use super::{Directory, within};
use crate::ids::SiteId;
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
    fn lists_of_an_older_version_read_as_before() {
        let older = r#"{"provider": "Willow", "sites": {"elm": {"name": "Elm"}}}"#;
        let directory: Directory = serde_json::from_str(older).expect("it reads");
        assert!(directory.councils.is_empty() && directory.council_of("elm").is_none());
    }
}
