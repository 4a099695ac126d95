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

    /// Around a place, in px.
    fn form(self) -> Element {
        let circle = |radius: &str| Element::new("circle").with("r", radius);
        let polygon = |corners: &str| Element::new("polygon").with("points", corners);
        match self {
            Mark::Usual => circle("3.5"),
            Mark::Outside => polygon("0,-7.5 7.5,0 0,7.5 -7.5,0"),
            Mark::Trend => polygon("0,-7 6.5,5.5 -6.5,5.5"),
            Mark::TwoOfThree => polygon("-5.5,-5.5 5.5,-5.5 5.5,5.5 -5.5,5.5"),
            Mark::Shift => circle("5.5").with("data-hollow", ""),
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
    at(x, y).holds([mark.form().with("class", class).with("data-sense", sense.code())])
}

/// A place from which everything is px: per cent across, px down.
pub(crate) fn at(x: f64, y: f64) -> Element {
    Element::new("svg").with("x", percent(x)).with("y", px(y)).with("overflow", "visible")
}
