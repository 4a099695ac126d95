//! Signed checkpoints of a provider's log, and what devices said against it.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use crate::ops::checkpoint::Checkpoint;
use domain::time::Instant;
use sync::Hash;

/// A device has seen another log than this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtRow {
    pub told_at: Instant,
    pub device: String,
    pub staff: String,
    /// A stable code.
    pub doubt: String,
    pub server_epoch: Option<String>,
    pub seq: u64,
    pub chain: Hash,
    /// The chain of that row here, when it was told; none when there was no such row.
    pub chain_here: Option<Hash>,
}

impl FromRow for DoubtRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            told_at: row.take()?,
            device: row.take()?,
            staff: row.take()?,
            doubt: row.take()?,
            server_epoch: row.take()?,
            seq: row.take()?,
            chain: row.take()?,
            chain_here: row.take()?,
        })
    }
}

impl FromRow for Checkpoint {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            provider: row.take()?,
            at: row.take()?,
            seq: row.take()?,
            chain: row.take()?,
            server_epoch: row.take()?,
            key: row.take()?,
            sig: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// The earliest first.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, StoreError> {
        let sql = "SELECT tenant, made_at, seq, chain, server_epoch, server_key, sig FROM checkpoint \
             WHERE tenant = $1 ORDER BY made_at";
        self.all(sql, values![]).await
    }

    /// The newest first.
    pub async fn doubts(&self, limit: u32) -> Result<Vec<DoubtRow>, StoreError> {
        let sql = "SELECT told_at, device, staff, doubt, server_epoch, seq, chain, chain_here FROM doubt \
             WHERE tenant = $1 ORDER BY told_at DESC, device LIMIT $2";
        self.all(sql, values![limit]).await
    }
}

impl Reading<'_> {
    /// How often a device has told of a doubt since then.
    pub async fn doubts_of(&self, device: &str, since: Instant) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM doubt WHERE tenant = $1 AND device = $2 AND told_at > $3";
        let found: Option<(u64,)> = self.first(sql, values![device, since]).await?;
        Ok(found.map_or(0, |(count,)| count))
    }
}

impl Writing {
    pub async fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        let Checkpoint { server_epoch, seq, chain, at, key, sig, .. } = checkpoint;
        let sql = "INSERT INTO checkpoint (tenant, made_at, seq, chain, server_epoch, server_key, sig) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, made_at) DO NOTHING";
        self.execute(sql, values![at, seq, chain, server_epoch, key, sig]).await.map(drop)
    }

    pub async fn add_doubt(&mut self, row: &DoubtRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO doubt (tenant, told_at, device, staff, doubt, server_epoch, seq, chain, chain_here) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, told_at, device) DO NOTHING";
        let values = values![
            row.told_at,
            row.device,
            row.staff,
            row.doubt,
            row.server_epoch,
            row.seq,
            row.chain,
            row.chain_here
        ];
        self.execute(sql, values).await.map(drop)
    }
}
