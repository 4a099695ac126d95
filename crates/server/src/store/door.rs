//! The few questions that are asked before a provider is known. Each starts from something that only its
//! holder has, and ends in a `Tenant`: this is the only file that makes one.

use super::{StoreError, Tenant};
use crate::clock::{from_micros, micros};
use domain::time::Instant;
use sqlx::SqlitePool;
use sync::Hash;

pub struct Door<'a> {
    writer: &'a SqlitePool,
    readers: &'a SqlitePool,
}

/// An open session.
#[derive(Clone, Debug)]
pub struct SessionFound {
    pub tenant: Tenant,
    pub device: String,
    pub staff: String,
    pub expires_at: Instant,
}

/// Where pushes land that name a provider this server does not have.
const UNCLAIMED: &str = "unclaimed";

fn tenant(text: String) -> Tenant {
    Tenant(text.into())
}

impl<'a> Door<'a> {
    pub(super) fn new(writer: &'a SqlitePool, readers: &'a SqlitePool) -> Self {
        Self { writer, readers }
    }

    /// Changes when the database is restored from a copy.
    pub async fn epoch(&self) -> Result<String, StoreError> {
        let (epoch,): (String,) = sqlx::query_as("SELECT epoch FROM server").fetch_one(self.readers).await?;
        Ok(epoch)
    }

    /// The database was put back from a copy: every device offers its last 30 days again.
    pub async fn new_epoch(&self) -> Result<String, StoreError> {
        let epoch = uuid::Uuid::new_v4().to_string();
        sqlx::query("UPDATE server SET epoch = ?").bind(&epoch).execute(self.writer).await?;
        Ok(epoch)
    }

    pub async fn providers(&self) -> Result<Vec<Tenant>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT tenant FROM provider WHERE set_up_at IS NOT NULL ORDER BY created_at, tenant",
        )
        .fetch_all(self.readers)
        .await?;
        Ok(rows.into_iter().map(|(row,)| tenant(row)).collect())
    }

    pub async fn provider(&self, claimed: &str) -> Result<Option<Tenant>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT tenant FROM provider WHERE tenant = ? AND set_up_at IS NOT NULL")
                .bind(claimed)
                .fetch_optional(self.readers)
                .await?;
        Ok(row.map(|(row,)| tenant(row)))
    }

    /// Nobody's: for events that name a provider this server does not have.
    pub fn unclaimed(&self) -> Tenant {
        tenant(UNCLAIMED.to_owned())
    }

    /// A provider to be, with the hash of its set-up token.
    pub async fn add_provider(&self, set_up: Hash, now: Instant) -> Result<Tenant, StoreError> {
        let id = uuid::Uuid::new_v4().to_string();
        sqlx::query("INSERT INTO provider (tenant, created_at, set_up_hash, chain) VALUES (?, ?, ?, ?)")
            .bind(&id)
            .bind(micros(now))
            .bind(set_up.as_bytes().as_slice())
            .bind(Hash::ZERO.as_bytes().as_slice())
            .execute(self.writer)
            .await?;
        Ok(tenant(id))
    }

    /// While nobody is set up: gives the first waiting provider a new token, or makes one.
    pub async fn renew_set_up(&self, set_up: Hash, now: Instant) -> Result<Tenant, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(
            "UPDATE provider SET set_up_hash = ? WHERE tenant = \
             (SELECT tenant FROM provider WHERE set_up_at IS NULL ORDER BY created_at, tenant LIMIT 1) RETURNING tenant",
        )
        .bind(set_up.as_bytes().as_slice())
        .fetch_optional(self.writer)
        .await?;
        match row {
            Some((row,)) => Ok(tenant(row)),
            None => self.add_provider(set_up, now).await,
        }
    }

    /// The provider that a set-up token belongs to, used or not.
    pub async fn by_set_up(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM provider WHERE set_up_hash = ?", hash.as_bytes().as_slice()).await
    }

    pub async fn by_device(&self, device: &str) -> Result<Option<Tenant>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT tenant FROM device WHERE id = ?")
            .bind(device)
            .fetch_optional(self.readers)
            .await?;
        Ok(row.map(|(row,)| tenant(row)))
    }

    pub async fn by_invite(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM invite WHERE hash = ?", hash.as_bytes().as_slice()).await
    }

    pub async fn by_reading_link(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM reading_link WHERE hash = ?", hash.as_bytes().as_slice()).await
    }

    pub async fn by_calendar(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM calendar_feed WHERE hash = ?", hash.as_bytes().as_slice()).await
    }

    /// A session that is not over at `now`.
    pub async fn session(&self, hash: Hash, now: Instant) -> Result<Option<SessionFound>, StoreError> {
        let row: Option<(String, String, String, i64)> = sqlx::query_as(
            "SELECT tenant, device, staff, expires_at FROM session WHERE hash = ? AND expires_at > ?",
        )
        .bind(hash.as_bytes().as_slice())
        .bind(micros(now))
        .fetch_optional(self.readers)
        .await?;
        Ok(row.map(|(row, device, staff, expires_at)| SessionFound {
            tenant: tenant(row),
            device,
            staff,
            expires_at: from_micros(expires_at),
        }))
    }

    /// Sessions and invites that are long over, of every provider.
    pub async fn sweep(&self, now: Instant) -> Result<(), StoreError> {
        const INVITE_KEPT_MICROS: i64 = 30 * 24 * 3_600_000_000;
        sqlx::query("DELETE FROM session WHERE expires_at < ?")
            .bind(micros(now))
            .execute(self.writer)
            .await?;
        sqlx::query("DELETE FROM invite WHERE expires_at < ?")
            .bind(micros(now) - INVITE_KEPT_MICROS)
            .execute(self.writer)
            .await?;
        Ok(())
    }

    async fn find(&self, query: &'static str, hash: &[u8]) -> Result<Option<Tenant>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(query).bind(hash).fetch_optional(self.readers).await?;
        Ok(row.map(|(row,)| tenant(row)))
    }
}
