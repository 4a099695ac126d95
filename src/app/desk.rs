//! Pages of everybody with a task beyond reporting, each with its address.

use super::guard::{Access, guarded};
pub use super::oversee::OverseeRoutes;
use crate::pages::{
    act::ActPage,
    actions::ActionsPage,
    admin::{AdminPage, AdminSectionPage},
    apart::{DealtPage, MarkPage},
    decide::DecidePage,
    inbox::InboxPage,
    outcome::OutcomePage,
    pass::PassPage,
    record::RecordPage,
    review::ReviewPage,
    settle::SettlePage,
};
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

/// What waits, and one record with its steps; who may see it is judged by `domain::sight` where it is shown.
#[component(transparent)]
pub fn DeskRoutes() -> AnyNestedRoute {
    let person = Access::Person;
    view! {
        <Route path=path!("/inbox") view=guarded(person, || markup::view! { <InboxPage /> }) />
        <Route path=path!("/apart") view=guarded(person, || markup::view! { <DealtPage /> }) />
        <Route path=path!("/apart/:kind/:id") view=guarded(person, || markup::view! { <MarkPage /> }) />
        <Route path=path!("/actions") view=guarded(person, || markup::view! { <ActionsPage /> }) />
        <Route path=path!("/records/:id") view=guarded(person, || markup::view! { <RecordPage /> }) />
        <Route path=path!("/records/:id/review") view=guarded(person, || markup::view! { <ReviewPage /> }) />
        <Route path=path!("/records/:id/decide") view=guarded(person, || markup::view! { <DecidePage /> }) />
        <Route path=path!("/records/:id/act") view=guarded(person, || markup::view! { <ActPage /> }) />
        <Route path=path!("/records/:id/outcome") view=guarded(person, || markup::view! { <OutcomePage /> }) />
        <Route path=path!("/records/:id/settle") view=guarded(person, || markup::view! { <SettlePage /> }) />
        <Route path=path!("/pass") view=guarded(person, || markup::view! { <PassPage /> }) />
        <Route path=path!("/admin") view=guarded(person, || markup::view! { <AdminPage /> }) />
        <Route path=path!("/admin/:section") view=guarded(person, || markup::view! { <AdminSectionPage /> }) />
    }
    .into_inner()
    .into_any_nested_route()
}
