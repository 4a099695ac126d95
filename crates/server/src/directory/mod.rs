//! The provider's lists over HTTP: read by everybody for their sites, changed by those who keep them.

pub mod change;
pub mod changes;
pub mod cut;
pub mod entries;
mod frameworks;
pub mod get;
mod ideas;
pub mod rights;
pub mod rows;
mod rule_changes;
mod settings;
