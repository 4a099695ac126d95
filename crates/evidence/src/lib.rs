//! What an inspector or a commissioner believes: one record told from event to outcome, and packs of evidence whose
//! every number says what it rests on and whose every file can be checked. Pure: no clock, no IO, the same bytes for
//! the same register and request, on a phone without signal as on the server.

mod bundle;
pub mod cast;
mod covered;
pub mod doc;
pub mod figures;
pub mod framework;
pub mod gone;
mod html;
mod labels;
mod ledger;
pub mod own_words;
mod pack;
mod parts;
mod pdf;
mod pick;
mod request;
mod selection;
pub mod sentences;
mod story;
mod telling;
mod typed;
mod words;

pub use bundle::{Builder, Built, File, Problem, Report, STEPS, build, sha256, verify};
pub use framework::Framework;
pub use html::style_sha256;
pub use labels::NO_NATIONAL_KIND;
pub use ledger::{Ledger, Seal};
pub use pack::{first_pdf, html, pdf};
pub use pick::examples_of;
pub use request::{Fault, PackKind, Request, rule_versions};
pub use story::{Part, Story};
