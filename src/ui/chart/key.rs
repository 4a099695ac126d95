//! What the shapes and lines of a chart mean.

use super::{Mark, Sense, mark::shape};
use markup::prelude::*;

/// One line of the key: a short line as it is drawn, or a shape, and its words.
pub enum Sign {
    Line(&'static str),
    Point(Mark, Sense),
    Bar,
}

pub fn key(lines: Vec<(Sign, String)>) -> Node {
    let lines = lines.into_iter().map(|(sign, words)| {
        let drawn = match sign {
            Sign::Line(class) => {
                view! { <line class=class x1="0" y1="9" x2="28" y2="9"></line> }
            }
            Sign::Point(mark, sense) => shape(mark, sense, 50.0, 9.0),
            Sign::Bar => {
                view! { <rect class="chart__bar" x="2" y="4" width="24" height="10"></rect> }
            }
        };
        view! {
            <li class="chart-key__line">
                <svg class="chart-key__sign" width="28" height="18" aria-hidden="true">{drawn}</svg>
                {words}
            </li>
        }
    });
    view! { <ul class="chart-key">{lines.collect_view()}</ul> }
}
