//! Words about the frameworks of inspection: what a pack for an inspector is laid out by.

use crate::text::common::count;
use evidence::{
    Framework,
    framework::{Status, shelf::Offered},
};

pub const TITLE: &str = "Inspection frameworks";
pub const HINT: &str =
    "What a pack for an inspector is laid out by. Load a newer one when the wording changes.";
pub const LEDE: &str = "A pack for an inspector is laid out by one of these. The regulator changes its wording from time to time. \
     Then somebody who manages every site loads a newer file here, once, and everybody has it.";
pub const LOAD: &str = "Load a framework";
pub const NONE_TITLE: &str = "You have no framework of your own.";
pub const NONE_WORDS: &str = "You need none until the regulator has new wording, or you want other evidence in a pack. Then save one of the files below, change it, and load it here.";
pub const TABLE: &str = "Frameworks that can be chosen";
pub const COPY: &str = "Save a copy";
pub const TAKE_AWAY: &str = "Take away";
pub const AWAY_SURE: &str = "Take this framework away?";
pub const AWAY_WORDS: &str = "Nobody can choose it any more. Packs that were made stay as they are. Links for people outside keep the copy that they were made with. Save a copy first if you may want it again.";
pub const AWAY_DONE: &str = "It was taken away.";
pub const AWAY: &str = "Taken away";
pub const AWAY_BACK: &str = "Load its file again to use it.";
pub const YOURS: &str = "Your own";
pub const CANNOT_SAVE: &str =
    "This browser cannot save a file. Open Noticed in another browser, and try again.";
pub const UNREADABLE: &str = "It was loaded with a newer version of Noticed, and this one cannot read it. Update the app. Until then it cannot be chosen here.";

pub const LOAD_LEDE: &str = "Save a copy of a framework from the list, change it, and choose the changed file here. Nothing changes for anybody until you have looked at it.";
pub const LOAD_HOW: &str = "How to change a file";
pub const LOAD_STEPS: [&str; 4] = [
    "Open the copy in a program for plain text.",
    "Change the titles, the sentences and the evidence. Every code in it is one that the app knows; leave out what you do not need.",
    "Give it a new version. A version means the same words for ever.",
    "Keep the id to replace the framework that you began with. Give it another id to have both.",
];
pub const FILE: &str = "Framework file";
pub const FILE_HINT: &str = "It ends with .json and is not larger than 256 KB";
pub const CHOOSE_FIRST: &str = "Choose a framework file first.";
pub const NO_FILE: &str = "Choose one framework file. It ends with .json and is not larger than 256 KB.";
pub const LOOK: &str = "Look at it, then load it";
pub const LOAD_FOR_ALL: &str = "Load it for everybody";
pub const STAYS: &str = "Packs and links that were made before stay as they are.";
pub const LOADED: &str = "It is loaded. Everybody who makes packs can choose it now.";

/// Where a framework comes from: "Built in, a draft".
pub fn whence(offered: &Offered) -> String {
    let draft = if offered.framework.status == Status::Draft { ", a draft" } else { "" };
    match (offered.is_own, offered.replaces()) {
        (false, _) => format!("Built in{draft}"),
        (true, None) => format!("Your own{draft}"),
        (true, Some(old)) => format!("Your own{draft}, {}", instead_of(old)),
    }
}

fn instead_of(old: &Framework) -> String {
    format!("instead of the built-in {}", old.edition())
}

/// Under its name in a choice.
pub fn origin(offered: &Offered) -> String {
    let whose = match (offered.is_own, offered.replaces()) {
        (false, _) => "Built in".to_owned(),
        (true, None) => "Your own".to_owned(),
        (true, Some(old)) => format!("Your own, {}", instead_of(old)),
    };
    format!("{whose}, {}", offered.framework.edition())
}

/// What loading a file changes. `now`: what is offered with the same id today.
pub fn what_changes(new: &Framework, now: Option<&Offered>) -> String {
    match now {
        None => "It is one more that can be chosen.".to_owned(),
        Some(now) if now.framework.version == new.version => {
            "It is loaded already, with the same words. Nothing changes.".to_owned()
        }
        Some(now) => {
            let whose = if now.is_own { "your own" } else { "built in" };
            format!(
                "It takes the place of \u{201c}{}\u{201d}, version {} ({whose}), for everybody.",
                now.framework.title, now.framework.version
            )
        }
    }
}

/// "23 entries, in Safe, Effective".
pub fn entries(framework: &Framework) -> String {
    let mut groups: Vec<&str> = Vec::new();
    for entry in &framework.entries {
        if !groups.contains(&entry.group.as_str()) {
            groups.push(&entry.group);
        }
    }
    format!("{}, in {}", count(framework.entries.len(), "entry", "entries"), groups.join(", "))
}

/// What the list calls the state of the wording.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::InForce => "In force",
        Status::Draft => "A draft",
        Status::Own => "Your own words",
    }
}

/// What is used once an own one is taken away; none where nothing takes its place.
pub fn instead(built_in: Option<&Framework>) -> Option<String> {
    built_in.map(|old| {
        format!("The built-in \u{201c}{}\u{201d}, version {}, can be chosen again.", old.title, old.version)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::framework;

    fn own(version: &str, id: &str) -> Offered {
        let framework =
            Framework { id: id.into(), version: version.into(), ..framework::quality_statements().clone() };
        Offered { framework, is_own: true }
    }

    #[test]
    fn own_ones_are_marked_and_say_what_they_replace() {
        let built_in = Offered { framework: framework::key_lines_of_enquiry().clone(), is_own: false };
        assert_eq!(origin(&built_in), "Built in, draft of November 2026");
        assert_eq!(origin(&own("1", "ours")), "Your own, version 1");
        assert_eq!(
            whence(&own("2", "quality-statements")),
            "Your own, instead of the built-in version of November 2026"
        );
    }

    #[test]
    fn loading_says_first_what_it_changes() {
        let now = own("1", "ours");
        assert!(what_changes(&own("2", "ours").framework, Some(&now)).contains("version 1 (your own)"));
        assert!(what_changes(&now.framework, Some(&now)).contains("Nothing changes"));
        assert!(what_changes(&now.framework, None).contains("one more"));
        assert!(entries(&now.framework).contains("entries, in Safe, Effective"));
    }
}
