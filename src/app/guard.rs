//! Who may open a page. Recording a near miss is always open on a device that has joined.

use crate::{
    pages::{broken::BrokenPage, lock::LockPage, more::MorePage, removed::RemovedPage},
    routes,
    state::{App, Session, use_app},
    ui::{Covered, KeptFocus},
};
use leptos_router::{
    components::Redirect,
    hooks::{use_location, use_query_map},
};
use markup::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// Anybody, on a device that can keep something.
    Door,
    /// A device that has joined, also locked or signed out.
    Capture,
    /// Somebody who is signed in; behind the lock while it is locked.
    Person,
    /// Somebody who has to sign in.
    SignIn,
    Lock,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Wait,
    /// What is kept here cannot be used.
    Broken,
    /// A manager removed this device.
    Removed,
    /// The pages of this person are not in this build.
    More,
    Open,
    Go(String),
}

/// The page, or the way to the door that comes before it.
pub fn guarded(access: Access, page: fn() -> Node) -> impl Fn() -> Node + Clone + Send + 'static {
    move || {
        let app = use_app();
        let here = use_location();
        let query = use_query_map();
        let way = Memo::new(move |_| {
            let here =
                move || format!("{}{}", here.pathname.get_untracked(), search(&here.search.get_untracked()));
            way(app, access, here, move || query.read_untracked().get("next"))
        });
        live(move || match way.get() {
            Way::Wait => Node::Nothing,
            Way::Broken => view! { <BrokenPage /> },
            Way::Removed => view! { <RemovedPage /> },
            Way::More => view! { <MorePage /> },
            Way::Go(path) => view! { <Redirect path /> },
            Way::Open if access == Access::Person => {
                view! { <BehindLock page=move || page() /> }
            }
            Way::Open => page(),
        })
    }
}

/// A page stays as it is behind the lock, so that a half-filled form is still there afterwards. One that is opened
/// while it is locked is built when it opens: until then it asks for nothing and names nothing.
// The lock comes first: of two `#main` the skip link goes to the one that is shown.
#[component]
fn BehindLock(page: impl Fn() -> Node + Send + Sync + 'static) -> impl IntoView {
    let locked = use_app().lock.locked;
    let was_open = Memo::new(move |before: Option<&bool>| before == Some(&true) || !locked.get());
    let focus = KeptFocus::until(move || locked.get_untracked());
    Effect::new(move |was_locked: Option<bool>| {
        let is_locked = locked.get();
        if was_locked == Some(true) && !is_locked {
            focus.give_back();
        }
        is_locked
    });
    // Not where the lock finds it: that names the window itself.
    let behind = live(move || {
        was_open.get().then(|| {
            provide_context(Covered(locked.into()));
            untrack(&page)
        })
    });
    view! {
        {move || locked.get().then(|| view! { <LockPage /> })}
        <div class="behind-lock" hidden=move || locked.get()>{behind}</div>
    }
}

fn way(app: App, access: Access, here: impl Fn() -> String, next: impl Fn() -> Option<String>) -> Way {
    let onward = || Way::Go(next().filter(|next| is_ours(next)).unwrap_or_else(|| routes::HOME.to_owned()));
    match (access, &*app.session.read()) {
        (_, Session::Removed { .. }) => Way::Removed,
        (Access::Open, _) => Way::Open,
        (_, Session::Loading) => Way::Wait,
        (_, Session::Broken { .. }) => Way::Broken,
        (Access::Door, _) => Way::Open,
        (_, Session::NotEnrolled) => Way::Go(routes::JOIN.to_owned()),
        (Access::Capture, _) => Way::Open,
        (Access::SignIn, Session::SignedOut { .. }) => Way::Open,
        (Access::SignIn, Session::SignedIn { .. }) => match may_sign_in_again(app) {
            true => Way::Open,
            false => onward(),
        },
        (_, Session::SignedOut { .. }) => Way::Go(routes::with_next(routes::SIGN_IN, &here())),
        (Access::Lock, Session::SignedIn { .. }) if !app.lock.locked.get() => onward(),
        (Access::Person, Session::SignedIn { .. }) if app.rest.is_needed(app.roles()) => Way::More,
        (Access::Person | Access::Lock, Session::SignedIn { .. }) => Way::Open,
    }
}

/// Also while there is no signal or something is being sent: nobody is led away from what they type. The password opens
/// the lock too.
fn may_sign_in_again(app: App) -> bool {
    app.sync.session_ended.get() || app.lock.locked.get()
}

/// Never to another site.
fn is_ours(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains('\\')
}

fn search(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        search => format!("?{search}"),
    }
}
