//! Pictures of numbers, drawn by hand: lines with limits, bars, funnels, and fields with shades. Each is a small tree
//! of elements, which the app builds on its pages and a pack of evidence writes down, so that both show the same.
//! A chart crate would bring a canvas or inline styles, which the policy of the page forbids, and no words for those
//! who do not see. Across, places are per cent of the width, so that the words keep their size from 320 px on.

mod apart;
mod bars;
mod element;
mod frame;
mod funnel;
mod heat;
mod key;
mod line;
mod mark;
mod scale;
mod wrap;

pub use bars::{Bar, Bars};
pub use element::{Element, Inside};
pub use frame::Drawn;
pub use funnel::{Funnel, FunnelPoint};
pub use heat::{Heat, HeatCell, level, shades};
pub use line::{Line, LinePoint};
pub use mark::{Mark, Sense};
pub use scale::short;
