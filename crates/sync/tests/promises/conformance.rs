//! The memory log lives through the story; a log that breaks a promise does not.

use crate::support::run;
use domain::ids::DeviceId;
use std::{cell::RefCell, collections::BTreeMap, panic};
use sync::{Appended, Entry, EventLog, Head, LogError, Memory, Stored, conformance};

#[test]
fn memory_lives_through_the_story() {
    let places: RefCell<BTreeMap<String, Memory>> = RefCell::default();
    run(conformance::story(async |place: &str| {
        places.borrow_mut().entry(place.to_owned()).or_default().clone()
    }));
}

/// Which promise a bad log breaks.
#[derive(Clone, Copy, Debug)]
enum Flaw {
    DropsForks,
    ForgetsWhenReopened,
    ReadsOneTooFew,
    RenumbersDuplicates,
    ForgetsNotes,
    MixesEnrolments,
}

struct Flawed(Memory, Flaw);

impl EventLog for Flawed {
    async fn append(&self, mut entries: Vec<Entry>) -> Result<Vec<Appended>, LogError> {
        if matches!(self.1, Flaw::ForgetsNotes) {
            entries.iter_mut().for_each(|entry| entry.note = None);
        }
        let mut answers = Vec::new();
        for entry in entries {
            let head = self.head(&entry.device, entry.epoch).await?;
            if matches!(self.1, Flaw::DropsForks) && head.is_some_and(|head| entry.dseq <= head.dseq) {
                answers.push(Appended::Duplicate { seq: 1 });
                continue;
            }
            answers.extend(self.0.append(vec![entry]).await?);
        }
        if matches!(self.1, Flaw::RenumbersDuplicates) {
            answers.iter_mut().for_each(|answer| *answer = Appended::New { seq: answer.seq() });
        }
        Ok(answers)
    }

    async fn read(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        let after = if matches!(self.1, Flaw::ReadsOneTooFew) { after + 1 } else { after };
        self.0.read(after, limit).await
    }

    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
        let epoch = if matches!(self.1, Flaw::MixesEnrolments) { 1 } else { epoch };
        self.0.head(device, epoch).await
    }
}

#[test]
fn the_story_finds_each_flaw() {
    let flaws = [
        Flaw::DropsForks,
        Flaw::ForgetsWhenReopened,
        Flaw::ReadsOneTooFew,
        Flaw::RenumbersDuplicates,
        Flaw::ForgetsNotes,
        Flaw::MixesEnrolments,
    ];
    for flaw in flaws {
        let places: RefCell<BTreeMap<String, Memory>> = RefCell::default();
        let make_log = async |place: &str| {
            if matches!(flaw, Flaw::ForgetsWhenReopened) {
                return Flawed(Memory::default(), flaw);
            }
            Flawed(places.borrow_mut().entry(place.to_owned()).or_default().clone(), flaw)
        };
        let told = panic::catch_unwind(panic::AssertUnwindSafe(|| run(conformance::story(make_log))));
        assert!(told.is_err(), "{flaw:?} goes unnoticed");
    }
}
