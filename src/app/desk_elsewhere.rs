//! No desk in this bundle: an address of the desk is one that this build does not know (see `pages::more`).

use leptos::prelude::*;

type NoRoutes = ();

#[component(transparent)]
pub fn DeskRoutes() -> NoRoutes {}

#[component(transparent)]
pub fn OverseeRoutes() -> NoRoutes {}
