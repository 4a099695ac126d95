//! One scenario: its words are read, its moments are planned, played in a world and compared with what it expects.
//! The world here is the domain alone; another one may be any implementation of [`world::World`].

pub mod author;
pub mod cast;
pub mod compare;
pub mod devices;
pub mod draft;
pub mod file;
pub mod ids;
pub mod in_domain;
pub mod knowledge;
pub mod looks;
pub mod plan;
pub mod play;
pub mod sound;
#[cfg(test)]
mod tests;
pub mod text;
pub mod world;
pub mod yaml;

use anyhow::Result;
use in_domain::InDomain;
use play::Played;

/// Replays one file through the domain. `name`: the file's name without `.yaml`; `words`: its text.
/// # Errors  The file does not read, contradicts itself, or needs something that nobody can play.
pub fn replay(name: &str, words: &str) -> Result<Played> {
    let scenario = file::read(name, words)?;
    play::play(&scenario, &mut InDomain::new(&scenario, cast::directory(&scenario)))
}
