//! What the server would have suggested otherwise when a decision arrived, in words.

use super::{body, record::lower_first};
use crate::text::common;
use domain::{event::SecondLook, notification, vocabulary as list};

/// "The service, which knew more (this has happened again and again), would also have suggested: ...".
pub fn words(second: &SecondLook) -> String {
    let named = |wanted: bool| -> Vec<String> {
        second
            .suggests
            .iter()
            .filter(|(_, suggestion)| (suggestion.as_str() != "not_needed") == wanted)
            .map(|(body, suggestion)| match wanted {
                true => {
                    format!(
                        "{} ({})",
                        list::BODY.label(body),
                        list::SUGGESTION.label(suggestion).to_lowercase()
                    )
                }
                false => list::BODY.label(body).to_owned(),
            })
            .collect()
    };
    let join = |names: &[String]| common::list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let (more, fewer) = (named(true), named(false));
    let knew = match knew(second) {
        words if words.is_empty() => "The service, which knew more,".to_owned(),
        words => format!("The service, which knew more ({words}),"),
    };
    match (more.is_empty(), fewer.is_empty()) {
        (false, true) => format!("{knew} would also have suggested: {}.", join(&more)),
        (true, _) => format!("{knew} would not have suggested: {}.", join(&fewer)),
        (false, false) => {
            format!(
                "{knew} would also have suggested: {}. It would not have suggested: {}.",
                join(&more),
                join(&fewer)
            )
        }
    }
}

fn knew(second: &SecondLook) -> String {
    let rows = notification::rules().rows.iter().filter(|row| second.rows.contains(&row.id));
    let known: Vec<String> = rows.filter_map(|row| Some(lower_first(body::known(row.also?)))).collect();
    common::list(&known.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_server_knew_and_what_follows() {
        let second = SecondLook {
            suggests: [("council_safeguarding".to_owned(), "consider".to_owned())].into(),
            rows: vec!["P1".into()],
        };
        assert_eq!(
            words(&second),
            "The service, which knew more (this has happened again and again), would also have suggested: \
             Council safeguarding (think about it)."
        );
        let less =
            SecondLook { suggests: [("cqc".to_owned(), "not_needed".to_owned())].into(), rows: Vec::new() };
        assert_eq!(
            words(&less),
            "The service, which knew more, would not have suggested: Care Quality Commission."
        );
    }
}
