//! Promises of packs and stories.

mod life;
mod pages;
