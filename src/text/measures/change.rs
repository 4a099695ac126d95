//! Before and after: what was counted, whether chance alone may do that, and whether people report as much as before.

use crate::text::common::{count, grouped};
use domain::measures::{before_after, shown};

/// Two equal or unequal spans of time, side by side.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// "near miss", "near misses".
    pub one: &'a str,
    pub many: &'a str,
    /// " in medicines", or nothing.
    pub within: &'a str,
    pub before: u64,
    pub before_days: u64,
    pub now: u64,
    pub now_days: u64,
}

/// Together fewer than this say little.
const FEW: u64 = 10;
const RARE: f64 = 0.05;

/// Beside a difference that is seldom chance: the chart through time may say that nothing changed.
pub const ADDS_UP: &str = "The chart through time may still show no change: it judges each week or month by itself, and \
     this compares the sums. Many small differences in one direction add up. Both can be true.";

/// Of two counts in times of the same length.
pub fn is_seldom_chance(before: u64, now: u64) -> bool {
    before + now >= FEW && before_after(before, 1.0, now, 1.0).p < RARE
}

/// "18 near misses in medicines in these 90 days, 7 in the 90 days before. …"
pub fn change(change: Change<'_>) -> String {
    let Change { one, many, within, before, before_days, now, now_days } = change;
    let days = |days: u64| if days == 1 { "day".to_owned() } else { format!("{days} days") };
    let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let head = format!(
        "{}{within} {} {}, {} {} {} before.",
        count(whole(now), one, many),
        if now_days == 1 { "on this" } else { "in these" },
        days(now_days),
        grouped(whole(before)),
        if before_days == 1 { "on the" } else { "in the" },
        days(before_days),
    );
    format!("{head} {}", chance(before, before_days as f64, now, now_days as f64))
}

/// Is the difference between two counts more than chance does?
pub fn chance(before: u64, before_time: f64, now: u64, now_time: f64) -> String {
    if before + now == 0 {
        return "There is nothing to compare.".into();
    }
    if before_time <= 0.0 || now_time <= 0.0 {
        return "There is no time before to compare with.".into();
    }
    if before + now < FEW {
        return "These numbers are too small to say whether something changed.".into();
    }
    if before == now && before_time == now_time {
        return "The same number.".into();
    }
    let p = before_after(before, before_time, now, now_time).p;
    let meaning =
        |of: String| format!("if nothing had changed, {of} pairs of times would differ this much or more");
    if p < 0.001 {
        let of = meaning("fewer than 1 in 1,000".into());
        return format!("A difference this large is hardly ever chance (p is below 0.001: {of}).");
    }
    let of = match (p * 100.0).round() as u64 {
        0 => "fewer than 1 in 100".into(),
        100.. => "nearly all".into(),
        some => format!("about {some} in 100"),
    };
    let told = meaning(of);
    match p < RARE {
        true => format!("A difference this large is seldom chance (p = {}: {told}).", decimals(p)),
        false => format!("The difference may be chance (p = {}: {told}).", decimals(p)),
    }
}

/// What was reported in all, in the two times of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    pub before: u64,
    pub before_days: u64,
    pub now: u64,
    pub now_days: u64,
}

impl Volume {
    /// Beside a fall of harm or of near misses: did people report as much? Source: background.md section 3.7.
    pub fn beside_a_fall(self) -> &'static str {
        let [before, now] = [(self.before, self.now_days), (self.now, self.before_days)]
            .map(|(count, days)| u128::from(count) * u128::from(days));
        let is_rare = || {
            let [then, since] = [self.before_days, self.now_days].map(|days| days as f64);
            before_after(self.before, then, self.now, since).p < RARE
        };
        match now < before {
            _ if self.before + self.now == 0 => {
                "No others were reported in these times, so nothing shows whether people report as much as before."
            }
            true if is_rare() => {
                "People report less than before, so the fall may be a fall in reporting and not in risk."
            }
            true => {
                "Chance alone may bring so many fewer reports, but the fall may still come in part from them."
            }
            false => "People report as much as before or more, so fewer reports do not explain the fall.",
        }
    }
}

