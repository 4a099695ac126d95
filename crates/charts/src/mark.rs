//! The shapes of points: each signal has one of its own, so that nothing is said by colour alone.

use crate::{
    element::Element,
    scale::{percent, px},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    #[default]
    Usual,
    Outside,
    Trend,
    TwoOfThree,
    Shift,
}

/// What a signal means: for a number without a good direction only that something changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    #[default]
    Neutral,
    Better,
    Worse,
}

impl Mark {
    /// `none`, `outside`, `trend`, `two_of_three` or `shift`.
    pub fn from_code(code: &str) -> Mark {
        match code {
            "outside" => Mark::Outside,
            "trend" => Mark::Trend,
            "two_of_three" => Mark::TwoOfThree,
            "shift" => Mark::Shift,
            _ => Mark::Usual,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Mark::Usual => "As usual",
            Mark::Outside => "Outside the limits",
            Mark::Trend => "7 in a row, up or down",
            Mark::TwoOfThree => "2 of 3 near a limit",
            Mark::Shift => "7 in a row on one side",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Mark::Usual => "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z",
            Mark::Outside => "M0-7.5 7.5 0 0 7.5-7.5 0Z",
            Mark::Trend => "M0-7 6.5 5.5-6.5 5.5Z",
            Mark::TwoOfThree => "M-5.5-5.5h11v11h-11Z",
            Mark::Shift => "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z",
        }
    }
}

impl Sense {
    pub fn code(self) -> &'static str {
        match self {
            Sense::Neutral => "neutral",
            Sense::Better => "better",
            Sense::Worse => "worse",
        }
    }

    /// After the words of a mark.
    pub fn words(self) -> &'static str {
        match self {
            Sense::Neutral => "",
            Sense::Better => ", the better way",
            Sense::Worse => ", the worse way",
        }
    }
}

/// A shape at a place of a chart: per cent across, px down.
pub(crate) fn shape(mark: Mark, sense: Sense, x: f64, y: f64) -> Element {
    let class = if mark == Mark::Usual { "chart__point" } else { "chart__signal" };
    let mut path =
        Element::new("path").with("class", class).with("data-sense", sense.code()).with("d", mark.path());
    if mark == Mark::Shift {
        path = path.with("data-hollow", "");
    }
    at(x, y).holds([path])
}

/// A place from which everything is px: per cent across, px down.
pub(crate) fn at(x: f64, y: f64) -> Element {
    Element::new("svg").with("x", percent(x)).with("y", px(y)).with("overflow", "visible")
}
