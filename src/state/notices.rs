//! Short news for the person: spoken by a screen reader, and as a banner where it must be seen.

use crate::browser::storage;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Notices {
    /// Text of the polite live region.
    pub polite: RwSignal<String>,
    /// Text of the assertive live region.
    pub assertive: RwSignal<String>,
    pub banner: RwSignal<Option<Banner>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    pub kind: Kind,
    pub words: String,
    /// Pages opened since it was shown; it leaves at the second.
    pages: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Success,
    Warning,
}

impl Banner {
    /// No page was opened since it was shown.
    pub fn is_of_this_page(&self) -> bool {
        self.pages == 0
    }
}

impl Notices {
    pub(super) fn new() -> Self {
        Self { polite: RwSignal::default(), assertive: RwSignal::default(), banner: RwSignal::default() }
    }

    /// What was good news before this page was loaded again.
    pub(super) fn take_over(&self) {
        if let Some(words) = storage::take_good_news() {
            self.show(Kind::Success, words);
        }
    }

    /// The page is loaded again: what stands here stands there too.
    pub(super) fn hand_over(&self) {
        let banner = self.banner.get_untracked().filter(|banner| banner.kind == Kind::Success);
        if let Some(banner) = banner {
            storage::set_good_news(&banner.words);
        }
    }

    /// Spoken when the reader has time.
    pub fn say(&self, words: impl Into<String>) {
        repeat(self.polite, words.into());
    }

    /// Spoken at once.
    pub fn alert(&self, words: impl Into<String>) {
        repeat(self.assertive, words.into());
    }

    /// Spoken, and shown above the page until the second page change.
    pub fn show(&self, kind: Kind, words: impl Into<String>) {
        let words = words.into();
        self.say(words.clone());
        self.banner.set(Some(Banner { kind, words, pages: 0 }));
    }

    /// Spoken at once, and shown as `show` does: something was not saved.
    pub fn warn(&self, words: impl Into<String>) {
        let words = words.into();
        self.alert(words.clone());
        self.banner.set(Some(Banner { kind: Kind::Warning, words, pages: 0 }));
    }

    pub fn clear(&self) {
        self.banner.set(None);
    }

    /// The screen locks: what stays is what went wrong.
    pub(super) fn clear_good_news(&self) {
        let is_good =
            |banner: &Option<Banner>| banner.as_ref().is_some_and(|banner| banner.kind == Kind::Success);
        if self.banner.with_untracked(is_good) {
            self.banner.set(None);
        }
    }

    pub(crate) fn page_changed(&self) {
        let old = self.banner.with_untracked(|banner| banner.as_ref().is_some_and(|banner| banner.pages > 0));
        if old {
            self.banner.set(None);
        } else {
            self.banner.maybe_update(|banner| banner.as_mut().map(|banner| banner.pages += 1).is_some());
        }
    }
}

/// A live region is read only when its text changes, so the same words twice need a different text.
fn repeat(region: RwSignal<String>, words: String) {
    region.update(|text| {
        let same = *text == words;
        *text = words;
        if same {
            text.push('\u{a0}');
        }
    });
}
