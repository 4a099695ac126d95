//! Words of the screens that look at a record: review, decide, act, outcome, actions, inbox.

pub mod alike;
pub mod body;
pub mod changed;
pub mod cqc_form;
pub mod decision;
pub mod due;
pub mod errors;
pub mod facts;
pub mod gone;
pub mod history;
pub mod kept;
pub mod levels;
pub mod other_logs;
pub mod outage;
pub mod people;
pub mod record;
pub mod rivals;
pub mod second;
pub mod steps;
pub mod strength;
