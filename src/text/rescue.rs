//! Words about handing in a rescue file.

use crate::state::RescueReport;

pub const TITLE: &str = "Rescue file";
pub const MANAGE: &str = "Manage";
pub const HINT: &str = "Hand in what a phone could not send.";
pub const LEDE: &str = "When a phone cannot send, Noticed saves its reports as a file that ends with .nmrescue. Choose that file here. Nothing is taken twice.";
pub const FILE: &str = "Choose the rescue file";
pub const WORKING: &str = "Handing it in";
pub const EMPTY: &str = "The file is good, and there is nothing in it";
pub const ALL_HERE: &str = "Everything in the file is here";
pub const NOT_ALL: &str = "Look at what was not taken in";
pub const TELL: &str =
    "Tell the person who gave you the file. Keep the file until you have seen the reports in Noticed.";

/// Name, number, and what it means.
pub fn lines(report: &RescueReport) -> [(&'static str, usize, &'static str); 9] {
    [
        ("Taken in", report.accepted, "They are in Noticed now."),
        ("Here already", report.here_before, "Nothing was changed."),
        ("Waiting", report.held, "They are kept until an earlier entry of the same phone arrives."),
        ("Kept aside", report.set_aside, "They are kept. The Registered Manager sees them with the reason."),
        ("Without a name", report.letters, "They are in Noticed now."),
        ("Without a name, not accepted", report.letters_refused, "They stay on the phone."),
        (
            "Not taken",
            report.not_taken,
            "Too much came from devices that nobody knows here. Try again in an hour.",
        ),
        ("Not finished", report.drafts, "Only their author can finish them, on the phone."),
        ("Unreadable", report.unreadable, "They stay on the phone. Keep it, and ask for help."),
    ]
}
