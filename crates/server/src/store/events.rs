//! The log of a provider: append-only, numbered without gaps, hash-chained row by row.

use super::{Reading, StoreError, Writing, hash_of, signed, unsigned};
use crate::clock::from_micros;
use futures_util::{Stream, TryStreamExt};
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};
use sync::{Hash, Signed, chain};

/// One row on its way in, or read back.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub seq: u64,
    pub device: String,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
    pub signed: Signed,
    /// Microseconds, as stored.
    pub received_at: i64,
    /// The judgement as JSON.
    pub note: Option<String>,
    pub chain: Hash,
    pub deliveries: u32,
}

/// Where the log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    pub seq: u64,
    pub chain: Hash,
}

/// How far the chain of one device was taken.
#[derive(Clone, Debug)]
pub struct ChainHead {
    pub device: String,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
}

/// Rows per statement: few statement texts, so that each is prepared once.
const GROUPS: [usize; 4] = [200, 40, 8, 1];

impl EventRow {
    /// The hash over this row and all before it, from what is stored; the whole judgement goes in.
    pub fn chained(&self, before: Hash) -> Hash {
        let note = self.note.as_deref().unwrap_or_default();
        chain::server_step(before, self.seq, self.hash, from_micros(self.received_at), note)
    }

    fn of(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            seq: unsigned(row.try_get(0)?),
            device: row.try_get(1)?,
            epoch: row.try_get(2)?,
            dseq: unsigned(row.try_get(3)?),
            hash: hash_of(row.try_get(4)?)?,
            signed: Signed { bytes: row.try_get(5)?, sig: row.try_get(6)? },
            received_at: row.try_get(7)?,
            note: row.try_get(8)?,
            chain: hash_of(row.try_get(9)?)?,
            deliveries: row.try_get(10)?,
        })
    }
}

impl Reading<'_> {
    /// Up to `limit` rows after a number, in order.
    pub fn events(&self, after: u64, limit: u32) -> impl Stream<Item = Result<EventRow, StoreError>> {
        sqlx::query(
            "SELECT seq, device, epoch, dseq, hash, bytes, sig, received_at, note, chain, deliveries \
             FROM event WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?",
        )
        .bind(self.tenant.as_str().to_owned())
        .bind(signed(after))
        .bind(limit)
        .fetch(self.pool)
        .map_err(StoreError::from)
        .and_then(|row| async move { EventRow::of(&row) })
    }

    pub async fn log_head(&self) -> Result<LogHead, StoreError> {
        let row: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT seq, chain FROM provider WHERE tenant = ?")
            .bind(self.tenant.as_str())
            .fetch_optional(self.pool)
            .await?;
        let Some((seq, chain)) = row else { return Ok(LogHead { seq: 0, chain: Hash::ZERO }) };
        Ok(LogHead { seq: unsigned(seq), chain: hash_of(&chain)? })
    }

    pub async fn chain_heads(&self) -> Result<Vec<ChainHead>, StoreError> {
        let rows: Vec<(String, u32, i64, Vec<u8>)> =
            sqlx::query_as("SELECT device, epoch, dseq, hash FROM device_chain WHERE tenant = ?")
                .bind(self.tenant.as_str())
                .fetch_all(self.pool)
                .await?;
        rows.into_iter()
            .map(|(device, epoch, dseq, hash)| {
                Ok(ChainHead { device, epoch, dseq: unsigned(dseq), hash: hash_of(&hash)? })
            })
            .collect()
    }

    /// The highest event of a device and epoch; of a fork, the one that came first.
    pub async fn last_of(&self, device: &str, epoch: u32) -> Result<Option<(u64, Hash)>, StoreError> {
        let row: Option<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT dseq, hash FROM event WHERE tenant = ? AND device = ? AND epoch = ? \
             ORDER BY dseq DESC, seq LIMIT 1",
        )
        .bind(self.tenant.as_str())
        .bind(device)
        .bind(epoch)
        .fetch_optional(self.pool)
        .await?;
        row.map(|(dseq, hash)| Ok((unsigned(dseq), hash_of(&hash)?))).transpose()
    }

    /// The hash of the one-time token of a record that was reported without a name.
    pub async fn anonymous_token(&self, record: &str) -> Result<Option<Hash>, StoreError> {
        let row: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT hash FROM anonymous_token WHERE tenant = ? AND record = ?")
                .bind(self.tenant.as_str())
                .bind(record)
                .fetch_optional(self.pool)
                .await?;
        row.map(|(hash,)| hash_of(&hash)).transpose()
    }
}

