//! One file or folder per address; see `routes`.

pub mod address;
pub mod board;
pub mod broken;
pub mod cannot_run;
pub mod capture;
pub mod check;
#[cfg_attr(not(feature = "desk"), path = "desk_elsewhere.rs")]
pub mod desk;
pub mod drafts;
pub mod help;
pub mod home;
pub mod join;
pub mod lock;
pub mod more;
pub mod my_reports;
pub mod not_found;
pub mod practice;
pub mod quick;
pub mod saved;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod sync_status;

// The desk: only in the whole app, never in the first bundle.
#[cfg(feature = "desk")]
pub mod act;
#[cfg(feature = "desk")]
pub mod actions;
#[cfg(feature = "desk")]
pub mod admin;
#[cfg(feature = "desk")]
pub mod alerts;
#[cfg(feature = "desk")]
pub mod audits;
#[cfg(feature = "desk")]
pub mod calendar;
#[cfg(feature = "desk")]
pub mod decide;
#[cfg(all(feature = "desk", any(debug_assertions, feature = "gallery")))]
pub mod gallery;
#[cfg(feature = "desk")]
pub mod inbox;
#[cfg(feature = "desk")]
pub mod learning;
#[cfg(feature = "desk")]
pub mod links;
#[cfg(feature = "desk")]
pub mod measures;
#[cfg(feature = "desk")]
pub mod outcome;
#[cfg(feature = "desk")]
pub mod oversee;
#[cfg(feature = "desk")]
pub mod oversight;
#[cfg(feature = "desk")]
pub mod provider;
#[cfg(feature = "desk")]
pub mod record;
#[cfg(feature = "desk")]
pub mod review;
#[cfg(feature = "desk")]
pub mod rules;
#[cfg(feature = "desk")]
pub mod settle;
