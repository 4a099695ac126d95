//! The server of Noticed. It accepts what devices wrote, judges it with `domain`, keeps it for ever, and serves
//! the app. It contains no rule about near misses. `routes` is the index of its addresses.

pub mod app;
pub mod cli;
pub mod clock;
mod directory;
mod door;
mod error;
mod health;
mod http;
mod log;
pub mod ops;
mod outside;
pub mod photos;
pub mod place;
mod private;
pub mod rescue;
mod routes;
pub mod start;
pub mod store;
