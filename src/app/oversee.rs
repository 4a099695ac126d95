//! Pages of learning and oversight, each with its address. What a person may see there is judged by the page.

use super::guard::{Access, guarded};
use crate::pages::oversee::OverseePage;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

#[component(transparent)]
pub fn OverseeRoutes() -> AnyNestedRoute {
    let person = Access::Person;
    view! {
        <Route path=path!("/oversee") view=guarded(person, || markup::view! { <OverseePage /> }) />
    }
    .into_inner()
    .into_any_nested_route()
}
