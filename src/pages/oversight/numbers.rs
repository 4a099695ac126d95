//! The five numbers of an oversight, each with what it counts and the records behind it.
//! Pure: the caller gives the register and the time.

use super::Subject;
use crate::text::common::{self as words, day};
use chrono::NaiveDate;
use domain::{
    audits::Period,
    ids::RecordId,
    measures::{Scope, What, begins, count, luck_share, steps_between, time_to_step},
    record::{Kind, Record},
    register::Register,
    time::{add_days, days_between, take_days},
};

/// One number with its definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub name: &'static str,
    pub value: String,
    /// The same in the period before.
    pub before: String,
    pub what: &'static str,
    /// Everything that is counted, each part with its name; also of the period before.
    pub lists: Vec<List>,
}

/// Records behind a number.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub name: &'static str,
    pub records: Vec<RecordId>,
    /// What the number counts where that is not the records: actions, of which a record may have several.
    pub actions: Option<usize>,
}

impl List {
    fn of(name: &'static str, records: Vec<RecordId>) -> List {
        List { name, records, actions: None }
    }

    /// One entry for each action, those of a record side by side.
    fn of_actions(name: &'static str, mut records: Vec<RecordId>) -> List {
        let actions = Some(records.len());
        records.dedup();
        List { name, records, actions }
    }

    /// "These near misses: 12", "Late or not done: 24 actions in 16 records".
    pub fn words(&self) -> String {
        let records = self.records.len();
        match self.actions {
            None => format!("{}: {records}", self.name),
            Some(actions) => format!(
                "{}: {} in {}",
                self.name,
                words::count(actions, "action", "actions"),
                words::count(records, "record", "records")
            ),
        }
    }
}

/// Both ends included.
type Dates = (NaiveDate, NaiveDate);

/// Near misses, incidents, luck, reviews in time, actions in time.
pub fn numbers(register: &Register, subject: &Subject, today: NaiveDate) -> [Number; 5] {
    let (now, then) = compared_dates(subject, today);
    let scope = Scope { site: Some(&subject.site), category: Some(subject.spec.id) };
    let counted = |what, (from, to): Dates| words::grouped(count(register, &scope, what, from, to) as usize);
    let luck = |(from, to): Dates| {
        let share = luck_share(register, &scope, from, to);
        let all = share.denominator.unwrap_or_default();
        share.value.map_or("None to judge".to_owned(), |value| {
            format!("{} of {} ({value}%)", words::grouped(share.n as usize), words::thousands(all))
        })
    };
    let in_time = |(from, to): Dates| {
        let times = time_to_step(register, &scope, 2, from, to);
        times.in_time_pct.map_or("None yet".to_owned(), |value| format!("{value}% of {}", times.n))
    };
    let actions = |dates: Dates| {
        let (done, due) = actions(register, subject, dates, today);
        if due == 0 { "None were due".to_owned() } else { format!("{done} of {due}") }
    };
    let both = |name, then_name, is: &dyn Fn(&Record) -> bool| {
        vec![
            List::of(name, records(register, subject, now, is)),
            List::of(then_name, records(register, subject, then, is)),
        ]
    };
    // A time in which the site had no records yet says nothing.
    let begun = begins(register, &subject.site);
    let was_there = !records(register, subject, then, &|_| true).is_empty();
    let compared = |told: String| match begun {
        Some(first) if first > then.1 && !was_there => {
            format!("nothing to compare with, the records here begin on {}", day(first))
        }
        Some(first) if first > then.0 && !was_there => format!("{told}, from {}", day(first)),
        _ => told,
    };
    let settings = register.directory().settings(&subject.site);
    let near_miss = |record: &Record| record.counts_as_near_miss(&settings);
    [
        Number {
            name: "Near misses",
            value: counted(What::NearMiss, now),
            before: compared(counted(What::NearMiss, then)),
            what: "Near misses and hazards that happened in this time. More can mean that staff look more carefully: it is neither good nor bad.",
            lists: both("These near misses", "Those before", &near_miss),
        },
        Number {
            name: "Incidents",
            value: counted(What::Incident, now),
            before: compared(counted(What::Incident, then)),
            what: "Reports of this kind in which somebody was harmed.",
            lists: both("These incidents", "Those before", &|record| {
                record.state.is_live() && record.kind == Kind::Incident
            }),
        },
        Number {
            name: "Caught by luck",
            value: luck(now),
            before: compared(luck(then)),
            what: "Near misses that only chance stopped. Nothing that was planned would have helped.",
            lists: both("Those that only luck caught", "Those before", &|record| {
                near_miss(record) && record.facts.is_luck()
            }),
        },
        Number {
            name: "Reviewed in time",
            value: in_time(now),
            before: compared(in_time(then)),
            what: "Reviews of the risk (step 2) that were made in this time and within the time allowed.",
            lists: vec![
                List::of("Reviewed late", reviewed(register, subject, now, false)),
                List::of("Reviewed in time", reviewed(register, subject, now, true)),
                List::of("Reviewed late before", reviewed(register, subject, then, false)),
                List::of("Reviewed in time before", reviewed(register, subject, then, true)),
            ],
        },
        Number {
            name: "Actions in time",
            value: actions(now),
            before: compared(actions(then)),
            what: "Actions that were due in this time and done by that date.",
            lists: vec![
                List::of_actions("Late, or not done", with_action(register, subject, now, today, false)),
                List::of_actions("Done in time", with_action(register, subject, now, today, true)),
                List::of_actions(
                    "Late or not done before",
                    with_action(register, subject, then, today, false),
                ),
                List::of_actions("Done in time before", with_action(register, subject, then, today, true)),
            ],
        },
    ]
}

