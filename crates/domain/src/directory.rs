//! The provider's lists: sites, places, people, assets, staff and their roles.
//! Data with dates, kept beside the event log; not part of any record.

mod ideas;
mod rules;

use crate::{
    ids::{PersonCode, SiteId, StaffId},
    roles::{Role, Roles},
    time::{self, Instant},
};
use chrono::{Datelike, NaiveDate};
pub use ideas::{Idea, IdeaFault, LONGEST_IDEA, LeftOut, MOST_IDEAS};
pub use rules::{Contract, Council, LoadedFramework};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::RangeInclusive};

const BEST_KNOWN_BY: [Role; 12] = [
    Role::RegisteredManager,
    Role::DeputyManager,
    Role::MedicationLead,
    Role::MaintenanceLead,
    Role::BehaviourLead,
    Role::ShiftLead,
    Role::Senior,
    Role::Provider,
    Role::Administrator,
    Role::Inspector,
    Role::Commissioner,
    Role::Reporter,
];

/// Everything a device or the server knows about the provider's own lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Directory {
    /// Name of the provider, as shown on screen.
    pub provider: String,
    pub sites: BTreeMap<SiteId, Site>,
    pub staff: BTreeMap<StaffId, Staff>,
    pub people: BTreeMap<PersonCode, Person>,
    /// By the code of the place, unique inside a provider.
    pub places: BTreeMap<String, Place>,
    /// By the code of the asset, unique inside a provider.
    pub assets: BTreeMap<String, Asset>,
    /// Councils whose safeguarding threshold the provider has loaded, by code.
    pub councils: BTreeMap<String, Council>,
    /// What contracts say about telling the commissioner, by code.
    pub contracts: BTreeMap<String, Contract>,
    /// Frameworks of inspection of the provider's own, by the id in the file. One of a built-in id takes its place.
    pub frameworks: BTreeMap<String, LoadedFramework>,
    /// Ideas for actions of the provider's own, by code.
    pub ideas: BTreeMap<String, Idea>,
    /// Ideas that come with the product and are not offered somewhere, by their id.
    pub left_out: BTreeMap<String, LeftOut>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    pub name: String,
    /// Wings, floors or rounds; the first one is the default of a report.
    pub units: Vec<String>,
    /// Audits are expected for periods that begin on or after this date.
    pub live_from: Option<NaiveDate>,
    pub settings: Settings,
    /// Every change of `settings.rules`, oldest first, kept for ever. Written by the server only.
    pub rule_changes: Vec<RuleChange>,
    /// Number to call for the senior or manager on call; shown on the "get help first" page.
    pub on_call: String,
    /// What the provider calls its own logs: destination code -> name.
    pub log_names: BTreeMap<String, String>,
    /// Code of the council that looks after safeguarding here; empty: not said.
    pub council: String,
    pub retired: bool,
}

impl Site {
    /// A first day before this year is a slip of the keyboard.
    pub const FIRST_YEAR: i32 = 1950;
    /// A home is prepared at most this long before it begins.
    pub const MOST_DAYS_AHEAD: u64 = 366;

    /// The first day is one that somebody can have meant.
    pub fn begins_in_sight(&self, today: NaiveDate) -> bool {
        let last = time::add_days(today, Self::MOST_DAYS_AHEAD);
        self.live_from.is_none_or(|day| Self::FIRST_YEAR <= day.year() && day <= last)
    }
}

/// Settings of a site. Source: model.md section 14.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub step2_hours: u64,
    pub step3_hours: u64,
    pub step4_days: u64,
    pub step5_days: u64,
    pub returned_hours: u64,
    pub at_once_grace_min: u64,
    pub late_sync_min: u64,
    pub clock_skew_min: u64,
    pub audit_due_days: u64,
    pub oversight_due_days: u64,
    pub count_no_harm_incidents: bool,
    pub contract_hours: Option<u64>,
    /// rule -> threshold and days, or for `same_risk_group` also key -> threshold and days.
    pub rules: RuleNumbers,
}

/// What a care home may sensibly ask for, so that no due time leaves the calendar.
impl Settings {
    pub const HOURS: RangeInclusive<u64> = 1..=8_760;
    pub const DAYS: RangeInclusive<u64> = 1..=366;
    pub const MINUTES: RangeInclusive<u64> = 0..=1_440;
}

/// Numbers of rules that a site set itself; a rule that is not in it has the usual ones.
pub type RuleNumbers = BTreeMap<String, serde_json::Value>;

/// One change of the numbers of the rules of a site. See `patterns::Version` for what was in force when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleChange {
    /// Server clock.
    pub at: Instant,
    /// Empty for a reader who is not told.
    pub by: StaffId,
    pub reason: String,
    /// All numbers of the site before and after.
    pub before: RuleNumbers,
    pub after: RuleNumbers,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            step2_hours: 12,
            step3_hours: 24,
            step4_days: 7,
            step5_days: 28,
            returned_hours: 24,
            at_once_grace_min: 60,
            late_sync_min: 60,
            clock_skew_min: 5,
            audit_due_days: 14,
            oversight_due_days: 28,
            count_no_harm_incidents: false,
            contract_hours: None,
            rules: BTreeMap::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Staff {
    /// What colleagues call this person at work; shown beside decisions.
    pub name: String,
    pub roles: BTreeMap<SiteId, Vec<Role>>,
    /// First date of all roles of this person, included.
    pub from: Option<NaiveDate>,
    /// Last date of all roles of this person, included.
    pub to: Option<NaiveDate>,
    pub delegate: Vec<Delegation>,
    /// Roles that were taken away, by site: what was written before that and arrives later is judged by them. Written
    /// by the server only, and not given to devices.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub left: BTreeMap<SiteId, Left>,
}

