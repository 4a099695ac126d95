//! RFC 5545: CRLF, lines folded at 75 octets, values escaped, dates all day, instants in UTC.

use super::{Entry, When};
use domain::time::{self, Instant};

/// Octets in a line before it is folded.
const LINE: usize = 75;

pub(super) fn calendar(entries: &[Entry], now: Instant, name: &str) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    for head in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Noticed//Due//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        line(head);
    }
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    for entry in entries {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&entry.uid)));
        line(&format!("DTSTAMP:{}", utc(now)));
        match entry.when {
            When::On(date) => {
                line(&format!("DTSTART;VALUE=DATE:{}", date.format("%Y%m%d")));
                line(&format!("DTEND;VALUE=DATE:{}", time::add_days(date, 1).format("%Y%m%d")));
            }
            When::At(instant) => {
                line(&format!("DTSTART:{}", utc(instant)));
                line("DURATION:PT15M");
            }
        }
        line(&format!("SUMMARY:{}", escaped(&entry.summary)));
        line(&format!("DESCRIPTION:{}", escaped(&entry.description)));
        line(&format!("LOCATION:{}", escaped(&entry.site)));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn utc(instant: Instant) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line with its CRLF; what follows the fold begins with one blank. Never inside a letter.
fn fold(out: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}
