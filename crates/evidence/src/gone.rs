//! Of a record whose words were taken out of the log: what is said in their place.

use crate::words;
use domain::{event::WordsGone, time::london_date};

/// Where words stood.
pub const WORDS: &str = "Words are gone";
/// Where a name stood.
pub const NAME: &str = "somebody whose name is gone";

/// When, and why.
pub fn said(gone: WordsGone) -> String {
    let why = if gone.asked { "a person asked to be forgotten" } else { "its time was over" };
    let day = words::day(london_date(gone.at));
    format!(
        "The words of this record were taken out on {day} because {why}. Codes, dates and steps stay. Who \
         wrote in it is gone too."
    )
}
