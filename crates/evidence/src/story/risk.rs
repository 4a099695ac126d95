//! How bad it could have been, in the words of the reviewer's levels.

use super::{Part, Teller};
use crate::{doc::Block, words};
use domain::{record::RiskReview, vocabulary};

const POTENTIAL: [&str; 5] = ["no harm", "minor harm", "moderate harm", "serious harm", "death"];
const LIKELIHOOD: [&str; 5] = ["rare", "unlikely", "possible", "likely", "very likely"];

fn level(levels: [&'static str; 5], number: u8) -> &'static str {
    levels.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("not said")
}

pub(super) fn in_short(teller: &Teller<'_>) -> String {
    match teller.record.risk() {
        Some(review) => {
            let likely = level(POTENTIAL, review.potential_most_likely);
            let could = match level(POTENTIAL, review.potential_worst) {
                worst if worst == likely => format!("{likely}, and nothing worse"),
                worst => format!("{likely} most likely, and {worst} at worst"),
            };
            format!("Had it not been stopped, it could have led to {could}. Risk: {}.", band(review))
        }
        None => "Nobody has said yet how bad it could have been.".into(),
    }
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let blocks = match (teller.record.risk_decision(), teller.record.risk()) {
        (Some(decision), Some(review)) => {
            let mut blocks = vec![
                Block::Para(format!(
                    "{} judged at {} that {} was the most likely result, and {} the worst, had it not been \
                     stopped. That it happens again is {}.",
                    words::doer(&teller.cast.author_in(&decision.by, teller.record)),
                    words::moment(decision.at),
                    level(POTENTIAL, review.potential_most_likely),
                    level(POTENTIAL, review.potential_worst),
                    level(LIKELIHOOD, review.likelihood),
                )),
                Block::Para(format!(
                    "Score {} ({} for the most likely result, times {} for how likely it is): {} risk.",
                    review.score(),
                    review.potential_most_likely,
                    review.likelihood,
                    band(review),
                )),
            ];
            blocks.extend(rest(teller, review));
            blocks
        }
        _ => vec![Block::Para("The risk review has not been done yet.".into())],
    };
    Part { key: "risk", title: "How bad it could have been", blocks }
}

fn rest(teller: &Teller<'_>, review: &RiskReview) -> Vec<Block> {
    let mut blocks = Vec::new();
    match review.confirms_near_miss {
        Some(true) => blocks.push(Block::Para("The reviewer confirmed that it is a near miss.".into())),
        Some(false) if teller.record.spec().is_some_and(|spec| spec.needs_confirmation) => {
            blocks
                .push(Block::Para("The reviewer said that it is not a near miss; it is not counted.".into()));
        }
        _ => {}
    }
    if !review.factors.is_empty() {
        blocks.push(Block::Para(format!("What played a part: {}.", factors(&review.factors))));
    }
    for (name, text) in [("For now", &review.interim), ("Note", &review.note)] {
        blocks.extend(teller.free(text).map(|text| Block::Para(format!("{name}: {text}"))));
    }
    blocks
}

pub(super) fn factors(codes: &[String]) -> String {
    let labels: Vec<String> =
        codes.iter().map(|code| words::lower_first(vocabulary::FACTOR.label(code))).collect();
    words::listed(&labels)
}

fn band(review: &RiskReview) -> String {
    words::lower_first(vocabulary::BAND.label(review.band().code()))
}