/// The period, and the one before it: of one that still runs, both up to the same day, or less would seem to happen.
fn compared_dates(subject: &Subject, today: NaiveDate) -> (Dates, Dates) {
    let now = dates(subject.period, today);
    let before = Period::of(subject.spec.oversight, take_days(subject.period.first(), 1));
    let then = match now.1 < subject.period.last() {
        true => {
            let so_far = u64::try_from(days_between(now.0, now.1)).unwrap_or_default();
            (before.first(), add_days(before.first(), so_far).min(before.last()))
        }
        false => (before.first(), before.last()),
    };
    (now, then)
}

fn dates(period: Period, today: NaiveDate) -> Dates {
    (period.first(), period.last().min(today.max(period.first())))
}

fn of_subject<'a>(register: &'a Register, subject: &'a Subject) -> impl Iterator<Item = &'a Record> {
    register.records().filter(|record| subject.is_of(record))
}

fn records(
    register: &Register,
    subject: &Subject,
    (from, to): Dates,
    is: &dyn Fn(&Record) -> bool,
) -> Vec<RecordId> {
    let mut found: Vec<&Record> = of_subject(register, subject)
        .filter(|record| (from..=to).contains(&record.facts.occurred_on()) && is(record))
        .collect();
    found.sort_by_key(|record| std::cmp::Reverse(record.facts.occurred_at()));
    found.into_iter().map(|record| record.id.clone()).collect()
}

/// The record of each review of the risk in the time, in time or late: twice where it was reviewed twice.
fn reviewed(register: &Register, subject: &Subject, (from, to): Dates, in_time: bool) -> Vec<RecordId> {
    let records = register.shared_records().filter(|record| subject.is_of(record));
    let reviews = steps_between(records, register.directory(), from, to)
        .filter(|(_, done)| done.step == 2 && done.in_time == in_time);
    reviews.map(|(record, _)| record.id.clone()).collect()
}

/// Actions that were due in the time, and how many of them were done by their date.
fn actions(register: &Register, subject: &Subject, (from, to): Dates, today: NaiveDate) -> (usize, usize) {
    let live = of_subject(register, subject).filter(|record| record.state.is_live());
    let due = live.flat_map(|record| &record.actions).filter(|action| action.was_due(from, to, today));
    due.fold((0, 0), |(done, due), action| (done + usize::from(action.is_in_time()), due + 1))
}

