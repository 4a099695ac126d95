//! Five plain levels for how bad it could be and how likely it is to happen again, and the risk word.

use domain::record::Band;

/// One level; its number is its place, from 1.
#[derive(Debug)]
pub struct Level {
    pub label: &'static str,
    pub hint: &'static str,
}

const fn level(label: &'static str, hint: &'static str) -> Level {
    Level { label, hint }
}

pub static POTENTIAL: [Level; 5] = [
    level("No harm", "Nobody would have been hurt"),
    level("Minor", "First aid, or better the same day"),
    level("Moderate", "Would have needed treatment or a doctor"),
    level("Serious", "Lasting harm, or a stay in hospital"),
    level("Death", "Somebody could have died"),
];

pub static LIKELIHOOD: [Level; 5] = [
    level("Rare", "Not for years"),
    level("Unlikely", "Perhaps once a year"),
    level("Possible", "Perhaps every few months"),
    level("Likely", "Perhaps every month"),
    level("Very likely", "Every week, or more often"),
];

/// The word of a level from 1 to 5.
pub fn word(levels: &'static [Level; 5], number: u8) -> &'static str {
    levels.get(usize::from(number).wrapping_sub(1)).map_or("", |level| level.label)
}

/// `data-status` of a risk word.
pub fn tone(band: Band) -> &'static str {
    match band {
        Band::Low => "low",
        Band::Moderate => "due",
        Band::High => "overdue",
        Band::Extreme => "urgent",
    }
}
