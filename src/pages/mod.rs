//! One file or folder per address; see `routes`.

pub mod act;
pub mod actions;
pub mod address;
pub mod admin;
pub mod broken;
pub mod cannot_run;
pub mod capture;
pub mod check;
pub mod decide;
pub mod drafts;
#[cfg(any(debug_assertions, feature = "gallery"))]
pub mod gallery;
pub mod help;
pub mod home;
pub mod inbox;
pub mod join;
pub mod lock;
pub mod my_reports;
pub mod not_found;
pub mod outcome;
pub mod oversee;
pub mod quick;
pub mod record;
pub mod review;
pub mod saved;
pub mod set_up;
pub mod settings;
pub mod settle;
pub mod sign_in;
pub mod sync_status;
