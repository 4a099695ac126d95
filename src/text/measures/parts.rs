//! Parts of a whole in words: shares, ratios, the most frequent of many.

use crate::text::common::{count, grouped};

/// Fewer than this are too few to rest anything on.
const FEW: usize = 10;

/// "12 of 40, 30%", or only the numbers where the whole is small.
pub fn of_whole(part: usize, whole: usize) -> String {
    match share(part, whole) {
        None => "none yet".into(),
        Some(_) if whole < FEW => format!("{part} of {whole}"),
        Some(share) => format!("{} of {}, {share}", grouped(part), grouped(whole)),
    }
}

/// "12 of 40 near misses, 30%".
pub fn part_of(part: usize, whole: usize, name: &str) -> String {
    let share = share(part, whole).filter(|_| whole >= FEW).map(|share| format!(", {share}"));
    format!("{} of {} {name}{}", grouped(part), grouped(whole), share.unwrap_or_default())
}

/// "7.5%", "30%": to one decimal, half away from zero; none without a whole. Source: model.md section 13.
pub fn share(part: usize, whole: usize) -> Option<String> {
    (whole > 0).then(|| format!("{}%", (part as f64 * 1000.0 / whole as f64).round() / 10.0))
}

/// A caution, where the whole is small.
pub fn small(whole: usize) -> Option<String> {
    (whole > 0 && whole < FEW).then(|| {
        format!("Only {} in all. That is too few to see a pattern.", count(whole, "record", "records"))
    })
}

/// "24 near misses, 5 with no harm and 2 with harm. 3 others: … For each one with harm …" `others`: the rest of the reports.
pub fn ratio(prevented: usize, no_harm: usize, harm: usize, others: usize) -> String {
    let mut head = format!(
        "{}, {} that reached somebody without harm and {} with harm.",
        count(prevented, "near miss", "near misses"),
        grouped(no_harm),
        grouped(harm),
    );
    if others > 0 {
        let others = count(others, "other report is", "other reports are");
        head.push_str(&format!(
            " {others} none of these: not clear or not confirmed yet, or restrictive practice."
        ));
    }
    match (prevented + no_harm, harm) {
        (0, 0) if others == 0 => "Nothing was recorded in this time.".into(),
        (_, 0) => head,
        (caught, harm) => {
            let each = (caught as f64 / harm as f64 * 10.0).round() / 10.0;
            format!("{head} For each one with harm, {each} were caught or did no harm.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_few_is_not_given_in_per_cent() {
        assert_eq!(of_whole(3, 40), "3 of 40, 7.5%");
        assert_eq!(of_whole(3, 4), "3 of 4");
        assert_eq!(of_whole(0, 0), "none yet");
        assert_eq!(part_of(3, 40, "reports"), "3 of 40 reports, 7.5%");
        assert!(small(4).is_some_and(|words| words.contains("too few")));
        assert_eq!((small(0), small(40)), (None, None));
    }

    #[test]
    fn a_ratio_without_harm_divides_by_nothing() {
        assert_eq!(
            ratio(24, 5, 2, 0),
            "24 near misses, 5 that reached somebody without harm and 2 with harm. For each one with harm, 14.5 were caught or did no harm."
        );
        assert!(ratio(3, 0, 0, 0).ends_with("0 with harm."));
        assert_eq!(ratio(0, 0, 0, 0), "Nothing was recorded in this time.");
    }

    #[test]
    fn what_is_none_of_the_three_is_named_too() {
        assert!(ratio(215, 13, 4, 3).contains("4 with harm. 3 other reports are none of these: not clear"));
        assert!(ratio(0, 0, 0, 1).contains("1 other report is none of these"));
    }

    #[test]
    fn a_share_has_one_decimal_and_a_half_goes_up() {
        let shares =
            [(1, 3), (12, 40), (1, 16), (5, 800), (0, 12), (12, 12)].map(|(part, whole)| share(part, whole));
        let expected = ["33.3%", "30%", "6.3%", "0.6%", "0%", "100%"];
        assert_eq!(shares.map(Option::unwrap_or_default), expected);
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(of_whole(10, 1044), "10 of 1,044, 1%");
        assert_eq!(part_of(10, 1044, "reports"), "10 of 1,044 reports, 1%");
    }
}
