//! Ideas for actions in the provider's lists: what is kept of a row, and who may change it.

use super::{rights::Rights, rights::not_kept, rows::Problem};
use domain::{
    category,
    directory::{Directory, Idea, LeftOut},
    ids::SiteId,
};
use std::collections::BTreeSet;

/// The idea to keep. It is changed by those who look after every site where it is offered, before and after.
/// # Errors  Everything that is wrong with it, one sentence each.
pub fn checked(directory: &Directory, rights: &Rights, id: &str, given: Idea) -> Result<Idea, Vec<Problem>> {
    let present = directory.ideas.get(id);
    let new = match (given.retired, present) {
        (true, None) => return Err(vec![("id", format!("There is no idea {id} to retire."))]),
        // One that a newer app wrote can end here, whatever it says.
        (true, Some(present)) => Idea { retired: true, ..present.clone() },
        (false, _) => given.tidied(),
    };
    if !new.retired {
        let faults = directory.faults_of_idea(id, &new);
        if !faults.is_empty() {
            return Err(faults.iter().map(|fault| (fault.field(), fault.to_string())).collect());
        }
    }
    let covered = |site: &SiteId| new.covers(site) || present.is_some_and(|old| old.covers(site));
    match directory.sites.keys().find(|site| covered(site) && !rights.kept.contains(*site)) {
        Some(site) => Err(vec![("sites", not_kept(site).1)]),
        None => Ok(new),
    }
}

/// Where an idea that comes with the product is left out from now on. Sites of others stay as they are, because the
/// author is not told of them.
/// # Errors  One sentence about what cannot be so.
pub fn left_out(
    directory: &Directory,
    rights: &Rights,
    id: &str,
    given: LeftOut,
) -> Result<LeftOut, Problem> {
    if category::shipped(id).is_none() {
        return Err(("id", format!("There is no idea {id} that comes with Noticed.")));
    }
    let before: BTreeSet<SiteId> =
        directory.left_out.get(id).into_iter().flat_map(|out| out.sites.iter().cloned()).collect();
    let given: BTreeSet<SiteId> = given.sites.into_iter().collect();
    if let Some(site) = given.iter().find(|site| !directory.sites.contains_key(*site)) {
        return Err(("sites", format!("There is no site {site}.")));
    }
    if let Some(site) = given.difference(&before).find(|site| !rights.kept.contains(*site)) {
        return Err(("sites", not_kept(site).1));
    }
    let of_others = before.into_iter().filter(|site| !rights.kept.contains(site));
    let sites: BTreeSet<SiteId> =
        of_others.chain(given.into_iter().filter(|site| rights.kept.contains(site))).collect();
    Ok(LeftOut { sites: sites.into_iter().collect() })
}
