//! Noticed from outside: a server process of our own, and phones that talk to it as the app does.

mod http;
mod phone;
mod process;

pub use http::{Api, Reply, Session};
pub use phone::{Mailbox, Phone};
pub use process::{Process, free_port};
