//! Words of audits and of the provider's oversight: periods, how often, where each stands.

use super::review::record::{lower_first, upper_first};
use crate::text::common::{count, day, list, relative_day};
use chrono::NaiveDate;
use domain::{
    audits::{Draw, Period},
    category::{Cadence, CategorySpec},
    time::days_between,
    vocabulary::AUDIT_ITEM,
};

pub const AUDITS: &str = "Audits";
pub const OVERSIGHT: &str = "Oversight sign-off";
pub const NOT_HERE: &str = "It has not arrived on this device, or your role does not see it.";
/// Where one number of many is frozen.
pub const FROZEN: &str =
    "These numbers are as they were when the audit was signed. What arrives later does not change them.";
pub const MISSED: &str = "Missed means that the audit was never opened, and the next one is late too.";

/// Where an audit or a part of one stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Before the site began to use Noticed.
    NotNeeded,
    NotOver {
        over_on: NaiveDate,
    },
    ToOpen {
        due: NaiveDate,
    },
    InProgress {
        answered: usize,
        of: usize,
        due: NaiveDate,
    },
    Late {
        days: i64,
        progress: Option<(usize, usize)>,
    },
    Missed {
        due: NaiveDate,
    },
    Signed {
        on: NaiveDate,
        due: NaiveDate,
    },
}

impl Stand {
    /// `data-status` of the tag.
    pub fn status(&self) -> &'static str {
        match self {
            Stand::NotNeeded | Stand::NotOver { .. } => "neutral",
            Stand::ToOpen { .. } => "due",
            Stand::InProgress { .. } => "in-review",
            Stand::Late { .. } => "overdue",
            Stand::Missed { .. } => "urgent",
            Stand::Signed { on, due } if on > due => "done-late",
            Stand::Signed { .. } => "done",
        }
    }

    /// "In progress, 12 of 25".
    pub fn words(&self) -> String {
        match self {
            Stand::NotNeeded => "Not needed".into(),
            Stand::NotOver { .. } => "Not over yet".into(),
            Stand::ToOpen { .. } => "To open".into(),
            Stand::InProgress { answered, of, .. } => format!("In progress, {answered} of {of}"),
            Stand::Late { days, progress: None } => format!("Late by {}", days_of(*days)),
            Stand::Late { days, progress: Some((answered, of)) } => {
                format!("Late by {}, {answered} of {of}", days_of(*days))
            }
            Stand::Missed { .. } => "Missed".into(),
            Stand::Signed { on, due } => match days_between(*due, *on) {
                late @ 1.. => format!("Signed, {} late", days_of(late)),
                _ => "Signed".into(),
            },
        }
    }

    /// One more thing to know: until when, since when.
    pub fn detail(&self, today: NaiveDate) -> String {
        match self {
            Stand::NotNeeded => "Before this site began".into(),
            Stand::NotOver { over_on } => format!("Can be opened from {}", relative_day(*over_on, today)),
            // Not expected, so in no list of what is late: the site began later. Its date is past all the same.
            Stand::ToOpen { due } | Stand::InProgress { due, .. } if *due < today => {
                format!("Was due {}, {} late", day(*due), days_of(days_between(*due, today)))
            }
            Stand::ToOpen { due } | Stand::InProgress { due, .. } => {
                format!("Sign by {}", relative_day(*due, today))
            }
            Stand::Late { .. } => String::new(),
            Stand::Missed { due } => {
                format!("Was due {}, {} ago", relative_day(*due, today), days_of(days_between(*due, today)))
            }
            Stand::Signed { on, .. } => upper_first(&relative_day(*on, today)),
        }
    }

    /// Something must still be done.
    pub fn waits(&self) -> bool {
        use Stand::{InProgress, Late, Missed, ToOpen};
        matches!(self, ToOpen { .. } | InProgress { .. } | Late { .. } | Missed { .. })
    }

    pub fn is_late(&self) -> bool {
        matches!(self, Stand::Late { .. } | Stand::Missed { .. })
    }
}

fn days_of(days: i64) -> String {
    count(usize::try_from(days).unwrap_or_default(), "day", "days")
}

/// "October 2026", "July to September 2026", "2026".
pub fn period(period: Period) -> String {
    period.words()
}

