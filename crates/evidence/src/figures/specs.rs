//! Which figures there are, with their definitions.

use super::Tally;

/// How a figure is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    Share,
    Minutes,
}

impl Unit {
    pub fn code(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Share => "per_cent",
            Unit::Minutes => "minutes",
        }
    }
}

#[derive(Default)]
pub(super) struct Value {
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
}

pub(super) struct Spec {
    pub id: &'static str,
    pub name: &'static str,
    pub definition: &'static str,
    pub denominator: &'static str,
    pub unit: Unit,
    pub of: fn(&Tally) -> Value,
}

/// A figure of that id exists.
pub fn is_known(id: &str) -> bool {
    SPECS.iter().any(|spec| spec.id == id)
}

fn number(count: u32) -> Value {
    let value = Some(f64::from(count));
    Value { value, numerator: value, denominator: None }
}

/// Per cent, one decimal, half away from zero.
fn share(part: u32, whole: u32) -> Value {
    let (part, whole) = (f64::from(part), f64::from(whole));
    let value = (whole > 0.0).then(|| (part * 1000.0 / whole).round() / 10.0);
    Value { value, numerator: Some(part), denominator: Some(whole) }
}

fn median(minutes: &[f64]) -> Value {
    let mut sorted = minutes.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let value = match sorted.len() {
        0 => None,
        even if even % 2 == 0 => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
        _ => Some(sorted[middle]),
    };
    Value { value, numerator: None, denominator: Some(sorted.len() as f64) }
}

macro_rules! spec {
    ($id:literal, $name:literal, $unit:ident, $denominator:literal, $definition:literal, $of:expr) => {
        Spec {
            id: $id,
            name: $name,
            definition: $definition,
            denominator: $denominator,
            unit: Unit::$unit,
            of: $of,
        }
    };
}

