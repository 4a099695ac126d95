//! The log of a provider: append-only, numbered without gaps, hash-chained row by row.

use super::{
    Reading, StoreError, Tenant, Value, Writing,
    database::{Connection, Table},
    devices::LastContact,
    row::{FromRow, Row},
    value::ToValue,
    values, with_tenant,
};
use crate::clock::from_micros;
use fail::fail_point;
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

/// What is left to write at the end of a batch.
#[derive(Debug)]
pub struct Rest {
    pub rows: Vec<EventRow>,
    pub heads: Vec<ChainHead>,
    /// The device itself was there.
    pub contact: Option<LastContact>,
}

/// In the order of `EventRow::cells`.
const EVENT: &Table = &Table {
    name: "event",
    columns: &["seq", "device", "epoch", "dseq", "hash", "bytes", "sig", "received_at", "note", "chain"],
};

const MOVE_CHAIN: &str = "INSERT INTO device_chain (tenant, device, epoch, dseq, hash) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (tenant, device, epoch) DO UPDATE SET dseq = excluded.dseq, hash = excluded.hash";

impl EventRow {
    /// The hash over this row and all before it, from what is stored; the whole judgement goes in.
    pub fn chained(&self, before: Hash) -> Hash {
        let note = self.note.as_deref().unwrap_or_default();
        chain::server_step(before, self.seq, self.hash, from_micros(self.received_at), note)
    }

    /// In the order of the columns, without the provider.
    fn cells(&self) -> [Value<'_>; EVENT.columns.len()] {
        [
            self.seq.to_value(),
            self.device.to_value(),
            self.epoch.to_value(),
            self.dseq.to_value(),
            self.hash.to_value(),
            self.signed.bytes.to_value(),
            self.signed.sig.to_value(),
            self.received_at.to_value(),
            self.note.to_value(),
            self.chain.to_value(),
        ]
    }
}

impl FromRow for EventRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.take()?,
            device: row.take()?,
            epoch: row.take()?,
            dseq: row.take()?,
            hash: row.take()?,
            signed: Signed { bytes: row.take()?, sig: row.take()? },
            received_at: row.take()?,
            note: row.take()?,
            chain: row.take()?,
            deliveries: row.take()?,
        })
    }
}

impl FromRow for ChainHead {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { device: row.take()?, epoch: row.take()?, dseq: row.take()?, hash: row.take()? })
    }
}

async fn add(connection: &mut dyn Connection, tenant: &Tenant, rows: &[EventRow]) -> Result<(), StoreError> {
    let cells: Vec<Value<'_>> = rows.iter().flat_map(EventRow::cells).collect();
    connection.add(tenant, EVENT, &cells).await
}

async fn write(connection: &mut dyn Connection, tenant: &Tenant, rest: &Rest) -> Result<(), StoreError> {
    add(connection, tenant, &rest.rows).await?;
    fail_point!("intake::before_chain_heads");
    for head in &rest.heads {
        let values = with_tenant(tenant, values![head.device, head.epoch, head.dseq, head.hash]);
        connection.execute(MOVE_CHAIN, &values).await?;
    }
    if let Some(contact) = &rest.contact {
        contact.write(connection, tenant).await?;
    }
    fail_point!("intake::written");
    Ok(())
}

