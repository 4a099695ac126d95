//! Promises of packs and stories.

mod baseline;
mod examples;
mod first;
mod frameworks;
mod gone;
mod headings;
mod imported;
mod life;
mod link;
mod packs;
mod pages;
mod paper;
mod patterns;
mod person;
mod quick;
mod readers;
mod references;
mod small;
mod told;
