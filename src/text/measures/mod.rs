//! Sentences from numbers: what was counted, whether it changed, and what it does not say. Pure.

mod change;
mod names;
mod parts;
mod period;
mod view_only;

pub use change::{ADDS_UP, Change, Volume, chance, change, is_seldom_chance, volume};
pub use evidence::sentences::{Through, most_frequent, run, signals};
pub use names::{
    DAYS, NO_PLACE, STRENGTHS, category_name, hours, key_name, late_for, measure_of, near_misses_per,
    strength,
};
pub use parts::{of_whole, part_of, ratio, share, small};
pub use period::{counted_by, label, point, range, shown, turned};
pub use view_only::{is_trial, rebased};

/// Said once on every page of measures.
pub const COMPARE: &str =
    "There is no benchmark for near misses in care homes. Compare this home with itself, month by month.";
/// Beside every count of near misses.
pub const MORE_IS_NOT_WORSE: &str = "More reports can mean more risk, or that people speak up more. Fewer reports can \
     mean less risk, or that people speak up less. Read some of the records before you decide.";
/// Where the chosen dates begin after today.
pub const NOT_YET: &str =
    "These dates have not come yet, so nothing can be there. Choose dates up to today to see numbers.";
/// To somebody from outside.
pub const SMALL_CELLS: &str = "In tables that cross two things, counts of 1 and 2 are shown as \"under 3\", so that nobody can be found in them.";
pub const UNDER_3: &str = "under 3";
/// Of the actions whose date has come. Not the plan of them: that is a step.
pub const ACTIONS_IN_TIME: &str = "Actions done in time";
