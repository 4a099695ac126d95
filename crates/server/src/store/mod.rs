//! The database of all providers, every row under its provider.
//! A `Tenant` is the only way to a query, and only `door` makes one, from something that proves it.
//! The table files speak through `Reading` and `Writing`; which database answers, they do not know.

mod accounts;
mod calendar_feeds;
mod checkpoints;
mod copy;
mod database;
mod dealt_with;
mod device_shares;
mod devices;
mod directory;
mod disposal;
mod door;
mod event_log;
mod events;
mod invites;
mod line;
mod passkeys;
mod photos;
mod postgres;
mod quarantine;
mod reading_links;
mod rescue_keys;
mod row;
mod sessions;
mod sqlite;
mod steps;
mod value;
mod views;

pub use accounts::Account;
pub use checkpoints::DoubtRow;
pub use copy::{copy_to, wipe_free_pages};
pub use database::{Heard, ROWS_TOGETHER};
pub use dealt_with::DealtRow;
pub use devices::{Device, LastContact, NewDevice};
pub use directory::{ChangeRow, EntryRow, PastChange};
pub use disposal::{DisposalRow, Disposed, HoldRow};
pub use door::{Door, SessionFound};
pub use event_log::TenantLog;
pub use events::{ChainHead, EventRow, LogHead, Rest};
pub use invites::{Invite, Invited};
pub use passkeys::{Challenge, PasskeyRow};
pub use photos::Blob;
pub use postgres::prepare;
pub use quarantine::{HeldRow, QuarantineRow};
pub use reading_links::ReadingLink;
pub use views::ViewRow;

use database::{Connection, Database, Scope};
use line::{Done, Line};
use postgres::PostgresDatabase;
use row::{FromRow, Row};
use sqlite::SqliteDatabase;
use std::{fmt, ops::Deref, path::Path, sync::Arc};
use tokio::sync::Mutex;
use value::{Value, values};

/// One provider. Nothing is read or written without one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tenant(Arc<str>);

impl Tenant {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed: {0}")]
    Database(sqlx::Error),
    #[error("the database is closed or busy")]
    Busy,
    #[error("the disk of the database is full")]
    Full,
    #[error("the database is not prepared for this version of Noticed")]
    Unprepared,
    #[error("its role owns the tables or sees past row security")]
    TooMighty,
    #[error("the database was made by a newer version of Noticed")]
    Newer,
    #[error("the database holds something unreadable: {0}")]
    Damaged(String),
}

/// Where a value does not read. The words of the error itself quote what stands there, which may be a name.
pub fn place_in(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    database: Arc<dyn Database>,
}

/// Questions about one provider.
pub struct Reading<'a> {
    source: Source<'a>,
    tenant: Tenant,
}

enum Source<'a> {
    /// Each question on its own: nothing is kept open between two of them.
    Each(&'a dyn Database),
    /// All in one transaction.
    One(Mutex<Line>),
}

/// Changes of one provider, all or nothing. Dropped without `commit`, nothing happened. It can also read.
pub struct Writing {
    reading: Reading<'static>,
}

impl Store {
    /// Opens or makes the database in a file and brings it up to date.
    /// # Errors  `Newer` for a database of a later version; `Database` when the file cannot be used.
    pub async fn open(file: &Path) -> Result<Store, StoreError> {
        Ok(Store { database: Arc::new(SqliteDatabase::open(file).await?) })
    }

    /// Opens a PostgreSQL database that was prepared.
    /// # Errors  `Unprepared`, `TooMighty`, `Newer`; `Database` when it cannot be reached.
    pub async fn connect(url: &str) -> Result<Store, StoreError> {
        Ok(Store { database: Arc::new(PostgresDatabase::open(url).await?) })
    }

    pub fn door(&self) -> Door<'_> {
        Door::new(self)
    }

    pub fn read(&self, tenant: &Tenant) -> Reading<'_> {
        Reading { source: Source::Each(&*self.database), tenant: tenant.clone() }
    }

    /// Questions that all see the same moment.
    pub async fn snapshot(&self, tenant: &Tenant) -> Result<Reading<'static>, StoreError> {
        Ok(Reading::within(self.database.snapshot(tenant).await?, tenant))
    }

    /// Waits until nobody else writes for this provider.
    pub async fn write(&self, tenant: &Tenant) -> Result<Writing, StoreError> {
        let connection = self.database.begin(Scope::Provider(tenant)).await?;
        Ok(Writing { reading: Reading::within(connection, tenant) })
    }

    /// Tells the other servers on this database that there is something to read.
    pub fn tell(&self, tenant: &Tenant) {
        self.database.tell(tenant);
    }

    /// Hears what other servers tell, until the database is closed.
    /// # Errors  those of the database.
    pub async fn listen(&self, heard: Heard) -> Result<(), StoreError> {
        self.database.listen(heard).await
    }

    pub async fn close(&self) {
        if let Err(error) = self.database.close().await {
            tracing::warn!(%error, "the database did not close");
        }
    }
}

impl Reading<'_> {
    fn within(connection: Box<dyn Connection>, tenant: &Tenant) -> Reading<'static> {
        Reading { source: Source::One(Mutex::new(Line::Free(connection))), tenant: tenant.clone() }
    }

    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Every row that answers. In the text `$1` is the provider, and `$2` the first of the values.
    async fn all<T: FromRow>(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<T>, StoreError> {
        let values = with_tenant(&self.tenant, values);
        let mut rows = match &self.source {
            Source::Each(database) => database.rows(Scope::Provider(&self.tenant), sql, &values).await?,
            Source::One(line) => {
                let mut line = line.lock().await;
                let done = line.free().await?.rows(sql, &values).await;
                line.kept(done)?
            }
        };
        rows.iter_mut().map(T::from_row).collect()
    }

    /// The first row that answers, if any.
    async fn first<T: FromRow>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }
}

impl Deref for Writing {
    type Target = Reading<'static>;

    fn deref(&self) -> &Reading<'static> {
        &self.reading
    }
}

impl Writing {
    /// Answers how many rows were changed. `$1` is the provider, as in `Reading`.
    async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let values = with_tenant(&self.reading.tenant, values);
        match &mut self.reading.source {
            Source::One(line) => {
                let line = line.get_mut();
                let done = line.free().await?.execute(sql, &values).await;
                line.kept(done)
            }
            Source::Each(_) => Err(StoreError::Busy),
        }
    }

    /// Begins something that takes a while, and comes back: whatever is asked of this next waits until it has ended.
    /// # Errors  what was begun before has failed.
    async fn meanwhile<F>(
        &mut self,
        work: impl FnOnce(Box<dyn Connection>, Tenant) -> F,
    ) -> Result<(), StoreError>
    where
        F: Future<Output = Done> + Send + 'static,
    {
        let tenant = self.reading.tenant.clone();
        match &mut self.reading.source {
            Source::One(line) => line.get_mut().begin(|connection| work(connection, tenant)).await,
            Source::Each(_) => Err(StoreError::Busy),
        }
    }

    /// # Errors  also when something that was begun has failed: then nothing is kept.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.reading.source {
            Source::One(line) => line.into_inner().take().await?.commit().await,
            Source::Each(_) => Err(StoreError::Busy),
        }
    }
}

fn with_tenant<'a>(tenant: &'a Tenant, values: &[Value<'a>]) -> Vec<Value<'a>> {
    let mut all = Vec::with_capacity(values.len() + 1);
    all.push(Value::Text(Some(tenant.as_str())));
    all.extend_from_slice(values);
    all
}
