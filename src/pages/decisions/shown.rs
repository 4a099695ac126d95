//! What was chosen, in words: the filters themselves are not on paper.

use super::{filters::ONLY, lines::Wanted};
use crate::text::common::day;
use domain::{
    time::parse_date,
    vocabulary::{BODY, CATEGORY, NOTIFICATION_OUTCOME},
};

/// "Shown: Needed, but not told yet; Medicines"; none where nothing was chosen. `by`: who decided, in words.
pub fn shown(wanted: &Wanted, by: &str) -> Option<String> {
    let only = ONLY.iter().find(|(code, _)| *code == wanted.only).map(|(_, words)| (*words).to_owned());
    let listed = |code: &str, label: &dyn Fn(&str) -> String| (!code.is_empty()).then(|| label(code));
    let date = |words: &str, date: &str| parse_date(date).map(|date| format!("{words} {}", day(date)));
    let parts = [
        only,
        listed(&wanted.outcome, &|code| NOTIFICATION_OUTCOME.label(code).to_owned()),
        listed(&wanted.body, &|code| format!("Must be told: {}", BODY.label(code))),
        listed(&wanted.category, &|code| CATEGORY.label(code).to_owned()),
        listed(&wanted.by, &|_| format!("Decided by {by}")),
        date("From", &wanted.from),
        date("To", &wanted.to),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Shown: {}", parts.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_says_what_was_chosen() {
        let wanted = |only: &str, by: &str, from: &str| Wanted {
            only: only.to_owned(),
            by: by.to_owned(),
            from: from.to_owned(),
            ..Wanted::default()
        };
        assert_eq!(shown(&wanted("", "", ""), ""), None);
        let said = shown(&wanted("untold", "rm", "2026-10-01"), "Farah Haddad");
        let words = "Shown: Needed, but not told yet; Decided by Farah Haddad; From 1 October 2026";
        assert_eq!(said.as_deref(), Some(words));
    }
}
