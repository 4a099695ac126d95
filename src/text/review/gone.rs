//! Of a record whose words were taken out of the log: what is said in their place, and what can still be done with it.

use domain::{event::Received, fields::Kind, record::Record, verbs};

pub const TITLE: &str = "The words of this record are gone";
/// A pack says the same.
pub use evidence::gone::{NAME, WORDS, said};

/// What still makes sense once a record has ended and its words are gone.
const STILL: [&str; 2] = ["add_note", "link"];
/// Nobody knows any more who reported it.
const TO_REPORTER: [&str; 3] = ["ask", "tell_reporter", "return_for_correction"];

/// Of what the app offers for a record, whether this can still be done.
pub fn allows(verb: &str, record: &Record) -> bool {
    record.words_gone().is_none()
        || (!TO_REPORTER.contains(&verb) && (record.state.is_open() || STILL.contains(&verb)))
}

/// The words, or what to say in their place: that they are gone, or `otherwise`.
pub fn shown<'a>(words: &'a str, record: &Record, otherwise: &'a str) -> &'a str {
    match (words.trim().is_empty(), record.words_gone()) {
        (false, _) => words,
        (true, Some(_)) => WORDS,
        (true, None) => otherwise,
    }
}

/// This entry had words for certain, and they are gone.
pub fn is_of(received: &Received) -> bool {
    let spec = verbs::find(&received.event.verb);
    let had = spec.is_some_and(|spec| {
        spec.fields.iter().any(|field| field.required && matches!(field.kind, Kind::Text))
    });
    had && received.judgement.words_gone.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::Sent,
        text::review::{people, record::reporter},
    };
    use domain::{directory::Directory, event::WordsGone, register::Register, time::parse_instant};
    use serde_json::json;
    use std::sync::Arc;

    fn gone(asked: bool) -> WordsGone {
        WordsGone { at: parse_instant("2026-11-28T23:30Z").expect("a time"), asked }
    }

    /// A record that was closed, as it lies on a device after its words were taken out.
    fn record(gone: Option<WordsGone>) -> Arc<Record> {
        let mut register = Register::new(Arc::default());
        let report = json!({ "category": "environment", "identity": "confidential" });
        Sent { record: "r", by: "hidden", with: report, ..Sent::default() }.arrives(&mut register);
        Sent { verb: "withdraw", record: "r", by: "hidden", ..Sent::default() }.arrives(&mut register);
        let whole = register.shared_record("r").expect("known");
        let mut emptied = Register::new(Arc::default());
        for received in &whole.events {
            let mut received = Received::clone(received);
            received.judgement.words_gone = gone;
            emptied.take(Arc::new(received));
        }
        emptied.shared_record("r").expect("known")
    }

    #[test]
    fn it_is_said_when_and_why_the_words_went() {
        let over = said(gone(false));
        assert!(over.starts_with(
            "The words of this record were taken out on 28 November 2026 because its time was over."
        ));
        assert!(said(gone(true)).contains("because a person asked to be forgotten."));
    }

    #[test]
    fn nobody_is_said_to_hide_what_is_gone() {
        let (whole, emptied) = (record(None), record(Some(gone(true))));
        let directory = Directory::default();
        assert_eq!(reporter(&emptied, &directory), NAME);
        assert_ne!(reporter(&whole, &directory), NAME);
        let by = &emptied.events[0].event.by;
        assert_eq!(people::in_record(by, &emptied, &directory), NAME);
        assert_eq!(people::decider(by, &emptied, &directory), NAME);
        assert_eq!(people::decider(by, &whole, &directory), "a member of staff");
        assert_eq!(shown("", &emptied, "Not shown to you"), WORDS);
        assert_eq!(shown("", &whole, "Not shown to you"), "Not shown to you");
        assert_eq!(shown("Salt.", &emptied, ""), "Salt.");
    }

    #[test]
    fn only_what_makes_sense_is_offered() {
        let (whole, emptied) = (record(None), record(Some(gone(false))));
        for verb in ["ask", "tell_reporter", "amend", "reopen", "record_sent"] {
            assert!(allows(verb, &whole) && !allows(verb, &emptied), "{verb}");
        }
        assert!(allows("add_note", &emptied));
    }
}
