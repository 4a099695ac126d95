//! The server over real HTTP, in process and as a process. One binary, so that it links once.
#![allow(clippy::unwrap_used)]

mod apart;
mod attention;
mod clocks;
mod conformance;
mod doors;
mod every_route;
mod failpoints;
mod faults;
mod first_release;
mod floods;
mod ground;
mod harness;
mod imports;
mod kills;
mod letters;
mod links;
mod lists;
mod log_checks;
mod log_copies;
mod log_disposal;
mod looks;
mod losses;
mod pages;
mod phone;
mod photos;
mod process;
mod pulls;
mod pushes;
mod rescue;
mod rule_numbers;
mod second_look;
mod sessions;
mod strangers;
mod together;
mod walls;
