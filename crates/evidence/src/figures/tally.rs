//! One walk over the records, adding each to every place where it counts.

use super::{Place, audits_in, counts_by, is_signed, oversights_in};
use crate::selection::Selection;
use domain::{
    directory::Settings,
    event::Mark,
    learning, measures,
    pathway::State,
    patterns::Rule,
    record::{Band, Kind, Record, StepDecision},
    register::Register,
    time::london_date,
};
use std::collections::BTreeMap;

/// What was counted at one place.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub records: u32,
    pub near_misses: u32,
    pub incidents: u32,
    pub reviewed: u32,
    pub high_risk: u32,
    pub luck: u32,
    pub nameless: u32,
    pub decided: u32,
    pub reasoned: u32,
    /// Decisions whose words the maker of the pack does not get.
    pub reasons_withheld: u32,
    /// Decisions whose words are gone: nobody can say any more whether there was a reason.
    pub reasons_gone: u32,
    pub bodies_needed: u32,
    pub bodies_told: u32,
    pub done: u32,
    pub stronger: u32,
    pub intermediate: u32,
    pub weaker: u32,
    pub late: u32,
    pub overdue: u32,
    pub judged: u32,
    /// Better, and nothing came back since.
    pub improved: u32,
    /// The verdict says better, but it came back after the latest change.
    pub came_back_after: u32,
    pub not_better: u32,
    pub closed: u32,
    /// Closed, of those that somebody reported here: nobody waits to hear of what was read in from an older list.
    pub closed_here: u32,
    pub told: u32,
    pub came_back: u32,
    pub audits: u32,
    pub audits_in_time: u32,
    pub findings: u32,
    pub oversights: u32,
    pub oversights_signed: u32,
    pub decisions: u32,
    pub self_reviewed: u32,
    pub arrived_late: u32,
    /// Steps 2 to 5.
    pub steps: [Step; 4],
}

#[derive(Clone, Debug, Default)]
pub struct Step {
    pub minutes: Vec<f64>,
    pub in_time: u32,
}

impl Step {
    pub fn n(&self) -> u32 {
        u32::try_from(self.minutes.len()).unwrap_or(u32::MAX)
    }
}

pub(super) fn count(selection: &Selection<'_>) -> BTreeMap<Place, Tally> {
    let request = selection.request;
    let mut tallies: BTreeMap<Place, Tally> = BTreeMap::new();
    let categories = request.wanted_categories();
    for site in request.sites.iter().map(Some).chain([None]) {
        for category in categories.iter().copied().map(Some).chain([None]) {
            tallies.insert(Place { site: site.cloned(), category }, Tally::default());
        }
    }
    let today = london_date(request.made_at);
    for record in &selection.records {
        let mut one = Tally::default();
        let settings = selection.register.directory().settings(&record.site);
        one.take(selection.register, record, &settings, today);
        add(&mut tallies, record, &one);
    }
    steps(selection, &mut tallies);
    for site in &request.sites {
        for category in &categories {
            let one = governance(selection, site, category);
            let ends = [Some(site.clone()), None].into_iter().flat_map(|site| {
                [Some(*category), None].map(|category| Place { site: site.clone(), category })
            });
            for place in ends {
                tallies.entry(place).or_default().add(&one);
            }
        }
    }
    tallies
}

/// At its site and category, at its site, at its category, and everywhere.
fn add(tallies: &mut BTreeMap<Place, Tally>, record: &Record, one: &Tally) {
    let category = record.spec().map(|spec| spec.id);
    let mut places = vec![
        Place { site: Some(record.site.clone()), category },
        Place { site: Some(record.site.clone()), category: None },
        Place { site: None, category },
        Place { site: None, category: None },
    ];
    places.dedup();
    for place in places {
        if let Some(tally) = tallies.get_mut(&place) {
            tally.add(one);
        }
    }
}

/// Steps done in the period, of any record of the sites. Source: model.md section 13, `time_to_step`.
fn steps(selection: &Selection<'_>, tallies: &mut BTreeMap<Place, Tally>) {
    let request = selection.request;
    let wanted = request.wanted_categories();
    for record in selection.register.records() {
        if !request.sites.contains(&record.site) || !wanted.contains(&record.facts.category()) {
            continue;
        }
        let last = record.events.last().map(|received| received.judgement.corrected_at);
        if last.is_none_or(|last| london_date(last) < request.from) {
            continue;
        }
        let settings = selection.register.directory().settings(&record.site);
        let mut one = Tally::default();
        for done in measures::steps_done(record, &settings) {
            if !(request.from..=request.to).contains(&london_date(done.done)) {
                continue;
            }
            let Some(step) = one.steps.get_mut(usize::from(done.step).wrapping_sub(2)) else { continue };
            step.minutes.push(done.minutes());
            step.in_time += u32::from(done.in_time);
        }
        add(tallies, record, &one);
    }
}

