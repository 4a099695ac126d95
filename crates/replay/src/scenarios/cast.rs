//! The provider of a scenario: its sites and staff as a directory.

use super::file::Scenario;
use domain::directory::{Directory, Site, Staff};
use std::sync::Arc;

pub fn directory(scenario: &Scenario) -> Arc<Directory> {
    let sites = scenario.sites.iter().map(|site| {
        let known = Site {
            name: site.id.clone(),
            units: site.units.clone(),
            live_from: site.live_from,
            settings: site.settings.clone(),
            ..Site::default()
        };
        (site.id.as_str().into(), known)
    });
    let staff = scenario.staff.iter().map(|person| {
        let roles = person.roles.iter().map(|(site, roles)| (site.as_str().into(), roles.clone()));
        let known = Staff {
            name: String::new(),
            roles: roles.collect(),
            from: person.from,
            to: person.to,
            delegate: person.delegate.iter().map(Into::into).collect(),
            ..Staff::default()
        };
        (person.id.as_str().into(), known)
    });
    Arc::new(Directory { sites: sites.collect(), staff: staff.collect(), ..Directory::default() })
}
