//! HTTP that knows nothing of near misses: bodies with limits, replies, headers, the built app, TLS.

pub mod assets;
pub mod body;
mod earlier_builds;
pub mod gate;
pub mod headers;
pub mod listen;
pub mod peer;
pub mod reply;
pub mod serve;
mod unpack;

pub use body::Body;
pub use peer::Peer;
pub use reply::{Reply, Stamped};
