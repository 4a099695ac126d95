//! Passwords that are tried first: common words with a number behind them, runs on the keyboard, dates, repetitions,
//! and the words that everybody at a provider knows.

/// Found again and again in stolen lists, or lying close at hand in a home.
const COMMON: &str = "password passwort passw0rd pass welcome letmein login signin admin administrator master secret \
    changeme default access test tester testing guest user hello whatever trustno iloveyou ilove youlove loveyou \
    lovely love mylove angel baby princess sunshine flower rainbow butterfly summer winter autumn spring monday tuesday \
    wednesday thursday friday saturday sunday january february march april may june july august september october \
    november december christmas football rugby cricket liverpool arsenal chelsea everton tottenham manchester united city \
    newcastle celtic rangers england scotland wales london dragon monkey tigger tiger kitten puppy doggy dog cat \
    chocolate cookie banana orange cheese superman batman spiderman pokemon starwars naruto hunter killer shadow \
    ninja computer internet samsung google facebook iphone android michael jessica ashley charlie george thomas \
    james daniel matthew jordan joshua harry oliver jack sophie emily amy hannah olivia amelia elizabeth \
    noticed nearmiss near miss carehome care home carer nurse nursing resident residents manager staff medicine \
    medication tablet tablets qwerty azerty abc";

/// Neighbours on a keyboard or in the alphabet.
const RUNS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
];
const SHORTEST_RUN: usize = 3;
/// A name as short as this says nothing in a long password.
const SHORTEST_NAME: usize = 4;
/// As much of a password must be left when everything easy is taken out of it.
const LEAST_LEFT: usize = 4;
const LEAST_SIGNS: usize = 5;

/// `known`: what everybody here would try: the sign-in name, the person's name, the provider, the sites.
pub fn is_easy(password: &str, known: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let different = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    let letters = plain(&lower);
    let names = known.iter().map(|words| plain(&words.to_lowercase()));
    different < LEAST_SIGNS
        || is_repeated(&lower)
        || names.filter(|name| name.len() >= SHORTEST_NAME).any(|name| letters.contains(&name))
        || left_of(&lower, known) < LEAST_LEFT
        || left_of(&as_letters(&lower), known) < LEAST_LEFT
}

/// Letters that are in no run and no word that is known.
fn left_of(text: &str, known: &[&str]) -> usize {
    let mut words: Vec<String> = known
        .iter()
        .flat_map(|words| std::iter::once(*words).chain(words.split_whitespace()))
        .chain(COMMON.split_whitespace())
        .map(|word| plain(&word.to_lowercase()))
        .filter(|word: &String| word.chars().count() >= SHORTEST_RUN)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let without_words = words.iter().fold(plain(text), |left, word| left.replace(word.as_str(), " "));
    without_runs(&without_words).chars().filter(|sign| sign.is_alphabetic()).count()
}

fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

fn without_runs(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let (mut left, mut at) = (String::new(), 0);
    while at < signs.len() {
        let longest = RUNS.iter().map(|run| run_at(&signs[at..], run)).max().unwrap_or_default();
        if longest >= SHORTEST_RUN {
            at += longest;
        } else {
            left.push(signs[at]);
            at += 1;
        }
    }
    left
}

/// How many signs from the start follow each other in a run, in either direction.
fn run_at(signs: &[char], run: &str) -> usize {
    let place = |sign: char| run.chars().position(|known| known == sign);
    let (Some(first), Some(second)) =
        (signs.first().copied().and_then(place), signs.get(1).copied().and_then(place))
    else {
        return 0;
    };
    let step = |from: usize, to: usize| to as i64 - from as i64;
    let way = step(first, second);
    if way.abs() != 1 {
        return 0;
    }
    let places = signs.iter().map(|sign| place(*sign));
    let mut before = first;
    let mut length = 1;
    for now in places.skip(1) {
        match now {
            Some(now) if step(before, now) == way => before = now,
            _ => break,
        }
        length += 1;
    }
    length
}

/// Digits and signs that stand for letters.
fn as_letters(text: &str) -> String {
    let letter = |sign| match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// `kettlekettle`, `ab12ab12ab12`.
fn is_repeated(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (1..=signs.len() / 2)
        .filter(|length| signs.len().is_multiple_of(*length))
        .any(|length| signs.chunks(length).all(|part| part == &signs[..length]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_easy() {
        let known = ["ada01", "Ada Example", "Willow Care", "Elm House"];
        for easy in [
            "1234567890",
            "0987654321",
            "aaaaaaaaaaaa",
            "password123",
            "P4ssw0rd2026",
            "Welcome2026!",
            "qwertyuiop12",
            "1q2w3e4r5t6y",
            "Iloveyou1234",
            "11/04/1984",
            "07700 900123",
            "kettlekettle",
            "abcdefghij",
            "Liverpool1984",
            "ada01-is-01",
            "WillowCare26",
            "elmhouse2026",
            "Noticed2026!",
            "carehome-carehome-1",
            "Summer2026!!",
        ] {
            assert!(is_easy(easy, &known), "{easy}");
        }
    }

    #[test]
    fn three_words_that_only_one_person_put_together_are_not() {
        for good in [
            "green kettle on the hob",
            "violet-kettle-42",
            "violet kettle 42",
            "my gran's blue budgie",
            "Xw9#kTq2LmZr",
        ] {
            assert!(!is_easy(good, &["boss", "Bo", "Willow Care", "Elm House"]), "{good}");
        }
    }
}
