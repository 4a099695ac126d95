//! Files of earlier builds of the app, kept beside the data: a phone that has an old page open still gets the old
//! script that the page names, also after a new build took the place of its folder.
//! Only files with a hash in their name: those never change.

use chrono::TimeDelta;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    fs, io,
    path::{Path, PathBuf},
};

const KEPT_FOR: TimeDelta = TimeDelta::days(60);
const MOST_BUILDS: usize = 5;
const FOLDER: &str = "builds";
const LIST: &str = "builds.json";

/// Name to place on disk.
pub type Earlier = HashMap<String, PathBuf>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Build {
    files: BTreeSet<String>,
    /// `None`: the one in use.
    replaced_at: Option<Instant>,
}

/// Notes the build in `dist` with these files, keeps a copy of them in the data folder, and gives the files of the
/// builds before it. A build goes 60 days after another one took its place, or when five newer ones have come.
/// # Errors  when the data folder cannot be read or written.
pub fn remember(data: &Path, dist: &Path, files: BTreeSet<String>, now: Instant) -> io::Result<Earlier> {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let list = folder.join(LIST);
    let builds = following(read(&list)?, files, now);
    for name in builds.last().iter().flat_map(|build| &build.files) {
        copy(&dist.join(name), &folder.join(name))?;
    }
    // The list first: a file without an entry is found and removed, an entry without a file would promise too much.
    write(&list, &builds)?;
    let kept: BTreeSet<&String> = builds.iter().flat_map(|build| &build.files).collect();
    for path in files_in(&folder)? {
        let name = path.strip_prefix(&folder).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
        if name.is_some_and(|name| name != LIST && !kept.contains(&name)) {
            fs::remove_file(&path)?;
        }
    }
    let earlier = builds.iter().rev().skip(1).flat_map(|build| &build.files);
    Ok(earlier.map(|name| (name.clone(), folder.join(name))).filter(|(_, path)| path.is_file()).collect())
}

/// The builds after this one has come, the one in use last.
fn following(mut builds: Vec<Build>, files: BTreeSet<String>, now: Instant) -> Vec<Build> {
    if files.is_empty() {
        // Nothing is built: nothing takes the place of what was.
        return builds;
    }
    builds.retain(|build| build.files != files);
    for build in &mut builds {
        build.replaced_at.get_or_insert(now);
    }
    builds.retain(|build| build.replaced_at.is_some_and(|replaced_at| now - replaced_at <= KEPT_FOR));
    builds.drain(..builds.len().saturating_sub(MOST_BUILDS));
    builds.push(Build { files, replaced_at: None });
    builds
}

/// A list that cannot be read is begun anew.
fn read(list: &Path) -> io::Result<Vec<Build>> {
    match fs::read(list) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn write(list: &Path, builds: &[Build]) -> io::Result<()> {
    let new = list.with_extension("new");
    fs::write(&new, serde_json::to_vec(builds)?)?;
    fs::rename(new, list)
}

/// The same file under a second name where the disk can do that: what a name with a hash stands for never changes.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

/// Every file below a folder.
pub fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files_in(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    fn day(text: &str) -> Instant {
        parse_instant(&format!("{text}T12:00:00Z")).expect("a day")
    }

    fn build(dist: &Path, names: &[&str]) -> BTreeSet<String> {
        fs::remove_dir_all(dist).unwrap_or_default();
        fs::create_dir_all(dist).expect("a folder");
        for name in names {
            fs::write(dist.join(name), name).expect("written");
        }
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn names(earlier: &Earlier) -> Vec<&str> {
        let mut names: Vec<&str> = earlier.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_build_stays_for_sixty_days_after_another_took_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, dist) = (folder.path().join("data"), folder.path().join("dist"));
        let start =
            |names: &[&str], date| remember(&data, &dist, build(&dist, names), day(date)).expect("kept");
        assert!(start(&["a-1.js", "a-1.js.br"], "2026-01-01").is_empty());
        // The server ran for months before the next one came.
        let earlier = start(&["b-2.js"], "2026-06-01");
        assert_eq!(names(&earlier), ["a-1.js", "a-1.js.br"]);
        assert_eq!(fs::read(&earlier["a-1.js"]).expect("there"), b"a-1.js");
        assert_eq!(names(&start(&["b-2.js"], "2026-07-30")), ["a-1.js", "a-1.js.br"]);
        assert!(start(&["b-2.js"], "2026-08-01").is_empty());
        assert!(!data.join("builds/a-1.js").exists());
        // Back to an older build: it is in use again, and the newer one is kept.
        assert_eq!(names(&start(&["a-1.js"], "2026-08-02")), ["b-2.js"]);
        // A folder that is empty for a moment takes nothing away.
        assert_eq!(names(&start(&[], "2026-08-03")), ["b-2.js"]);
    }

    #[test]
    fn of_many_builds_the_last_five_are_kept_beside_the_one_in_use() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, dist) = (folder.path().join("data"), folder.path().join("dist"));
        let mut earlier = Earlier::new();
        for number in 1..=8 {
            let files = build(&dist, &[&format!("app-{number}.js")]);
            earlier = remember(&data, &dist, files, day("2026-03-01")).expect("kept");
        }
        assert_eq!(names(&earlier), ["app-3.js", "app-4.js", "app-5.js", "app-6.js", "app-7.js"]);
    }
}
