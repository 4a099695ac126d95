//! The app on the home screen: known, asked for, and told about once.

use super::App;
use crate::browser::{installed, storage};
use leptos::{prelude::*, task::spawn_local};

impl App {
    pub fn is_installed(&self) -> bool {
        installed::is_installed()
    }

    /// In a browser of an iPhone or iPad. The app on the home screen cannot see what is kept here.
    pub fn is_ios_tab(&self) -> bool {
        installed::is_ios() && !installed::is_installed()
    }

    /// Once on a device: how to put the app on it.
    pub fn tells_install(&self) -> bool {
        !installed::is_installed() && storage::is_first("noticed.told_install")
    }

    /// After the first thing that was saved, so that the browser knows that there is something to keep.
    pub(super) fn ask_to_keep_once(&self) {
        let kept_safe = self.storage.with_untracked(|storage| storage.kept_safe);
        if kept_safe == Some(false) && storage::is_first("noticed.asked_to_keep") {
            let app = *self;
            spawn_local(async move { app.ask_to_keep_safe().await });
        }
    }
}
