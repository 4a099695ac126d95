//! Step 2 of the story: how bad it could have been. Little for a gap in a record, much for insulin or a hoist.

use super::{
    chance::Chance,
    journey::{Desk, Next},
    words::{Danger, chosen},
};
use domain::record::{Kind, Record};
use serde_json::json;

/// How often the likely harm is 1, 2, 3 or 4. A whole year is calmer than the weeks of a demonstration.
const IN_A_YEAR: [(Danger, [i64; 4]); 3] =
    [(Danger::Low, [12, 6, 1, 0]), (Danger::Medium, [5, 9, 3, 0]), (Danger::High, [1, 7, 6, 2])];
const IN_WEEKS: [(Danger, [i64; 4]); 3] =
    [(Danger::Low, [6, 5, 1, 0]), (Danger::Medium, [3, 6, 4, 0]), (Danger::High, [1, 4, 6, 3])];
/// By how much the worst is above the likely, how often, and where it ends.
const WORSE: [(Danger, [i64; 3], i64); 3] =
    [(Danger::Low, [5, 4, 0], 3), (Danger::Medium, [3, 5, 2], 4), (Danger::High, [2, 4, 3], 5)];
const LIKELIHOODS: [(i64, i64); 4] = [(1, 2), (2, 4), (3, 3), (4, 1)];

const NOTES: [(Danger, &[&str]); 3] = [
    (
        Danger::Low,
        &[
            "Small, and easy to put right.",
            "Little could have come of it. Talked through with the shift.",
            "More untidy than dangerous; it should not become a habit.",
        ],
    ),
    (
        Danger::Medium,
        &[
            "Spoke to the team on shift. It could have gone further.",
            "Went and looked. On a busier day it might not have been seen.",
            "The check held this time. It would have meant a call to the GP.",
        ],
    ),
    (
        Danger::High,
        &[
            "This could have hurt somebody badly. Rang the manager before writing this.",
            "Stopped, but the same thing an hour later could have ended in hospital.",
            "Looked at on the spot with the person who found it. It needs more than a reminder.",
        ],
    ),
];

impl Desk<'_> {
    pub(super) fn review(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let by = self.holder(record, record.spec()?.owner(2), chance)?;
        if record.kind == Kind::Unclassified {
            let question = "Did it reach the person, or was it stopped in time?";
            return Some(Next { verb: "return_for_correction", by, with: json!({"question": question}) });
        }
        let danger = self.words.danger(record);
        let table = if self.year.is_some() { IN_A_YEAR } else { IN_WEEKS };
        let weights = of(&table.map(|(of, weights)| (of, weights)), danger)?;
        let scores: Vec<(i64, i64)> = (1..).zip(weights).collect();
        let least = if record.kind == Kind::Incident { 2 } else { 1 };
        let likely = chance.weighted(&scores, |score| score.1)?.0.max(least);
        let (above, highest) = of(&WORSE.map(|(of, above, highest)| (of, (above, highest))), danger)?;
        let above: Vec<(i64, i64)> = (0..).zip(above).collect();
        let above = chance.weighted(&above, |above| above.1)?.0;
        let floor = if danger == Danger::High { 3 } else { 1 };
        let mut with = json!({
            "potential_most_likely": likely,
            "potential_worst": (likely.max(floor) + above).min(highest.max(likely)),
            "likelihood": chance.weighted(&LIKELIHOODS, |score| score.1)?.0,
        });
        if chance.happens(30) {
            with["factors"] = json!([chance.pick(&self.words.category(record)?.factors)?]);
        }
        if record.spec()?.needs_confirmation {
            with["confirms_near_miss"] = json!("y");
        }
        if chance.happens(40) {
            with["note"] = json!(chosen(of(&NOTES, danger)?, &[&record.id, "risk"])?);
        }
        Some(Next { verb: "review_risk", by, with })
    }
}

fn of<T: Copy>(table: &[(Danger, T)], danger: Danger) -> Option<T> {
    table.iter().find(|(of, _)| *of == danger).map(|(_, value)| *value)
}
