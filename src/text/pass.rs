//! Words of letting agency staff report.

pub use super::capture::device::LET_AGENCY_IN as TITLE;
pub const LEDE: &str = "For somebody of an agency or the bank who works here now. They notice things too.";
pub const STEPS: [&str; 3] = [
    "They scan a square with their own phone and choose a password.",
    "They record what they notice, also without signal, and see what came of their own reports.",
    "They see no report of anybody else.",
];
pub const HOW_LONG: &str = "Until when?";
pub const TODAY: &str = "Today";
pub const TOMORROW: &str = "Tomorrow";
pub const NAME: &str = "What do you call them? (optional)";
pub const NAME_HINT: &str =
    "For example, Night shift. A real name is not needed. What you type stays in the staff list";
pub const MAKE: &str = "Make a code";
pub const AFTER: &str = "After the last day their phone opens nothing here. What they recorded in time and had not sent is still \
     taken. They stand in the staff list, where a manager can end it earlier. That you let them in is kept.";
pub const NOT_YOURS: &str = "Whoever leads a shift, an area or the service lets agency staff in.";

pub const DONE: &str = "Done, go Home";
pub const ANOTHER: &str = "Make another code";

/// For whom the code is.
pub fn of(name: &str) -> String {
    if name.is_empty() { "agency staff".to_owned() } else { name.to_owned() }
}

/// "Until 29 November".
pub fn until(day: &str) -> String {
    format!("Until {day}")
}
