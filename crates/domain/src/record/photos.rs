//! The photos that an event brings to its record.

use super::Record;
use crate::{
    event::Event,
    photo::{self, Photographed},
    time::Instant,
};

impl Record {
    pub(super) fn take_photos(&mut self, event: &Event, at: Instant) {
        self.photos.extend(photo::of(event).into_iter().map(|photo| Photographed {
            photo,
            event: event.id.clone(),
            action: event.text("action").map(Into::into),
            by: event.by.clone(),
            at,
        }));
    }
}
