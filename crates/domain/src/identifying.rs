//! Finds what names a person in free text, so that the writer can take it out before it is saved. A hint only:
//! it never refuses a report, and it does not find every name. Source: requirement 20, background.md section 4.

/// What a piece of text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Ten digits whose last one checks the others.
    NhsNumber,
    Phone,
    /// A date in a year long past.
    Birthday,
    /// A title with a name after it.
    Name,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub looks: Looks,
    /// As it stands in the text.
    pub text: String,
}

const TITLES: [&str; 9] = ["mr", "mrs", "miss", "ms", "mx", "dr", "sir", "lady", "rev"];
/// Nobody who is looked after by an adult service was born later; earlier years do not occur in living people.
const BIRTH_YEARS: std::ops::RangeInclusive<u32> = 1900..=2009;

/// In the order of the text, each once.
pub fn identifying(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |looks, text: &str| {
        let text = text.trim().to_owned();
        if !found.iter().any(|known: &Found| known.text == text) {
            found.push(Found { looks, text });
        }
    };
    for run in digit_runs(text) {
        if let Some(looks) = of_digits(run) {
            add(looks, run);
        }
    }
    for date in text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '/' | '.' | '-'))) {
        if is_birthday(date.trim_matches(['/', '.', '-'])) {
            add(Looks::Birthday, date.trim_matches(['/', '.', '-']));
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let title = pair[0].trim_end_matches('.').trim_start_matches(['(', '"', '\'']);
        let name = pair[1].trim_matches(|letter: char| !letter.is_alphanumeric());
        if TITLES.iter().any(|known| title.eq_ignore_ascii_case(known))
            && name.starts_with(char::is_uppercase)
        {
            add(Looks::Name, &format!("{title} {name}"));
        }
    }
    found
}

/// Digits with single blanks or hyphens between them, as numbers are written.
fn digit_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '+')))
        .map(|run| run.trim_matches([' ', '-']))
        .filter(|run| run.bytes().filter(u8::is_ascii_digit).count() >= 10)
}

fn of_digits(run: &str) -> Option<Looks> {
    let digits: Vec<u32> = run.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let is_phone = (run.starts_with("+44") && digits.len() == 12)
        || (digits.first() == Some(&0) && matches!(digits.len(), 10 | 11));
    match (is_nhs_number(&digits), is_phone) {
        (true, _) => Some(Looks::NhsNumber),
        (false, true) => Some(Looks::Phone),
        (false, false) => None,
    }
}

/// Modulus 11 with weights 10 to 2, as the NHS Data Dictionary describes it (checked 2026-11).
fn is_nhs_number(digits: &[u32]) -> bool {
    let [body @ .., check] = digits else { return false };
    if body.len() != 9 {
        return false;
    }
    let sum: u32 = body.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => *check == 0,
        10 => false,
        expected => *check == expected,
    }
}

/// Day, month and year with one separator.
fn is_birthday(text: &str) -> bool {
    let parts: Vec<u32> = text.split(['/', '.', '-']).filter_map(|part| part.parse().ok()).collect();
    let [day, month, year] = parts[..] else { return false };
    (1..=31).contains(&day) && (1..=12).contains(&month) && BIRTH_YEARS.contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> Vec<(Looks, String)> {
        identifying(text).into_iter().map(|found| (found.looks, found.text)).collect()
    }

    #[test]
    fn a_name_with_a_title_and_a_number_of_the_nhs_are_found() {
        assert_eq!(
            looks("Text about Mrs Example-Name 943 476 5919, who was upset"),
            [(Looks::NhsNumber, "943 476 5919".into()), (Looks::Name, "Mrs Example-Name".into())]
        );
        assert_eq!(looks("dr. Sample said so"), [(Looks::Name, "dr Sample".into())]);
        assert_eq!(looks("call 07700 900123 or +44 7700 900123").len(), 2);
        assert_eq!(looks("born 3/4/1941"), [(Looks::Birthday, "3/4/1941".into())]);
    }

    #[test]
    fn what_a_report_usually_says_is_left_alone() {
        for text in [
            "The warfarin dose was 5 mg at 08:30, not 3 mg",
            "R-014 had 12 tablets left on 3/4/2026, MAR page 2026-11-25",
            "Miss the step and you fall",
            "The doctor said to wait. Dr visits on Monday",
            "943 476 5918",
            "Batch 1234567890",
            "",
        ] {
            let found = looks(text);
            let is_title_only = text.contains("Dr visits");
            assert!(found.is_empty() || is_title_only && found.is_empty(), "{text}: {found:?}");
        }
    }
}
