//! Records where somebody must still be told by the decision in force. They stay here in every step, and after the
//! record is finished, until it is told or the decision is changed.

use crate::text::{common, review::due::elapsed};
use domain::{record::Record, register::Register, time::Instant, vocabulary::BODY};

/// Those of a site, the one that was reported first before the others.
pub fn untold<'a>(register: &'a Register, site: &'a str) -> Vec<&'a Record> {
    let mut found: Vec<&Record> = register.of_site(site).filter(|record| is_untold(record)).collect();
    found.sort_by_key(|record| record.reported_at);
    found
}

pub fn is_untold(record: &Record) -> bool {
    record.state.is_live() && record.unsent_bodies().next().is_some()
}

/// "Tell the Care Quality Commission and Police".
pub fn task(record: &Record) -> String {
    let bodies: Vec<&str> = record.unsent_bodies().map(|body| BODY.label(body)).collect();
    format!("Tell {}", common::list(&bodies))
}

/// "17 hours since the report."
pub fn since(record: &Record, now: Instant) -> String {
    format!("{} since the report.", elapsed(record.reported_at, now))
}

/// A line of Home, and the hint of the register.
pub fn line(number: usize) -> String {
    match number {
        1 => "In 1 record somebody must still be told".into(),
        more => format!("In {more} records somebody must still be told"),
    }
}
