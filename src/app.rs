//! The app: which page is at which address, who may open it, and the frame around it.

#[cfg_attr(not(feature = "desk"), path = "app/desk_elsewhere.rs")]
mod desk;
mod frame;
mod guard;
#[cfg(feature = "desk")]
mod oversee;

use self::desk::{DeskRoutes, OverseeRoutes};
use crate::{
    pages::{
        board::BoardPage,
        cannot_run::CannotRunPage,
        capture::CapturePage,
        check::CheckPage,
        desk as desk_pages,
        drafts::DraftsPage,
        help::HelpPage,
        home::HomePage,
        join::JoinPage,
        lock::LockPage,
        my_reports::{MyReportPage, MyReportsPage},
        not_found::NotFoundPage,
        practice::PracticePage,
        quick::QuickPage,
        saved::SavedPage,
        set_up::SetUpPage,
        settings::SettingsPage,
        sign_in::SignInPage,
        sync_status::SyncStatusPage,
    },
    state::App,
};
use frame::Frame;
use guard::{Access, guarded};
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{FlatRoutes, Route, Router},
    path,
};

/// Called once by `main`.
pub fn start() {
    #[cfg(feature = "bench")]
    if window().location().pathname().as_deref() == Ok("/bench") {
        return mount_to_body(crate::bench::BenchPage);
    }
    mount_to_body(Root);
}

#[component]
fn Root() -> impl IntoView {
    desk_pages::provide(App::provide());
    view! {
        <Router>
            <Frame>
                <FlatRoutes fallback=|| view! { <NotFoundPage /> }>
                    <CaptureRoutes /> <OwnRoutes /> <DoorRoutes /> <DeskRoutes /> <OverseeRoutes />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// Open on every device that has joined, also when it is locked or nobody is signed in.
#[component(transparent)]
fn CaptureRoutes() -> AnyNestedRoute {
    let open = Access::Capture;
    view! {
        <Route path=path!("/new/:category/check") view=guarded(open, || markup::view! { <CheckPage /> }) />
        <Route path=path!("/new/:category") view=guarded(open, || markup::view! { <CapturePage /> }) />
        <Route path=path!("/new/:category/:question") view=guarded(open, || markup::view! { <CapturePage /> }) />
        <Route path=path!("/quick") view=guarded(open, || markup::view! { <QuickPage /> }) />
        <Route path=path!("/saved/:record") view=guarded(open, || markup::view! { <SavedPage /> }) />
        <Route path=path!("/sync") view=guarded(open, || markup::view! { <SyncStatusPage /> }) />
    }
    .into_inner()
    .into_any_nested_route()
}

/// The person's own things.
#[component(transparent)]
fn OwnRoutes() -> AnyNestedRoute {
    let person = Access::Person;
    view! {
        <Route path=path!("/") view=guarded(person, || markup::view! { <HomePage /> }) />
        <Route path=path!("/drafts") view=guarded(person, || markup::view! { <DraftsPage /> }) />
        <Route path=path!("/reports") view=guarded(person, || markup::view! { <MyReportsPage /> }) />
        <Route path=path!("/reports/:id") view=guarded(person, || markup::view! { <MyReportPage /> }) />
        <Route path=path!("/board") view=guarded(person, || markup::view! { <BoardPage /> }) />
        <Route path=path!("/settings") view=guarded(person, || markup::view! { <SettingsPage /> }) />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Ways in, and pages that anybody may read.
#[component(transparent)]
fn DoorRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/sign-in") view=guarded(Access::SignIn, || markup::view! { <SignInPage /> }) />
        <Route path=path!("/lock") view=guarded(Access::Lock, || markup::view! { <LockPage /> }) />
        <Route path=path!("/set-up") view=guarded(Access::Door, || markup::view! { <SetUpPage /> }) />
        <Route path=path!("/join") view=guarded(Access::Door, || markup::view! { <JoinPage /> }) />
        <Route path=path!("/help") view=guarded(Access::Open, || markup::view! { <HelpPage /> }) />
        <Route path=path!("/practice") view=guarded(Access::Open, || markup::view! { <PracticePage /> }) />
        <Route path=path!("/cannot-run") view=guarded(Access::Open, || markup::view! { <CannotRunPage /> }) />
        <Route path=path!("/gallery") view=guarded(Access::Open, gallery) />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Every part of the screens on one page, for those who build the app.
#[cfg(all(feature = "desk", any(debug_assertions, feature = "gallery")))]
fn gallery() -> markup::Node {
    use crate::pages::gallery::GalleryPage;
    markup::view! { <GalleryPage /> }
}

#[cfg(not(all(feature = "desk", any(debug_assertions, feature = "gallery"))))]
fn gallery() -> markup::Node {
    markup::view! { <NotFoundPage /> }
}
