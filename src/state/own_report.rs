//! Reports that this device wrote, also where nobody is signed in and the register of the pages leaves them out.

use super::{App, Letter, LetterState, fold::provisional};
use domain::{
    event::{Author, Event, Fields, Received},
    ids::{DeviceId, RecordId},
    record::Record,
    register::Register,
    time::Instant,
};
use leptos::prelude::*;
use std::sync::Arc;
use sync::own::OwnEvent;

const REPORT: &str = "report";

/// A report that arrived and that no senior sees.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptApart {
    pub record: RecordId,
    pub with: Fields,
    pub written_at: Instant,
    /// When a manager dealt with it, as far as this device has heard.
    pub dealt_at: Option<Instant>,
}

impl App {
    /// The service has this report of this device and keeps it for the Registered Manager alone. Tracked.
    pub fn is_kept_apart(&self, id: &RecordId) -> bool {
        if self.register.read().record(id).is_some() {
            return false;
        }
        let letters = self.letters.list.read();
        let is_apart = |letter: &Letter| matches!(letter.state, LetterState::KeptApart(_));
        if let Some(letter) = letters.iter().find(|letter| letter.verb == REPORT && letter.record == *id) {
            return is_apart(letter);
        }
        let keep = self.keep();
        let own = keep.own.borrow();
        own.of_record(id, REPORT).is_some_and(OwnEvent::is_report_kept_apart)
    }

    /// Reports with a name that the service keeps for the Registered Manager alone; of the person here, or of everybody
    /// who wrote on this device. The newest first. Tracked.
    pub fn kept_apart(&self, of: Whose) -> Vec<KeptApart> {
        let register = self.register.read();
        let person = self.session.read().me().map(|me| me.staff.to_string());
        let keep = self.keep();
        let own = keep.own.borrow();
        let theirs = |own: &&OwnEvent| of == Whose::Anybody || own.is_by(person.as_deref());
        let apart = own.iter().filter(|own| own.is_report_kept_apart()).filter(theirs);
        let told = apart.filter_map(|own| {
            let event = own.event.as_ref()?;
            let record = event.record.clone()?;
            let is_unknown = register.record(&record).is_none();
            is_unknown.then(|| KeptApart {
                record,
                with: event.with.clone(),
                written_at: keep.corrected(event.device_time),
                dealt_at: own.fate.dealt_at,
            })
        });
        let mut told: Vec<KeptApart> = told.collect();
        told.reverse();
        told
    }
}

/// Whose reports are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Anybody,
}

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