/// "Medicines audit, October 2026".
pub fn title(spec: &CategorySpec, of: Period) -> String {
    format!("{} audit, {}", spec.name, period(of))
}

/// "Medicines oversight, July to September 2026".
pub fn oversight_title(spec: &CategorySpec, of: Period) -> String {
    format!("{} oversight, {}", spec.name, period(of))
}

/// "every month".
pub fn every(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Monthly => "every month",
        Cadence::Quarterly => "every quarter",
        Cadence::Annually => "every year",
    }
}

/// How often a category is looked at, and by whom.
pub fn cadence(spec: &CategorySpec) -> String {
    format!(
        "{}: an audit {}. The provider looks at it {}.",
        spec.name,
        every(spec.audits),
        every(spec.oversight)
    )
}

/// How a sample was drawn, so that anybody can draw it again.
pub fn draw(draw: &Draw, of: Period) -> Vec<String> {
    let grave = match draw.grave.len() {
        0 => "No record of this time had a high or extreme risk.".to_owned(),
        1 => "The one record of this time with a high or extreme risk is in the sample.".to_owned(),
        many => format!("All {many} records of this time with a high or extreme risk are in the sample."),
    };
    let number = of.number();
    let unit = match of {
        Period::Month(year, month) => format!("{year} x 12 + {month} = {number}"),
        Period::Quarter(year, quarter) => format!("{year} x 4 + {quarter} = {number}"),
        Period::Year(_) => number.to_string(),
    };
    let place = |index: usize| index + 1;
    let rest = match draw.rest {
        0 => "There were no others.".to_owned(),
        few @ 1..10 => format!(
            "{} fewer than ten, so one is taken. The period has the number {unit}. Divided by {few}, {} is left over: number {} in order of when it happened.",
            others(few, "which is", "which are"),
            draw.start,
            place(draw.start)
        ),
        many => format!(
            "{} One in ten is taken. The period has the number {unit}. Divided by 10, {} is left over: number {} in order of when it happened, then every tenth after it.",
            others(many, "", ""),
            draw.start,
            place(draw.start)
        ),
    };
    vec![
        "The sample is drawn from the records that were closed in this time.".into(),
        grave,
        rest,
        "Nobody can choose the records, and anybody who follows this rule draws the same ones. The sample does not change after the audit is opened.".into(),
    ]
}

fn others(number: usize, one: &str, many: &str) -> String {
    let (words, which) = match number {
        1 => ("There was 1 other,".to_owned(), one),
        _ => (format!("There were {number} others,"), many),
    };
    if which.is_empty() { format!("{}.", words.trim_end_matches(',')) } else { format!("{words} {which}") }
}

/// Why a record is in the sample.
pub fn why(draw: &Draw, record: &str) -> &'static str {
    match draw.grave.iter().any(|id| **id == *record) {
        true => "High or extreme risk",
        false => "One in ten",
    }
}

/// In the middle of a sentence.
pub fn why_words(why: &str) -> String {
    lower_first(why)
}

/// "Farah N. and Jonah O."
pub fn names(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    list(&names)
}

/// "1 October 2026 to 31 October 2026".
pub fn dates(of: Period) -> String {
    format!("{} to {}", day(of.first()), day(of.last()))
}

pub fn questions(number: usize) -> String {
    count(number, "question from the provider", "questions from the provider")
}

pub fn answers(number: usize) -> String {
    count(number, "answer from a manager", "answers from managers")
}

pub const AUDITS_HINT: &str = "Look at finished records, a sample at a time.";
/// What waits on the page of audits for whoever opens and signs them, and for whoever only answers.
pub const TO_DO: &str = "To do";
pub const TO_ANSWER: &str = "To answer";
pub const FOR_THE_MANAGER: &str = "For the Registered Manager";

/// `late`: those of them that should be signed by now. `only_answers`: they are opened and signed by somebody else.
pub fn to_do(number: usize, late: usize, only_answers: bool) -> String {
    let to_do = match only_answers {
        true => count(number, "audit to answer", "audits to answer"),
        false => count(number, "audit to do", "audits to do"),
    };
    match late {
        0 => to_do,
        late => format!("{to_do}, {late} late"),
    }
}

/// Why a record is opened again after a no.
pub fn finding_reason(item: &str, note: &str) -> String {
    format!("Audit finding. {} No. {note}", AUDIT_ITEM.label(item)).trim_end().to_owned()
}

