//! Ideas for actions that a provider keeps for step 4, and which of those that come with the product it leaves out.
//! What comes with the product is in `category`; nobody rewrites it.

use super::Directory;
use crate::{
    category::{self, CategorySpec},
    ids::SiteId,
    vocabulary::{ACTION_KIND, CONTROL_STRENGTH},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Characters of one idea: two or three sentences.
pub const LONGEST_IDEA: usize = 300;
/// Ideas in use at one provider.
pub const MOST_IDEAS: usize = 200;

/// An action to start from, in the provider's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Idea {
    pub category: String,
    pub text: String,
    /// Code of `control_strength`.
    pub strength: String,
    /// Code of `action_kind`.
    pub kind: String,
    /// Subtypes or triggers that it fits; empty: any record of the category.
    pub of: Vec<String>,
    /// Sites where it is offered; empty: every site of the provider.
    pub sites: Vec<SiteId>,
    pub retired: bool,
}

/// Where an idea that comes with the product is not offered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftOut {
    pub sites: Vec<SiteId>,
}

/// Why an idea cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdeaFault {
    #[error("Write what will be done.")]
    NoWords,
    #[error("The idea is too long. Use at most {LONGEST_IDEA} letters.")]
    TooLong,
    #[error("There is no category {0}.")]
    UnknownCategory(String),
    #[error("Select how strong it is.")]
    UnknownStrength,
    #[error("Select what kind of action it is.")]
    UnknownKind,
    #[error("There is no {0} on the list of this category.")]
    UnknownCause(String),
    #[error("{0} is there twice.")]
    CauseTwice(String),
    #[error("There is no site {0}.")]
    UnknownSite(String),
    #[error("This idea comes with Noticed already. Change the words, or use that one.")]
    Shipped,
    #[error("You have an idea with the same words already. Change that one.")]
    Doubled,
    #[error("You have {MOST_IDEAS} ideas, and more cannot be kept. Retire one first.")]
    TooMany,
}

impl IdeaFault {
    /// The field of `Idea` that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::UnknownCategory(_) => "category",
            Self::UnknownStrength => "strength",
            Self::UnknownKind => "kind",
            Self::UnknownCause(_) | Self::CauseTwice(_) => "of",
            Self::UnknownSite(_) => "sites",
            _ => "text",
        }
    }
}

impl Idea {
    pub fn covers(&self, site: &str) -> bool {
        self.sites.is_empty() || self.sites.iter().any(|own| **own == *site)
    }

    /// The words on one line, with single blanks, as they are kept.
    pub fn tidied(self) -> Idea {
        let text: String =
            self.text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        Idea { text: text.split_whitespace().collect::<Vec<_>>().join(" "), ..self }
    }

    /// A code for a new idea, from its words and its sites: the same idea has the same code, so that a file that is
    /// read a second time adds nothing.
    pub fn code(&self) -> String {
        const LONGEST: usize = 48;
        let plain = plain(&self.text);
        let words =
            plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut code = self.category.clone();
        for word in words {
            if code.len() + 1 + word.len() > LONGEST {
                break;
            }
            code.push('-');
            code.push_str(word);
        }
        let sites: BTreeSet<&str> = self.sites.iter().map(|site| &**site).collect();
        let all = sites.into_iter().chain([plain.as_str()]).flat_map(|part| part.bytes().chain([0]));
        // Long ideas may begin with the same words; others have no letter of this alphabet.
        let sum = all.fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{code}-{sum:08x}")
    }

    fn meets(&self, other: &Idea) -> bool {
        self.covers_all() || other.covers_all() || self.sites.iter().any(|site| other.covers(site))
    }

    fn covers_all(&self) -> bool {
        self.sites.is_empty()
    }
}

/// Words alone decide whether two ideas are the same.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.trim_end_matches('.').to_owned()
}

impl Directory {
    /// Everything that is wrong with an idea that is to be kept under this code.
    pub fn faults_of_idea(&self, id: &str, idea: &Idea) -> Vec<IdeaFault> {
        let spec = category::find(&idea.category);
        let mut faults: Vec<IdeaFault> = self.fault_of_words(id, idea, spec).into_iter().collect();
        match spec {
            None => faults.push(IdeaFault::UnknownCategory(idea.category.clone())),
            Some(spec) => faults.extend(fault_of_causes(spec, &idea.of)),
        }
        if !CONTROL_STRENGTH.has(&idea.strength) {
            faults.push(IdeaFault::UnknownStrength);
        }
        if !ACTION_KIND.has(&idea.kind) {
            faults.push(IdeaFault::UnknownKind);
        }
        let unknown = idea.sites.iter().find(|site| !self.sites.contains_key(*site));
        faults.extend(unknown.map(|site| IdeaFault::UnknownSite(site.to_string())));
        faults
    }

    fn fault_of_words(&self, id: &str, idea: &Idea, spec: Option<&CategorySpec>) -> Option<IdeaFault> {
        if idea.text.trim().is_empty() {
            return Some(IdeaFault::NoWords);
        }
        if idea.text.chars().count() > LONGEST_IDEA {
            return Some(IdeaFault::TooLong);
        }
        let words = plain(&idea.text);
        let shipped = spec.map(CategorySpec::templates).unwrap_or_default();
        if shipped.iter().any(|one| plain(one.text) == words) {
            return Some(IdeaFault::Shipped);
        }
        let others =
            || self.ideas.iter().filter(|(code, one)| *code != id && !one.retired).map(|(_, one)| one);
        let same = |other: &Idea| {
            other.category == idea.category && plain(&other.text) == words && other.meets(idea)
        };
        if others().any(same) {
            return Some(IdeaFault::Doubled);
        }
        (others().count() >= MOST_IDEAS).then_some(IdeaFault::TooMany)
    }

    /// The provider's own ideas in use at a site, in the order of their words.
    pub fn ideas_of(&self, category: &str, site: &str) -> Vec<&Idea> {
        let in_use = |idea: &&Idea| !idea.retired && idea.category == category && idea.covers(site);
        let mut ideas: Vec<&Idea> = self.ideas.values().filter(in_use).collect();
        ideas.sort_by(|one, other| one.text.cmp(&other.text));
        ideas
    }

    /// An idea that comes with the product is not offered at a site.
    pub fn is_left_out(&self, shipped: &str, site: &str) -> bool {
        self.left_out.get(shipped).is_some_and(|out| out.sites.iter().any(|one| **one == *site))
    }
}

fn fault_of_causes(spec: &CategorySpec, of: &[String]) -> Option<IdeaFault> {
    let unknown = of.iter().find(|code| !spec.causes().any(|list| list.has(code)));
    let twice = of.iter().enumerate().find(|(index, code)| of.iter().take(*index).any(|one| one == *code));
    unknown
        .map(|code| IdeaFault::UnknownCause(code.clone()))
        .or_else(|| twice.map(|(_, code)| IdeaFault::CauseTwice(code.clone())))
}

#[cfg(test)]
mod tests;
