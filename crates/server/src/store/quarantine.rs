//! What arrived and cannot be folded now: events that wait for an earlier one, and events that never fit.
//! Nothing here is ever removed except by being released in order.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
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

macro_rules! quarantine {
    ($end:literal) => {
        concat!(
            "SELECT hash, reason, device, bytes, sig, received_at, offset_ms FROM quarantine \
             WHERE tenant = $1 ",
            $end
        )
    };
}

macro_rules! held {
    ($end:literal) => {
        concat!(
            "SELECT device, epoch, dseq, hash, bytes, sig, received_at, offset_ms FROM held \
             WHERE tenant = $1 ",
            $end
        )
    };
}

impl FromRow for QuarantineRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.take()?,
            reason: row.take()?,
            device: row.take()?,
            signed: Signed { bytes: row.take()?, sig: row.take()? },
            received_at: row.take()?,
            offset_ms: row.take()?,
        })
    }
}

impl FromRow for HeldRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            device: row.take()?,
            epoch: row.take()?,
            dseq: row.take()?,
            hash: row.take()?,
            signed: Signed { bytes: row.take()?, sig: row.take()? },
            received_at: row.take()?,
            offset_ms: row.take()?,
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
        self.all(
            quarantine!("ORDER BY reason IN ($2, $3, $4), received_at DESC, hash, reason LIMIT $5 OFFSET $6"),
            values![last[0], last[1], last[2], limit, offset],
        )
        .await
    }

    /// The hash was quarantined for this reason before: its bytes and signature.
    pub async fn quarantined_for(
        &self,
        hash: Hash,
        reason: &str,
    ) -> Result<Option<QuarantineRow>, StoreError> {
        self.first(quarantine!("AND hash = $2 AND reason = $3"), values![hash, reason]).await
    }

    /// How many rows lie here for these reasons that nobody has dealt with.
    pub async fn not_dealt_with(&self, reasons: [&str; 6]) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM quarantine WHERE tenant = $1 AND reason IN ($2, $3, $4, $5, $6, $7) \
                   AND NOT EXISTS (SELECT 1 FROM dealt_with WHERE dealt_with.tenant = $1 \
                   AND dealt_with.kind = 'quarantined' AND dealt_with.hash = quarantine.hash)";
        let found: Option<(u64,)> = self
            .first(sql, values![reasons[0], reasons[1], reasons[2], reasons[3], reasons[4], reasons[5]])
            .await?;
        Ok(found.map_or(0, |(count,)| count))
    }

    /// How many rows of a device are kept apart, and how many bytes; without those for the reasons `without`.
    pub async fn kept_apart_of(&self, device: &str, without: [&str; 3]) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT COUNT(*), COALESCE(SUM(OCTET_LENGTH(bytes) + OCTET_LENGTH(sig)), 0) FROM quarantine \
                   WHERE tenant = $1 AND device = $2 AND reason NOT IN ($3, $4, $5)";
        let found = self.first(sql, values![device, without[0], without[1], without[2]]).await?;
        Ok(found.unwrap_or_default())
    }

    pub async fn held(&self) -> Result<Vec<HeldRow>, StoreError> {
        self.all(held!("ORDER BY device, epoch, dseq, received_at"), values![]).await
    }

    /// Held events that stand at this place of a device's chain.
    pub async fn held_at(&self, device: &str, epoch: u32, dseq: u64) -> Result<Vec<HeldRow>, StoreError> {
        self.all(
            held!("AND device = $2 AND epoch = $3 AND dseq = $4 ORDER BY received_at"),
            values![device, epoch, dseq],
        )
        .await
    }

    pub async fn holds_any(&self, device: &str) -> Result<bool, StoreError> {
        let found: Option<(u64,)> = self
            .first("SELECT epoch FROM held WHERE tenant = $1 AND device = $2 LIMIT 1", values![device])
            .await?;
        Ok(found.is_some())
    }
}

impl Writing {
    /// Keeps every byte. The same bytes for the same reason are counted, not kept twice.
    pub async fn quarantine(&mut self, row: &QuarantineRow) -> Result<(), StoreError> {
        let QuarantineRow { hash, reason, device, signed, received_at, offset_ms } = row;
        self.execute(
            "INSERT INTO quarantine (tenant, hash, reason, device, bytes, sig, received_at, offset_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (tenant, hash, reason) DO UPDATE SET deliveries = quarantine.deliveries + 1",
            values![hash, reason, device, signed.bytes, signed.sig, received_at, offset_ms],
        )
        .await
        .map(drop)
    }

    pub async fn hold(&mut self, row: &HeldRow) -> Result<(), StoreError> {
        let HeldRow { device, epoch, dseq, hash, signed, received_at, offset_ms } = row;
        self.execute(
            "INSERT INTO held (tenant, device, epoch, dseq, hash, bytes, sig, received_at, offset_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            values![device, epoch, dseq, hash, signed.bytes, signed.sig, received_at, offset_ms],
        )
        .await
        .map(drop)
    }

    pub async fn release(&mut self, row: &HeldRow) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM held WHERE tenant = $1 AND device = $2 AND epoch = $3 AND dseq = $4 AND hash = $5",
            values![row.device, row.epoch, row.dseq, row.hash],
        )
        .await
        .map(drop)
    }
}
