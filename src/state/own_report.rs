//! Reports that this device wrote, also where nobody is signed in and the register of the pages leaves them out.

use super::{App, Letter, fold::provisional};
use domain::{
    event::{Author, Event, Received},
    ids::{DeviceId, RecordId},
    record::Record,
    register::Register,
    time::Instant,
};
use leptos::prelude::*;
use std::sync::Arc;

const REPORT: &str = "report";

impl App {
    /// Looks at a report as it was written here. Not tracked.
    pub fn with_own_report<R>(&self, id: &RecordId, look: impl FnOnce(&Record, &Register) -> R) -> Option<R> {
        let mut register = Register::new(self.directory.get_untracked());
        register.take(Arc::new(self.own_report(id, &register)?));
        register.record(id).map(|record| look(record, &register))
    }

    /// When the service took it, by its own clock. Not tracked.
    pub fn sent_at(&self, id: &RecordId) -> Option<Instant> {
        let keep = self.keep();
        let own = keep.own.borrow();
        own.of_record(id, REPORT)?.fate.acknowledged_at
    }

    /// This device wrote it, with a name or without. Not tracked.
    pub(super) fn wrote(&self, id: &RecordId) -> bool {
        self.keep().own.borrow().of_record(id, REPORT).is_some() || untrack(|| self.letters.holds(id))
    }

    fn own_report(&self, id: &RecordId, register: &Register) -> Option<Received> {
        let (keep, now) = (self.keep(), self.instant());
        if let Some(own) = keep.own.borrow().of_record(id, REPORT) {
            let event = own.event.clone()?;
            let judgement = own.judgement().cloned();
            let judgement = judgement.unwrap_or_else(|| provisional(&keep, register, &event, now));
            return Some(Received { event, judgement });
        }
        let device = self.session.read_untracked().device()?.id.clone();
        let event = event_of(self.letters.report_of(id)?, device);
        let judgement = provisional(&keep, register, &event, now);
        Some(Received { event, judgement })
    }
}

fn event_of(letter: Letter, device: DeviceId) -> Event {
    let Letter { key, record, site, verb, with, written_at, .. } = letter;
    Event {
        id: key,
        verb,
        site,
        record: Some(record),
        by: Author::Anonymous,
        device,
        with,
        seen: 0,
        device_time: written_at,
        offset_ms: None,
    }
}
