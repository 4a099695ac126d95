//! Brings a database up to date, as its owner, and gives the role of the server what it needs and no more.

use super::{
    options,
    words::{failed, name},
};
use crate::store::{StoreError, steps::STEPS};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Postgres, Transaction};

const ALWAYS: &str = include_str!("../../../migrations/postgres/always.sql");
const APPLICATION: &str = "{application}";
/// One preparation at a time.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7305804)";
const UNDEFINED_TABLE: &str = "42P01";
const NO_RIGHT: &str = "42501";

/// Each step runs once, in order; all of them or none. `server` names the role that the server will use.
/// # Errors  `Newer`, or `Database` when the owner may not make tables.
pub async fn prepare(server: &str, owner: &str) -> Result<(), StoreError> {
    let application = options(server)?.get_username().to_owned();
    let mut connection = PgConnection::connect_with(&options(owner)?).await.map_err(failed)?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    run(&mut transaction, LOCK).await?;
    let (encoding,): (String,) = one(&mut transaction, "SELECT current_setting('server_encoding')").await?;
    if encoding != "UTF8" {
        return Err(StoreError::Damaged(format!("its encoding is {encoding}, and must be UTF8")));
    }
    let (there,): (bool,) = one(&mut transaction, "SELECT to_regclass('step') IS NOT NULL").await?;
    let done = if there { count(&mut transaction).await? } else { 0 };
    if done > STEPS.len() {
        return Err(StoreError::Newer);
    }
    for (place, step) in STEPS.iter().enumerate().skip(done) {
        run(&mut transaction, step.postgres).await?;
        let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
        let noted = sqlx::query("INSERT INTO step (number) VALUES ($1)").bind(number);
        noted.execute(&mut *transaction).await.map_err(failed)?;
    }
    sqlx::query("INSERT INTO server (only_row, epoch) VALUES (1, $1) ON CONFLICT (only_row) DO NOTHING")
        .bind(uuid::Uuid::new_v4().to_string())
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
    let always = ALWAYS.replace(APPLICATION, &name(&application));
    sqlx::raw_sql(AssertSqlSafe(always)).execute(&mut *transaction).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    connection.close().await.map_err(failed)
}

/// Is the database as this version needs it, and the role of the server as weak as it should be?
pub async fn must_be_ready(pool: &PgPool) -> Result<(), StoreError> {
    let mut transaction = pool.begin().await.map_err(failed)?;
    let done = match count(&mut transaction).await {
        Err(StoreError::Database(error)) if has_code(&error, &[UNDEFINED_TABLE, NO_RIGHT]) => 0,
        other => other?,
    };
    match done.cmp(&STEPS.len()) {
        std::cmp::Ordering::Less => return Err(StoreError::Unprepared),
        std::cmp::Ordering::Greater => return Err(StoreError::Newer),
        std::cmp::Ordering::Equal => {}
    }
    let (mighty,): (bool,) = one(
        &mut transaction,
        "SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) OR EXISTS \
         (SELECT 1 FROM pg_class WHERE oid = 'event'::regclass AND pg_has_role(current_user, relowner, 'MEMBER'))",
    )
    .await?;
    if mighty { Err(StoreError::TooMighty) } else { Ok(()) }
}

fn has_code(error: &sqlx::Error, codes: &[&str]) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| codes.contains(&&*code))
}

async fn count(transaction: &mut Transaction<'_, Postgres>) -> Result<usize, StoreError> {
    let (count,): (i64,) = one(transaction, "SELECT COUNT(*) FROM step").await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

async fn run(transaction: &mut Transaction<'_, Postgres>, sql: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(sql).execute(&mut **transaction).await.map_err(failed).map(drop)
}

async fn one<T>(transaction: &mut Transaction<'_, Postgres>, sql: &'static str) -> Result<T, StoreError>
where
    T: Send + Unpin + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_as(sql).fetch_one(&mut **transaction).await.map_err(failed)
}
