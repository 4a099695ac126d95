//! Takes the words out of records whose time is over, or that name a person who asks for it. Codes, dates and numbers
//! stay for the counts; hashes, signatures and chains stay, so the log still verifies (decision 023).

use crate::{
    log::{
        open,
        quarantine::Reason,
        state::{NO_DEVICE, State},
    },
    store::{DisposalRow, Disposed, Reading, Store, StoreError, Tenant},
};
use chrono::NaiveDate;
use domain::{
    event::{Author, Event},
    ids::RecordId,
    record::Record,
    retention, sight,
    time::Instant,
};
use fail::fail_point;
use serde_json::{Value, json};
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
    /// Numbers of its rows that still have their bytes.
    pub rows: Vec<u64>,
    /// Why it is left as it is.
    pub kept_because: Option<String>,
}

impl Planned {
    pub fn words(&self) -> String {
        let Planned { record, rule, rows, .. } = self;
        match &self.kept_because {
            Some(why) => format!("{record}: kept. {why}"),
            None => format!("{record}: {} entries. {rule}", rows.len()),
        }
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
    let (holds, disposed) = (reading.holds().await?, reading.disposed().await?);
    let state = State::load(&reading).await?;
    let mut plan = Vec::new();
    for record in state.register.records() {
        let Some(rule) = rule_for(record, what, today) else { continue };
        let numbers = record.events.iter().map(|received| received.judgement.seq);
        let rows: Vec<u64> = numbers.filter(|seq| !disposed.contains_key(seq)).collect();
        if rows.is_empty() {
            continue;
        }
        let hold = holds.iter().find(|hold| hold.record == *record.id && hold.lifted_at.is_none());
        let kept_because = match hold {
            Some(hold) => Some(format!("It is on legal hold: {}", hold.reason)),
            None if record.state.is_open() => Some("It is still open.".to_owned()),
            None => None,
        };
        plan.push(Planned { record: record.id.clone(), rule, rows, kept_because });
    }
    Ok(plan)
}

/// Does what was planned, all of it or nothing.
pub async fn carry_out(
    store: &Store,
    tenant: &Tenant,
    plan: &[Planned],
    by: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let state = State::load(&store.snapshot(tenant).await?).await?;
    let mut writing = store.write(tenant).await?;
    fail_point!("dispose::locked");
    for Planned { record, rule, rows, .. } in plan.iter().filter(|one| one.kept_because.is_none()) {
        let id = uuid::Uuid::new_v4().to_string();
        for seq in rows {
            let Some(row) = writing.events(seq - 1, 1).await?.pop() else { continue };
            let Some(received) = state.row(*seq) else { continue };
            let prev = match row.device == NO_DEVICE {
                true => None,
                false => Envelope::open(&row.signed.bytes).ok().map(|envelope| envelope.prev),
            };
            let left = as_text(&without_names(&received.event, &state))?;
            writing.dispose(&Disposed { seq: *seq, disposal: id.clone(), prev }, &left).await?;
        }
        fail_point!("dispose::emptied");
        let apart = dispose_apart(&mut writing, record, &id).await?;
        fail_point!("dispose::apart_emptied");
        let row = DisposalRow {
            id,
            record: record.to_string(),
            done_at: now,
            done_by: by.to_owned(),
            rule: rule.clone(),
            entries: rows.len() as u64 + apart,
        };
        writing.add_disposal(&row).await?;
        fail_point!("dispose::written");
    }
    // Other servers on the same database read it anew.
    writing.change_revision().await?;
    fail_point!("dispose::before_commit");
    writing.commit().await?;
    fail_point!("dispose::after_commit");
    Ok(())
}

fn rule_for(record: &Record, what: &What, today: NaiveDate) -> Option<String> {
    match what {
        What::Due => {
            let until = record.kept_until().filter(|until| *until <= today)?;
            let (class, version) = (record.retention(), &retention::classes().version);
            Some(format!("{} ({}): {} years, over on {until}.", class.id, version, class.years))
        }
        What::Person(code) => {
            let mut events = record.events.iter();
            let named = events.any(|received| received.event.with.values().any(|value| names(value, code)));
            named.then(|| "erasure: a person asked for it.".to_owned())
        }
    }
}

fn names(value: &Value, code: &str) -> bool {
    match value {
        Value::String(text) => text == code,
        Value::Array(all) => all.iter().any(|value| names(value, code)),
        Value::Object(all) => all.values().any(|value| names(value, code)),
        _ => false,
    }
}

/// As a commissioner reads it: enough to count.
fn without_names(event: &Event, state: &State) -> Event {
    let by = if event.by == Author::Anonymous { Author::Anonymous } else { Author::Hidden };
    let with = sight::coded_fields(event, &state.register);
    Event { by, device: "hidden".into(), with, ..event.clone() }
}

/// Entries about the record that were set apart keep their place in the chain of their device. Gives how many.
async fn dispose_apart(
    writing: &mut crate::store::Writing,
    record: &RecordId,
    disposal: &str,
) -> Result<u64, StoreError> {
    let mut found = Vec::new();
    for row in all_apart(writing).await? {
        let Ok(envelope) = open::content(&row.signed) else { continue };
        if envelope.record.as_ref() == Some(record) {
            let Envelope { device, epoch, dseq, prev, .. } = envelope;
            let left =
                json!({ "device": device, "epoch": epoch, "dseq": dseq, "prev": prev, "disposed": disposal });
            found.push((row.hash, left.to_string()));
        }
    }
    for (hash, left) in &found {
        writing.dispose_apart(*hash, left).await?;
    }
    Ok(found.len() as u64)
}

async fn all_apart(reading: &Reading<'_>) -> Result<Vec<crate::store::QuarantineRow>, StoreError> {
    const PAGE: u32 = 500;
    let mut all = Vec::new();
    for number in 0.. {
        let rows = reading.quarantined(Reason::UNPROVEN.map(Reason::code), PAGE, number * PAGE).await?;
        let is_last = rows.len() < PAGE as usize;
        all.extend(rows);
        if is_last {
            break;
        }
    }
    Ok(all)
}

fn as_text(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|error| StoreError::Damaged(error.to_string()))
}
