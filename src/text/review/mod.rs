//! Words of the screens that look at a record: review, decide, act, outcome, actions, inbox.

pub mod body;
pub mod decision;
pub mod due;
pub mod errors;
pub mod facts;
pub mod history;
pub mod levels;
pub mod people;
pub mod record;
pub mod steps;
pub mod strength;
