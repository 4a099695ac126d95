//! Pictures of numbers, drawn by hand: lines with limits, bars, and tables with shades. A chart crate would bring a
//! canvas or inline styles, which the policy of the page forbids, and no words for those who do not see.
//! Across, places are per cent of the width, so that the words keep their size from 320 px on.

mod bars;
mod frame;
mod heat;
mod key;
mod line;
mod mark;
mod scale;

pub use bars::{Bar, BarChart, Bars};
pub use frame::Drawn;
pub use heat::{Heat, HeatCell, HeatTable};
pub use line::{Line, LineChart, LinePoint};
pub use mark::{Mark, Sense};
