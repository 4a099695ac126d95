//! Folds the register that pages see: the server's rows once, then this person's unsent events on a copy.

use super::{App, keep::Keep};
use domain::{
    decide::{Arrival, judge},
    event::{Event, Judgement, Outcome, Received},
    register::Register,
    time::Instant,
};
use leptos::prelude::*;
use std::sync::Arc;

impl App {
    /// Shows the register again after rows or own events changed.
    pub(crate) fn refold(&self) {
        let keep = self.keep();
        let now = keep.corrected_now();
        let mut register = keep.base.borrow().clone();
        add_own(&keep, &mut register, now);
        register.settle(now);
        self.register.set(Arc::new(register));
        self.sync.look(&keep);
        self.photos.look(&keep);
    }
}

/// Own events that the server's rows do not hold yet, judged as the server would if they arrived now.
fn add_own(keep: &Keep, register: &mut Register, now: Instant) {
    let person = keep.person.borrow().clone();
    let pulled = keep.pulled.borrow();
    for own in keep.own.borrow().iter() {
        let Some(event) = &own.event else { continue };
        if pulled.contains(event.id.as_str()) || !own.is_by(person.as_deref()) {
            continue;
        }
        let judgement = match own.judgement() {
            Some(judgement) => judgement.clone(),
            None if own.is_quarantined() => continue,
            None => provisional(keep, register, event, now),
        };
        if judgement.result != Outcome::Refused {
            register.take(Arc::new(Received { event: event.clone(), judgement }));
        }
    }
}

pub(super) fn provisional(keep: &Keep, register: &Register, event: &Event, now: Instant) -> Judgement {
    let arrival = Arrival {
        seq: 0,
        received_at: now,
        offset_ms: keep.offset_ms.get().unwrap_or(0),
        token_for: None,
        online: false,
    };
    judge(register, event, &arrival)
}

impl Keep {
    /// Takes rows from the server, in order of arrival.
    pub fn take_rows(&self, rows: impl IntoIterator<Item = Received>) {
        let mut base = self.base.borrow_mut();
        let mut pulled = self.pulled.borrow_mut();
        for row in rows {
            pulled.insert(row.event.id.clone());
            base.take(Arc::new(row));
        }
    }

    /// Lets go of the server's rows in memory; the lists stay.
    pub fn empty_base(&self) {
        let directory = self.base.borrow().shared_directory();
        self.base.replace(Register::new(directory));
        self.pulled.borrow_mut().clear();
    }
}
