//! The first half of a period beside the second, and what the difference says. Only days that are over and on which
//! every site of the pack had Noticed are compared: a time without records is no time without incidents.

use super::{View, pictures};
use crate::{
    covered::covered,
    doc::{Block, Cell, Table},
    words,
};
use domain::{
    measures::{before_after, shown},
    record::Kind,
    time::{add_days, days_between},
};

/// A shorter time has no halves worth comparing.
const FEWEST_DAYS: i64 = 28;
/// Together fewer than this say little.
const FEW: u64 = 10;
const RARE: f64 = 0.05;

/// How many in the first half and in the second, and how many days each half has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub counts: [u64; 2],
    pub days: [i64; 2],
}

pub(super) fn halves(view: &View<'_>) -> Vec<Block> {
    let request = view.selection.request;
    let (from, to) = covered(view.selection);
    let days = days_between(from, to) + 1;
    let mut blocks = Vec::new();
    if (from, to) != (request.from, request.to) && to >= from {
        blocks.push(Block::Para(format!(
            "Compared here: {}. Days before every site had records, and days to come, are left out.",
            words::period(from, to)
        )));
    }
    if days < FEWEST_DAYS {
        blocks.push(Block::Para(format!(
            "Fewer than {FEWEST_DAYS} days have records of every site: too few to compare their halves."
        )));
        return blocks;
    }
    let half = days / 2;
    let middle = add_days(from, u64::try_from(half).unwrap_or_default());
    let days = [half, days - half];
    let (mut incidents, mut near_misses) = ([0; 2], [0; 2]);
    for record in &view.selection.records {
        let on = record.facts.occurred_on();
        if !(from..=to).contains(&on) {
            continue;
        }
        let half = usize::from(on >= middle);
        let settings = view.selection.register.directory().settings(&record.site);
        incidents[half] += u64::from(record.kind == Kind::Incident);
        near_misses[half] += u64::from(record.counts_as_near_miss(&settings));
    }
    let incidents = Sides { counts: incidents, days };
    let near_misses = Sides { counts: near_misses, days };
    let basis = view.basis(&format!(
        "{} days before {}, {} days from it",
        days[0],
        words::short_day(middle),
        days[1]
    ));
    let mut table = Table::new(
        "First half of the time beside the second",
        &[("What", 3), ("First half", 2), ("Second half", 2), ("By chance alone (p)", 3)],
    )
    .based_on(basis);
    for (name, halves) in [("Incidents", incidents), ("Near misses reported", near_misses)] {
        table.row([
            Cell::from(name),
            Cell::number(halves.counts[0]),
            Cell::number(halves.counts[1]),
            Cell::number(shown(halves.p(), 3)),
        ]);
    }
    let sentence = format!("{} {}", of_incidents(incidents), of_reports(near_misses));
    blocks.push(match incidents.total() + near_misses.total() {
        0 => Block::Para(sentence),
        _ => Block::Picture(pictures::halves(sentence, incidents, near_misses)),
    });
    blocks.push(Block::Table(table));
    blocks
}

impl Sides {
    fn total(self) -> u64 {
        self.counts.iter().sum()
    }

    fn p(self) -> f64 {
        let ([first, second], [before, after]) = (self.counts, self.days);
        before_after(first, before as f64, second, after as f64).p
    }

    /// Lower for the same number of days.
    fn fell(self) -> bool {
        let ([first, second], [before, after]) = (self.counts, self.days);
        second as f64 * (before as f64) < first as f64 * after as f64
    }

    /// "(30, then 18)".
    fn told(self) -> String {
        format!("({}, then {})", self.counts[0], self.counts[1])
    }
}

fn of_incidents(halves: Sides) -> String {
    let told = halves.told();
    match (halves.total(), halves.p() < RARE, halves.fell()) {
        (0, ..) => "There were no incidents in either half.".into(),
        (_, true, true) => format!("Incidents became fewer {told}, by more than chance would bring."),
        (_, true, false) => format!("Incidents became more {told}, by more than chance would bring."),
        (..FEW, ..) => format!("There are too few incidents {told} to say whether they became fewer."),
        _ => format!("The difference in incidents {told} is no more than chance would bring."),
    }
}

/// Never "reporting did not fall": a fall that may be chance may also be a fall.
fn of_reports(halves: Sides) -> String {
    let told = halves.told();
    match (halves.total(), halves.p() < RARE, halves.fell()) {
        (0, ..) => {
            "No near misses were reported in either half, so it cannot be said how much people report.".into()
        }
        (_, true, true) => format!(
            "Fewer near misses were reported {told}, by more than chance would bring: people may report less, and fewer \
             incidents may be written down too."
        ),
        (_, true, false) => {
            format!("More near misses were reported {told}, by more than chance would bring.")
        }
        (..FEW, ..) => format!(
            "There are too few reports of near misses {told} to say whether people report as much as before."
        ),
        _ => format!("The difference in near misses reported {told} is no more than chance would bring."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(first: u64, second: u64) -> Sides {
        Sides { counts: [first, second], days: [90, 90] }
    }

    #[test]
    fn a_fall_that_may_be_chance_is_never_said_to_be_none() {
        assert_eq!(
            of_reports(halves(30, 18)),
            "The difference in near misses reported (30, then 18) is no more than chance would bring."
        );
        assert!(of_reports(halves(30, 10)).starts_with("Fewer near misses were reported (30, then 10)"));
        assert!(of_reports(halves(10, 30)).starts_with("More near misses were reported (10, then 30)"));
        assert!(of_reports(halves(4, 2)).starts_with("There are too few reports"));
        assert!(of_reports(halves(0, 0)).contains("cannot be said"));
    }

    #[test]
    fn incidents_are_told_with_their_counts() {
        assert!(of_incidents(halves(20, 5)).starts_with("Incidents became fewer (20, then 5)"));
        assert!(of_incidents(halves(0, 9)).starts_with("Incidents became more (0, then 9)"));
        assert!(of_incidents(halves(4, 3)).starts_with("There are too few incidents (4, then 3)"));
        assert!(of_incidents(halves(0, 0)).starts_with("There were no incidents"));
    }

    #[test]
    fn halves_of_unequal_length_are_compared_by_their_days() {
        let level = Sides { counts: [10, 11], days: [100, 110] };
        assert!(!level.fell());
        assert!(Sides { counts: [10, 10], days: [100, 110] }.fell());
    }
}