/// What somebody held at a site until a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    pub roles: Vec<Role>,
    /// Server clock.
    pub at: Instant,
}

impl Staff {
    /// What changes from `old` to this one take away at a moment.
    pub fn note_what_ends(&mut self, old: &Staff, at: Instant) {
        let today = time::london_date(at);
        let was_here = within(today, old.from, old.to);
        let is_here = within(today, self.from, self.to);
        self.left = old.left.clone();
        for (site, had) in old.roles.iter().filter(|_| was_here) {
            let has = self.roles.get(site).filter(|_| is_here);
            if had.iter().any(|role| !has.is_some_and(|has| has.contains(role))) {
                self.left.insert(site.clone(), Left { roles: had.clone(), at });
            }
        }
    }
}

/// Stands in for the registered manager of a site between two dates, both included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delegation {
    pub site: SiteId,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A person who is supported: a code and where they live, never a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub site: SiteId,
    /// Code of the place (room, flat) where carers find this person.
    pub place: String,
    pub retired: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub site: SiteId,
    pub name: String,
    pub unit: String,
    pub retired: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asset {
    pub site: SiteId,
    pub name: String,
    pub place: String,
    /// Next date of the thorough examination, if the asset needs one.
    pub exam_due: Option<NaiveDate>,
    pub retired: bool,
}

/// What a person holds at a site on a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Roles of their own.
    pub own: Roles,
    /// Stands in for the registered manager on that date.
    pub delegate: bool,
}

impl Held {
    /// Own roles, and registered manager for a delegate.
    pub fn all(self) -> Roles {
        if self.delegate { self.own.with(Role::RegisteredManager) } else { self.own }
    }
}

impl Directory {
    /// Roles of a person at a site on a London date; both ends of every period are included.
    pub fn held(&self, who: &str, site: &str, date: NaiveDate) -> Held {
        let Some(staff) = self.staff.get(who) else { return Held::default() };
        if !within(date, staff.from, staff.to) {
            return Held::default();
        }
        Held {
            own: staff.roles.get(site).into_iter().flatten().copied().collect(),
            delegate: staff.delegate.iter().any(|stand_in| {
                &*stand_in.site == site && within(date, Some(stand_in.from), Some(stand_in.to))
            }),
        }
    }

    /// The same at an instant: with what was taken away later on.
    pub fn held_at(&self, who: &str, site: &str, at: Instant) -> Held {
        let date = time::london_date(at);
        let held = self.held(who, site, date);
        let left = self.staff.get(who).filter(|staff| within(date, staff.from, None));
        let left = left.and_then(|staff| staff.left.get(site)).filter(|left| at < left.at);
        let roles = left.into_iter().flat_map(|left| &left.roles);
        Held { own: roles.fold(held.own, |own, role| own.with(*role)), ..held }
    }

    /// Sites where a person holds any role on a date.
    pub fn sites_of(&self, who: &str, date: NaiveDate) -> impl Iterator<Item = &SiteId> {
        self.sites.keys().filter(move |site| !self.held(who, site, date).all().is_empty())
    }

    /// Settings of a site; the defaults for a site that is not known here.
    pub fn settings(&self, site: &str) -> Settings {
        self.sites.get(site).map(|site| site.settings.clone()).unwrap_or_default()
    }

    /// The role by which colleagues know somebody who holds several at a site, whatever the date.
    pub fn best_known_by(&self, who: &str, site: &str) -> Option<Role> {
        let held = self.staff.get(who)?.roles.get(site)?;
        BEST_KNOWN_BY.into_iter().find(|role| held.contains(role))
    }

    /// What a report needs on a shared device on which nobody has signed in: the lists of its site, and nobody of
    /// staff. Decision 011.
    pub fn of_tablet(&self, site: &SiteId) -> Directory {
        let mut own = Directory {
            provider: self.provider.clone(),
            sites: self.sites.clone(),
            people: self.people.clone(),
            places: self.places.clone(),
            assets: self.assets.clone(),
            ..Directory::default()
        };
        own.sites.retain(|known, _| known == site);
        own.people.retain(|_, person| person.site == *site);
        own.places.retain(|_, place| place.site == *site);
        own.assets.retain(|_, asset| asset.site == *site);
        own.hide_who_changed_rules();
        own
    }

    /// When a rule had which numbers stays; who wrote what about it goes.
    pub fn hide_who_changed_rules(&mut self) {
        for change in self.sites.values_mut().flat_map(|site| &mut site.rule_changes) {
            change.by = StaffId::default();
            change.reason.clear();
        }
    }

    /// Somebody who is supported lives at this place.
    pub fn is_home(&self, place: &str) -> bool {
        !place.is_empty() && self.people.values().any(|person| person.place == place)
    }

    /// The name of a member of staff, or their code where no name is kept.
    pub fn staff_name<'a>(&'a self, who: &'a str) -> &'a str {
        self.staff.get(who).map(|staff| staff.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(who)
    }
}

fn within(date: NaiveDate, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_day_is_at_most_a_year_ahead_and_not_of_another_age() {
        let date = |text: &str| time::parse_date(text).expect("a date");
        let fits = |day: &str| {
            let site = Site { live_from: Some(date(day)), ..Site::default() };
            site.begins_in_sight(date("2026-11-28"))
        };
        assert!(fits("2026-06-01") && fits("1950-01-01") && fits("2027-11-28"));
        assert!(!fits("2099-06-01") && !fits("1949-12-31") && !fits("2027-11-30"));
        assert!(Site::default().begins_in_sight(date("2026-11-28")), "none is said");
    }
}
