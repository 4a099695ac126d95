//! Words about read-only links for people outside, and about the calendar.

pub const LINKS: &str = "Links for people outside";
pub const LINKS_WORDS: &str = "An inspector or a commissioner opens the link in any browser, without signing in. They read one pack and can change nothing. The pack has no names and no free text.";
pub const MAKE: &str = "Make a link";
pub const NO_LINKS: &str = "Nobody outside has a link.";
pub const NO_LINKS_WORDS: &str = "Each link stands here: for whom it is, when it ends, and how often it was opened. Make one when an inspector or a commissioner asks.";
pub const MADE: &str = "The link is ready";
pub const MADE_WORDS: &str = "Send it to that person only. It is shown once; nobody can look it up later.";
pub const END: &str = "End";
pub const END_SURE: &str = "End this link now?";
pub const END_WORDS: &str = "Whoever has it sees nothing any more. You can make a new one.";
pub const NEEDS_SERVER: &str = "Links are kept by the service. Try again when there is signal.";

/// In the list: the link shows nothing now.
pub fn maker_left(maker: &str) -> String {
    format!("Ended: {maker} may not give it now")
}

/// After a change of the staff list: that a link ended with it, and what to do.
pub fn ended(reader: &str, maker: &str) -> String {
    format!("The link for {reader} has ended, because {maker} made it. Make a new one if it is needed.")
}

pub const CALENDAR: &str = "Your calendar";
pub const CALENDAR_WORDS: &str = "Your own calendar program can show the audits, reviews and due dates that are yours. It gets a secret address. No names and no words of a report are in it.";
pub const CALENDAR_MAKE: &str = "Make an address";
pub const CALENDAR_AGAIN: &str = "Make a new address";
pub const CALENDAR_AGAIN_WORDS: &str = "When you make a new one, the address before stops working.";
pub const CALENDAR_END: &str = "Stop the calendar";
pub const CALENDAR_HOW: &str = "In your calendar program, choose \"Add calendar from address\" or \"Subscribe\", and paste this. It is shown once.";
