//! Words on screen, typed. What a category asks is content and lives in `domain::category`.

#[cfg(feature = "desk")]
pub mod alerts;
pub mod audits;
pub mod capture;
pub mod common;
#[cfg(feature = "desk")]
pub mod evidence;
#[cfg(feature = "desk")]
pub mod frameworks;
#[cfg(feature = "desk")]
pub mod ideas;
pub mod learning;
pub mod links;
pub mod measures;
pub mod oversee;
pub mod own_sessions;
#[cfg(feature = "desk")]
pub mod pass;
pub mod passkeys;
pub mod provider;
#[cfg(feature = "desk")]
pub mod rescue;
pub mod review;
pub mod typed_date;
