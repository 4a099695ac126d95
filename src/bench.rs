//! How long saving takes, sealed as on every device, beside a raw write of the same bytes, in the same run, and how long
//! the rules take over long logs. Only with the feature `bench`.
//! `cargo xtask bench` opens `/bench` and reads the JSON in `#bench`.

mod pack;
mod pages;

use crate::browser::{
    clock,
    event_log::OwnLog,
    events, ids,
    keys::DeviceKey,
    pen::{Hand, Pen, PenError},
    seal::{NOBODY, Protection, Ring},
    shelf::Shelf,
    store::{Store, StoreError},
};
use chrono::Duration;
use domain::{
    decide::{Moment, decide},
    directory::{Directory, Site, Staff},
    event::{Author, Event},
    register::Register,
    roles::Role,
};
use indexed_db_futures::{
    Build, BuildPrimitive,
    database::Database,
    transaction::{TransactionDurability, TransactionMode, TransactionOptions},
};
use markup::prelude::*;
use replay::load;
use serde_json::{Value, json};
use std::{rc::Rc, sync::Arc};

const WARM_UP: usize = 50;
const RUNS: usize = 400;
const RAW: &str = "raw";
/// Before each turn: what the one before left to be done has ended, such as the second copy of an event.
const REST_MS: u32 = 5;

#[component]
pub fn BenchPage() -> impl IntoView {
    let result = LocalResource::new(|| async {
        let saving = measure().await.unwrap_or_else(|error| json!({ "error": format!("{error:?}") }));
        json!({ "saving": saving, "rules": rules(), "pack": pack::measure(), "pages": pages::measure() })
    });
    let done = move || result.read().is_some().to_string();
    let words = move || result.get().map(|result| result.to_string()).unwrap_or_default();
    view! { <main id="main"><h1>"Saving and rules, measured"</h1><pre id="bench" data-done=done>{words}</pre></main> }
}

/// The same logs as natively (`cargo bench -p replay`), with the budgets of a browser.
fn rules() -> Value {
    const FOLD_MS: f64 = 3_000.0;
    const ONE_RECORD_MS: f64 = 15.0;
    json!({
        "fold": load::fold(&clock::monotonic_ms, FOLD_MS),
        "one_record": load::one_record(&clock::monotonic_ms, ONE_RECORD_MS),
    })
}

/// Milliseconds, one turn of each after the other, so that both meet the same moods of the disk.
async fn measure() -> Result<Value, PenError> {
    let place = format!("bench-{}", ids::new_id());
    let store = Rc::new(Store::open(&place).await?);
    let ring = Ring::open(&store).await?;
    let is_sealed = ring.protection() == Protection::Key;
    let shelf = Shelf::new(store.clone(), ring.clone());
    let (log, pen, key) = (OwnLog::new(store.clone(), ring), Pen::default(), DeviceKey::make(&store).await?);
    let raw = raw_database(&format!("{place}-raw")).await?;
    let register = register();
    let (mut saves, mut puts, mut bytes) = (Vec::new(), Vec::new(), 0);
    for run in 0..WARM_UP + RUNS {
        let draft = format!("{NOBODY}/{run}");
        shelf.save_draft(&draft, &report()).await?;
        events::wait(REST_MS).await;
        let started = clock::monotonic_ms();
        let stored = save(&register, &log, &pen, &key, &draft).await?;
        let save_ms = clock::monotonic_ms() - started;

        let signed = &stored.entry.signed;
        let same_bytes = format!("{}{}", signed.bytes, signed.sig);
        events::wait(REST_MS).await;
        let started = clock::monotonic_ms();
        put(&raw, run, &same_bytes).await?;
        let put_ms = clock::monotonic_ms() - started;
        if run >= WARM_UP {
            saves.push(save_ms);
            puts.push(put_ms);
            bytes = same_bytes.len();
        }
    }
    raw.delete().map_err(StoreError::from)?.await.map_err(StoreError::from)?;
    drop((log, pen, shelf));
    if let Ok(store) = Rc::try_unwrap(store) {
        store.destroy().await?;
    }
    let (save, put) = (Spread::of(saves), Spread::of(puts));
    let ratio = |one: f64, other: f64| (one / other * 100.0).round() / 100.0;
    Ok(json!({
        "runs": RUNS,
        "bytes": bytes,
        "sealed": is_sealed,
        "save_ms": save.json(),
        "raw_put_ms": put.json(),
        "ratio_p50": ratio(save.p50, put.p50),
        "ratio_p95": ratio(save.p95, put.p95),
    }))
}

