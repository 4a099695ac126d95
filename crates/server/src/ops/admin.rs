//! `/v1/log`: the state of the log for those who look after the provider, a check on demand, a signed checkpoint to keep
//! elsewhere, and what devices said against it.

use super::{
    check::Report,
    checkpoint::{Checkpoint, Elsewhere},
    daily, export,
};
use crate::{
    app::App,
    door::{devices::may_keep, sign_in, who::Person},
    error::{AppError, Why},
    http::{Body, Reply},
    store::{DisposalRow, DoubtRow},
};
use axum::extract::State;
use chrono::Duration;
use domain::{roles::Role, time::Instant};
use serde::Serialize;
use std::collections::BTreeMap;
use sync::{Hash, digest, wire::DoubtReport};
use tokio::sync::Mutex;

/// The latest of each list.
const MOST: usize = 30;
/// Doubts that are looked through for those that somebody may see.
const LOOKED_THROUGH: u32 = 1_000;
/// Doubts that one device may tell in a day; a device tells when it pulls.
const DOUBTS_A_DAY: u64 = 20;
const DOUBTS: [&str; 3] = ["past_epoch", "shorter", "rewritten"];
/// Of devices that missed rows which they had been given.
const MISSED: [&str; 2] = [digest::MISSED, digest::STILL_MISSED];

const TOLD: &str = "This device has said so often enough today. The manager can read it.";

/// One check at a time: it reads the whole log.
static CHECKING: Mutex<()> = Mutex::const_new(());

#[derive(Serialize)]
pub struct LogState {
    provider: String,
    server_epoch: String,
    seq: u64,
    chain: Hash,
    /// The public key that signs checkpoints now.
    key: String,
    /// The newest first.
    checkpoints: Vec<Checkpoint>,
    doubts: Vec<DoubtLine>,
    /// What was disposed of at the sites that the reader looks after, the newest first.
    disposals: Vec<DisposalLine>,
}

#[derive(Serialize)]
struct DisposalLine {
    record: String,
    done_at: Instant,
    done_by: String,
    rule: String,
    entries: u64,
}

/// Of a device that the reader does not look after it says neither which nor whose.
#[derive(Serialize)]
struct DoubtLine {
    told_at: Instant,
    /// Empty where it is not said.
    device: String,
    device_label: Option<String>,
    name: String,
    doubt: String,
    seq: u64,
    /// The log has that very row now.
    agrees_now: bool,
}

/// What a check found.
#[derive(Serialize)]
pub struct Found {
    fine: bool,
    /// In words.
    words: String,
    /// The first row that is wrong.
    row: Option<u64>,
    report: Option<Report>,
}

pub async fn look(State(app): State<App>, person: Person) -> Result<Reply<LogState>, AppError> {
    let reading = app.store.read(&person.hub.tenant);
    let (head, devices) = (reading.log_head().await?, reading.devices().await?);
    let mut checkpoints = reading.checkpoints().await?;
    let doubts = reading.doubts(LOOKED_THROUGH).await?;
    let mut people = BTreeMap::new();
    for id in doubts.iter().map(|doubt| &doubt.device) {
        if !people.contains_key(id) {
            people.insert(id.clone(), reading.people_of(id).await?);
        }
    }
    let disposals = reading.disposals().await?;
    let state = person.hub.read().await?;
    // Of a record that never came, only its id is here: nobody knows whose site it was.
    let is_theirs = |row: &DisposalRow| match state.register.record(&row.record) {
        Some(record) => person.keeps(&record.site),
        None => person.holds(Role::Provider),
    };
    let disposal = |row: DisposalRow| {
        let DisposalRow { record, done_at, done_by, rule, entries, .. } = row;
        DisposalLine { record, done_at, done_by, rule, entries }
    };
    checkpoints.reverse();
    checkpoints.truncate(MOST);
    // What a device misses of its own is for those who look after it; that the log changed is for all who look after one.
    let doubt = |row: DoubtRow| {
        let device = devices.iter().find(|device| device.id == row.device);
        let kept = device.filter(|device| may_keep(&person, &state, device, &people[&row.device]));
        (kept.is_some() || DOUBTS.contains(&row.doubt.as_str())).then(|| DoubtLine {
            told_at: row.told_at,
            device_label: kept.map(|device| device.label.clone()),
            device: kept.map(|device| device.id.clone()).unwrap_or_default(),
            name: kept.map(|_| state.directory().staff_name(&row.staff).to_owned()).unwrap_or_default(),
            doubt: row.doubt,
            seq: row.seq,
            agrees_now: state.chain_at(row.seq) == Some(row.chain),
        })
    };
    Ok(Reply(LogState {
        provider: person.hub.tenant.as_str().to_owned(),
        server_epoch: app.epoch.clone(),
        seq: head.seq,
        chain: head.chain,
        key: app.key.public(),
        checkpoints,
        doubts: doubts.into_iter().filter_map(doubt).take(MOST).collect(),
        disposals: disposals.into_iter().filter(is_theirs).take(MOST).map(disposal).collect(),
    }))
}

pub async fn sign(State(app): State<App>, person: Person) -> Result<Reply<Checkpoint>, AppError> {
    Ok(Reply(daily::sign(&app, &person.hub.tenant).await?))
}

pub async fn verify(State(app): State<App>, person: Person) -> Result<Reply<Found>, AppError> {
    let _one = CHECKING.lock().await;
    let found =
        export::check_store(&app.store, &person.hub.tenant, &Elsewhere::default(), app.clock.now()).await?;
    Ok(Reply(match found {
        Ok(report) => Found {
            fine: true,
            words: report.words(Some(&app.key.public())),
            row: None,
            report: Some(report),
        },
        Err(fault) => {
            tracing::error!(row = fault.row(), "the log is not as it was written");
            Found { fine: false, words: fault.to_string(), row: fault.row(), report: None }
        }
    }))
}

/// A device has seen another log than this one, or misses rows that it had. Kept beside what stands here now.
pub async fn doubt(
    State(app): State<App>,
    person: Person,
    Body(report): Body<DoubtReport>,
) -> Result<Reply<sign_in::Done>, AppError> {
    let (doubt, seq) = (report.doubt.as_str(), report.seen.seq);
    if DOUBTS.contains(&doubt) {
        tracing::error!(doubt, seq, "a device has seen another log");
    } else if MISSED.contains(&doubt) {
        tracing::warn!(doubt, seq, "a device has not kept all that it was given");
    } else {
        return Err(AppError::from(Why::BadValue).field("doubt"));
    }
    let chain_here = person.hub.read().await?.chain_at(seq);
    let mut writing = app.store.write(&person.hub.tenant).await?;
    let now = app.clock.now();
    if writing.doubts_of(&person.device.id, now - Duration::days(1)).await? >= DOUBTS_A_DAY {
        return Err(AppError::from(Why::TooMany).saying(TOLD).retry_after(3600));
    }
    let row = DoubtRow {
        told_at: now,
        device: person.device.id.clone(),
        staff: person.staff.to_string(),
        doubt: report.doubt,
        server_epoch: report.server_epoch,
        seq: report.seen.seq,
        chain: report.seen.chain,
        chain_here,
    };
    writing.add_doubt(&row).await?;
    writing.commit().await?;
    Ok(Reply(sign_in::Done::ok()))
}
