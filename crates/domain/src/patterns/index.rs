//! Keeps the indexes of a site up to date with its records, so that one more event costs the same in any history.

use super::{
    Rule,
    board::{Board, count},
    lane::{Lane, Sequel},
    place::Place,
    sequels,
};
use crate::{record::Record, time::Instant};
use std::{collections::BTreeMap, sync::Arc};

impl Board {
    /// Brings the indexes up to date with a record after one of its events.
    pub(super) fn index(&mut self, record: &Record, verb: &str) {
        let number = record.arrival;
        if matches!(verb, "amend" | "resubmit") {
            self.reorder(number, record.facts.occurred_at());
        }
        let place = Place::of(self, record, verb);
        let before = self.places.get(&number).cloned();
        if before == place {
            return;
        }
        let same_keys = match (&before, &place) {
            (Some(before), Some(place)) => Arc::ptr_eq(&before.alike, &place.alike),
            _ => false,
        };
        if let (Some(place), false) = (&place, sequels::asks_again(verb)) {
            self.note_unseen(before.as_ref(), place);
        }
        if let Some(before) = &before {
            self.take_out(number, before, !same_keys);
        }
        match place {
            Some(place) => {
                self.put_in(number, &place, !same_keys);
                self.places.insert(number, place);
            }
            None => {
                self.places.remove(&number);
            }
        }
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
        for number in self.listed_in.get(&record).into_iter().flatten() {
            if let Some(alert) = self.alerts.get_mut(*number as usize) {
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

    pub(super) fn place(&self, record: u32) -> Option<&Place> {
        self.places.get(&record)
    }

    pub(super) fn lane(&mut self, rule: Option<Rule>, key: &str) -> u32 {
        let names = self.lane_names.entry(rule).or_default();
        if let Some(number) = names.get(key) {
            return *number;
        }
        let number = count(self.lanes.len());
        names.insert(key.to_owned(), number);
        self.lanes.push(Arc::new(Lane { rule, key: key.to_owned(), ..Lane::default() }));
        number
    }

    /// Lane of the records that say this unit.
    pub(super) fn unit_lane(&self, unit: &str) -> Option<&Lane> {
        let number = self.lane_names.get(&None)?.get(unit)?;
        self.lanes.get(*number as usize).map(|lane| &**lane)
    }

    pub(super) fn sequel(&mut self, kind: usize, key: &str) -> u32 {
        let names = self.sequel_names.entry(kind).or_default();
        if let Some(number) = names.get(key) {
            return *number;
        }
        let number = count(self.sequels.len());
        names.insert(key.to_owned(), number);
        self.sequels.push(Arc::default());
        number
    }

    /// Unit that a record in play says; empty where it says none.
    pub(super) fn unit_of(&self, record: u32) -> Option<String> {
        let lane = self.lanes.get(self.place(record)?.alike.unit as usize)?;
        Some(lane.key.clone())
    }

    /// Units that records name, in order.
    pub(super) fn units(&self) -> Vec<String> {
        self.lane_names.get(&None).into_iter().flat_map(BTreeMap::keys).cloned().collect()
    }
}
