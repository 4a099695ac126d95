//! Passwords that are tried first. `zxcvbn` knows 30,000 stolen passwords, 90,000 words and names, keyboards, dates and
//! repetitions, and says how many guesses a password withstands. Added here: what everybody at a provider knows.

use zxcvbn::{Score, zxcvbn};

/// Words that lie close at hand in a home, beside those that `known` brings.
const OF_THE_WORK: [&str; 21] = [
    "noticed",
    "near miss",
    "nearmiss",
    "care home",
    "carehome",
    "care",
    "carer",
    "nurse",
    "nursing",
    "resident",
    "residents",
    "manager",
    "deputy",
    "senior",
    "staff",
    "medicine",
    "medicines",
    "medication",
    "tablets",
    "shift",
    "rota",
];
/// A hundred million guesses at the least.
const ENOUGH: Score = Score::Three;
/// As many digits and signs as people put around a word, and how soon a word is found.
const MOST_AROUND: usize = 8;
const GUESSES_OF_A_WORD: u64 = 100_000;
/// A shorter name says nothing in a long password.
const SHORTEST_NAME: usize = 4;
/// A part of a name that is looked for.
const SHORTEST_WORD: usize = 3;
/// As long as a phone number or two dates.
const NUMBER: usize = 16;

/// Why a password would be found soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Easy {
    /// A name that people here know.
    Name,
    /// A date, or a phone number.
    Number,
    /// Common, or made of what is common.
    Common,
}

impl Easy {
    pub fn sentence(self) -> &'static str {
        match self {
            Easy::Name => {
                "This password has a name in it that people here know. Choose at least 10 characters without the names of people, homes and the provider."
            }
            Easy::Number => {
                "Dates and phone numbers are easy to guess. Choose at least 10 characters, such as three words that do not belong together."
            }
            Easy::Common => {
                "This password is easy to guess. Choose at least 10 characters, such as three words that do not belong together."
            }
        }
    }
}

/// `known`: what everybody here would try: the sign-in name, the person's name, the provider, the sites.
pub fn easy(password: &str, known: &[&str]) -> Option<Easy> {
    let letters = plain(password);
    let mut names = known.iter().map(|name| plain(name));
    if names.any(|name| name.chars().count() >= SHORTEST_NAME && letters.contains(&name)) {
        return Some(Easy::Name);
    }
    let digits = password.chars().filter(char::is_ascii_digit).count();
    if !password.chars().any(char::is_alphabetic) && digits < NUMBER {
        return Some(Easy::Number);
    }
    let mut words: Vec<String> = known.iter().map(|name| plain(name)).collect();
    words.extend(known.iter().flat_map(|name| name.split_whitespace()).map(str::to_owned));
    words.retain(|word| word.chars().count() >= SHORTEST_WORD);
    let inputs: Vec<&str> = words.iter().map(String::as_str).chain(OF_THE_WORK).collect();
    let is_easy = zxcvbn(password, &inputs).score() < ENOUGH || has_easy_middle(password, &inputs);
    is_easy.then_some(Easy::Common)
}

/// One common word with a few digits and signs around it.
fn has_easy_middle(password: &str, inputs: &[&str]) -> bool {
    let middle = password.trim_matches(|sign: char| !sign.is_alphabetic());
    let around = password.chars().count() - middle.chars().count();
    !middle.is_empty()
        && (1..=MOST_AROUND).contains(&around)
        && zxcvbn(middle, inputs).guesses() < GUESSES_OF_A_WORD
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_easy() {
        let known = ["ada01", "Ada Example", "Willow Care", "Elm House"];
        for (password, why) in [
            ("1234567890", Easy::Number),
            ("0987654321", Easy::Number),
            ("aaaaaaaaaaaa", Easy::Common),
            ("password123", Easy::Common),
            ("P4ssw0rd2026", Easy::Common),
            ("Welcome2026!", Easy::Common),
            ("qwertyuiop12", Easy::Common),
            ("1q2w3e4r5t6y", Easy::Common),
            ("Iloveyou1234", Easy::Common),
            ("11/04/1984", Easy::Number),
            ("07700 900123", Easy::Number),
            ("kettlekettle", Easy::Common),
            ("abcdefghij", Easy::Common),
            ("Liverpool1984", Easy::Common),
            ("ada01-is-01", Easy::Name),
            ("WillowCare26", Easy::Name),
            ("elmhouse2026", Easy::Name),
            ("Noticed2026!", Easy::Common),
            ("carehome-carehome-1", Easy::Common),
            ("Summer2026!!", Easy::Common),
        ] {
            assert_eq!(easy(password, &known), Some(why), "{password}");
        }
    }

    #[test]
    fn stolen_passwords_are_easy_and_so_is_one_with_a_year_or_other_signs_behind_it() {
        // Of ten letters and more, from far down the list of what was stolen, and the same in disguise.
        for password in [
            "basketball",
            "1qaz2wsx3edc",
            "q1w2e3r4t5y6",
            "butterfly1",
            "manchester",
            "liverpool1",
            "w3lc0mehome",
            "Chelsea2019",
            "Passw0rd!!",
            "December25",
            "nearmiss2026",
            "medicines1!",
            "Medication#1",
        ] {
            assert_eq!(easy(password, &[]), Some(Easy::Common), "{password}");
        }
    }

    #[test]
    fn words_that_only_one_person_put_together_are_not() {
        for good in [
            "green kettle on the hob",
            "seven blue buckets",
            "violet-kettle-42",
            "violet kettle 42",
            "my gran's blue budgie",
            "Xw9#kTq2LmZr",
            // No kind of sign has to be in it, and every sign may.
            "tin orbit mango",
            "чайник на зелёной плите",
            "8417 2950 6638 1173 5",
        ] {
            assert_eq!(easy(good, &["boss", "Bo", "Willow Care", "Elm House"]), None, "{good}");
        }
    }

    /// The longest that may be sent, patterns in patterns: a judge that tries them all would never come to the end.
    #[test]
    fn a_long_password_is_judged() {
        for (long, fine) in
            [("p4$5w0rd!".repeat(22), true), ("1a!".repeat(66), false), ("zxcvbn".repeat(33), false)]
        {
            assert_eq!(easy(&long, &["Willow Care", "Elm House"]).is_none(), fine, "{long}");
        }
    }
}
