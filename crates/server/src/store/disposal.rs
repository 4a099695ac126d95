//! What was disposed of, what may not be, and the one way in which bytes of the log are replaced.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use std::collections::BTreeMap;
use sync::Hash;

/// One record was disposed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisposalRow {
    pub id: String,
    pub record: String,
    pub done_at: Instant,
    pub done_by: String,
    /// A stable code and words.
    pub rule: String,
    pub entries: u64,
}

/// A row of the log without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposed {
    pub seq: u64,
    /// Id of the disposal.
    pub disposal: String,
    /// What the bytes named as the hash of the entry before.
    pub prev: Option<Hash>,
}

/// Somebody said that a record must be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    pub record: String,
    pub set_at: Instant,
    pub set_by: String,
    pub reason: String,
    pub lifted_at: Option<Instant>,
    pub lifted_by: Option<String>,
    pub lift_reason: Option<String>,
}

impl FromRow for DisposalRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            record: row.take()?,
            done_at: row.take()?,
            done_by: row.take()?,
            rule: row.take()?,
            entries: row.take()?,
        })
    }
}

impl FromRow for Disposed {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { seq: row.take()?, disposal: row.take()?, prev: row.take()? })
    }
}

impl FromRow for HoldRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            record: row.take()?,
            set_at: row.take()?,
            set_by: row.take()?,
            reason: row.take()?,
            lifted_at: row.take()?,
            lifted_by: row.take()?,
            lift_reason: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// The latest first.
    pub async fn disposals(&self) -> Result<Vec<DisposalRow>, StoreError> {
        let sql = "SELECT id, record, done_at, done_by, rule, entries FROM disposal WHERE tenant = $1 \
             ORDER BY done_at DESC, id";
        self.all(sql, values![]).await
    }

    /// By their number.
    pub async fn disposed(&self) -> Result<BTreeMap<u64, Disposed>, StoreError> {
        let sql = "SELECT seq, disposal, prev FROM disposed_event WHERE tenant = $1 ORDER BY seq";
        let rows: Vec<Disposed> = self.all(sql, values![]).await?;
        Ok(rows.into_iter().map(|row| (row.seq, row)).collect())
    }

    /// Of every record, lifted ones included; the latest first.
    pub async fn holds(&self) -> Result<Vec<HoldRow>, StoreError> {
        let sql = "SELECT record, set_at, set_by, reason, lifted_at, lifted_by, lift_reason FROM legal_hold \
             WHERE tenant = $1 ORDER BY set_at DESC, record";
        self.all(sql, values![]).await
    }
}

impl Writing {
    pub async fn set_hold(
        &mut self,
        record: &str,
        at: Instant,
        by: &str,
        reason: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO legal_hold (tenant, record, set_at, set_by, reason) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (tenant, record, set_at) DO NOTHING";
        self.execute(sql, values![record, at, by, reason]).await.map(drop)
    }

    /// Answers whether there was one.
    pub async fn lift_hold(
        &mut self,
        record: &str,
        at: Instant,
        by: &str,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE legal_hold SET lifted_at = $3, lifted_by = $4, lift_reason = $5 \
             WHERE tenant = $1 AND record = $2 AND lifted_at IS NULL";
        Ok(self.execute(sql, values![record, at, by, reason]).await? > 0)
    }

    /// Why a sealed name was opened, and why the record was on legal hold, goes with its words; that it was stays.
    pub async fn add_disposal(&mut self, row: &DisposalRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO disposal (tenant, id, record, done_at, done_by, rule, entries) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = values![row.id, row.record, row.done_at, row.done_by, row.rule, row.entries];
        self.execute(sql, values).await?;
        let sql =
            "UPDATE record_view SET reason = '' WHERE tenant = $1 AND record = $2 AND reason IS NOT NULL";
        self.execute(sql, values![row.record]).await?;
        let sql = "UPDATE legal_hold SET reason = '', lift_reason = '' WHERE tenant = $1 AND record = $2 \
             AND lifted_at IS NOT NULL";
        self.execute(sql, values![row.record]).await.map(drop)
    }

    /// Replaces the bytes of a row; its number, hash, signature and chain stay. What a manager said about it goes too.
    pub async fn dispose(&mut self, row: &Disposed, left: &str) -> Result<(), StoreError> {
        self.execute("UPDATE event SET bytes = $3 WHERE tenant = $1 AND seq = $2", values![row.seq, left])
            .await?;
        let sql = "INSERT INTO disposed_event (tenant, seq, disposal, prev) VALUES ($1, $2, $3, $4)";
        self.execute(sql, values![row.seq, row.disposal, row.prev]).await?;
        let sql = "UPDATE dealt_with SET said = '' WHERE tenant = $1 \
             AND hash = (SELECT hash FROM event WHERE tenant = $1 AND seq = $2)";
        self.execute(sql, values![row.seq]).await.map(drop)
    }

    /// The same for an entry that was set apart or waits; its hash stays.
    pub async fn dispose_apart(&mut self, hash: Hash, left: &str) -> Result<(), StoreError> {
        let sql = "UPDATE quarantine SET bytes = $3 WHERE tenant = $1 AND hash = $2";
        self.execute(sql, values![hash, left]).await?;
        let sql = "UPDATE held SET bytes = $3 WHERE tenant = $1 AND hash = $2";
        self.execute(sql, values![hash, left]).await?;
        let sql = "UPDATE dealt_with SET said = '' WHERE tenant = $1 AND hash = $2";
        self.execute(sql, values![hash]).await.map(drop)
    }
}
