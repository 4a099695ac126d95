//! What people and programs outside read with the secret in an address: a pack for an inspector or a commissioner.

pub mod links;
mod pack;
pub mod page;
