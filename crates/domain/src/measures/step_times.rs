//! How long each step took, once per round of a record. Source: model.md section 13.
//! A record is folded again event by event, so that "in time" is judged on what was due when the step was done.

use super::{Scope, median, per_cent};
use crate::{
    directory::{Directory, Settings},
    due::{self, Due, Item},
    event::{Event, Outcome, Received},
    record::{DecisionBody, Record},
    register::Register,
    time::{self, Instant},
};
use chrono::{Duration, NaiveDate};
use std::sync::Arc;

/// One step of one round of a record, done.
#[derive(Clone, Debug, PartialEq)]
pub struct StepDone {
    /// 2 to 5.
    pub step: u8,
    pub start: Instant,
    pub done: Instant,
    /// Was not overdue when it was done.
    pub in_time: bool,
    /// When it was due; none where nothing was.
    pub due: Option<Due>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StepTimes {
    pub n: usize,
    pub median_min: Option<f64>,
    pub p90_min: Option<f64>,
    /// Per cent, one decimal.
    pub in_time_pct: Option<f64>,
}

/// Steps done on the dates, both included.
pub fn time_to_step(
    register: &Register,
    scope: &Scope<'_>,
    step: u8,
    from: NaiveDate,
    to: NaiveDate,
) -> StepTimes {
    let mut taken = Taken::default();
    for done in done_between(register, scope, from, to).filter(|done| done.step == step) {
        taken.add(&done);
    }
    taken.times()
}

/// The same for steps 2 to 5, in this order, with each record folded again only once.
pub fn times_to_steps(
    register: &Register,
    scope: &Scope<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> [StepTimes; 4] {
    let mut taken: [Taken; 4] = Default::default();
    for done in done_between(register, scope, from, to) {
        if let Some(taken) = taken.get_mut(usize::from(done.step).wrapping_sub(2)) {
            taken.add(&done);
        }
    }
    taken.map(Taken::times)
}

/// Of steps that were done; the same step each time, or the numbers say nothing.
pub fn times_of<'a>(steps: impl IntoIterator<Item = &'a StepDone>) -> StepTimes {
    let mut taken = Taken::default();
    steps.into_iter().for_each(|done| taken.add(done));
    taken.times()
}

/// Steps of the records done on the London dates, both included, each with its record. Every number of steps and every
/// list behind one is made of this, so that they cannot differ. A record that was withdrawn later is one of them: the
/// step was done, and its time was taken. Costs as much as folding the records that were touched then.
pub fn steps_between<'a>(
    records: impl Iterator<Item = &'a Arc<Record>>,
    directory: &'a Directory,
    from: NaiveDate,
    to: NaiveDate,
) -> impl Iterator<Item = (&'a Arc<Record>, StepDone)> {
    let (start, end) = (time::start_of(from), time::start_of(time::add_days(to, 1)));
    let is_between = move |at: Instant| start <= at && at < end;
    records
        // Nothing was done where nothing was written; a decision that was kept later may be older.
        .filter(move |record| {
            let mut events = record.events.iter();
            events.any(|received| {
                is_between(received.judgement.corrected_at) || received.event.verb == "resolve"
            })
        })
        .flat_map(|record| {
            let steps = steps_done(record, &directory.settings(&record.site)).into_iter();
            steps.map(move |done| (record, done))
        })
        .filter(move |(_, done)| is_between(done.done))
}

fn done_between<'a>(
    register: &'a Register,
    scope: &Scope<'a>,
    from: NaiveDate,
    to: NaiveDate,
) -> impl Iterator<Item = StepDone> {
    let scope = *scope;
    let records = register.shared_records().filter(move |record| scope.takes(record));
    steps_between(records, register.directory(), from, to).map(|(_, done)| done)
}

/// The steps that are counted, as they come.
#[derive(Default)]
struct Taken {
    minutes: Vec<f64>,
    in_time: u32,
}

impl Taken {
    fn add(&mut self, done: &StepDone) {
        self.minutes.push(done.minutes());
        self.in_time += u32::from(done.in_time);
    }

    fn times(mut self) -> StepTimes {
        self.minutes.sort_by(f64::total_cmp);
        let n = self.minutes.len();
        StepTimes {
            n,
            median_min: median(&self.minutes),
            p90_min: (9 * n).div_ceil(10).checked_sub(1).and_then(|index| self.minutes.get(index)).copied(),
            in_time_pct: (n > 0).then(|| per_cent(f64::from(self.in_time), n as f64)),
        }
    }
}