/// The same with the counts, of two times of the same length. Nothing where there is no fall.
pub fn volume(fell: bool, volume: Volume) -> Option<String> {
    let Volume { before, now, .. } = volume;
    let counts = format!("All reports in the same times: {before} before, {now} now.");
    fell.then(|| format!("{counts} {}", volume.beside_a_fall()))
}

fn decimals(p: f64) -> String {
    shown(p, if p < 0.01 { 3 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: u64, now: u64) -> String {
        let (one, many) = ("near miss", "near misses");
        change(Change { one, many, within: " in medicines", before, before_days: 90, now, now_days: 90 })
    }

    #[test]
    fn a_difference_that_chance_seldom_makes_is_called_so() {
        assert_eq!(
            of(7, 18),
            "18 near misses in medicines in these 90 days, 7 in the 90 days before. A difference this large is seldom \
             chance (p = 0.04: if nothing had changed, about 4 in 100 pairs of times would differ this much or more)."
        );
        assert!(of(10, 90).contains("hardly ever chance"));
    }

    #[test]
    fn one_day_is_a_day_on_which_it_happened() {
        let (one, many) = ("near miss", "near misses");
        let day = Change { one, many, within: "", before: 1, before_days: 1, now: 2, now_days: 1 };
        assert!(
            change(day).starts_with("2 near misses on this day, 1 on the day before."),
            "{}",
            change(day)
        );
    }

    #[test]
    fn only_a_difference_that_is_called_seldom_needs_words_beside_the_chart() {
        for (before, now) in
            [(7, 18), (20, 30), (0, 8), (269, 215), (10, 90), (12, 15), (2, 5), (81, 81), (0, 0)]
        {
            let is_said = ["seldom chance", "hardly ever chance"].iter().any(|w| of(before, now).contains(w));
            assert_eq!(is_seldom_chance(before, now), is_said, "{before}, {now}");
        }
    }

    #[test]
    fn a_difference_that_may_be_chance_is_called_so() {
        assert!(of(12, 15).contains("The difference may be chance (p = 0.70"));
        assert!(of(120, 121).contains("p = 1.00: if nothing had changed, nearly all pairs"));
        assert!(of(81, 81).ends_with("81 in the 90 days before. The same number."), "{}", of(81, 81));
    }

    #[test]
    fn small_numbers_and_none_are_said_to_be_so() {
        assert!(of(2, 5).ends_with("These numbers are too small to say whether something changed."));
        assert!(of(0, 1).starts_with("1 near miss in medicines"));
        assert!(of(0, 0).ends_with("There is nothing to compare."));
        assert!(chance(20, 0.0, 5, 30.0).contains("no time before"));
    }

    fn same_days(before: u64, now: u64) -> Volume {
        Volume { before, before_days: 90, now, now_days: 90 }
    }

    #[test]
    fn times_of_different_lengths_are_compared_by_the_day() {
        let said = |now| Volume { before: 28, before_days: 28, now, now_days: 90 }.beside_a_fall();
        assert!(said(90).contains("do not explain"), "as many each day");
        assert!(said(40).contains("not in risk"), "more in all, fewer each day");
        let silent = Volume { before: 0, before_days: 28, now: 0, now_days: 28 };
        assert!(silent.beside_a_fall().contains("nothing shows whether"), "silence is not as much");
    }

    #[test]
    fn a_fall_is_never_told_without_the_volume_of_reports() {
        let words = |before, now| volume(true, same_days(before, now)).expect("a fall");
        assert_eq!(volume(false, same_days(60, 10)), None);
        assert!(words(60, 30).contains("may be a fall in reporting"));
        assert!(words(60, 58).contains("60 before, 58 now"));
        assert!(words(60, 61).contains("do not explain the fall"));
    }

    #[test]
    fn fewer_reports_are_never_said_to_be_as_many() {
        for now in [59, 55, 50] {
            let words = volume(true, same_days(60, now)).expect("a fall");
            assert!(words.ends_with("the fall may still come in part from them."), "{words}");
        }
    }
}