/// In the order in which they are read.
pub(super) static SPECS: &[Spec] = &[
    spec!(
        "records",
        "Records",
        Count,
        "none",
        "Records of any kind that happened in the period, neither taken back nor marked as a duplicate.",
        |t| number(t.records)
    ),
    spec!(
        "near_misses",
        "Near misses",
        Count,
        "none",
        "Records that count as a near miss: hazards and near misses; for distress or behaviour once step 2 has \
         confirmed it. More reports is not worse: it may mean that staff feel safe to report.",
        |t| number(t.near_misses)
    ),
    spec!(
        "incidents",
        "Incidents",
        Count,
        "none",
        "Records of the kind incident: it reached someone and did harm.",
        |t| number(t.incidents)
    ),
    spec!(
        "high_risk",
        "High or extreme risk",
        Share,
        "records with a risk review",
        "Records whose risk review in force is high or extreme.",
        |t| share(t.high_risk, t.reviewed)
    ),
    spec!(
        "luck_share",
        "Caught by luck only",
        Share,
        "near misses",
        "Near misses that only chance stopped.",
        |t| share(t.luck, t.near_misses)
    ),
    spec!(
        "nameless_share",
        "Name sealed or not given",
        Share,
        "records",
        "Reports made in confidence or without a name.",
        |t| share(t.nameless, t.records)
    ),
    spec!(
        "step_2_median",
        "Time to the risk review",
        Minutes,
        "risk reviews done in the period, one for each round of a record",
        "Middle value of the time from the start of the clock to the risk review.",
        |t| median(&t.steps[0].minutes)
    ),
    spec!(
        "step_2_in_time",
        "Risk reviews in time",
        Share,
        "risk reviews done in the period, one for each round of a record",
        "Not overdue when it was done.",
        |t| share(t.steps[0].in_time, t.steps[0].n())
    ),
    spec!(
        "step_3_median",
        "Time to the decision who must be told",
        Minutes,
        "first decisions in the period, one for each round of a record",
        "Middle value of the time from the start of the clock to the first decision.",
        |t| median(&t.steps[1].minutes)
    ),
    spec!(
        "step_3_in_time",
        "Decisions in time",
        Share,
        "first decisions in the period, one for each round of a record",
        "Not overdue when it was done.",
        |t| share(t.steps[1].in_time, t.steps[1].n())
    ),
    spec!(
        "decisions_reasoned",
        "Decisions with a written reason",
        Share,
        "records with a decision",
        "The decision in force has a reason in words. Decisions whose words are gone are left out.",
        |t| share(t.reasoned, t.decided.saturating_sub(t.reasons_gone))
    ),
    spec!(
        "bodies_told",
        "Bodies told that had to be",
        Share,
        "bodies that had to be told",
        "Of the bodies that the decision in force says must be told, those that were.",
        |t| share(t.bodies_told, t.bodies_needed)
    ),
    spec!(
        "step_4_median",
        "Time to the plan of the first action",
        Minutes,
        "first actions planned in the period, one for each round of a record",
        "Middle value of the time from the decision to the first planned action, or to the decision that none is \
         needed.",
        |t| median(&t.steps[2].minutes)
    ),
    spec!(
        "step_4_in_time",
        "First action planned in time",
        Share,
        "first actions planned in the period, one for each round of a record",
        "Not overdue when it was planned.",
        |t| share(t.steps[2].in_time, t.steps[2].n())
    ),
    spec!(
        "stronger_share",
        "Stronger actions",
        Share,
        "actions done",
        "Done actions that change the place, the equipment or the steps.",
        |t| share(t.stronger, t.done)
    ),
    spec!(
        "weaker_share",
        "Weaker actions",
        Share,
        "actions done",
        "Done actions such as reminders, training or new rules.",
        |t| share(t.weaker, t.done)
    ),
    spec!("actions_late", "Actions done late", Share, "actions done", "Done after their due date.", |t| {
        share(t.late, t.done)
    }),
    spec!(
        "actions_overdue",
        "Actions overdue now",
        Count,
        "none",
        "Not done, and past the due date on the day the pack was made.",
        |t| number(t.overdue)
    ),
    spec!(
        "step_5_median",
        "Time to the first measured result",
        Minutes,
        "first results recorded in the period, one for each round of a record",
        "Middle value of the time from the finished actions to the first recorded result.",
        |t| median(&t.steps[3].minutes)
    ),
    spec!(
        "step_5_in_time",
        "First result in time",
        Share,
        "first results recorded in the period, one for each round of a record",
        "Not overdue when it was recorded.",
        |t| share(t.steps[3].in_time, t.steps[3].n())
    ),
    spec!(
        "improved_share",
        "Better, and it has not come back",
        Share,
        "records with a verdict other than too early",
        "The verdict in force is improved or sustained, and no alert, not dismissed, says that the same happened again \
         after the latest change.",
        |t| share(t.improved, t.judged)
    ),
    spec!(
        "worse_or_same",
        "No change or worse",
        Share,
        "records with a verdict other than too early",
        "The verdict in force is no change or worse.",
        |t| share(t.not_better, t.judged)
    ),
    spec!(
        "better_came_back",
        "Looked better, then came back",
        Share,
        "records with a verdict other than too early",
        "The verdict in force is improved or sustained, but an alert, not dismissed, says that the same happened again \
         after the latest change.",
        |t| share(t.came_back_after, t.judged)
    ),
    spec!("closed_share", "Closed", Share, "records", "Closed on the day the pack was made.", |t| share(
        t.closed, t.records
    )),
    spec!(
        "told_share",
        "Reporter told what changed",
        Share,
        "closed records that were reported here",
        "Closed records with at least one message to the reporter. Of past incidents that were read in from an older \
         list nobody waits to hear.",
        |t| share(t.told, t.closed_here)
    ),
    spec!(
        "came_back",
        "Records whose problem came back after the action",
        Count,
        "none",
        "Records of the period after whose actions the same was reported again: an alert that is not dismissed says so. \
         The app also counts the reports that came after them, which may be more or fewer.",
        |t| number(t.came_back)
    ),
    spec!(
        "audits_signed_in_time",
        "Audits signed in time",
        Share,
        "audits expected in the period whose date has passed, or that are signed",
        "Signed on or before the due date.",
        |t| share(t.audits_in_time, t.audits)
    ),
    spec!(
        "oversights_signed",
        "Provider oversight signed",
        Share,
        "oversights expected in the period whose date has passed, or that are signed",
        "Signed by the provider by the day the pack was made.",
        |t| share(t.oversights_signed, t.oversights)
    ),
    spec!(
        "audit_findings",
        "Gaps that audits found",
        Count,
        "none",
        "Answers no in audits of the period; the latest answer counts.",
        |t| number(t.findings)
    ),
    spec!(
        "self_reviewed",
        "Checked own work",
        Share,
        "decisions of steps 2 to 5",
        "Decisions by somebody who had also done the step before. Allowed in small services, and always shown.",
        |t| share(t.self_reviewed, t.decisions)
    ),
    spec!(
        "arrived_late",
        "Written offline and arrived late",
        Count,
        "none",
        "Events that reached the server more than an hour after they were written.",
        |t| number(t.arrived_late)
    ),
];
