//! Stories that the team may read: what we noticed, what we changed, what is different now.
//! A story is an event of the site, so that everybody there may read its three texts and nobody needs the record.
//! Source: docs/decisions/016-what-learning-adds-to-the-verbs.md.

use crate::{
    event::{Author, Event},
    ids::{EventId, RecordId, StaffId},
    pathway::State,
    record::Reporter,
    refusal::{Code, Refusal},
    register::Register,
    time::Instant,
};

/// One story as it was shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The id of its share_story event.
    pub id: EventId,
    /// Where this reader may know it.
    pub record: Option<RecordId>,
    pub noticed: String,
    pub changed: String,
    pub different: String,
    /// The reporter, where they agreed to be named.
    pub credit: Option<StaffId>,
    pub by: Author,
    /// Corrected time.
    pub at: Instant,
}

impl Register {
    /// The stories of a site that are shared now, the newest first.
    pub fn stories<'a>(&'a self, site: &'a str) -> impl Iterator<Item = Story> + 'a {
        let of_site = |verb: &'static str| {
            self.site_events()
                .filter(move |received| received.event.verb == verb && &*received.event.site == site)
        };
        let ended: Vec<&str> =
            of_site("unshare_story").filter_map(|received| received.event.text("story")).collect();
        let mut stories: Vec<Story> = of_site("share_story")
            .filter(|received| !ended.contains(&received.event.id.as_str()))
            .map(|received| read(&received.event, received.judgement.corrected_at))
            .collect();
        stories.reverse();
        stories.into_iter()
    }

    /// The story of a record that is shared now.
    pub fn story_of(&self, site: &str, record: &str) -> Option<Story> {
        self.stories(site).find(|story| story.record.as_deref() == Some(record))
    }

    /// Check 2: the record or the story is known, and of this site.
    pub(crate) fn check_story_references(&self, event: &Event) -> Result<(), Refusal> {
        let here = |id: &str| self.record(id).is_some_and(|record| record.site == event.site);
        let told = |id: &str| {
            self.event(id)
                .is_some_and(|known| known.event.verb == "share_story" && known.event.site == event.site)
        };
        if event.text("record").is_some_and(|id| !here(id)) {
            return Err(Refusal::of(Code::RecordUnknown, "record"));
        }
        if event.text("story").is_some_and(|id| !told(id)) {
            return Err(Refusal::of(Code::RecordUnknown, "story"));
        }
        Ok(())
    }

    /// Check 10: only of a record whose actions are finished, told once, and naming only a reporter who gave
    /// their name with the report.
    pub(crate) fn check_story(&self, event: &Event) -> Result<(), Refusal> {
        if let Some(story) = event.text("story") {
            let is_shared = self.stories(&event.site).any(|known| *known.id == *story);
            return if is_shared { Ok(()) } else { Err(Refusal::of(Code::WrongState, "story")) };
        }
        let id = event.text("record").unwrap_or_default();
        let Some(record) = self.record(id) else { return Err(Refusal::of(Code::RecordUnknown, "record")) };
        if !matches!(record.state, State::AwaitingOutcome | State::Closed)
            || self.story_of(&event.site, id).is_some()
        {
            return Err(Code::WrongState.into());
        }
        let named = |credit: &str| matches!(&record.reporter, Reporter::Named(id) if **id == *credit);
        match event.text("credit") {
            Some(credit) if !named(credit) => Err(Refusal::of(Code::BadValue, "credit")),
            _ => Ok(()),
        }
    }
}

fn read(event: &Event, at: Instant) -> Story {
    let text = |name: &str| event.text(name).unwrap_or_default().to_owned();
    Story {
        id: event.id.clone(),
        record: event.text("record").map(Into::into),
        noticed: text("noticed"),
        changed: text("changed"),
        different: text("different"),
        credit: event.text("credit").map(Into::into),
        by: event.by.clone(),
        at,
    }
}
