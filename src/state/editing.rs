//! A form that is open keeps a new version of the app out, in every tab.

use super::{App, Kind};
use crate::browser::{bundle, events, locks::Held, service_worker};
use leptos::{
    prelude::{Update as _, *},
    task::spawn_local,
};
use std::{cell::RefCell, rc::Rc};

/// A form that was left lets go a moment after the next page is there.
const LEFT_MS: u32 = 300;

/// Hold this while a form is open.
pub struct Editing {
    /// Released when the last owner is dropped.
    _held: Rc<RefCell<Option<Held>>>,
    open_forms: RwSignal<usize>,
}

impl Drop for Editing {
    fn drop(&mut self) {
        self.open_forms.try_update(|open| *open = open.saturating_sub(1));
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    #[default]
    None,
    /// A new version waits: "Update ready".
    Ready,
}

impl App {
    /// `let _editing = StoredValue::new_local(app.editing());` in the component of a form.
    pub fn editing(&self) -> Editing {
        let held: Rc<RefCell<Option<Held>>> = Rc::default();
        let place = Rc::downgrade(&held);
        spawn_local(async move {
            let lock = service_worker::hold_editing().await;
            if let Some(place) = place.upgrade() {
                place.replace(lock);
            }
        });
        self.open_forms.update(|open| *open += 1);
        Editing { _held: held, open_forms: self.open_forms }
    }

    /// Loads the page anew.
    pub fn start_again(&self) {
        service_worker::reload();
    }

    /// A form is open in this tab. Tracked.
    pub fn is_editing(&self) -> bool {
        self.open_forms.get() > 0
    }

    /// Uses the waiting version now; the page is loaded again.
    pub fn use_update(&self) {
        let notices = self.notices;
        spawn_local(async move {
            if !service_worker::use_update_if_idle().await {
                notices.show(Kind::Warning, "A form is open in another window. Close it first.");
            }
        });
    }

    /// Uses the waiting version when no tab has a form open. For Home and for the start.
    pub(crate) fn use_update_if_idle(&self) {
        if self.update.get_untracked() == Update::Ready {
            spawn_local(async {
                events::wait(LEFT_MS).await;
                // With a form open it stays for the next time that Home is shown.
                _ = service_worker::use_update_if_idle().await;
            });
        }
    }

    pub(super) fn watch_updates(&self) {
        let update = self.update;
        service_worker::register(move || update.set(Update::Ready));
        service_worker::started_well();
        if cfg!(feature = "desk") && bundle::names_whole() {
            service_worker::keep_whole();
        }
    }
}
