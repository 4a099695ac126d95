//! Code lists that no single category owns, grouped by where they are used.

mod learning;
mod notification;
mod report;
mod review;
mod site;

pub use learning::*;
pub use notification::*;
pub use report::*;
pub use review::*;
pub use site::*;
