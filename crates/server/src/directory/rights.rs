//! What the author of a change of the lists may not do, row by row.
//! Whoever looks after a site changes its lists; nobody lifts themself or others higher than they stand.

use super::rows::Problem;
use crate::door::who::KEEPERS;
use domain::{
    directory::Staff,
    ids::SiteId,
    roles::{Role, Roles},
};
use std::collections::{BTreeMap, BTreeSet};

/// Given, taken away and looked after only by those who hold one of them.
pub const HIGHER: Roles = Roles::of(&[Role::Provider, Role::Administrator]);

pub struct Rights {
    /// Sites that the author looks after.
    pub kept: BTreeSet<SiteId>,
    pub holds_higher: bool,
    pub is_provider: bool,
}

/// A member of staff before and after.
pub struct Move<'a> {
    pub old: &'a Staff,
    pub new: &'a Staff,
    pub is_new: bool,
}

impl Rights {
    /// `roles`: what the author holds at each site today.
    pub fn of(roles: &BTreeMap<SiteId, Roles>) -> Rights {
        let kept =
            roles.iter().filter(|(_, held)| held.meets(KEEPERS)).map(|(site, _)| site.clone()).collect();
        let holds = |wanted: Roles| roles.values().any(|held| held.meets(wanted));
        Rights { kept, holds_higher: holds(HIGHER), is_provider: holds(Roles::of(&[Role::Provider])) }
    }

    pub fn exceeded_by(&self, change: &Move<'_>) -> Vec<Problem> {
        let mut problems: Vec<Problem> =
            change.sites().into_iter().flat_map(|site| self.exceeded_at(site, change)).collect();
        problems.extend(self.exceeded_by_stand_ins(change));
        problems.extend(self.exceeded_by_dates(change));
        let mine = change.sites().into_iter().any(|site| self.kept.contains(site));
        let at_no_site_yet = change.is_new && change.new.roles.is_empty();
        if problems.is_empty() && !mine && !at_no_site_yet {
            problems.push(("roles", "This person works at no site that you manage.".into()));
        }
        problems
    }

    fn exceeded_at(&self, site: &SiteId, change: &Move<'_>) -> Vec<Problem> {
        let (was, is) = (roles_at(change.old, site), roles_at(change.new, site));
        let moved = |role: Role| was.has(role) != is.has(role);
        let mut problems = Vec::new();
        if was != is && !self.kept.contains(site) {
            problems.push(("roles", not_kept(site).1));
        }
        if !self.holds_higher && HIGHER.iter().any(moved) {
            let words = "Only an administrator or the provider can give or take this role.";
            problems.push(("roles", words.into()));
        }
        // The provider reads every site: only a provider makes another one.
        if !self.is_provider && self.holds_higher && moved(Role::Provider) {
            problems.push(("roles", "Only the provider can give or take the role of provider.".into()));
        }
        problems
    }

    fn exceeded_by_stand_ins(&self, change: &Move<'_>) -> Vec<Problem> {
        let (old, new) = (&change.old.delegate, &change.new.delegate);
        let moved =
            new.iter().filter(|one| !old.contains(one)).chain(old.iter().filter(|one| !new.contains(one)));
        let foreign = moved.filter(|stand_in| !self.kept.contains(&stand_in.site));
        foreign.map(|stand_in| ("delegate", not_kept(&stand_in.site).1)).collect()
    }

    /// A name or dates hold for all sites and roles of a person.
    fn exceeded_by_dates(&self, change: &Move<'_>) -> Option<Problem> {
        let (old, new) = (change.old, change.new);
        if change.is_new || (old.from, old.to, &old.name) == (new.from, new.to, &new.name) {
            return None;
        }
        let held: Roles = old.roles.values().flatten().copied().collect();
        if held.meets(HIGHER) && !self.holds_higher {
            return Some(("roles", "Only an administrator or the provider can change this person.".into()));
        }
        let elsewhere = old.roles.keys().any(|site| !self.kept.contains(site));
        elsewhere.then(|| ("to", "This person also works at a site you do not manage.".into()))
    }
}

impl<'a> Move<'a> {
    /// Somebody gets a role beyond reporting, at one more site or for longer, or stands in for a manager.
    pub fn gives_more(&self) -> bool {
        let (old, new) = (self.old, self.new);
        let gets = |site: &SiteId| {
            let had = roles_at(old, site);
            let got: Roles = roles_at(new, site).iter().filter(|role| !had.has(*role)).collect();
            got.is_more_than_reporting()
        };
        let for_longer = old.from.is_some_and(|was| new.from.is_none_or(|is| is < was))
            || old.to.is_some_and(|was| new.to.is_none_or(|is| is > was));
        new.roles.keys().any(gets)
            || new.delegate.iter().any(|one| !old.delegate.contains(one))
            || (for_longer && leads(new))
    }

    fn sites(&self) -> BTreeSet<&'a SiteId> {
        self.old.roles.keys().chain(self.new.roles.keys()).collect()
    }
}

/// Holds a role beyond reporting, or stands in for a manager, at any site and time.
pub fn leads(staff: &Staff) -> bool {
    let held: Roles = staff.roles.values().flatten().copied().collect();
    held.is_more_than_reporting() || !staff.delegate.is_empty()
}

pub fn not_kept(site: &str) -> Problem {
    ("site", format!("You do not manage the site {site}."))
}

fn roles_at(staff: &Staff, site: &SiteId) -> Roles {
    staff.roles.get(site).into_iter().flatten().copied().collect()
}