/// "Elm: 9 late audits, up to 103 days. The oldest: Medicines audit, July 2026". A phone shows the first words without
/// scrolling. `title`: the one that was due first.
pub fn late_at(site: &str, number: usize, title: &str, days: i64) -> String {
    match number {
        1 => format!("{site}: 1 late audit, {}. {title}", days_of(days)),
        _ => format!("{site}: {number} late audits, up to {}. The oldest: {title}", days_of(days)),
    }
}

/// The same of many sites; the oldest is at `site`.
pub fn late_at_sites(number: usize, sites: usize, site: &str, title: &str, days: i64) -> String {
    format!("{number} late audits at {sites} sites, up to {}. The oldest: {title}, at {site}", days_of(days))
}

/// `late`: those of them that should be signed by now.
pub fn oversights(number: usize, late: usize) -> String {
    let to_sign = count(number, "oversight to sign", "oversights to sign");
    match late {
        0 => to_sign,
        late => format!("{to_sign}, {late} late"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::category::medication;

    #[test]
    fn a_date_that_is_past_is_not_something_to_do_by() {
        let date = |text: &str| domain::time::parse_date(text).expect(text);
        let stand = Stand::InProgress { answered: 0, of: 5, due: date("2026-01-14") };
        let said = |today: &str| stand.detail(date(today));
        assert_eq!(said("2026-11-27"), "Was due 14 January 2026, 317 days late");
        assert_eq!(said("2026-01-15"), "Was due 14 January 2026, 1 day late");
        assert_eq!(said("2026-01-14"), "Sign by today");
        assert_eq!(said("2026-01-07"), "Sign by 14 January");
    }

    #[test]
    fn what_was_signed_late_says_so_and_how_late() {
        let date = |text: &str| domain::time::parse_date(text).expect(text);
        let signed = |on: &str| Stand::Signed { on: date(on), due: date("2026-08-14") };
        assert_eq!(signed("2026-08-14").words(), "Signed");
        // Not as green as what was signed in time.
        assert_eq!([signed("2026-08-14").status(), signed("2026-08-15").status()], ["done", "done-late"]);
        assert_eq!(signed("2026-08-15").words(), "Signed, 1 day late");
        assert_eq!(signed("2026-09-05").words(), "Signed, 22 days late");
        assert_eq!(signed("2026-09-05").detail(date("2026-11-27")), "5 September");
    }

    #[test]
    fn a_period_is_said_as_people_say_it() {
        let check = |code: &str, words: &str| {
            assert_eq!(Period::parse(code).map(period).as_deref(), Some(words), "{code}");
        };
        check("2026-10", "October 2026");
        check("2026-Q3", "July to September 2026");
        check("2026", "2026");
        let words = "Medicines: an audit every month. The provider looks at it every quarter.";
        assert_eq!(cadence(&medication::SPEC), words);
    }

    #[test]
    fn the_rule_says_the_numbers_that_were_used() {
        let draw_words = |rest, start| {
            let of = Draw { grave: vec!["r1".into()], rest, start, step: 10 };
            draw(&of, Period::Month(2026, 6)).join(" ")
        };
        let many = draw_words(12, 8);
        assert!(many.contains("There were 12 others. One in ten is taken."), "{many}");
        assert!(many.contains("2026 x 12 + 6 = 24318. Divided by 10, 8 is left over: number 9"), "{many}");
        let few = draw_words(4, 2);
        assert!(few.contains("There were 4 others, which are fewer than ten"), "{few}");
        assert!(few.contains("Divided by 4, 2 is left over: number 3"), "{few}");
        assert!(draw_words(1, 0).contains("There was 1 other, which is fewer than ten"));
        assert!(draw_words(0, 0).contains("There were no others."));
    }

    #[test]
    fn late_and_missed_are_said_in_words() {
        let late = Stand::Late { days: 4, progress: Some((12, 25)) };
        assert_eq!(late.words(), "Late by 4 days, 12 of 25");
        assert_eq!(Stand::Late { days: 1, progress: None }.words(), "Late by 1 day");
        assert!(late.waits() && late.is_late() && late.detail(NaiveDate::MIN).is_empty());
    }
}