impl Writing {
    pub async fn log_head(&mut self) -> Result<LogHead, StoreError> {
        let row: (i64, Vec<u8>) = sqlx::query_as("SELECT seq, chain FROM provider WHERE tenant = ?")
            .bind(self.tenant.as_str())
            .fetch_one(&mut *self.transaction)
            .await?;
        Ok(LogHead { seq: unsigned(row.0), chain: hash_of(&row.1)? })
    }

    /// Appends rows that are numbered and chained from the head, and moves the head.
    pub async fn append(&mut self, rows: &[EventRow]) -> Result<(), StoreError> {
        let Some(last) = rows.last() else { return Ok(()) };
        let mut rest = rows;
        while !rest.is_empty() {
            let size = GROUPS.into_iter().find(|size| *size <= rest.len()).unwrap_or(1);
            let (group, after) = rest.split_at(size);
            self.insert(group).await?;
            rest = after;
        }
        sqlx::query("UPDATE provider SET seq = ?, chain = ? WHERE tenant = ?")
            .bind(signed(last.seq))
            .bind(last.chain.as_bytes().as_slice())
            .bind(self.tenant.as_str())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    async fn insert(&mut self, group: &[EventRow]) -> Result<(), StoreError> {
        let mut insert = QueryBuilder::<Sqlite>::new(
            "INSERT INTO event (tenant, seq, device, epoch, dseq, hash, bytes, sig, received_at, note, chain) ",
        );
        insert.push_values(group, |mut line, row| {
            line.push_bind(self.tenant.as_str())
                .push_bind(signed(row.seq))
                .push_bind(row.device.as_str())
                .push_bind(row.epoch)
                .push_bind(signed(row.dseq))
                .push_bind(row.hash.as_bytes().as_slice())
                .push_bind(row.signed.bytes.as_str())
                .push_bind(row.signed.sig.as_str())
                .push_bind(row.received_at)
                .push_bind(row.note.as_deref())
                .push_bind(row.chain.as_bytes().as_slice());
        });
        insert.build().execute(&mut *self.transaction).await?;
        Ok(())
    }

    /// The numbers of the events at one place of a device's chain, with their hashes, the first first.
    pub async fn events_at(
        &mut self,
        device: &str,
        epoch: u32,
        dseq: u64,
    ) -> Result<Vec<(u64, Hash)>, StoreError> {
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT seq, hash FROM event WHERE tenant = ? AND device = ? AND epoch = ? AND dseq = ? ORDER BY seq",
        )
        .bind(self.tenant.as_str())
        .bind(device)
        .bind(epoch)
        .bind(signed(dseq))
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.into_iter().map(|(seq, hash)| Ok((unsigned(seq), hash_of(&hash)?))).collect()
    }

    /// The same bytes arrived once more.
    pub async fn delivered_again(&mut self, seq: u64) -> Result<(), StoreError> {
        sqlx::query("UPDATE event SET deliveries = deliveries + 1 WHERE tenant = ? AND seq = ?")
            .bind(self.tenant.as_str())
            .bind(signed(seq))
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    pub async fn set_chain_head(&mut self, head: &ChainHead) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO device_chain (tenant, device, epoch, dseq, hash) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (tenant, device, epoch) DO UPDATE SET dseq = excluded.dseq, hash = excluded.hash",
        )
        .bind(self.tenant.as_str())
        .bind(&head.device)
        .bind(head.epoch)
        .bind(signed(head.dseq))
        .bind(head.hash.as_bytes().as_slice())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Sets the hash of the one-time token of a record, or replaces it after a reply was lost.
    pub async fn set_anonymous_token(&mut self, record: &str, hash: Hash) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO anonymous_token (tenant, record, hash) VALUES (?, ?, ?) \
             ON CONFLICT (tenant, record) DO UPDATE SET hash = excluded.hash",
        )
        .bind(self.tenant.as_str())
        .bind(record)
        .bind(hash.as_bytes().as_slice())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}
