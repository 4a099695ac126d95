//! Small counts in a pack for outside eyes. A count of 1 or 2 in a group could point at somebody, and what is hidden in
//! one table must not follow from another. So a number is split by category or site only where nothing that stands
//! beside it, and no difference of it to the totals that it is part of, is 1 or 2. Source: decision 019.

use super::{MonthRow, Place, Tally};
use domain::{audits::Period, ids::SiteId};
use std::collections::{BTreeMap, BTreeSet};

/// Is a count so small that it may point at one person?
pub(crate) fn is_small(count: u32) -> bool {
    matches!(count, 1 | 2)
}

/// What may be split, and how far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Splits {
    /// Ids of the figures that may stand for each category.
    pub by_category: BTreeSet<&'static str>,
    pub by_site: BTreeSet<&'static str>,
    /// Records and incidents may stand beside the near misses of each month.
    pub months: bool,
}

impl Splits {
    pub fn of(
        ids: impl Iterator<Item = &'static str> + Clone,
        tallies: &BTreeMap<Place, Tally>,
        months: &[(Period, MonthRow)],
    ) -> Splits {
        let of_category = |place: &Place| place.site.is_none() && place.category.is_some();
        let of_site = |place: &Place| place.site.is_some() && place.category.is_none();
        let safe = |is_one: &dyn Fn(&Place) -> bool| -> BTreeSet<&'static str> {
            let groups: Vec<&Tally> =
                tallies.iter().filter(|(place, _)| is_one(place)).map(|(_, tally)| tally).collect();
            ids.clone().filter(|id| groups.iter().all(|tally| is_safe(id, tally))).collect()
        };
        Splits {
            by_category: safe(&of_category),
            by_site: safe(&of_site),
            months: months.iter().all(|(_, row)| !parts_of_month(row).into_iter().any(is_small)),
        }
    }

    /// May a figure stand at that place?
    pub fn allow(&self, id: &str, site: Option<&SiteId>, category: Option<&str>) -> bool {
        match (site, category) {
            (None, None) => true,
            (None, Some(_)) => self.by_category.contains(id),
            (Some(_), None) => self.by_site.contains(id),
            (Some(_), Some(_)) => false,
        }
    }
}

fn is_safe(id: &str, tally: &Tally) -> bool {
    parts(id, tally).is_some_and(|parts| !parts.into_iter().any(is_small))
}

fn parts_of_month(row: &MonthRow) -> [u32; 4] {
    let others = row.records.saturating_sub(row.near_misses);
    [row.records, others, row.incidents, others.saturating_sub(row.incidents)]
}

/// The counts that a figure tells of a group, and those that follow from it and the other figures of the group. None
/// for a figure of which that is not known: it is not split.
fn parts(id: &str, t: &Tally) -> Option<Vec<u32>> {
    let less = u32::saturating_sub;
    let others = less(t.records, t.near_misses);
    let step = |index: usize| {
        let step = &t.steps[index];
        vec![step.n(), step.in_time, less(step.n(), step.in_time)]
    };
    // Each of them lies in the one before; their differences are records that wait.
    let stages = [t.records, t.reviewed, t.decided, t.judged, t.closed];
    let waits = |of: u32| stages.iter().map(move |stage| stage.abs_diff(of)).chain([of]);
    let strengths =
        vec![t.done, t.stronger, t.intermediate, t.weaker, less(t.done, t.stronger), less(t.done, t.weaker)];
    let with = |parts: &[u32], of: u32| parts.iter().copied().chain(waits(of)).collect::<Vec<u32>>();
    Some(match id {
        "records" => vec![t.records],
        "near_misses" => vec![t.near_misses, others, t.records],
        "incidents" => vec![t.incidents, less(others, t.incidents), less(t.records, t.incidents)],
        "high_risk" => with(&[t.high_risk, less(t.reviewed, t.high_risk)], t.reviewed),
        "luck_share" => vec![t.luck, less(t.near_misses, t.luck), t.near_misses, others],
        "nameless_share" => vec![t.nameless, less(t.records, t.nameless), t.records],
        "decisions_reasoned" => with(&[t.reasoned, less(t.decided, t.reasoned)], t.decided),
        "bodies_told" => vec![t.bodies_told, t.bodies_needed, less(t.bodies_needed, t.bodies_told)],
        "stronger_share" | "weaker_share" => strengths,
        "actions_late" => vec![t.late, less(t.done, t.late), t.done],
        "actions_overdue" => vec![t.overdue],
        "improved_share" | "worse_or_same" | "better_came_back" => {
            let rest = less(t.judged, t.improved + t.not_better + t.came_back_after);
            let known = [
                t.improved,
                t.not_better,
                t.came_back_after,
                rest,
                less(t.judged, t.improved),
                less(t.judged, t.not_better),
            ];
            with(&known, t.judged)
        }
        "closed_share" => with(&[], t.closed),
        "told_share" => {
            let known =
                [t.told, less(t.closed_here, t.told), less(t.closed, t.closed_here), less(t.closed, t.told)];
            with(&[known.as_slice(), &[t.closed]].concat(), t.closed_here)
        }
        "came_back" => vec![t.came_back, less(t.records, t.came_back)],
        "self_reviewed" => vec![t.self_reviewed, less(t.decisions, t.self_reviewed), t.decisions],
        "arrived_late" => vec![t.arrived_late],
        "step_2_median" | "step_2_in_time" => step(0),
        "step_3_median" | "step_3_in_time" => step(1),
        "step_4_median" | "step_4_in_time" => step(2),
        "step_5_median" | "step_5_in_time" => step(3),
        // They count what the service did, not what happened to anybody.
        "audits_signed_in_time" | "oversights_signed" | "audit_findings" => Vec::new(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_by_category_only_where_no_small_count_follows_from_it() {
        let tally = Tally { records: 27, near_misses: 24, reviewed: 27, high_risk: 5, ..Tally::default() };
        assert!(["records", "near_misses", "high_risk"].into_iter().all(|id| is_safe(id, &tally)));
        let two_others = Tally { near_misses: 25, ..tally.clone() };
        assert!(
            is_safe("records", &two_others) && !is_safe("near_misses", &two_others),
            "27 and 25 tell of 2"
        );
        assert!(!is_safe("high_risk", &Tally { high_risk: 2, ..tally.clone() }));
        assert!(!is_safe("high_risk", &Tally { reviewed: 26, ..tally.clone() }), "one waits for its review");
        assert!(!is_safe("a new figure", &tally), "nobody looked at what it tells");
    }

    #[test]
    fn every_figure_was_looked_at() {
        for spec in super::super::SPECS {
            assert!(parts(spec.id, &Tally::default()).is_some(), "{}", spec.id);
        }
    }
}