/// The live record of each action that was due in the time, done by its date or not: twice where two were due.
fn with_action(
    register: &Register,
    subject: &Subject,
    (from, to): Dates,
    today: NaiveDate,
    in_time: bool,
) -> Vec<RecordId> {
    let live = of_subject(register, subject).filter(|record| record.state.is_live());
    let actions = live.flat_map(|record| record.actions.iter().map(move |action| (record, action)));
    let fits =
        actions.filter(|(_, action)| action.was_due(from, to, today) && action.is_in_time() == in_time);
    fits.map(|(record, _)| record.id.clone()).collect()
}

/// An action that is late now, whenever it was due.
#[derive(Clone, Debug, PartialEq)]
pub struct LateAction {
    pub record: RecordId,
    pub text: String,
    pub owner: String,
    pub due: NaiveDate,
}

/// Open actions of the category whose date has passed, the oldest first.
pub fn late_actions(register: &Register, subject: &Subject, today: NaiveDate) -> Vec<LateAction> {
    let directory = register.directory();
    let mut late: Vec<LateAction> = of_subject(register, subject)
        .filter(|record| record.state.is_open())
        .flat_map(|record| record.actions.iter().map(move |action| (record, action)))
        .filter(|(_, action)| action.done.is_none() && action.due < today)
        .map(|(record, action)| LateAction {
            record: record.id.clone(),
            text: action.text.clone(),
            owner: directory.staff_name(&action.owner).to_owned(),
            due: action.due,
        })
        .collect();
    late.sort_by(|one, other| (one.due, &one.text).cmp(&(other.due, &other.text)));
    late
}

/// "1 July 2026 to 30 September 2026. Beside each, the period before." Of a period that still runs: how many of its days
/// are over, and that the period before is counted up to the same day.
pub fn between(subject: &Subject, today: NaiveDate) -> String {
    let ((from, to), then) = compared_dates(subject, today);
    let dates = format!("{} to {}", day(from), day(to));
    let last = subject.period.last();
    if to == last {
        return format!("{dates}. Beside each, the period before.");
    }
    let (so_far, all) = (days_between(from, to) + 1, days_between(from, last) + 1);
    format!(
        "{dates}: {so_far} of {all} days so far. Beside each, the same number of days of the period before, {} to {}.",
        day(then.0),
        day(then.1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter of 92 days beside one of 92: less of it is compared with as much less of the other.
    #[test]
    fn a_period_that_runs_is_compared_with_as_many_days() {
        let date = |text: &str| domain::time::parse_date(text).expect(text);
        let quarter = Period::of(domain::category::Cadence::Quarterly, date("2026-10-01"));
        let spec = domain::category::find("medication").expect("a category");
        let subject = Subject { site: "elm".into(), spec, period: quarter };
        let (now, then) = compared_dates(&subject, date("2026-11-27"));
        assert_eq!(now, (date("2026-10-01"), date("2026-11-27")));
        assert_eq!(then, (date("2026-07-01"), date("2026-08-27")));
        assert_eq!(
            between(&subject, date("2026-11-27")),
            "1 October 2026 to 27 November 2026: 58 of 92 days so far. Beside each, the same number of days of the period \
             before, 1 July 2026 to 27 August 2026."
        );
        let over = compared_dates(&subject, date("2027-02-01"));
        assert_eq!(
            over,
            ((date("2026-10-01"), date("2026-12-31")), (date("2026-07-01"), date("2026-09-30")))
        );
        assert!(between(&subject, date("2027-02-01")).ends_with("Beside each, the period before."));
    }

    #[test]
    fn actions_are_counted_beside_the_records_that_have_them() {
        let records = ["r1", "r1", "r2", "r3", "r3", "r3"].map(RecordId::from).to_vec();
        let list = List::of_actions("Done in time", records);
        assert_eq!(list.records.len(), 3, "each record once");
        assert_eq!(list.words(), "Done in time: 6 actions in 3 records");
        let one = List::of_actions("Late, or not done", vec![RecordId::from("r1")]);
        assert_eq!(one.words(), "Late, or not done: 1 action in 1 record");
        assert_eq!(List::of("These near misses", vec![RecordId::from("r1")]).words(), "These near misses: 1");
    }
}
