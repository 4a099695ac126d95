//! When the rules run: after every event, and at the moments that time brings. New reports and notes wait until somebody
//! asks for an alert, or something comes that could change what the rules say of them: who pushes them need not wait.

use super::Register;
use crate::{
    event::{Outcome, Received},
    ids::{RecordId, SiteId},
    patterns::{self, Board, Known},
    shared::Rows,
    time::Instant,
};
use std::{
    collections::BTreeMap,
    mem,
    sync::{Arc, OnceLock},
};

/// Alerts by site.
type All = BTreeMap<SiteId, Arc<Board>>;

#[derive(Clone, Debug, Default)]
pub(super) struct Boards {
    /// As far as the rules have run.
    all: All,
    /// What they have not looked at yet, in order of arrival.
    waiting: Rows<Waiting>,
    /// With all that waits, once somebody has asked.
    asked: OnceLock<All>,
}

#[derive(Clone, Debug)]
struct Waiting {
    received: Arc<Received>,
    /// The clock of the register when it came.
    clock: Option<Instant>,
}

impl Register {
    /// Runs what time alone has made true by `now`. Call it when everything that arrived by then has been taken.
    pub fn settle(&mut self, now: Instant) {
        self.run_rules();
        self.run_agenda(|moment| moment <= now);
    }

    /// Runs what time made true before a contact, whose events are then taken in together. `take` does this
    /// itself; call it before judging the first event of a contact.
    pub fn settle_before(&mut self, received_at: Instant) {
        if self.clock.is_some_and(|clock| clock >= received_at) {
            return;
        }
        self.boards.keep_asked();
        let is_due = |board: &Arc<Board>| board.next_moment().is_some_and(|moment| moment < received_at);
        if self.boards.all.values().any(is_due) {
            self.run_rules();
            self.run_agenda(|moment| moment < received_at);
        }
        // What waits can bring moments too, of which none changes a record: they come when the rules run.
        self.clock = Some(received_at);
    }

    pub(crate) fn view(&self) -> Known<'_> {
        Known { directory: &self.directory, records: &self.records }
    }

    /// The alerts of a site.
    pub(crate) fn board(&self, site: &str) -> Option<&Board> {
        let Boards { all, waiting, asked } = &self.boards;
        let all = match waiting.len() == 0 {
            true => all,
            false => asked.get_or_init(|| {
                let mut all = all.clone();
                let stale = run_waiting(&mut all, self.view(), waiting, self.clock);
                debug_assert!(stale.is_empty(), "what waits makes no decision stale");
                all
            }),
        };
        all.get(site).map(|board| &**board)
    }

    /// Can the rules look at this event later, and say the same? Until something else comes, nothing that they look at
    /// changes: a report makes a record, and they do not read notes. Neither brings an outage, whose moment would have
    /// to be known at once, because it makes a decision stale.
    pub(super) fn may_wait(&self, Received { event, judgement }: &Received) -> bool {
        let is_known = event.record.as_ref().is_some_and(|id| self.records.get(id).is_some());
        judgement.result == Outcome::Applied
            && match event.verb.as_str() {
                "report" => !is_known,
                "add_note" => is_known,
                _ => false,
            }
    }

    pub(super) fn wait(&mut self, received: Arc<Received>) {
        self.boards.keep_asked();
        self.boards.waiting.push(Waiting { received, clock: self.clock });
    }

    /// Looks at everything that waits.
    pub(super) fn run_rules(&mut self) {
        self.boards.keep_asked();
        if self.boards.waiting.len() > 0 {
            let known = Known { directory: &self.directory, records: &self.records };
            let waiting = mem::take(&mut self.boards.waiting);
            let stale = run_waiting(&mut self.boards.all, known, &waiting, self.clock);
            self.make_stale(stale);
        }
    }

    fn run_agenda(&mut self, has_come: impl Fn(Instant) -> bool) {
        let known = Known { directory: &self.directory, records: &self.records };
        let stale = run_moments(&mut self.boards.all, known, has_come);
        self.make_stale(stale);
    }

    /// A decision made before an outage had run for 24 hours did not know of it.
    fn make_stale(&mut self, stale: Vec<RecordId>) {
        for id in stale {
            if let Some(record) = self.records.get_mut(&id).filter(|record| record.notification().is_some()) {
                Arc::make_mut(record).decision_stale = true;
            }
        }
    }

    pub(super) fn after_record_event(&mut self, received: &Received) {
        let known = Known { directory: &self.directory, records: &self.records };
        look_at(&mut self.boards.all, known, received);
    }

    pub(super) fn after_site_event(&mut self, received: &Received) {
        let known = Known { directory: &self.directory, records: &self.records };
        let event = &received.event;
        let at = received.judgement.corrected_at;
        match event.verb.as_str() {
            "link_alert" | "dismiss_alert" | "snooze_alert" => {
                board_of(&mut self.boards.all, &event.site).settle_alert(event, at);
            }
            "open_audit" | "answer_audit" | "sign_audit" | "sign_oversight" | "ask_manager"
            | "answer_provider" | "record_denominator" => {
                let book = Arc::make_mut(self.books.entry(event.site.clone()).or_default());
                book.take(known, received);
                if let Some(spec) = book.finding(event) {
                    let board = board_of(&mut self.boards.all, &event.site);
                    patterns::run_finding(board, known, spec, received);
                }
            }
            _ => {}
        }
    }

    /// The provider's lists changed; nothing waits.
    pub(super) fn after_directory(&mut self, now: Instant) {
        let known = Known { directory: &self.directory, records: &self.records };
        for board in self.boards.all.values_mut() {
            patterns::after_directory(Arc::make_mut(board), known, now);
        }
    }
}

impl Boards {
    /// What was worked out for somebody who asked is not worked out again.
    fn keep_asked(&mut self) {
        if let Some(all) = self.asked.take() {
            (self.all, self.waiting) = (all, Rows::default());
        }
    }
}

/// As if the rules had run after each of these when it came. Gives the records whose decisions got stale.
fn run_waiting(
    all: &mut All,
    known: Known<'_>,
    waiting: &Rows<Waiting>,
    clock: Option<Instant>,
) -> Vec<RecordId> {
    let mut stale = Vec::new();
    let mut run_before = |all: &mut All, clock: Option<Instant>| {
        stale.extend(run_moments(all, known, |moment| Some(moment) < clock));
    };
    for Waiting { received, clock } in waiting.iter() {
        run_before(all, *clock);
        look_at(all, known, received);
    }
    run_before(all, clock);
    stale
}

fn run_moments(all: &mut All, known: Known<'_>, has_come: impl Fn(Instant) -> bool) -> Vec<RecordId> {
    let mut stale = Vec::new();
    for board in all.values_mut() {
        while board.next_moment().is_some_and(&has_come) {
            stale.extend(patterns::run_next(Arc::make_mut(board), known));
        }
    }
    stale
}

fn look_at(all: &mut All, known: Known<'_>, received: &Received) {
    let Some(record) = received.event.record.as_ref().and_then(|id| known.records.get(id)) else { return };
    patterns::after_event(board_of(all, &record.site), known, record, received);
}

fn board_of<'a>(all: &'a mut All, site: &SiteId) -> &'a mut Board {
    if !all.contains_key(site) {
        all.insert(site.clone(), Arc::new(Board::new(site)));
    }
    // The line above put it there.
    Arc::make_mut(all.entry(site.clone()).or_default())
}
