//! Noticed, the app: shows the state, asks the domain, keeps this device's copy.

pub mod app;
#[cfg(feature = "bench")]
mod bench;
pub mod browser;
pub mod pages;
pub mod routes;
pub mod state;
pub mod sync_loop;
pub mod text;
pub mod ui;

#[cfg(test)]
pub mod testing;
