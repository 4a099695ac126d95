//! What on this device could not be read, in words. Nothing of it is deleted.

use super::{App, Problem, Session};
use crate::{
    browser::{seal::Protection, store::StoreError},
    text::common::count,
};
use leptos::prelude::*;

/// Found when the store was opened, each part by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// A newer version of the app made the store.
    pub newer: bool,
    /// The key of this device, or the end of its chain: nothing can be signed.
    pub cannot_sign: bool,
    /// Own events.
    pub events: usize,
    /// The browser or the phone emptied the database; this device is still known.
    pub emptied: bool,
    /// The chain is shorter than it was; the service may have what is gone.
    pub missing: bool,
    /// How many entries are neither here nor at the service.
    pub lost: u64,
    /// A copy of this device wrote at the same place of the chain.
    pub forked: bool,
    /// Rows from the service are pulled again.
    pub pages: usize,
    /// Parts that failed for another reason.
    pub others: Vec<String>,
}

impl Damage {
    /// Something that was in this store is not in it any more, or nobody can read it.
    pub fn is_loss(&self) -> bool {
        self.emptied || self.missing || self.events > 0
    }

    /// What a part holds; or none, and the reason is kept.
    pub fn or_note<T, E: Into<Problem>>(&mut self, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                let words = error.into().sentence;
                if !self.others.contains(&words) {
                    self.others.push(words);
                }
                None
            }
        }
    }
}

impl App {
    /// What is wrong with the data on this phone, one sentence each. Tracked.
    pub fn damage(&self) -> Vec<String> {
        let storage = self.storage.read();
        let damage = &storage.damage;
        let kept = |number: usize, one: &str, many: &str| {
            let words = count(number, one, many);
            (number > 0).then(|| {
                format!("{words} on this phone cannot be read. Nothing was deleted. Tell your manager.")
            })
        };
        let said = |is: bool, words: &str| is.then(|| words.to_owned());
        let is_locked = storage.protection == Protection::Lost;
        let known = [
            said(damage.emptied, EMPTIED),
            said(damage.cannot_sign, CANNOT_SIGN),
            said(is_locked && !damage.emptied, KEY_LOST),
            said(is_locked && damage.emptied, COPIES_LOCKED),
            kept(damage.events, "saved entry", "saved entries"),
            kept(self.drafts.unreadable.get(), "draft", "drafts"),
            kept(self.letters.unreadable.get(), "report without a name", "reports without a name"),
            said(damage.missing, MISSING),
            (damage.lost > 0).then(|| lost(damage.lost)),
            said(damage.forked, FORKED),
            said(damage.pages > 0, PAGES),
            said(damage.newer, NEWER),
        ];
        known.into_iter().flatten().chain(damage.others.iter().cloned()).collect()
    }
}

/// The app cannot work with this store: why, and what is kept all the same.
pub fn broken(error: &StoreError) -> Session {
    let why = match error {
        StoreError::Full => "This phone has no room left. Delete photos or apps you do not need.",
        StoreError::Closed(_) => "Noticed is open in another window. Close the other window.",
        StoreError::Damaged(_) => "Some data of Noticed on this phone is gone or cannot be read.",
        StoreError::Unsupported => "This browser does not keep data. Open Noticed outside a private window.",
        StoreError::Newer | StoreError::Taken | StoreError::Silent | StoreError::Failed(_) => {
            "This phone did not open the data of Noticed. Close other apps, or restart the phone."
        }
    };
    let kept = match error {
        StoreError::Unsupported => "Nothing can be saved in this window.",
        StoreError::Damaged(_) => "Noticed deleted nothing. You can save what is left as a file.",
        // Nobody knows before it opens.
        StoreError::Failed(_) => {
            "Noticed deleted nothing. When it opens again, what was saved on this phone and not sent is looked for and sent."
        }
        _ => "Noticed deleted nothing. What was saved on this phone and not sent is still on it.",
    };
    Session::Broken { why, kept }
}

fn lost(number: u64) -> String {
    let entries = count(number as usize, "entry", "entries");
    format!(
        "This phone lost {entries} that had not been sent. Your manager can see this. Record again what is missing."
    )
}

const CANNOT_SIGN: &str = "This phone has lost its key, so no report can be saved on it. Ask your manager for a new code, and open it on this phone.";
pub const KEY_LOST: &str = "This phone does not give back the key to what is saved on it. Sign in again to open it. Nothing was deleted.";
const EMPTIED: &str =
    "The data of Noticed on this phone was deleted, by the browser or in the settings of the phone.";
const COPIES_LOCKED: &str = "A second copy of reports that were not sent is still on this phone. It opens when somebody who used this phone joins or signs in with their password.";
const MISSING: &str = "Some reports that were saved on this phone are gone from it. With signal, Noticed finds out if the service has them.";
const FORKED: &str = "This phone and a copy of it both wrote reports. All of them are kept, and your manager sees them. Ask your manager for a new code, and open it on this phone.";
const PAGES: &str = "Some records could not be read on this phone. They come again from the service.";
const NEWER: &str = "A newer version of Noticed was used on this phone. Reports are still saved and sent. Close Noticed and open it again to update it.";
