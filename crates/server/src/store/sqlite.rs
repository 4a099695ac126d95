//! SQLite: one file, one connection that writes, some that read. With `postgres`, all that knows a dialect.

mod many;
mod places;

use super::{
    Row, StoreError, Tenant, Value,
    database::{Connection, Database, Heard, Later, Scope, Table},
    row::Cell,
    steps::STEPS,
};
use places::Places;
use sqlx::{
    AssertSqlSafe, Decode, Row as _, Sqlite, SqlitePool, Transaction, TypeInfo, ValueRef,
    query::Query,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
        SqliteSynchronous,
    },
};
use std::{path::Path, time::Duration};

const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Pages in the file of what is new (16 MB) before they go into the database: a busy hour writes the same few pages of
/// the indexes again and again, and waits for the disk each time they are moved.
const PAGES_ASIDE: &str = "4000";
/// Takes the write lock at once: a lock taken later fails under load.
const BEGIN: &str = "BEGIN IMMEDIATE";
/// The code of an error: the disk is full.
const FULL: &str = "13";

#[derive(Debug)]
pub struct SqliteDatabase {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteDatabase {
    /// Opens or makes the file and brings it up to date.
    /// # Errors  `Newer` for a file of a later version; `Database` when it cannot be used.
    pub async fn open(file: &Path) -> Result<SqliteDatabase, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged event survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("wal_autocheckpoint", PAGES_ASIDE)
            .busy_timeout(BUSY_TIMEOUT);
        // A file does not go away between two questions, so it is not asked whether it is still there.
        let pool = |most| SqlitePoolOptions::new().max_connections(most).test_before_acquire(false);
        let writer = pool(1).connect_with(options.clone()).await.map_err(failed)?;
        bring_up_to_date(&writer).await?;
        let readers = pool(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await
            .map_err(failed)?;
        Ok(SqliteDatabase { writer, readers })
    }
}

impl Database for SqliteDatabase {
    fn rows<'a>(
        &'a self,
        _scope: Scope<'a>,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Later<'a, Vec<Row>> {
        Box::pin(async move { rows(query(sql, values).fetch_all(&self.readers).await) })
    }

    fn snapshot<'a>(&'a self, _tenant: &'a Tenant) -> Later<'a, Box<dyn Connection>> {
        Box::pin(async move { Ok(Box::new(Open(self.readers.begin().await.map_err(failed)?)) as _) })
    }

    fn begin<'a>(&'a self, _scope: Scope<'a>) -> Later<'a, Box<dyn Connection>> {
        Box::pin(async move { Ok(Box::new(Open(self.writer.begin_with(BEGIN).await.map_err(failed)?)) as _) })
    }

    /// No other server has this file.
    fn tell(&self, _tenant: &Tenant) {}

    fn listen(&self, _heard: Heard) -> Later<'static, ()> {
        Box::pin(async { Ok(()) })
    }

    fn close(&self) -> Later<'_, ()> {
        Box::pin(async {
            self.readers.close().await;
            self.writer.close().await;
            Ok(())
        })
    }
}

struct Open(Transaction<'static, Sqlite>);

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

fn query<'a>(sql: &'static str, values: &[Value<'_>]) -> Query<'a, Sqlite, SqliteArguments> {
    let places = Places::of(sql);
    // A value that nobody gave is an empty place.
    let values = places.order.iter().map(|value| values.get(*value).copied().unwrap_or(Value::Text(None)));
    values.fold(sqlx::query(AssertSqlSafe(places.sql.clone())), many::bound)
}

fn rows(found: Result<Vec<SqliteRow>, sqlx::Error>) -> Result<Vec<Row>, StoreError> {
    let row = |row: SqliteRow| {
        let cells = (0..row.len()).map(|place| cell(&row, place)).collect::<Result<Vec<Cell>, _>>();
        cells.map(Row::new)
    };
    found.map_err(failed)?.into_iter().map(row).collect()
}

fn cell(row: &SqliteRow, place: usize) -> Result<Cell, StoreError> {
    fn decoded<'r, T: Decode<'r, Sqlite>>(value: sqlx::sqlite::SqliteValueRef<'r>) -> Result<T, StoreError> {
        T::decode(value).map_err(|error| StoreError::Damaged(error.to_string()))
    }
    let value = row.try_get_raw(place).map_err(failed)?;
    if value.is_null() {
        return Ok(Cell::Empty);
    }
    let kind = value.type_info().into_owned();
    match kind.name() {
        "TEXT" => decoded(value).map(Cell::Text),
        "INTEGER" => decoded(value).map(Cell::Number),
        "BLOB" => decoded(value).map(Cell::Bytes),
        other => Err(StoreError::Damaged(format!("a cell is {other}"))),
    }
}

fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(inner) if inner.code().as_deref() == Some(FULL) => StoreError::Full,
        sqlx::Error::PoolClosed | sqlx::Error::PoolTimedOut => StoreError::Busy,
        other => StoreError::Database(other),
    }
}

/// Each step runs once, in order; all of them or none.
async fn bring_up_to_date(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin_with(BEGIN).await.map_err(failed)?;
    let version = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await;
    let version: i64 = version.map_err(failed)?;
    let done = usize::try_from(version).map_err(|_| StoreError::Damaged("the version is negative".into()))?;
    if done > STEPS.len() {
        return Err(StoreError::Newer);
    }
    for step in STEPS.iter().skip(done) {
        sqlx::raw_sql(step.sqlite).execute(&mut *transaction).await.map_err(failed)?;
    }
    if done < STEPS.len() {
        let version = format!("PRAGMA user_version = {}", STEPS.len());
        sqlx::raw_sql(AssertSqlSafe(version)).execute(&mut *transaction).await.map_err(failed)?;
    }
    sqlx::query("INSERT INTO server (only_row, epoch) VALUES (1, $1) ON CONFLICT (only_row) DO NOTHING")
        .bind(uuid::Uuid::new_v4().to_string())
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
    transaction.commit().await.map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That a disk which says so has it even without power is for the disk; no power is lost here.
    #[tokio::test]
    async fn f82_whatever_is_committed_was_told_to_the_disk_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = SqliteDatabase::open(&folder.path().join("noticed.db")).await.expect("open");
        let mut writing = database.writer.begin_with(BEGIN).await.expect("a transaction");
        let sql = "SELECT synchronous, journal_mode FROM pragma_synchronous, pragma_journal_mode";
        let told: (i64, String) = sqlx::query_as(sql).fetch_one(&mut *writing).await.expect("an answer");
        assert_eq!(told, (2, "wal".to_owned()), "FULL: each commit waits for the disk");
    }
}
