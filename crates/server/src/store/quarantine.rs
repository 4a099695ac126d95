//! What arrived and cannot be folded now: events that wait for an earlier one, and events that never fit.
//! Nothing here is ever removed except by being released in order.

use super::{Reading, StoreError, Writing, hash_of, signed, unsigned};
use crate::clock::{from_micros, micros};
use domain::time::Instant;
use sqlx::{Row, sqlite::SqliteRow};
use sync::{Hash, Signed};

#[derive(Clone, Debug)]
pub struct QuarantineRow {
    pub hash: Hash,
    /// A stable code.
    pub reason: String,
    /// As claimed, not proven.
    pub device: String,
    pub signed: Signed,
    pub received_at: Instant,
    pub offset_ms: i64,
}

/// A proven event whose predecessor has not arrived.
#[derive(Clone, Debug)]
pub struct HeldRow {
    pub device: String,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
    pub signed: Signed,
    pub received_at: Instant,
    pub offset_ms: i64,
}

impl QuarantineRow {
    fn of(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            hash: hash_of(row.try_get("hash")?)?,
            reason: row.try_get("reason")?,
            device: row.try_get("device")?,
            signed: Signed { bytes: row.try_get("bytes")?, sig: row.try_get("sig")? },
            received_at: from_micros(row.try_get("received_at")?),
            offset_ms: row.try_get("offset_ms")?,
        })
    }
}

impl HeldRow {
    fn of(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            device: row.try_get("device")?,
            epoch: row.try_get("epoch")?,
            dseq: unsigned(row.try_get("dseq")?),
            hash: hash_of(row.try_get("hash")?)?,
            signed: Signed { bytes: row.try_get("bytes")?, sig: row.try_get("sig")? },
            received_at: from_micros(row.try_get("received_at")?),
            offset_ms: row.try_get("offset_ms")?,
        })
    }
}

impl Reading<'_> {
    /// One page: those for the reasons `last` come last; the newest first.
    pub async fn quarantined(
        &self,
        last: [&str; 3],
        limit: u32,
        offset: u32,
    ) -> Result<Vec<QuarantineRow>, StoreError> {
        let mut query = sqlx::query(
            "SELECT * FROM quarantine WHERE tenant = ? \
             ORDER BY reason IN (?, ?, ?), received_at DESC, hash, reason LIMIT ? OFFSET ?",
        )
        .bind(self.tenant.as_str());
        for reason in last {
            query = query.bind(reason);
        }
        let rows = query.bind(limit).bind(offset).fetch_all(self.pool).await?;
        rows.iter().map(QuarantineRow::of).collect()
    }

    pub async fn held(&self) -> Result<Vec<HeldRow>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM held WHERE tenant = ? ORDER BY device, epoch, dseq, received_at")
                .bind(self.tenant.as_str())
                .fetch_all(self.pool)
                .await?;
        rows.iter().map(HeldRow::of).collect()
    }

    /// How many rows of a provider are quarantined: a limit for events that nobody has proven.
    pub async fn quarantine_size(&self) -> Result<u64, StoreError> {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM quarantine WHERE tenant = ?")
            .bind(self.tenant.as_str())
            .fetch_one(self.pool)
            .await?;
        Ok(unsigned(count))
    }
}

impl Writing {
    /// Keeps every byte. The same bytes for the same reason are counted, not kept twice.
    pub async fn quarantine(&mut self, row: &QuarantineRow) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO quarantine (tenant, hash, reason, device, bytes, sig, received_at, offset_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT (tenant, hash, reason) DO UPDATE SET deliveries = deliveries + 1",
        )
        .bind(self.tenant.as_str())
        .bind(row.hash.as_bytes().as_slice())
        .bind(&row.reason)
        .bind(&row.device)
        .bind(&row.signed.bytes)
        .bind(&row.signed.sig)
        .bind(micros(row.received_at))
        .bind(row.offset_ms)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// The hash was quarantined for this reason before: its bytes and signature.
    pub async fn quarantined(
        &mut self,
        hash: Hash,
        reason: &str,
    ) -> Result<Option<QuarantineRow>, StoreError> {
        let row = sqlx::query("SELECT * FROM quarantine WHERE tenant = ? AND hash = ? AND reason = ?")
            .bind(self.tenant.as_str())
            .bind(hash.as_bytes().as_slice())
            .bind(reason)
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.as_ref().map(QuarantineRow::of).transpose()
    }

    pub async fn hold(&mut self, row: &HeldRow) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO held (tenant, device, epoch, dseq, hash, bytes, sig, received_at, offset_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(self.tenant.as_str())
        .bind(&row.device)
        .bind(row.epoch)
        .bind(signed(row.dseq))
        .bind(row.hash.as_bytes().as_slice())
        .bind(&row.signed.bytes)
        .bind(&row.signed.sig)
        .bind(micros(row.received_at))
        .bind(row.offset_ms)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Held events that stand at this place of a device's chain.
    pub async fn held_at(&mut self, device: &str, epoch: u32, dseq: u64) -> Result<Vec<HeldRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM held WHERE tenant = ? AND device = ? AND epoch = ? AND dseq = ? ORDER BY received_at",
        )
        .bind(self.tenant.as_str())
        .bind(device)
        .bind(epoch)
        .bind(signed(dseq))
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.iter().map(HeldRow::of).collect()
    }

    pub async fn holds_any(&mut self, device: &str) -> Result<bool, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT 1 FROM held WHERE tenant = ? AND device = ? LIMIT 1")
                .bind(self.tenant.as_str())
                .bind(device)
                .fetch_optional(&mut *self.transaction)
                .await?;
        Ok(row.is_some())
    }

    pub async fn release(&mut self, row: &HeldRow) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM held WHERE tenant = ? AND device = ? AND epoch = ? AND dseq = ? AND hash = ?",
        )
        .bind(self.tenant.as_str())
        .bind(&row.device)
        .bind(row.epoch)
        .bind(signed(row.dseq))
        .bind(row.hash.as_bytes().as_slice())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}
