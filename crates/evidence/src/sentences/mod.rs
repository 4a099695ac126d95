//! Sentences about numbers, the same beside a chart of the app and beside a picture of a pack. Pure.

mod frequent;
mod signals;

pub use frequent::most_frequent;
pub use signals::{Through, run, signals};
