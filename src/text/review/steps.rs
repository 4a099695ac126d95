//! The five steps in words: what is next, who does it, where it is written.

use domain::{category::CategorySpec, directory::Directory, record::Record, vocabulary};

/// What waits to be done in a step: "Look at the risk".
pub fn task(step: u8) -> &'static str {
    match step {
        1 => "Answer the question",
        2 => "Look at the risk",
        3 => "Decide who must be told",
        4 => "Put it right",
        5 => "Check if it worked",
        _ => "Nothing",
    }
}

/// The same after "Next:".
pub fn next(step: u8) -> &'static str {
    match step {
        1 => "Next: the reporter answers",
        2 => "Next: look at the risk",
        3 => "Next: decide who must be told",
        4 => "Next: put it right",
        5 => "Next: check if it worked",
        _ => "Nothing more to do",
    }
}

/// The button that opens a step.
pub fn button(step: u8) -> &'static str {
    match step {
        2 => "Review",
        3 => "Decide",
        4 => "Act",
        5 => "Record the result",
        _ => "Open",
    }
}

/// The part of the address of a step.
pub fn address(step: u8) -> &'static str {
    match step {
        2 => "review",
        3 => "decide",
        4 => "act",
        5 => "outcome",
        _ => "",
    }
}

/// "Written in: Medication log", with the provider's own name of the log where there is one.
pub fn written_in(spec: &CategorySpec, step: u8, directory: &Directory, site: &str) -> String {
    let names: Vec<&str> =
        spec.destinations(step).iter().map(|code| log_name(code, directory, site)).collect();
    crate::text::common::list(&names)
}

pub fn log_name<'a>(code: &'a str, directory: &'a Directory, site: &str) -> &'a str {
    let own = directory.sites.get(site).and_then(|site| site.log_names.get(code));
    own.map(String::as_str)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| vocabulary::DESTINATION.label(code))
}

/// The steps of a record that may have been decided, with the log that each is written in.
pub fn destination(record: &Record, step: u8, directory: &Directory) -> String {
    record.spec().map(|spec| written_in(spec, step, directory, &record.site)).unwrap_or_default()
}
