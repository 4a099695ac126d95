//! From sources to what is served: the app built by Trunk, every file packed, the offline list written.

pub mod build;
mod pack;
pub mod precache;
pub mod size;
mod small;
mod whole;