impl Reading<'_> {
    /// Up to `limit` rows after a number, in order.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        self.all(
            "SELECT seq, device, epoch, dseq, hash, bytes, sig, received_at, note, chain, deliveries \
             FROM event WHERE tenant = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            values![after, limit],
        )
        .await
    }

    pub async fn log_head(&self) -> Result<LogHead, StoreError> {
        let found: Option<(u64, Hash)> =
            self.first("SELECT seq, chain FROM provider WHERE tenant = $1", values![]).await?;
        let (seq, chain) = found.unwrap_or((0, Hash::ZERO));
        Ok(LogHead { seq, chain })
    }

    /// Differs when anything that a server keeps in memory has changed.
    pub async fn revision(&self) -> Result<u64, StoreError> {
        let found: Option<(u64,)> =
            self.first("SELECT revision FROM provider WHERE tenant = $1", values![]).await?;
        Ok(found.map_or(0, |(revision,)| revision))
    }

    /// Events that arrived more than once, and how often.
    pub async fn delivered_more_than_once(&self) -> Result<Vec<(u64, u32)>, StoreError> {
        self.all("SELECT seq, deliveries FROM event WHERE tenant = $1 AND deliveries > 1", values![]).await
    }

    pub async fn chain_heads(&self) -> Result<Vec<ChainHead>, StoreError> {
        self.all("SELECT device, epoch, dseq, hash FROM device_chain WHERE tenant = $1", values![]).await
    }

    /// The highest event of a device and epoch; of a fork, the one that came first.
    pub async fn last_of(&self, device: &str, epoch: u32) -> Result<Option<(u64, Hash)>, StoreError> {
        self.first(
            "SELECT dseq, hash FROM event WHERE tenant = $1 AND device = $2 AND epoch = $3 \
             ORDER BY dseq DESC, seq LIMIT 1",
            values![device, epoch],
        )
        .await
    }

    /// The numbers of the events at one place of a device's chain, with their hashes, the first first.
    pub async fn events_at(
        &self,
        device: &str,
        epoch: u32,
        dseq: u64,
    ) -> Result<Vec<(u64, Hash)>, StoreError> {
        self.all(
            "SELECT seq, hash FROM event \
             WHERE tenant = $1 AND device = $2 AND epoch = $3 AND dseq = $4 ORDER BY seq",
            values![device, epoch, dseq],
        )
        .await
    }

    /// The hash of the one-time token of a record that was reported without a name.
    pub async fn anonymous_token(&self, record: &str) -> Result<Option<Hash>, StoreError> {
        let found: Option<(Hash,)> = self
            .first("SELECT hash FROM anonymous_token WHERE tenant = $1 AND record = $2", values![record])
            .await?;
        Ok(found.map(|(hash,)| hash))
    }
}

impl Writing {
    /// Begins to append rows that are numbered and chained from the head, which `move_head` moves afterwards.
    pub async fn append(&mut self, rows: Vec<EventRow>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.meanwhile(|mut connection, tenant| async move {
            let done = add(&mut *connection, &tenant, &rows).await;
            (connection, done)
        })
        .await
    }

    /// Begins to write how a batch ends. The next one of the same transaction can be judged meanwhile.
    pub async fn end_batch(&mut self, rest: Rest) -> Result<(), StoreError> {
        self.meanwhile(|mut connection, tenant| async move {
            let done = write(&mut *connection, &tenant, &rest).await;
            (connection, done)
        })
        .await
    }

    /// What servers keep in memory has changed; answers the new revision.
    pub async fn change_revision(&mut self) -> Result<u64, StoreError> {
        let found: Option<(u64,)> = self
            .first(
                "UPDATE provider SET revision = revision + 1 WHERE tenant = $1 RETURNING revision",
                values![],
            )
            .await?;
        Ok(found.map_or(0, |(revision,)| revision))
    }

    /// The same, and the log ends here now.
    pub async fn move_head(&mut self, head: LogHead) -> Result<u64, StoreError> {
        fail_point!("append::before_head");
        let found: Option<(u64,)> = self
            .first(
                "UPDATE provider SET revision = revision + 1, seq = $2, chain = $3 WHERE tenant = $1 \
                 RETURNING revision",
                values![head.seq, head.chain],
            )
            .await?;
        Ok(found.map_or(0, |(revision,)| revision))
    }

    /// The same bytes arrived once more.
    pub async fn delivered_again(&mut self, seq: u64) -> Result<(), StoreError> {
        self.execute(
            "UPDATE event SET deliveries = deliveries + 1 WHERE tenant = $1 AND seq = $2",
            values![seq],
        )
        .await
        .map(drop)
    }

    /// Sets the hash of the one-time token of a record, or replaces it after a reply was lost.
    pub async fn set_anonymous_token(&mut self, record: &str, hash: Hash) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO anonymous_token (tenant, record, hash) VALUES ($1, $2, $3) \
             ON CONFLICT (tenant, record) DO UPDATE SET hash = excluded.hash",
            values![record, hash],
        )
        .await
        .map(drop)
    }
}