fn governance(selection: &Selection<'_>, site: &str, category: &str) -> Tally {
    let mut one = Tally::default();
    let made_at = selection.request.made_at;
    for line in audits_in(selection, site).iter().filter(|line| line.category == category) {
        let signed = line.audit.is_some_and(|audit| audit.signed.is_some());
        one.audits += u32::from(counts_by(made_at, line.due, signed));
        let Some(audit) = line.audit else { continue };
        one.findings += u32::try_from(audit.findings().count()).unwrap_or(u32::MAX);
        one.audits_in_time += u32::from(line.is_signed_in_time());
    }
    for line in oversights_in(selection, site).iter().filter(|line| line.category == category) {
        let signed = is_signed(line.state);
        one.oversights += u32::from(counts_by(made_at, line.due, signed));
        one.oversights_signed += u32::from(signed);
    }
    one
}

impl Tally {
    fn take(&mut self, register: &Register, record: &Record, settings: &Settings, today: chrono::NaiveDate) {
        let near_miss = record.counts_as_near_miss(settings);
        self.records = 1;
        self.near_misses = u32::from(near_miss);
        self.incidents = u32::from(record.kind == Kind::Incident);
        self.luck = u32::from(near_miss && record.facts.is_luck());
        self.nameless = u32::from(record.facts.identity() != "named");
        if let Some(review) = record.risk() {
            self.reviewed = 1;
            self.high_risk = u32::from(review.band() >= Band::High);
        }
        if let Some(decision) = record.notification() {
            self.decided = 1;
            let cut = record.notification_decision().is_some_and(StepDecision::withholds_words);
            let gone = cut && record.words_gone().is_some();
            self.reasons_withheld = u32::from(cut && !gone);
            self.reasons_gone = u32::from(gone);
            self.reasoned = u32::from(!decision.reason.trim().is_empty());
            let needed = decision.bodies.iter().filter(|(_, body)| body.needed);
            for (body, _) in needed {
                self.bodies_needed += 1;
                self.bodies_told += u32::from(record.is_sent(body));
            }
        }
        for action in &record.actions {
            if action.done.is_none() {
                self.overdue += u32::from(record.state.is_open() && action.due < today);
                continue;
            }
            self.done += 1;
            match action.strength.as_str() {
                "stronger" => self.stronger += 1,
                "intermediate" => self.intermediate += 1,
                _ => self.weaker += 1,
            }
            self.late += u32::from(action.late_days().is_some_and(|days| days > 0));
        }
        if let Some(review) = record.outcome().filter(|review| review.verdict != "too_early") {
            self.judged = 1;
            let is_better = learning::is_better(record, register);
            self.not_better = u32::from(review.goes_back());
            self.improved = u32::from(is_better);
            self.came_back_after = u32::from(!is_better && !review.goes_back());
        }
        if record.state == State::Closed {
            self.closed = 1;
            self.closed_here = u32::from(record.imported.is_none());
            self.told = u32::from(!record.told.is_empty());
        }
        let came_back = |alert: &domain::patterns::Alert| {
            alert.rule == Rule::RecurrenceAfterClose && !alert.is_dismissed() && alert.key == *record.id
        };
        self.came_back = u32::from(register.alerts_with(record).any(came_back));
        self.decisions = u32::try_from(record.decisions.len()).unwrap_or(u32::MAX);
        for received in &record.events {
            let marks = &received.judgement.marks;
            self.self_reviewed += u32::from(
                marks.contains(&Mark::SelfReview) && record.decision_of(&received.event.id).is_some(),
            );
            self.arrived_late += u32::from(marks.contains(&Mark::LateSync));
        }
    }

    fn add(&mut self, one: &Tally) {
        macro_rules! sum {
            ($($name:ident),*) => { $(self.$name += one.$name;)* };
        }
        sum!(
            records,
            near_misses,
            incidents,
            reviewed,
            high_risk,
            luck,
            nameless,
            decided,
            reasoned,
            reasons_withheld,
            reasons_gone,
            bodies_needed,
            bodies_told,
            done,
            stronger,
            intermediate,
            weaker,
            late,
            overdue,
            judged,
            improved,
            came_back_after,
            not_better,
            closed,
            closed_here,
            told,
            came_back,
            audits,
            audits_in_time,
            findings,
            oversights,
            oversights_signed,
            decisions,
            self_reviewed,
            arrived_late
        );
        for (sum, one) in self.steps.iter_mut().zip(&one.steps) {
            sum.minutes.extend(&one.minutes);
            sum.in_time += one.in_time;
        }
    }
}
