//! A framework of inspection in the provider's lists: checked whole when it is loaded, emptied when it is taken away.
//! What it was before stays in the history of the lists.

use super::{rights::Rights, rows::Problem};
use domain::{
    directory::{Directory, LoadedFramework},
    time::Instant,
};
use evidence::framework::{FrameworkFault, parse, shelf};

/// # Errors  Somebody who does not look after every site.
pub fn may_load(directory: &Directory, rights: &Rights) -> Result<(), Problem> {
    let Some(site) = directory.sites.keys().find(|site| !rights.kept.contains(*site)) else { return Ok(()) };
    let words = "Ask an administrator who manages all of them.";
    Err(("text", format!("A framework is for every site, and you do not manage the site {site}. {words}")))
}

/// The entry to keep. Its title and version are those in the file, whatever was sent beside it.
/// # Errors  Everything that is wrong with the file, one sentence each.
pub fn checked(
    directory: &Directory,
    id: &str,
    given: LoadedFramework,
    now: Instant,
) -> Result<LoadedFramework, Vec<Problem>> {
    let present = directory.frameworks.get(id);
    if given.retired {
        let present =
            present.ok_or_else(|| vec![("id", format!("There is no framework {id} to retire."))])?;
        return Ok(LoadedFramework { text: String::new(), retired: true, ..present.clone() });
    }
    let told = |faults: Vec<FrameworkFault>| -> Vec<Problem> {
        faults.iter().map(|fault| ("text", fault.to_string())).collect()
    };
    let framework = parse(&given.text).map_err(told)?;
    if framework.id != id {
        let words = format!("The file has the id {}, and it was sent as {id}. Load it again.", framework.id);
        return Err(vec![("id", words)]);
    }
    shelf::may_load(directory, &framework).map_err(|fault| told(vec![fault]))?;
    // Loaded a second time: it was loaded when it was loaded first.
    if let Some(present) = present.filter(|present| !present.retired && present.version == framework.version)
    {
        return Ok(present.clone());
    }
    let (title, version) = (framework.title, framework.version);
    Ok(LoadedFramework { title, version, loaded_at: Some(now), text: given.text, retired: false })
}
