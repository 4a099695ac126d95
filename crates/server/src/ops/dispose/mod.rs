//! Takes the words out of records whose time is over, or that name a person who asks for it. Codes, dates and numbers
//! stay for the counts; hashes, signatures and chains stay, so the log still verifies (decision 023).

mod apart;
mod rule;

use crate::{
    log::state::{NO_DEVICE, State},
    photos::named,
    store::{DisposalRow, Disposed, Reading, Store, StoreError, Tenant},
};
use apart::Apart;
use chrono::NaiveDate;
use domain::{
    event::{Author, Event},
    ids::RecordId,
    record::Record,
    sight,
    time::{Instant, london_date},
};
use fail::fail_point;
use rule::rule_for;
use std::collections::{BTreeMap, BTreeSet};
use sync::Envelope;

/// Which records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Those that were kept for as long as their class says.
    Due,
    /// Those that name this person, by code, whatever their age.
    Person(String),
}

/// One record, and what is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub record: RecordId,
    /// Under which rule.
    pub rule: String,
    /// Numbers of its rows that still have their bytes: also of those that were refused, or came before its report.
    pub rows: Vec<u64>,
    /// Entries about it beside the log.
    apart: Apart,
    /// Why it is left as it is.
    pub kept_because: Option<String>,
}

impl Planned {
    pub fn words(&self) -> String {
        let Planned { record, rule, .. } = self;
        match &self.kept_because {
            Some(why) => format!("{record}: kept. {why}"),
            None => format!("{record}: {} entries. {rule}", self.entries()),
        }
    }

    fn entries(&self) -> usize {
        self.rows.len() + self.apart.len()
    }
}

/// Looks at every record.
pub async fn plan(
    store: &Store,
    tenant: &Tenant,
    what: &What,
    today: NaiveDate,
) -> Result<Vec<Planned>, StoreError> {
    let reading = store.snapshot(tenant).await?;
    plan_of(&reading, &State::load(&reading).await?, what, today).await
}

/// `state` is of the moment that `reading` sees.
async fn plan_of(
    reading: &Reading<'_>,
    state: &State,
    what: &What,
    today: NaiveDate,
) -> Result<Vec<Planned>, StoreError> {
    let (holds, disposed) = (reading.holds().await?, reading.disposed().await?);
    let due = state.register.records().filter_map(|record| Some((record, rule_for(record, what, today)?)));
    let due: Vec<(&Record, String)> = due.collect();
    let mut rows = rows_by_record(state);
    let mut apart = Apart::of(reading, due.iter().map(|(record, _)| record.id.clone())).await?;
    let mut plan = Vec::new();
    for (record, rule) in due {
        let mut rows = rows.remove(&record.id).unwrap_or_default();
        rows.retain(|seq| !disposed.contains_key(seq));
        let apart = apart.remove(&record.id).unwrap_or_default();
        if rows.is_empty() && apart.is_empty() {
            continue;
        }
        let hold = holds.iter().find(|hold| hold.record == *record.id && hold.lifted_at.is_none());
        let kept_because = match hold {
            Some(hold) => Some(format!("It is on legal hold: {}", hold.reason)),
            None if record.state.is_open() => Some("It is still open.".to_owned()),
            None => None,
        };
        plan.push(Planned { record: record.id.clone(), rule, rows, apart, kept_because });
    }
    Ok(plan)
}

/// The log itself is looked through: a record folds neither what was refused nor what another site wrote about it.
fn rows_by_record(state: &State) -> BTreeMap<RecordId, Vec<u64>> {
    let mut rows: BTreeMap<RecordId, Vec<u64>> = BTreeMap::new();
    for received in state.rows_after(0) {
        if let Some(record) = &received.event.record {
            rows.entry(record.clone()).or_default().push(received.judgement.seq);
        }
    }
    rows
}

/// Plans and does it, all of it or nothing. Gives what was planned under the provider's lock: a hold that somebody
/// sets, or a record that somebody opens again, is seen, or waits until this has ended.
pub async fn carry_out(
    store: &Store,
    tenant: &Tenant,
    what: &What,
    by: &str,
    now: Instant,
) -> Result<Vec<Planned>, StoreError> {
    // The most of it is read while others write.
    let state = State::load(&store.snapshot(tenant).await?).await?;
    let mut writing = store.write(tenant).await?;
    fail_point!("dispose::locked");
    let state = state.caught_up(&writing).await?;
    let plan = plan_of(&writing, &state, what, london_date(now)).await?;
    for planned in plan.iter().filter(|one| one.kept_because.is_none()) {
        let Planned { record, rule, rows, apart, .. } = planned;
        let id = uuid::Uuid::new_v4().to_string();
        let mut photos = BTreeSet::new();
        for seq in rows {
            let Some(row) = writing.events(seq - 1, 1).await?.pop() else { continue };
            let Some(received) = state.row(*seq) else { continue };
            photos.extend(named::in_bytes(&row.signed.bytes));
            let prev = match row.device == NO_DEVICE {
                true => None,
                false => Envelope::open(&row.signed.bytes).ok().map(|envelope| envelope.prev),
            };
            let left = as_text(&without_names(&received.event, &state))?;
            writing.dispose(&Disposed { seq: *seq, disposal: id.clone(), prev }, &left).await?;
        }
        fail_point!("dispose::emptied");
        for (hash, left) in apart.left(&id) {
            writing.dispose_apart(hash, &left).await?;
        }
        photos.extend(apart.photos());
        for photo in photos {
            writing.unname_blob(photo).await?;
        }
        fail_point!("dispose::apart_emptied");
        let row = DisposalRow {
            id,
            record: record.to_string(),
            done_at: now,
            done_by: by.to_owned(),
            rule: rule.clone(),
            entries: planned.entries() as u64,
        };
        writing.add_disposal(&row).await?;
        fail_point!("dispose::written");
    }
    // Other servers on the same database read it anew.
    writing.change_revision().await?;
    fail_point!("dispose::before_commit");
    writing.commit().await?;
    fail_point!("dispose::after_commit");
    Ok(plan)
}

/// As a commissioner reads it: enough to count.
fn without_names(event: &Event, state: &State) -> Event {
    let by = if event.by == Author::Anonymous { Author::Anonymous } else { Author::Hidden };
    let with = sight::coded_fields(event, &state.register);
    Event { by, device: "hidden".into(), with, ..event.clone() }
}

fn as_text(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|error| StoreError::Damaged(error.to_string()))
}
