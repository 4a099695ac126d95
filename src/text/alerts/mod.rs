//! Words of the pages about patterns: what an alert says, where it stands, and what a rule does.

pub mod alert;
pub mod page;
pub mod rule;
pub mod settling;
pub mod several;
pub mod state;
