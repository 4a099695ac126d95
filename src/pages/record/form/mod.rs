//! Forms as data: what is asked, how it looks, what was typed, and what a verb needs from it.

mod ask;
mod begun;
mod choices;
mod entry;
mod factors;
mod fields;
mod typed;
mod whys;

pub use ask::{Ask, Look, Source, ask};
pub use begun::Begun;
pub use choices::{choices, of_evidence, of_list};
pub use entry::{Entry, beside_field};
pub use fields::Fields;
pub use typed::{answers_of, date_answer, read, time_answer, time_name};
