//! Keeps the indexes of a site up to date with its records, so that one more event costs the same in any history.

use super::{
    Rule,
    board::{Board, Entry, Kind, count},
    lane::{Lane, Sequel},
    place::Place,
    sequels,
};
use crate::{event::Event, record::Record, time::Instant};
use std::sync::Arc;

impl Board {
    /// Brings the indexes up to date with a record after one of its events.
    /// True where what it is alike in changed.
    pub(super) fn index(&mut self, record: &Record, event: &Event) -> bool {
        let number = record.arrival;
        if matches!(event.verb.as_str(), "amend" | "resubmit") {
            self.reorder(number, record.facts.occurred_at());
        }
        let place = Place::of(self, record, event);
        let before = self.place(number).cloned();
        let same_keys = match (&before, &place) {
            (Some(before), Some(place)) => Arc::ptr_eq(&before.alike, &place.alike),
            (None, None) => true,
            _ => false,
        };
        if before == place {
            return !same_keys;
        }
        if let (Some(place), false) = (&place, sequels::asks_again(&event.verb)) {
            self.note_unseen(before.as_ref(), place);
        }
        if let Some(before) = &before {
            self.take_out(number, before, !same_keys);
        }
        if let Some(place) = &place {
            self.put_in(number, place, !same_keys);
        }
        self.entry_mut(number).place = place;
        !same_keys
    }

    fn take_out(&mut self, number: u32, place: &Place, with_keys: bool) {
        let alike = place.alike.clone();
        if with_keys {
            for lane in alike.lanes.iter().chain([&alike.unit]) {
                self.with_lane(*lane, |lane| lane.remove(alike.date, number));
            }
        }
        for sequel in &alike.comes_back {
            self.with_sequel(*sequel, |sequel| {
                if let Some(finished) = place.finished {
                    sequel.first.remove(&(finished, number));
                }
                if with_keys {
                    sequel.next.remove(&(alike.occurred_at, number));
                }
            });
        }
        if let Some(repair) = alike.repair {
            self.with_sequel(repair, |sequel| {
                sequel.first.remove(&(alike.reported_at, number));
                if with_keys {
                    sequel.next.remove(&(alike.reported_at, number));
                }
            });
        }
    }

    fn put_in(&mut self, number: u32, place: &Place, with_keys: bool) {
        let alike = place.alike.clone();
        if with_keys {
            for lane in alike.lanes.iter().chain([&alike.unit]) {
                self.with_lane(*lane, |lane| lane.add(alike.date, number));
            }
        }
        for sequel in &alike.comes_back {
            self.with_sequel(*sequel, |sequel| {
                if let Some(finished) = place.finished {
                    sequel.first.insert((finished, number));
                }
                if with_keys {
                    sequel.next.insert((alike.occurred_at, number));
                }
            });
        }
        if let Some(repair) = alike.repair {
            self.with_sequel(repair, |sequel| {
                if place.waits {
                    sequel.first.insert((alike.reported_at, number));
                }
                if with_keys {
                    sequel.next.insert((alike.reported_at, number));
                }
            });
        }
    }

    /// The record is new among those that wait, or among those of a repair, and no rule looks at it now.
    fn note_unseen(&mut self, before: Option<&Place>, place: &Place) {
        let Some(repair) = place.alike.repair else { return };
        let was_there =
            |before: &Place| before.alike.repair == Some(repair) && (before.waits || !place.waits);
        if !before.is_some_and(was_there) {
            self.with_sequel(repair, |sequel| sequel.unseen += 1);
        }
    }

    /// A corrected time of happening changes the order in which alerts list the record.
    fn reorder(&mut self, record: u32, occurred_at: Instant) {
        let listed_in = self.entry(record).map(|entry| entry.listed_in.clone()).unwrap_or_default();
        for number in listed_in {
            if let Some(alert) = self.alerts.get_mut(number as usize) {
                Arc::make_mut(alert).move_to(record, occurred_at);
            }
        }
    }

    pub(super) fn with_lane(&mut self, number: u32, change: impl FnOnce(&mut Lane)) {
        if let Some(lane) = self.lanes.get_mut(number as usize) {
            change(Arc::make_mut(lane));
        }
    }

    fn with_sequel(&mut self, number: u32, change: impl FnOnce(&mut Sequel)) {
        if let Some(sequel) = self.sequels.get_mut(number as usize) {
            change(Arc::make_mut(sequel));
        }
    }

    pub(super) fn entry(&self, record: u32) -> Option<&Entry> {
        self.entries.get(record as usize)?.as_deref()
    }

    pub(super) fn entry_mut(&mut self, record: u32) -> &mut Entry {
        while self.entries.len() <= record as usize {
            self.entries.push(None);
        }
        let entry = self.entries.get_mut(record as usize);
        // The loop above made room for it.
        Arc::make_mut(
            entry.unwrap_or_else(|| unreachable!("no room for record {record}")).get_or_insert_default(),
        )
    }

    pub(super) fn place(&self, record: u32) -> Option<&Place> {
        self.entry(record)?.place.as_ref()
    }

    pub(super) fn lane(&mut self, rule: Option<Rule>, key: &str) -> u32 {
        let kind = rule.map_or(Kind::Unit, Kind::Lane);
        if let Some(number) = self.names.get(kind, key) {
            return number;
        }
        let number = count(self.lanes.len());
        self.names.set(kind, key, number);
        self.lanes.push(Arc::new(Lane { rule, key: key.to_owned(), ..Lane::default() }));
        number
    }

    /// Lane of the records that say this unit.
    pub(super) fn unit_lane(&self, unit: &str) -> Option<&Lane> {
        let number = self.names.get(Kind::Unit, unit)?;
        self.lanes.get(number as usize).map(|lane| &**lane)
    }

    pub(super) fn sequel(&mut self, kind: Kind, key: &str) -> u32 {
        if let Some(number) = self.names.get(kind, key) {
            return number;
        }
        let number = count(self.sequels.len());
        self.names.set(kind, key, number);
        self.sequels.push(Arc::default());
        number
    }

    /// Lane of the unit that a record in play says; of no name where it says none.
    pub(super) fn unit_of(&self, record: u32) -> Option<u32> {
        Some(self.place(record)?.alike.unit)
    }

    /// Lanes of the units that records name.
    pub(super) fn units(&self) -> Vec<u32> {
        let lanes = (0..).zip(self.lanes.iter());
        lanes.filter(|(_, lane)| lane.rule.is_none()).map(|(number, _)| number).collect()
    }
}
