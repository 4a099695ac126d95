//! Cuts the directory to the sites of the person who reads it, or to the site of a shared device.

use crate::door::who::KEEPERS;
use domain::{
    directory::Directory,
    ids::{SiteId, StaffId},
    roles::{Role, Roles},
};
use std::collections::BTreeMap;

/// Who lays out a pack by a framework, or loads one. Others need not carry a long text about in their pocket.
const LAY_OUT: Roles = KEEPERS.with(Role::DeputyManager).with(Role::Provider).with(Role::Inspector);

/// Who plans actions, or keeps the ideas for them. Others need not carry them about either.
const PLAN: Roles = KEEPERS
    .with(Role::DeputyManager)
    .with(Role::Provider)
    .with(Role::MedicationLead)
    .with(Role::MaintenanceLead)
    .with(Role::BehaviourLead);

/// `roles`: what the reader holds at each site today. A provider reads all sites.
pub fn cut(whole: &Directory, reader: &StaffId, roles: &BTreeMap<SiteId, Roles>) -> Directory {
    let is_provider = roles.values().any(|roles| roles.has(Role::Provider));
    let mine = |site: &SiteId| is_provider || roles.contains_key(site);
    let mut part = whole.clone();
    part.sites.retain(|site, _| mine(site));
    part.people.retain(|_, person| mine(&person.site));
    part.places.retain(|_, place| mine(&place.site));
    part.assets.retain(|_, asset| mine(&asset.site));
    // A council's text is no secret; what a contract says is nobody's business at a site that it does not cover.
    part.contracts.retain(|_, contract| part.sites.keys().any(|site| contract.covers(site)));
    part.contracts.values_mut().for_each(|contract| contract.sites.retain(|site| mine(site)));
    if !roles.values().any(|roles| roles.meets(LAY_OUT)) {
        part.frameworks.clear();
    }
    cut_ideas(&mut part, roles, mine);
    part.staff.retain(|id, staff| {
        let at_mine = |site: &SiteId| mine(site);
        staff.roles.retain(|site, _| at_mine(site));
        staff.delegate.retain(|stand_in| at_mine(&stand_in.site));
        // For whoever judges only.
        staff.left.clear();
        id == reader || !staff.roles.is_empty() || !staff.delegate.is_empty()
    });
    if only_commissions(roles) {
        part.staff.iter_mut().filter(|(id, _)| *id != reader).for_each(|(_, staff)| staff.name.clear());
        // A room, and what stands in it, tell who lives there.
        part.places.retain(|code, _| !whole.is_home(code));
        part.assets.retain(|_, asset| !whole.is_home(&asset.place));
        part.people.clear();
        part.contracts.clear();
        part.hide_who_changed_rules();
    }
    part
}

/// Ideas for actions go to those who use them, those of their sites; ended ones only to those who can bring them back.
fn cut_ideas(part: &mut Directory, roles: &BTreeMap<SiteId, Roles>, mine: impl Fn(&SiteId) -> bool) {
    let holds = |wanted: Roles| roles.values().any(|roles| roles.meets(wanted));
    if !holds(PLAN) {
        part.ideas.clear();
        part.left_out.clear();
        return;
    }
    let keeps = holds(KEEPERS.with(Role::Provider));
    let sites: Vec<SiteId> = part.sites.keys().cloned().collect();
    part.ideas.retain(|_, idea| (keeps || !idea.retired) && sites.iter().any(|site| idea.covers(site)));
    part.ideas.values_mut().for_each(|idea| idea.sites.retain(&mine));
    part.left_out.values_mut().for_each(|out| out.sites.retain(&mine));
    part.left_out.retain(|_, out| !out.sites.is_empty());
}

