//! The frameworks from which somebody chooses: the built-in ones and the provider's own, of each id one version.

use super::{Framework, FrameworkFault, MOST_OWN, all, find, parse};
use domain::directory::{Directory, LoadedFramework};

/// One that may be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    pub framework: Framework,
    /// Loaded by the provider.
    pub is_own: bool,
}

impl Offered {
    /// Takes the place of the built-in one of the same id.
    pub fn replaces(&self) -> Option<&'static Framework> {
        find(&self.framework.id).filter(|_| self.is_own)
    }
}

/// All that may be chosen: the built-in ones first, each as the provider replaced it, then the other own ones.
pub fn offered(directory: &Directory) -> Vec<Offered> {
    let mut own: Vec<Framework> = in_use(directory).filter_map(|loaded| parse(&loaded.text).ok()).collect();
    own.sort_by_key(|framework| framework.title.to_lowercase());
    let mut offered: Vec<Offered> = all()
        .into_iter()
        .map(|built_in| match own.iter().position(|own| own.id == built_in.id) {
            Some(at) => Offered { framework: own.remove(at), is_own: true },
            None => Offered { framework: built_in.clone(), is_own: false },
        })
        .collect();
    offered.extend(own.into_iter().map(|framework| Offered { framework, is_own: true }));
    offered
}

/// The one of this id.
pub fn offer(directory: &Directory, id: &str) -> Option<Framework> {
    let own = directory.frameworks.get(id).filter(|loaded| !loaded.retired);
    own.and_then(|loaded| parse(&loaded.text).ok()).or_else(|| find(id).cloned())
}

/// Own ones in words that this version of the app does not know: they were loaded with a newer one.
pub fn unreadable(directory: &Directory) -> impl Iterator<Item = &LoadedFramework> {
    in_use(directory).filter(|loaded| parse(&loaded.text).is_err())
}

fn in_use(directory: &Directory) -> impl Iterator<Item = &LoadedFramework> {
    directory.frameworks.values().filter(|loaded| !loaded.retired)
}

/// Whether a file that reads well fits what is there: a version means the same words for ever.
/// # Errors  Why not.
pub fn may_load(directory: &Directory, new: &Framework) -> Result<(), FrameworkFault> {
    let built_in = all();
    let known = built_in.iter().map(|known| &known.id).chain(directory.frameworks.keys());
    let mut twins = known.filter(|id| **id != new.id && id.eq_ignore_ascii_case(&new.id));
    if let Some(twin) = twins.next() {
        return Err(FrameworkFault::AlmostTheSame(twin.clone()));
    }
    if find(&new.id).is_some_and(|built_in| built_in.version == new.version) {
        return Err(FrameworkFault::BuiltIn { id: new.id.clone(), version: new.version.clone() });
    }
    match directory.frameworks.get(&new.id).filter(|present| !present.retired) {
        Some(present) if present.version == new.version && parse(&present.text).as_ref() != Ok(new) => {
            Err(FrameworkFault::OtherWords(new.version.clone()))
        }
        None if in_use(directory).count() >= MOST_OWN => Err(FrameworkFault::Full),
        _ => Ok(()),
    }
}

