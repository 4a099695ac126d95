//! When the rules run: after every event, and at the moments that time brings.

use super::Register;
use crate::{
    event::Received,
    ids::SiteId,
    patterns::{self, Board, Known},
    time::Instant,
};
use std::{collections::BTreeMap, sync::Arc};

impl Register {
    /// Runs what time alone has made true by `now`. Call it when everything that arrived by then has been taken.
    pub fn settle(&mut self, now: Instant) {
        self.run_agenda(|moment| moment <= now);
    }

    /// Runs what time made true before a contact, whose events are then taken in together. `take` does this
    /// itself; call it before judging the first event of a contact.
    pub fn settle_before(&mut self, received_at: Instant) {
        if self.clock.is_none_or(|clock| clock < received_at) {
            self.run_agenda(|moment| moment < received_at);
            self.clock = Some(received_at);
        }
    }

    pub(crate) fn view(&self) -> Known<'_> {
        Known { directory: &self.directory, records: &self.records }
    }

    fn run_agenda(&mut self, has_come: impl Fn(Instant) -> bool) {
        let known = Known { directory: &self.directory, records: &self.records };
        let mut stale = Vec::new();
        for board in self.boards.values_mut() {
            while board.next_moment().is_some_and(&has_come) {
                stale.extend(patterns::run_next(Arc::make_mut(board), known));
            }
        }
        // A decision made before an outage had run for 24 hours did not know of it.
        for id in stale {
            if let Some(record) = self.records.get_mut(&id).filter(|record| record.notification().is_some()) {
                Arc::make_mut(record).decision_stale = true;
            }
        }
    }

    pub(super) fn after_record_event(&mut self, received: &Received) {
        let known = Known { directory: &self.directory, records: &self.records };
        let Some(record) = received.event.record.as_ref().and_then(|id| self.records.get(id)) else { return };
        let board = board_of(&mut self.boards, &record.site);
        patterns::after_event(board, known, record, received);
    }

    pub(super) fn after_site_event(&mut self, received: &Received) {
        let known = Known { directory: &self.directory, records: &self.records };
        let event = &received.event;
        let at = received.judgement.corrected_at;
        match event.verb.as_str() {
            "link_alert" | "dismiss_alert" | "snooze_alert" => {
                board_of(&mut self.boards, &event.site).settle_alert(event, at);
            }
            "open_audit" | "answer_audit" | "sign_audit" | "sign_oversight" | "ask_manager"
            | "answer_provider" | "record_denominator" => {
                let book = Arc::make_mut(self.books.entry(event.site.clone()).or_default());
                book.take(known, received);
                if let Some(spec) = book.finding(event) {
                    let board = board_of(&mut self.boards, &event.site);
                    patterns::run_finding(board, known, spec, received);
                }
            }
            _ => {}
        }
    }
}

fn board_of<'a>(boards: &'a mut BTreeMap<SiteId, Arc<Board>>, site: &SiteId) -> &'a mut Board {
    if !boards.contains_key(site) {
        boards.insert(site.clone(), Arc::new(Board::new(site)));
    }
    // The line above put it there.
    Arc::make_mut(boards.entry(site.clone()).or_default())
}
