//! No desk in this bundle: an address that it does not know may be one of the desk, and leads to the rest.

use super::guard::{Access, guarded};
use crate::{
    pages::{more::MorePage, not_found::NotFoundPage},
    state::use_app,
};
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};
use markup::Node;

#[component(transparent)]
pub fn DeskRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("/*rest") view=guarded(Access::Person, rest) /> }
        .into_inner()
        .into_any_nested_route()
}

#[component(transparent)]
pub fn OverseeRoutes() -> NoRoutes {}

type NoRoutes = ();

fn rest() -> Node {
    if use_app().rest.may_know_more() {
        markup::view! { <MorePage /> }
    } else {
        markup::view! { <NotFoundPage /> }
    }
}