/// What became of a framework since somebody kept a copy of it, in one sentence; none where it is still the one.
pub fn since(directory: &Directory, kept: &Framework) -> Option<String> {
    match offer(directory, &kept.id) {
        None => Some(
            "The service has taken this framework away since; this is the copy that was kept.".to_owned(),
        ),
        Some(now) if now.version != kept.version => Some(format!(
            "The service uses another one now: {}. This is the one that was kept: {}.",
            now.edition(),
            kept.edition()
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::quality_statements, *};

    fn own(id: &str, version: &str, title: &str) -> Framework {
        let (id, version, title) = (id.to_owned(), version.to_owned(), title.to_owned());
        Framework { id, version, title, ..quality_statements().clone() }
    }

    fn with(files: &[&Framework]) -> Directory {
        let mut directory = Directory::default();
        for file in files {
            let text = serde_json::to_string(file).expect("text");
            let loaded =
                LoadedFramework { version: file.version.clone(), text, ..LoadedFramework::default() };
            directory.frameworks.insert(file.id.clone(), loaded);
        }
        directory
    }

    fn titles(directory: &Directory) -> Vec<(String, bool)> {
        offered(directory).into_iter().map(|offered| (offered.framework.title, offered.is_own)).collect()
    }

    #[test]
    fn an_own_one_takes_the_place_of_the_built_in_one_until_it_is_taken_away() {
        let statements = own("quality-statements", "2027-01", "Statements of 2027");
        let mut directory = with(&[&statements, &own("b", "1", "Zebra"), &own("a", "1", "apple")]);
        let draft = all()[1].title.clone();
        let expected = [("Statements of 2027", true), (&draft, false), ("apple", true), ("Zebra", true)];
        assert_eq!(titles(&directory), expected.map(|(title, own)| (title.to_owned(), own)));
        assert_eq!(offered(&directory)[0].replaces(), Some(quality_statements()));
        assert_eq!(offered(&directory)[1].replaces(), None);
        if let Some(loaded) = directory.frameworks.get_mut("quality-statements") {
            loaded.retired = true;
        }
        assert_eq!(offer(&directory, "quality-statements").as_ref(), Some(quality_statements()));
    }

    #[test]
    fn a_version_means_the_same_words_for_ever() {
        let first = own("mine", "1", "Mine");
        let directory = with(&[&first]);
        let refused = |new: &Framework| may_load(&directory, new).err();
        assert_eq!(refused(&first), None, "the same file again");
        assert_eq!(refused(&own("mine", "2", "Mine")), None);
        assert_eq!(refused(&own("mine", "1", "Ours")), Some(FrameworkFault::OtherWords("1".into())));
        assert_eq!(refused(&own("MINE", "3", "Mine")), Some(FrameworkFault::AlmostTheSame("mine".into())));
        let built_in = quality_statements();
        let fault = FrameworkFault::BuiltIn { id: built_in.id.clone(), version: built_in.version.clone() };
        assert_eq!(refused(&Framework { title: "Changed".into(), ..built_in.clone() }), Some(fault));
    }

    #[test]
    fn there_is_room_for_ten() {
        let all: Vec<Framework> = (0..MOST_OWN).map(|nr| own(&format!("f{nr}"), "1", "F")).collect();
        let mut directory = with(&all.iter().collect::<Vec<_>>());
        let one_more = own("more", "1", "More");
        assert_eq!(may_load(&directory, &one_more), Err(FrameworkFault::Full));
        assert_eq!(may_load(&directory, &own("f3", "2", "F")), Ok(()), "a newer version takes no room");
        if let Some(loaded) = directory.frameworks.get_mut("f3") {
            loaded.retired = true;
        }
        assert_eq!(may_load(&directory, &one_more), Ok(()));
    }

    #[test]
    fn what_became_of_a_copy_is_said() {
        let kept = own("mine", "1", "Mine");
        assert_eq!(since(&with(&[&kept]), &kept), None);
        let newer = since(&with(&[&own("mine", "2", "Mine")]), &kept).expect("a sentence");
        assert_eq!(
            newer,
            "The service uses another one now: version 2. This is the one that was kept: version 1."
        );
        assert!(
            since(&Directory::default(), &kept).expect("a sentence").contains("taken this framework away")
        );
        assert_eq!(since(&Directory::default(), quality_statements()), None);
    }

    #[test]
    fn a_file_of_a_newer_app_is_named_and_not_offered() {
        let mut directory = with(&[&own("mine", "1", "Mine")]);
        if let Some(loaded) = directory.frameworks.get_mut("mine") {
            loaded.text = loaded.text.replace("\"near_misses\"", "\"a_figure_of_2030\"");
        }
        assert_eq!((titles(&directory).len(), unreadable(&directory).count()), (2, 1));
    }
}
