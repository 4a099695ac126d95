//! Goes to another address from a callback.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::rc::Rc;

type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

#[derive(Clone, Copy)]
pub struct Go(StoredValue<Navigate, LocalStorage>);

/// Call it at the top of a component.
pub fn use_go() -> Go {
    let navigate = use_navigate();
    Go(StoredValue::new_local(Rc::new(navigate)))
}

impl Go {
    /// Does nothing when the page it came from is gone: the person went elsewhere.
    pub fn to(self, href: &str) {
        self.navigate(href, false);
    }

    /// In place of the entry that is open, once it is drawn.
    pub fn instead(self, href: String) {
        spawn_local(async move { self.navigate(&href, true) });
    }

    fn navigate(self, href: &str, replace: bool) {
        if let Some(navigate) = self.0.try_get_value() {
            navigate(href, NavigateOptions { replace, ..NavigateOptions::default() });
        }
    }
}
