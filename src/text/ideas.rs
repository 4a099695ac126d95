//! Words about the ideas for actions: a provider's own, and those that come with the app.

use crate::text::common::count;
use domain::category::CategorySpec;

pub const TITLE: &str = "Ideas for actions";
pub const HINT: &str =
    "What people can choose when they plan an action. Add your own. Leave out what does not fit.";
pub const LEDE: &str = "When somebody plans an action, the app shows ideas to start from. Your own ideas come first. \
     Then come those of the app.";
pub const ADD: &str = "Add an idea";
pub const CHANGE: &str = "Change an idea";
pub const IMPORT: &str = "Import a CSV file";
pub const OWN: &str = "Your own ideas";
pub const NONE_TITLE: &str = "You have no ideas of your own.";
pub const NONE_WORDS: &str = "Add one when an action worked well and others can use it too.";
pub const WHICH: &str = "What is the idea for?";
pub const NOT_HERE: &str = "This idea is not here.";
pub const NOT_HERE_WORDS: &str = "It may be an idea of a site that you do not manage.";

pub const TEXT: &str = "What will be done?";
pub const TEXT_HINT: &str = "Say what changes, and where. Never type a name";
pub const SITES: &str = "Sites";
pub const SITES_HINT: &str = "Leave all empty if it is for every site";
pub const SAVED: &str = "The idea is saved. People see it when they plan an action.";
/// In the middle of a sentence.
pub const ONE: &str = "idea";
pub const RETIRED: &str = "The idea is retired. Actions that began with it stay.";
pub const RETIRE_SURE: &str = "Retire this idea?";
pub const RETIRE_WORDS: &str = "Nobody can choose it any more. Actions that began with it stay.";
pub const IS_RETIRED: &str = "This idea is retired. Save it to use it again.";
pub const COPIED: &str =
    "This is a copy of an idea of the app. Change the words. The idea of the app stays as it is.";

pub const SHIPPED: &str = "Ideas of the app";
pub const SHIPPED_LEDE: &str = "These come with the app. Nobody can change their words. You can leave one out here, or \
     change a copy of it.";
pub const OFFERED: &str = "Offered";
pub const NOT_OFFERED: &str = "Not offered here";
pub const LEAVE_OUT: &str = "Do not offer here";
pub const OFFER_AGAIN: &str = "Offer again";
pub const COPY: &str = "Change a copy";
pub const AT_WHICH: &str = "At which sites?";
pub const ASK_LEAVE_OUT: &str = "Do not offer this idea";
pub const ASK_OFFER: &str = "Offer this idea again";
pub const LEFT_OUT_DONE: &str = "The idea is not offered any more.";
pub const OFFERED_DONE: &str = "The idea is offered again.";

pub const CSV_WORDS: &str = "Use the words of the form: the name of the category, how strong it is, and what kind of \
     action it is. In the column \u{201c}of\u{201d}, name the errors, hazards or behaviour, with a semicolon between them. Leave it \
     empty if the idea is for all. An idea that is on the list already is changed, and not added twice. Nothing is \
     imported until you have looked at every row.";

/// The question about one list of causes, by the name of the list.
pub fn which(list: &str) -> &'static str {
    match list {
        "error_type" => "For which errors?",
        "hazard" => "For which hazards?",
        "behaviour_type" => "For which behaviour?",
        "behaviour_trigger" => "For what happened before?",
        _ => "For which of these?",
    }
}

pub const WHICH_HINT: &str = "Leave all empty if the idea is for all";
pub const WHICH_UNDER: &str = "Offer it only for some near misses";

/// "Wrong dose, Allergy", or that it is for all.
pub fn causes(spec: Option<&CategorySpec>, of: &[&str]) -> String {
    if of.is_empty() {
        return "All".to_owned();
    }
    let label = |code: &&str| {
        let known = spec.and_then(|spec| spec.causes().find_map(|list| list.find(code)));
        known.map_or(*code, |code| code.label).to_owned()
    };
    of.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// "Medicines: 22 ideas, 1 not offered here".
pub fn group(name: &str, total: usize, left_out: usize) -> String {
    let ideas = count(total, "idea", "ideas");
    match left_out {
        0 => format!("{name}: {ideas}"),
        out => format!("{name}: {ideas}, {out} not offered here"),
    }
}

pub fn at_this_site(name: &str) -> String {
    format!("Only at {name}")
}

pub fn at_all(sites: usize) -> String {
    format!("At all {sites} sites that you manage")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::category;

    #[test]
    fn causes_are_named_and_an_unknown_one_keeps_its_code() {
        let spec = category::find("behaviour");
        assert_eq!(
            causes(spec, &["throwing", "noise", "new_one"]),
            "Throwing or breaking things, Noise, new_one"
        );
        assert_eq!(causes(spec, &[]), "All");
        assert_eq!(causes(None, &["noise"]), "noise");
    }

    #[test]
    fn every_list_of_causes_has_a_question_of_its_own() {
        for list in category::CATEGORIES.into_iter().flat_map(category::CategorySpec::causes) {
            assert_ne!(which(list.name), which(""), "{}", list.name);
        }
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(group("Medicines", 22, 0), "Medicines: 22 ideas");
        assert_eq!(group("Medicines", 22, 1), "Medicines: 22 ideas, 1 not offered here");
    }
}
