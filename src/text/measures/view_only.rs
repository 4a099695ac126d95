//! Limits that one reader worked out from other points than usual.

use super::super::common::count;

/// From so many points on, limits are firm (model.md, XmR).
const FIRM: usize = 12;

/// So few points that the limits may still move.
pub fn is_trial(points: usize) -> bool {
    points < FIRM
}

/// Where the limits come from, for whom, and how far to trust them.
pub fn rebased(points: usize, reason: &str) -> String {
    let first = count(points, "point", "points");
    let mut words = format!(
        "Only in this view: the limits come from the first {first}. Reason: {}. Everybody else sees the usual limits. \
         Nothing is saved; to show it to somebody, print this page or send its address.",
        reason.trim_end_matches('.')
    );
    if is_trial(points) {
        words.push_str(&format!(
            " These are trial limits: with fewer than {FIRM} points they can move a lot, so do not act on one point alone."
        ));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_points_are_trial_limits_and_the_view_is_nobody_elses() {
        let few = rebased(3, "A new rota.");
        assert!(
            few.starts_with(
                "Only in this view: the limits come from the first 3 points. Reason: A new rota. "
            )
        );
        assert!(few.contains("trial limits"));
        assert!(!rebased(12, "A new rota").contains("trial"));
    }
}
