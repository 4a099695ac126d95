//! What somebody needs who runs the server and must prove that its log is whole: export, check, signed checkpoints,
//! copies of the database.

pub mod admin;
pub mod backup;
pub mod check;
pub mod checkpoint;
pub mod command;
mod daily;
mod dispose;
pub mod export;
pub mod fault;
pub mod hold;
pub mod key;
mod let_go;
pub mod line;
pub mod open_name;
mod photo_copies;
pub mod restore;
mod segment;
pub mod views;
pub mod wipe;

pub use daily::keep_signing;