/// Every step of every round of a record that was done, in the order in which they were.
pub fn steps_done(record: &Record, settings: &Settings) -> Vec<StepDone> {
    let mut events = record.events.iter();
    let Some(mut then) = events.next().and_then(Record::from_report) else { return Vec::new() };
    let mut rounds = Rounds { settings, done: Vec::new(), seen: Vec::new() };
    for received in events {
        let is_applied = received.judgement.result == Outcome::Applied;
        if is_applied {
            rounds.note(&then, received);
        }
        let before = (then.state, then.action_since, then.outcome_since);
        then.take(received);
        if is_applied && before.0 == then.state {
            rounds.enter_again(4, before.1, then.action_since);
            rounds.enter_again(5, before.2, then.outcome_since);
        }
    }
    rounds.done
}

struct Rounds<'a> {
    settings: &'a Settings,
    done: Vec<StepDone>,
    /// Beside each of `done`: its step, the start of its round, and what was due.
    seen: Vec<(u8, Instant, Option<Item>)>,
}

impl Rounds<'_> {
    /// `before`: the record as it stood when the event arrived.
    fn note(&mut self, before: &Record, received: &Received) {
        let event = &received.event;
        let at = received.judgement.corrected_at;
        match event.verb.as_str() {
            "review_risk" => self.finish(before, 2, Some(before.clock_start), at),
            "assess_notification" if event.text("outcome") != Some("seek_advice") => {
                self.finish(before, 3, Some(before.clock_start), at);
            }
            "plan_action" | "no_action_needed" => self.finish(before, 4, before.action_since, at),
            "record_outcome" => self.finish(before, 5, before.outcome_since, at),
            "resolve" => self.keep(before, event),
            _ => {}
        }
    }

    /// The first time in a round; later ones of the same round change nothing. What was written before the round began,
    /// and came in late, tells nothing of how long this round took.
    fn finish(&mut self, before: &Record, step: u8, start: Option<Instant>, at: Instant) {
        let Some(start) = start.filter(|start| *start <= at) else { return };
        if self.seen.iter().any(|(known, since, _)| (*known, *since) == (step, start)) {
            return;
        }
        let name = step.to_string();
        let item = due::items(before, self.settings).into_iter().find(|item| item.name == name);
        let in_time = item.as_ref().is_none_or(|item| !item.is_overdue(at));
        let due = item.as_ref().map(|item| item.due);
        self.done.push(StepDone { step, start, done: at, in_time, due });
        self.seen.push((step, start, item));
    }

    /// A person kept one of several rivals: for steps 2 and 3 the step was done when that one was made.
    fn keep(&mut self, before: &Record, event: &Event) {
        let Some(kept) = event.text("keep").and_then(|id| before.decision_of(id)) else { return };
        let completes = match &kept.body {
            DecisionBody::Risk(_) => true,
            DecisionBody::Notification(decision) => decision.outcome != "seek_advice",
            _ => false,
        };
        // The round that the kept one was made in, which may be over.
        let start = match before.clock_start <= kept.at {
            true => Some(before.clock_start),
            false => {
                let starts = self.seen.iter().filter(|(step, ..)| *step == kept.step).map(|seen| seen.1);
                starts.filter(|start| *start <= kept.at).max()
            }
        };
        let Some(start) = start else { return };
        let round = self.seen.iter().position(|(step, since, _)| (*step, *since) == (kept.step, start));
        match round {
            Some(round) if completes => {
                let item = &self.seen[round].2;
                let in_time = item.as_ref().is_none_or(|item| !item.is_overdue(kept.at));
                let due = item.as_ref().map(|item| item.due);
                self.done[round] = StepDone { step: kept.step, start, done: kept.at, in_time, due };
            }
            Some(round) if matches!(kept.step, 2 | 3) => {
                self.done.remove(round);
                self.seen.remove(round);
            }
            None if completes => self.finish(before, kept.step, Some(start), kept.at),
            _ => {}
        }
    }

    /// A kept decision moves the start of the round that the record is in. What was done in it stays done, in a time that
    /// began there unless it was done earlier. Source: model.md section 12.4.
    fn enter_again(&mut self, step: u8, from: Option<Instant>, to: Option<Instant>) {
        let (Some(from), Some(to)) = (from, to) else { return };
        let round = self.seen.iter().position(|(known, since, _)| (*known, *since) == (step, from));
        let Some(round) = round.filter(|_| from != to) else { return };
        self.seen[round].1 = to;
        if to <= self.done[round].done {
            self.done[round].start = to;
        }
    }
}

impl StepDone {
    /// How long after it was due; none when it was done in time.
    pub fn late_by(&self) -> Option<Duration> {
        let due = self.due.filter(|_| !self.in_time)?;
        Some(self.done - due.instant())
    }

    /// Late, but on the London date on which it was due: due times of steps are moments, not dates.
    /// Source: model.md section 9.
    pub fn is_late_on_its_day(&self) -> bool {
        let due = self.due.filter(|_| !self.in_time);
        due.is_some_and(|due| time::london_date(due.instant()) == time::london_date(self.done))
    }

    pub fn minutes(&self) -> f64 {
        (self.done - self.start).num_milliseconds() as f64 / 60_000.0
    }
}
