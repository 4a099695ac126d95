//! The few questions that are asked before a provider is known. Each starts from something that only its
//! holder has, and ends in a `Tenant`: this is the only file that makes one.

use super::{
    Scope, Store, StoreError, Tenant,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use sync::Hash;

pub struct Door<'a> {
    store: &'a Store,
}

/// An open session.
#[derive(Clone, Debug)]
pub struct SessionFound {
    pub tenant: Tenant,
    pub device: String,
    pub staff: String,
    pub started_at: Instant,
    pub expires_at: Instant,
}

fn tenant(text: String) -> Tenant {
    Tenant(text.into())
}

impl FromRow for Tenant {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(tenant(row.take()?))
    }
}

impl FromRow for SessionFound {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: Tenant::from_row(row)?,
            device: row.take()?,
            staff: row.take()?,
            started_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl<'a> Door<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store }
    }

    /// Changes when the database is restored from a copy.
    pub async fn epoch(&self) -> Result<String, StoreError> {
        let rows = self.store.database.rows(Scope::Server, "SELECT epoch FROM server", values![]).await?;
        match rows.into_iter().next() {
            Some(mut row) => row.take(),
            None => Err(StoreError::Damaged("it has no epoch".into())),
        }
    }

    /// The database was put back from a copy: every device offers its last 30 days again.
    pub async fn new_epoch(&self) -> Result<String, StoreError> {
        let epoch = uuid::Uuid::new_v4().to_string();
        let mut connection = self.store.database.begin(Scope::Server).await?;
        connection.execute("UPDATE server SET epoch = $1", values![epoch]).await?;
        connection.commit().await?;
        Ok(epoch)
    }

    pub async fn providers(&self) -> Result<Vec<Tenant>, StoreError> {
        self.list("SELECT tenant FROM provider WHERE set_up_at IS NOT NULL ORDER BY created_at, tenant").await
    }

    pub async fn provider(&self, claimed: &str) -> Result<Option<Tenant>, StoreError> {
        let claimed = tenant(claimed.to_owned());
        self.store
            .read(&claimed)
            .first("SELECT tenant FROM provider WHERE tenant = $1 AND set_up_at IS NOT NULL", values![])
            .await
    }

    /// A provider to be, with the hash of its set-up token.
    pub async fn add_provider(&self, set_up: Hash, now: Instant) -> Result<Tenant, StoreError> {
        let new = tenant(uuid::Uuid::new_v4().to_string());
        let mut writing = self.store.write(&new).await?;
        writing
            .execute(
                "INSERT INTO provider (tenant, created_at, set_up_hash, chain) VALUES ($1, $2, $3, $4)",
                values![now, set_up, Hash::ZERO],
            )
            .await?;
        writing.commit().await?;
        Ok(new)
    }

    /// While nobody is set up: gives the first waiting provider a new token, or makes one.
    pub async fn renew_set_up(&self, set_up: Hash, now: Instant) -> Result<Tenant, StoreError> {
        let waiting = self
            .list("SELECT tenant FROM provider WHERE set_up_at IS NULL ORDER BY created_at, tenant LIMIT 1")
            .await?;
        let Some(first) = waiting.into_iter().next() else { return self.add_provider(set_up, now).await };
        let mut writing = self.store.write(&first).await?;
        writing
            .execute(
                "UPDATE provider SET set_up_hash = $2 WHERE tenant = $1 AND set_up_at IS NULL",
                values![set_up],
            )
            .await?;
        writing.commit().await?;
        Ok(first)
    }

    /// The provider that a set-up token belongs to, used or not.
    pub async fn by_set_up(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM provider WHERE set_up_hash = $1", hash).await
    }

    pub async fn by_device(&self, device: &str) -> Result<Option<Tenant>, StoreError> {
        let sql = "SELECT tenant FROM device WHERE id = $1";
        let scope = Scope::Key(device.as_bytes());
        one(self.store.database.rows(scope, sql, values![device]).await?)
    }

    pub async fn by_invite(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM invite WHERE hash = $1", hash).await
    }

    pub async fn by_reading_link(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM reading_link WHERE hash = $1", hash).await
    }

    pub async fn by_calendar(&self, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM calendar_feed WHERE hash = $1", hash).await
    }

    /// The provider that a rescue file is for.
    pub async fn by_rescue_key(&self, id: Hash) -> Result<Option<Tenant>, StoreError> {
        self.find("SELECT tenant FROM rescue_key WHERE id = $1", id).await
    }

    /// A session that is not over at `now`.
    pub async fn session(&self, hash: Hash, now: Instant) -> Result<Option<SessionFound>, StoreError> {
        let sql = "SELECT tenant, device, staff, started_at, expires_at FROM session \
                   WHERE hash = $1 AND expires_at > $2";
        let scope = Scope::Key(hash.as_bytes());
        one(self.store.database.rows(scope, sql, values![hash, now]).await?)
    }

    /// Sessions and invites that are long over, of every provider.
    pub async fn sweep(&self, now: Instant) -> Result<(), StoreError> {
        for provider in self.providers().await? {
            let mut writing = self.store.write(&provider).await?;
            writing.sweep(now).await?;
            writing.commit().await?;
        }
        Ok(())
    }

    async fn list(&self, sql: &'static str) -> Result<Vec<Tenant>, StoreError> {
        let rows = self.store.database.rows(Scope::Server, sql, values![]).await?;
        rows.into_iter().map(|mut row| Tenant::from_row(&mut row)).collect()
    }

    async fn find(&self, sql: &'static str, hash: Hash) -> Result<Option<Tenant>, StoreError> {
        one(self.store.database.rows(Scope::Key(hash.as_bytes()), sql, values![hash]).await?)
    }
}

fn one<T: FromRow>(rows: Vec<Row>) -> Result<Option<T>, StoreError> {
    rows.into_iter().next().map(|mut row| T::from_row(&mut row)).transpose()
}
