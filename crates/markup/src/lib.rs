//! Leptos views as data. `view!` here reads the same HTML as the macro of Leptos, but every view has one type, `Node`,
//! so that the code that draws is in the app once and not once for each view. Signals, effects, components and
//! addresses are those of Leptos.
//!
//! Not for the server: nothing is rendered to text.

mod conversions;
mod element;
mod fixed;
mod mounted;
mod node;
mod patch;
mod value;

pub use conversions::IntoNode;
pub use element::El;
pub use fixed::{Fixed, Piece};
pub use markup_macro::view;
pub use node::{Node, live};
pub use value::{IntoValue, Value};

/// Everything that a page needs; the `view!` of Leptos is hidden by ours.
pub mod prelude {
    pub use crate::{IntoNode, Node, live, view};
    pub use leptos::prelude::*;
}
