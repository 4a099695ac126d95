//! What there is most of.

/// Of fewer, half of all says nothing.
const FEW: usize = 10;

/// "Most frequent: wrong dose (12 of 40), then hoist (9). The first 2 make up half." Rows sorted, most frequent first.
pub fn most_frequent(rows: &[(String, usize)], whole: usize) -> Option<String> {
    let (first, many) = rows.first()?;
    let mut words = format!("Most frequent: {first} ({many} of {whole})");
    if let Some((second, many)) = rows.get(1) {
        words.push_str(&format!(", then {second} ({many})"));
    }
    words.push('.');
    let sum: usize = rows.iter().map(|(_, many)| many).sum();
    let mut so_far = 0;
    let half = rows.iter().position(|(_, many)| {
        so_far += many;
        so_far * 2 >= sum
    });
    if let Some(half) = half.filter(|half| *half > 0 && rows.len() > 3 && sum >= FEW) {
        words.push_str(&format!(" The first {} make up half of all.", half + 1));
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_are_named_and_half_is_counted() {
        let rows = |counts: &[usize]| -> Vec<(String, usize)> {
            counts.iter().enumerate().map(|(index, many)| (format!("kind {index}"), *many)).collect()
        };
        assert_eq!(most_frequent(&rows(&[3]), 3).as_deref(), Some("Most frequent: kind 0 (3 of 3)."));
        let words = most_frequent(&rows(&[6, 5, 3, 2, 2]), 18).expect("words");
        assert_eq!(
            words,
            "Most frequent: kind 0 (6 of 18), then kind 1 (5). The first 2 make up half of all."
        );
        assert_eq!(most_frequent(&[], 0), None);
    }
}