/// Validate, chain, sign, seal, and commit together with the end of the draft.
async fn save(
    register: &Register,
    log: &OwnLog,
    pen: &Pen,
    key: &DeviceKey,
    draft: &str,
) -> Result<sync::Stored, PenError> {
    let now = clock::now();
    let moment = Moment { corrected_at: now, token_for: None };
    let event =
        decide(register, report(), &moment).map_err(|refusal| StoreError::Failed(refusal.to_string()))?;
    let hand =
        Hand { tenant: "willow-care", epoch: 1, attested: true, corrected_at: now, draft: Some(draft) };
    pen.write(log, key, &event, hand).await
}

async fn put(raw: &Database, key: usize, text: &str) -> Result<(), StoreError> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    let transaction =
        raw.transaction(RAW).with_mode(TransactionMode::Readwrite).with_options(strict).build()?;
    drop(transaction.object_store(RAW)?.put(text).with_key(key as f64).without_key_type().primitive()?);
    transaction.commit().await?;
    Ok(())
}

async fn raw_database(place: &str) -> Result<Database, StoreError> {
    let opening = Database::open(place)
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| database.create_object_store(RAW).build().map(drop));
    Ok(opening.build()?.await?)
}

fn register() -> Register {
    let mut directory = Directory { provider: "Willow Care".into(), ..Directory::default() };
    directory.sites.insert("willow-house".into(), Site { name: "Willow House".into(), ..Site::default() });
    let roles = [("willow-house".into(), vec![Role::Reporter])].into();
    directory.staff.insert("ada".into(), Staff { name: "Ada".into(), roles, ..Staff::default() });
    Register::new(Arc::new(directory))
}

/// A medication report as a carer writes it.
fn report() -> Event {
    let now = clock::now();
    let with = json!({
        "category": "medication",
        "happened": "something_happened",
        "reached": "no",
        "occurred_at": now - Duration::minutes(7),
        "location": "first_floor_trolley",
        "people": ["R-014"],
        "stage": "preparation_selection",
        "error_type": "wrong_dose",
        "risk_group": "anticoagulant",
        "text": "Took out 5 mg from the box. The MAR said 3 mg from today. The yellow book was not with the MAR.",
        "caught_by": "givers_own_check",
        "defence": "six_rights_check",
        "immediate_actions": ["dose put back", "right dose given", "senior told"],
        "concern": "fairly",
    });
    Event {
        id: ids::new_id().into(),
        verb: "report".into(),
        site: "willow-house".into(),
        record: Some(ids::new_id().into()),
        by: Author::from("ada"),
        device: "phone".into(),
        with: with.as_object().cloned().unwrap_or_default().into(),
        seen: 0,
        device_time: now,
        offset_ms: Some(0),
    }
}

struct Spread {
    p50: f64,
    p95: f64,
}

impl Spread {
    /// The clock of a browser moves in steps of 0.1 ms: of the middle, the mean of one fifth is more exact than one
    /// value.
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| (values.len() as f64 * share) as usize;
        let middle = &values[at(0.4)..at(0.6)];
        let p50 = middle.iter().sum::<f64>() / middle.len().max(1) as f64;
        Self { p50, p95: values.get(at(0.95)).copied().unwrap_or_default() }
    }

    fn json(&self) -> Value {
        let rounded = |value: f64| (value * 1_000.0).round() / 1_000.0;
        json!({ "p50": rounded(self.p50), "p95": rounded(self.p95) })
    }
}
