//! Words on several lines. Pure.

/// Broken between words, at most so many letters and lines; what does not fit ends with dots. A word alone is never
/// broken.
pub(crate) fn wrap(words: &str, letters: usize, most: usize) -> Vec<String> {
    wrap_beside(words, letters, letters, most)
}

/// The same where something stands beside the first line, which has room for `first` letters.
pub(crate) fn wrap_beside(words: &str, first: usize, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let room = if lines.len() > 1 { letters } else { first };
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= room;
        let is_last = lines.len() >= most.max(1);
        match lines.last_mut() {
            Some(line) if is_last || fits(line) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let letters = if lines.len() > 1 { letters } else { first };
    if let Some(last) = lines.last_mut().filter(|last| last.contains(' ') && last.chars().count() > letters) {
        *last = last.chars().take(letters.saturating_sub(1)).chain(['\u{2026}']).collect();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{wrap, wrap_beside};

    #[test]
    fn the_first_line_leaves_room_for_what_stands_beside_it() {
        assert_eq!(wrap_beside("Decide who must be told", 18, 36, 2), ["Decide who must be", "told"]);
        let words = "Distress or behaviour: did not want care or medicine";
        assert_eq!(
            wrap_beside(words, 10, 45, 2),
            ["Distress", "or behaviour: did not want care or medicine"]
        );
        assert_eq!(wrap_beside("Put it right now", 8, 36, 1), ["Put it \u{2026}"]);
    }

    #[test]
    fn long_words_break_between_words() {
        assert_eq!(wrap("Hoist", 36, 2), ["Hoist"]);
        assert_eq!(
            wrap("Place or equipment: water that is too hot or too cold", 36, 2),
            ["Place or equipment: water that is", "too hot or too cold"]
        );
        let long = wrap(&"word ".repeat(40), 36, 2);
        assert_eq!(long.len(), 2);
        assert!(long.iter().all(|line| line.chars().count() <= 36) && long[1].ends_with('\u{2026}'));
        assert_eq!(wrap("9pm to midnight", 11, 2), ["9pm to", "midnight"]);
        assert!(wrap("", 9, 2).is_empty());
    }
}
