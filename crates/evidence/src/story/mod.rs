//! One record from event to outcome, as data: sections with sentences that a stranger can follow.
//! Source: requirement 89, "one story".

mod actions;
mod decisions;
mod noticed;
mod outcome;
mod risk;
mod told;
mod typed;

use crate::{
    cast::Cast,
    doc::{Block, Section},
    labels,
    telling::Telling,
    words,
};
pub(crate) use actions::strongest;
use domain::{ids::RecordId, record::Record, register::Register, time::Instant};
pub(crate) use outcome::counted;

/// One record, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub record: RecordId,
    pub title: String,
    /// The story in four or five sentences.
    pub in_short: Vec<String>,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// `noticed`, `risk`, `told`, `actions`, `outcome`, `heard`, `patterns`, `contested`, `decisions` or `typed`.
    pub key: &'static str,
    pub title: &'static str,
    pub blocks: Vec<Block>,
}

/// What a story is told from, and how much of it may be told.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub register: &'a Register,
    pub record: &'a Record,
    pub cast: &'a Cast,
    /// Not even words that were written for sharing.
    pub coded_only: bool,
    pub now: Instant,
}

impl Story {
    /// A story of its own, for one page. `identified`: with names, codes and free text.
    pub fn alone(
        register: &Register,
        record: &Record,
        identified: bool,
        coded_only: bool,
        now: Instant,
    ) -> Story {
        let telling = if identified && !coded_only { Telling::Identified } else { Telling::Plain };
        let cast = Cast::of(register.shared_directory(), [record], telling, &|_| None);
        Story::of(register, record, &cast, coded_only, now)
    }

    /// A story inside a pack, with the names of that pack.
    pub fn of(register: &Register, record: &Record, cast: &Cast, coded_only: bool, now: Instant) -> Story {
        let teller = Teller { register, record, cast, coded_only, now };
        let parts = [
            Some(noticed::part(&teller)),
            Some(risk::part(&teller)),
            Some(told::part(&teller)),
            Some(actions::part(&teller)),
            Some(outcome::part(&teller)),
            Some(outcome::heard(&teller)),
            decisions::patterns(&teller),
            decisions::contested(&teller),
            Some(decisions::part(&teller)),
            typed::part(&teller),
        ];
        Story {
            record: record.id.clone(),
            title: format!("{} ({})", labels::subtype(record), words::lower_first(labels::category(record))),
            in_short: teller.in_short(),
            parts: parts.into_iter().flatten().collect(),
        }
    }

    /// As a chapter of a document. `reference` and `name`: what the document calls the record.
    pub fn section(&self, id: String, reference: &str, name: &str) -> Section {
        let mut section = Section::new(3, id, format!("{reference}: {}", self.title)).on_new_page();
        section.push(Block::Facts(vec![("Record".into(), name.to_owned())]));
        section.push(Block::List(self.in_short.clone()));
        for part in &self.parts {
            section.push(Block::Heading(part.title.to_owned()));
            section.blocks.extend(part.blocks.iter().cloned());
        }
        section
    }
}

impl Teller<'_> {
    /// Words that somebody typed: only where names may be shown.
    pub fn free(&self, text: &str) -> Option<String> {
        let shown = self.cast.tells_words() && !self.coded_only && !text.trim().is_empty();
        shown.then(|| text.trim().to_owned())
    }

    /// Words that were written to be shared, such as the message to the reporter.
    pub fn shared(&self, text: &str) -> Option<String> {
        (!self.coded_only && !text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// How exact a time may be: the minute of a nameless report could name its author in a small team.
    pub fn when(&self, instant: Instant, sealed: bool) -> String {
        if sealed && !self.cast.is_identified() {
            format!("on {}", words::day(domain::time::london_date(instant)))
        } else {
            format!("at {}", words::moment(instant))
        }
    }

    pub fn is_sealed(&self) -> bool {
        !matches!(self.record.reporter, domain::record::Reporter::Named(_))
            && !self.record.withholds_reporter()
    }

    fn in_short(&self) -> Vec<String> {
        let lines = [
            noticed::in_short(self),
            risk::in_short(self),
            told::in_short(self),
            actions::in_short(self),
            outcome::in_short(self),
        ];
        lines.into_iter().collect()
    }
}