/// A commissioner reads without names.
fn only_commissions(roles: &BTreeMap<SiteId, Roles>) -> bool {
    let mut all = roles.values().peekable();
    all.peek().is_some() && all.all(|roles| *roles == Roles::of(&[Role::Commissioner]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        category::CATEGORIES,
        directory::{Asset, Idea, LeftOut, LoadedFramework, Person, Place, Site, Staff},
    };

    fn house() -> Directory {
        let staff = |name: &str, roles: &[(&str, Role)]| Staff {
            name: name.into(),
            roles: roles.iter().map(|(site, role)| (SiteId::from(*site), vec![*role])).collect(),
            ..Staff::default()
        };
        Directory {
            provider: "Willow Care".into(),
            sites: [("elm".into(), Site::default()), ("oak".into(), Site::default())].into(),
            staff: [
                ("ada".into(), staff("Ada", &[("elm", Role::Reporter)])),
                ("ben".into(), staff("Ben", &[("elm", Role::Senior), ("oak", Role::Senior)])),
                ("cat".into(), staff("Cat", &[("oak", Role::Reporter)])),
            ]
            .into(),
            people: ["elm", "oak"]
                .map(|site| (format!("P-{site}").into(), Person { site: site.into(), ..Person::default() }))
                .into(),
            places: ["elm", "oak"]
                .map(|site| (format!("{site}-hall"), Place { site: site.into(), ..Place::default() }))
                .into(),
            assets: ["elm", "oak"]
                .map(|site| (format!("{site}-hoist"), Asset { site: site.into(), ..Asset::default() }))
                .into(),
            frameworks: [("own".into(), LoadedFramework::default())].into(),
            ideas: [
                ("all".into(), Idea::default()),
                ("both".into(), idea(&["elm", "oak"], false)),
                ("oak".into(), idea(&["oak"], false)),
                ("ended".into(), idea(&[], true)),
            ]
            .into(),
            left_out: [("one", &["elm", "oak"][..]), ("two", &["oak"])]
                .map(|(id, sites)| {
                    (id.into(), LeftOut { sites: sites.iter().map(|site| SiteId::from(*site)).collect() })
                })
                .into(),
            ..Directory::default()
        }
    }

    fn idea(sites: &[&str], retired: bool) -> Idea {
        let sites = sites.iter().map(|site| SiteId::from(*site)).collect();
        Idea { sites, retired, ..Idea::default() }
    }

    #[test]
    fn ideas_for_actions_go_to_those_who_plan_at_their_sites() {
        let of = |role: Role| cut(&house(), &"zoe".into(), &[("elm".into(), Roles::of(&[role]))].into());
        let codes = |part: &Directory| part.ideas.keys().cloned().collect::<Vec<_>>().join(" ");
        for spec in CATEGORIES {
            let lead = of(spec.owner(4));
            assert_eq!(codes(&lead), "all both", "the ended one is nobody's who cannot bring it back");
            assert_eq!(lead.ideas["both"].sites, ["elm".into()], "other sites are nobody's business");
            assert!(lead.ideas["all"].sites.is_empty());
            let out: Vec<_> = lead.left_out.iter().map(|(id, out)| (id.as_str(), out.sites.len())).collect();
            assert_eq!(out, [("one", 1)]);
        }
        assert_eq!(codes(&of(Role::DeputyManager)), "all both");
        assert_eq!(codes(&of(Role::RegisteredManager)), "all both ended");
        assert_eq!(codes(&of(Role::Administrator)), "all both ended");
        for role in [Role::Reporter, Role::Senior, Role::ShiftLead, Role::Inspector, Role::Commissioner] {
            let part = of(role);
            assert!(part.ideas.is_empty() && part.left_out.is_empty(), "{role:?} plans nothing");
        }
    }

    #[test]
    fn a_reader_gets_their_own_sites_only() {
        let part = cut(&house(), &"ada".into(), &[("elm".into(), Roles::of(&[Role::Reporter]))].into());
        assert_eq!(part.sites.keys().map(|site| &**site).collect::<Vec<_>>(), ["elm"]);
        assert_eq!(part.staff.keys().map(|id| &**id).collect::<Vec<_>>(), ["ada", "ben"]);
        assert_eq!(part.staff["ben"].roles.len(), 1, "roles at other sites are nobody's business");
        assert_eq!(part.people.keys().map(|code| &**code).collect::<Vec<_>>(), ["P-elm"]);
        assert_eq!(part.places.keys().collect::<Vec<_>>(), ["elm-hall"]);
        assert_eq!(part.assets.keys().collect::<Vec<_>>(), ["elm-hoist"]);
        assert!(part.frameworks.is_empty(), "a carer makes no pack");
        let inspector = cut(&house(), &"zoe".into(), &[("elm".into(), Roles::of(&[Role::Inspector]))].into());
        assert_eq!(inspector.frameworks.len(), 1);
    }

    #[test]
    fn a_tablet_has_the_lists_of_its_site_and_nobody_of_staff() {
        let part = house().of_tablet(&"oak".into());
        assert_eq!(part.sites.keys().map(|site| &**site).collect::<Vec<_>>(), ["oak"]);
        assert_eq!(part.people.keys().map(|code| &**code).collect::<Vec<_>>(), ["P-oak"]);
        assert_eq!(part.places.keys().collect::<Vec<_>>(), ["oak-hall"]);
        assert_eq!(part.assets.keys().collect::<Vec<_>>(), ["oak-hoist"]);
        assert!(part.staff.is_empty());
        assert!(part.ideas.is_empty() && part.left_out.is_empty());
    }

    #[test]
    fn a_provider_gets_everything_and_a_commissioner_no_names() {
        let provider = cut(&house(), &"zoe".into(), &[("oak".into(), Roles::of(&[Role::Provider]))].into());
        assert_eq!(provider, house());
        let mut house = house();
        house.people.values_mut().for_each(|person| person.place = "room-16".into());
        let place = |name: &str| Place { site: "elm".into(), name: name.into(), ..Place::default() };
        house.places.insert("room-16".into(), place("Room 16"));
        let bed = Asset { site: "elm".into(), place: "room-16".into(), ..Asset::default() };
        house.assets.insert("bed-16".into(), bed);
        let commissioner =
            cut(&house, &"zoe".into(), &[("elm".into(), Roles::of(&[Role::Commissioner]))].into());
        assert_eq!(commissioner.places.keys().collect::<Vec<_>>(), ["elm-hall"], "no room of somebody");
        assert_eq!(commissioner.assets.keys().collect::<Vec<_>>(), ["elm-hoist"], "nor what stands in it");
        assert!(commissioner.people.is_empty());
        assert!(commissioner.staff.values().all(|staff| staff.name.is_empty()));
    }
}
