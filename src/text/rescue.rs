//! Words about handing in a rescue file.

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
