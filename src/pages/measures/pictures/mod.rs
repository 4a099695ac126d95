//! What each picture shows, made from the index. Each is a plain function, so that a number and its list agree.

mod compare;
mod groups;
mod heats;
mod rare;
mod rates;
mod through;
mod work;

pub use compare::before_after;
pub use groups::{factors, places, risk_groups, subtypes, triggers};
pub use heats::{hours, places_of_categories};
pub use rare::{cases_between, days_between};
pub use rates::rate;
pub use through::{incidents, luck, nameless, near_misses, reporters};
pub use work::{actions_by_strength, late_now, steps_in_time};

use crate::ui::chart::Drawn;

/// Names a drawing.
fn drawn(code: &str, title: &str, words: &str) -> Drawn {
    Drawn { id: format!("chart-{code}"), title: title.to_owned(), words: words.to_owned() }
}
