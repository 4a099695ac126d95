//! The defences, each as the words that make it and the words that take it away.

mod app;
mod browser;
mod doors;
mod server;
mod sync;

/// One defence, and who should notice that it is gone.
pub struct Sabotage {
    pub name: &'static str,
    pub file: &'static str,
    /// Stands once in the file.
    pub defence: &'static str,
    pub instead: &'static str,
    pub noticed_by: Tests,
}

/// What is run without the defence.
#[derive(Clone, Copy)]
pub enum Tests {
    /// `cargo test` with these arguments.
    Native(&'static [&'static str]),
    /// Tests of the server whose names hold one of these, on PostgreSQL.
    Postgres(&'static [&'static str]),
    /// The tests of `src/browser`, in Chromium.
    Browser,
    /// Walks of files whose names hold one of these, over an app without the defence.
    Walks(&'static [&'static str]),
}

pub fn all() -> impl Iterator<Item = &'static Sabotage> {
    [sync::SABOTAGES, server::SABOTAGES, doors::SABOTAGES, browser::SABOTAGES, app::SABOTAGES]
        .into_iter()
        .flatten()
}
