//! Reads the log of a provider as lines: for an export, and to check it where it stands or in a file.

use super::{
    check::{Checker, Report},
    checkpoint::Elsewhere,
    fault::Fault,
    line::{Apart, DeviceLine, DisposedLine, FORMAT, Head, Line},
};
use crate::{
    log::{open, quarantine::Reason},
    store::{DisposalRow, Disposed, Store, StoreError, Tenant},
};
use domain::time::Instant;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
};
use sync::{Signed, base64url};

/// Rows read at once; others have a turn in between.
const PAGE: u32 = 200;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    File(#[from] io::Error),
}

/// The first line. Checkpoints are read before the end of the log, and the rest after it: what is added meanwhile is
/// never taken for something that is missing.
pub async fn head(store: &Store, tenant: &Tenant, now: Instant) -> Result<Head, StoreError> {
    let reading = store.read(tenant);
    let checkpoints = reading.checkpoints().await?;
    let end = reading.log_head().await?;
    let devices = reading.devices().await?.into_iter().map(|device| DeviceLine {
        device: device.id.into(),
        epoch: device.epoch,
        public_key: base64url::encode(&device.public_key),
    });
    let (apart, losses) = beside(store, tenant).await?;
    Ok(Head {
        format: FORMAT.to_owned(),
        provider: tenant.as_str().to_owned(),
        server_epoch: store.door().epoch().await?,
        exported_at: now,
        seq: end.seq,
        chain: end.chain,
        devices: devices.collect(),
        apart,
        losses,
        checkpoints,
    })
}

/// Writes all lines; gives the number of rows.
/// # Errors  the database cannot be read, or the file not written.
pub async fn write(
    store: &Store,
    tenant: &Tenant,
    now: Instant,
    out: &mut impl Write,
) -> Result<u64, ExportError> {
    let head = head(store, tenant, now).await?;
    put(out, &head)?;
    let reading = store.read(tenant);
    let gone = gone(store, tenant).await?;
    let mut after = 0;
    while after < head.seq {
        let rows = reading.events(after, page(head.seq - after)).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { break };
        for row in rows {
            let disposed = gone.get(&row.seq).cloned();
            put(out, &Line::new(row, disposed))?;
        }
        after = last;
    }
    out.flush()?;
    Ok(head.seq)
}

/// Checks the log where it stands.
/// # Errors  the database cannot be read. What is wrong with the log is no error here.
pub async fn check_store(
    store: &Store,
    tenant: &Tenant,
    elsewhere: &Elsewhere,
    now: Instant,
) -> Result<Result<Report, Fault>, StoreError> {
    let head = head(store, tenant, now).await?;
    let end = head.seq;
    let mut checker = match Checker::new(head, elsewhere) {
        Ok(checker) => checker,
        Err(fault) => return Ok(Err(fault)),
    };
    let reading = store.read(tenant);
    let gone = gone(store, tenant).await?;
    let mut after = 0;
    while after < end {
        let rows = reading.events(after, page(end - after)).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { break };
        for row in rows {
            let disposed = gone.get(&row.seq).cloned();
            if let Err(fault) = checker.row(&Line::new(row, disposed)) {
                return Ok(Err(fault));
            }
        }
        after = last;
        tokio::task::yield_now().await;
    }
    Ok(checker.end())
}

/// Checks an exported log.
/// # Errors  the file cannot be read.
pub fn check_lines(mut lines: impl BufRead, elsewhere: &Elsewhere) -> io::Result<Result<Report, Fault>> {
    let mut text = String::new();
    lines.read_line(&mut text)?;
    let Ok(head) = serde_json::from_str::<Head>(&text) else { return Ok(Err(Fault::NoHead)) };
    let mut checker = match Checker::new(head, elsewhere) {
        Ok(checker) => checker,
        Err(fault) => return Ok(Err(fault)),
    };
    for text in lines.lines() {
        let Ok(line) = serde_json::from_str::<Line>(&text?) else {
            return Ok(Err(Fault::Unreadable { seq: checker.next() }));
        };
        if let Err(fault) = checker.row(&line) {
            return Ok(Err(fault));
        }
    }
    Ok(checker.end())
}

/// Rows without their bytes.
async fn gone(store: &Store, tenant: &Tenant) -> Result<BTreeMap<u64, DisposedLine>, StoreError> {
    let reading = store.read(tenant);
    let disposals = reading.disposals().await?;
    let line = |(seq, row): (u64, Disposed)| {
        let disposal = disposals.iter().find(|disposal| disposal.id == row.disposal)?;
        let DisposalRow { done_at, done_by, rule, .. } = disposal.clone();
        Some((seq, DisposedLine { at: done_at, by: done_by, rule, prev: row.prev }))
    };
    Ok(reading.disposed().await?.into_iter().filter_map(line).collect())
}

/// Entries that used up a place in the chain of their device and were not folded; and what devices say that they lost.
async fn beside(store: &Store, tenant: &Tenant) -> Result<(Vec<Apart>, Vec<Signed>), StoreError> {
    let reading = store.read(tenant);
    let (mut all, mut losses) = (Vec::new(), Vec::new());
    for number in 0.. {
        let rows = reading.quarantined(Reason::UNPROVEN.map(Reason::code), PAGE, number * PAGE).await?;
        for row in &rows {
            if row.reason == Reason::DeviceLoss.code() {
                losses.push(row.signed.clone());
            }
            let is_in_chain = Reason::IN_CHAIN.iter().any(|reason| reason.code() == row.reason);
            let link = open::link(&row.signed, row.hash, &open::content(&row.signed));
            all.extend(link.filter(|_| is_in_chain).map(|link| Apart::new(link, row.reason.clone())));
        }
        if rows.len() < PAGE as usize {
            break;
        }
    }
    Ok((all, losses))
}

fn page(left: u64) -> u32 {
    u32::try_from(left).unwrap_or(PAGE).min(PAGE)
}

fn put(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
