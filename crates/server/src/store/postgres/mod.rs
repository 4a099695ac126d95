//! PostgreSQL: any number of servers on one database. With `sqlite`, all that knows a dialect.
//! Who writes for a provider holds the lock on its row until the end, so that numbers become visible in order.

mod many;
mod news;
mod prepare;
mod words;

pub use prepare::prepare;

use super::{
    Row, StoreError, Tenant, Value,
    database::{Connection, Database, Heard, Later, Scope, Table},
};
use news::News;
use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};
use words::{failed, hex, literal, query, rows};

const READERS: u32 = 8;
const WRITERS: u32 = 6;
const PATIENCE: Duration = Duration::from_secs(10);
/// Of every connection. A server that was frozen must not keep the others waiting for ever, and an acknowledged
/// event survives a power cut.
const SETTINGS: [(&str, &str); 5] = [
    ("synchronous_commit", "on"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("tcp_keepalives_idle", "30"),
    ("standard_conforming_strings", "on"),
];

#[derive(Debug)]
pub struct PostgresDatabase {
    /// Apart, so that whoever holds a provider's lock never waits for somebody who waits for it.
    writers: PgPool,
    readers: PgPool,
    news: News,
}

impl PostgresDatabase {
    /// Opens a database that was prepared for this version.
    /// # Errors  `Unprepared`, `Newer`, `TooMighty` for a role that sees past row security, or `Database`.
    pub async fn open(url: &str) -> Result<PostgresDatabase, StoreError> {
        let options = options(url)?.application_name("noticed").options(SETTINGS);
        let pool = |most| PgPoolOptions::new().max_connections(most).acquire_timeout(PATIENCE);
        let readers = pool(READERS).connect_with(options.clone()).await.map_err(failed)?;
        prepare::must_be_ready(&readers).await?;
        let writers = pool(WRITERS).connect_lazy_with(options);
        Ok(PostgresDatabase { news: News::new(writers.clone()), writers, readers })
    }
}

fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    PgConnectOptions::from_str(url).map_err(failed)
}

/// The text that opens a transaction and says on whose behalf, in one message.
fn begin(mode: &str, scope: Scope<'_>) -> AssertSqlSafe<String> {
    let said = match scope {
        Scope::Provider(tenant) => format!("SET LOCAL app.tenant = {}", literal(tenant.as_str())),
        Scope::Key(key) => format!("SET LOCAL app.key = '{}'", hex(key)),
        Scope::Server => "SET LOCAL app.server = 'on'".to_owned(),
    };
    let lock = match scope {
        Scope::Provider(tenant) if mode == WRITE => {
            format!("; SELECT seq FROM provider WHERE tenant = {} FOR UPDATE", literal(tenant.as_str()))
        }
        _ => String::new(),
    };
    AssertSqlSafe(format!("BEGIN {mode}; {said}{lock}"))
}

const READ: &str = "READ ONLY";
const SNAPSHOT: &str = "ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "READ WRITE";

impl Database for PostgresDatabase {
    fn rows<'a>(
        &'a self,
        scope: Scope<'a>,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Later<'a, Vec<Row>> {
        Box::pin(async move {
            let mut transaction = self.readers.begin_with(begin(READ, scope)).await.map_err(failed)?;
            rows(query(sql, values).fetch_all(&mut *transaction).await)
        })
    }

    fn snapshot<'a>(&'a self, tenant: &'a Tenant) -> Later<'a, Box<dyn Connection>> {
        Box::pin(async move {
            let begin = begin(SNAPSHOT, Scope::Provider(tenant));
            Ok(Box::new(Open(self.readers.begin_with(begin).await.map_err(failed)?)) as _)
        })
    }

    fn begin<'a>(&'a self, scope: Scope<'a>) -> Later<'a, Box<dyn Connection>> {
        Box::pin(async move {
            let begin = begin(WRITE, scope);
            Ok(Box::new(Open(self.writers.begin_with(begin).await.map_err(failed)?)) as _)
        })
    }

    fn tell(&self, tenant: &Tenant) {
        self.news.tell(tenant);
    }

    fn listen(&self, heard: Heard) -> Later<'static, ()> {
        self.news.listen(heard)
    }

    fn close(&self) -> Later<'_, ()> {
        Box::pin(async {
            self.readers.close().await;
            self.writers.close().await;
            Ok(())
        })
    }
}

struct Open(Transaction<'static, Postgres>);

impl Connection for Open {
    fn rows<'a>(&'a mut self, sql: &'static str, values: &'a [Value<'a>]) -> Later<'a, Vec<Row>> {
        Box::pin(async move { rows(query(sql, values).fetch_all(&mut *self.0).await) })
    }

    fn execute<'a>(&'a mut self, sql: &'static str, values: &'a [Value<'a>]) -> Later<'a, u64> {
        Box::pin(async move {
            let done = query(sql, values).execute(&mut *self.0).await.map_err(failed)?;
            Ok(done.rows_affected())
        })
    }

    fn add<'a>(
        &'a mut self,
        tenant: &'a Tenant,
        table: &'static Table,
        cells: &'a [Value<'a>],
    ) -> Later<'a, ()> {
        Box::pin(many::add(&mut self.0, tenant, table, cells))
    }

    fn commit(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async move { self.0.commit().await.map_err(failed) })
    }
}
