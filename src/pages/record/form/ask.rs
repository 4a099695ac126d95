//! One thing that a form asks.

use crate::text::review::levels::Level;
use domain::vocabulary::CodeList;
use std::ops::RangeInclusive;

#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Field of the verb; `plan.section` is the field `section` of the group `plan`. Also the id of the input.
    pub name: &'static str,
    pub label: &'static str,
    /// One short sentence, without a full stop.
    pub hint: &'static str,
    pub look: Look,
    pub required: bool,
    /// Behind a line to press with these words, because few people need it; empty: in the open.
    pub under: &'static str,
    /// So many characters at most, counted beside a box of several lines; none: no limit.
    pub most: Option<usize>,
    /// The smallest and the biggest whole number that is taken; none: no limit here.
    pub range: Option<(u64, u64)>,
    /// Asked only where step 4 is written in this log; empty: always.
    pub only_for: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// Several lines.
    Words,
    /// One line.
    Line,
    Number,
    Whole,
    Date,
    /// A date to do something by: today, 3 days, 7 days or any other.
    Due,
    /// A date and a time.
    Moment,
    YesNo,
    One(&'static CodeList),
    Many(&'static CodeList),
    Level(&'static [Level; 5]),
    /// One of the provider's own things.
    Pick(Source),
    /// Several of the provider's own things.
    PickMany(Source),
    /// A list of texts, one per line.
    Lines,
    /// Contributory factors by the groups of SEIPS.
    Factors,
    /// Kinds of evidence, those that are usual in the category first.
    Evidence,
    /// Why, and why that: texts in order.
    Whys,
}

/// Where the choices come from that no vocabulary holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Staff,
    Place,
    Asset,
    Unit,
    Person,
    /// Other records of the site and category.
    Record,
    Site,
    /// Councils whose safeguarding threshold is loaded.
    Council,
}

/// An optional question; see the methods for the rest.
pub const fn ask(name: &'static str, label: &'static str, look: Look) -> Ask {
    Ask { name, label, hint: "", look, required: false, under: "", most: None, range: None, only_for: "" }
}

impl Ask {
    pub const fn hint(self, hint: &'static str) -> Ask {
        Ask { hint, ..self }
    }

    pub const fn needed(self) -> Ask {
        Ask { required: true, ..self }
    }

    pub const fn at_most(self, characters: usize) -> Ask {
        Ask { most: Some(characters), ..self }
    }

    /// Its hint says the range by itself.
    pub const fn within(self, range: &RangeInclusive<u64>) -> Ask {
        Ask { range: Some((*range.start(), *range.end())), ..self }
    }

    pub const fn under(self, words: &'static str) -> Ask {
        Ask { under: words, ..self }
    }

    pub const fn only_for(self, destination: &'static str) -> Ask {
        Ask { only_for: destination, ..self }
    }

    /// The hint as shown: "From 1 to 8760. Leave it empty if ...".
    pub fn hint_words(&self) -> String {
        match self.range {
            Some((from, to)) if self.hint.is_empty() => format!("From {from} to {to}"),
            Some((from, to)) => format!("From {from} to {to}. {}", self.hint),
            None => self.hint.to_owned(),
        }
    }

    /// The label as shown: what need not be answered says so.
    pub fn words(&self) -> String {
        if self.required || !self.under.is_empty() {
            self.label.to_owned()
        } else {
            format!("{} (optional)", self.label)
        }
    }
}
