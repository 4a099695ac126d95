//! PostgreSQL: one prepared statement of many rows in each transaction, durable when it is committed. Signed in as
//! somebody who sees past row security, so that nothing is asked of the rows.

use super::{Measured, RUNS};
use anyhow::{Result, bail};
use sqlx::{
    AssertSqlSafe, Column, Connection, PgConnection, Postgres, Row, TypeInfo,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use std::time::{Duration, Instant};

enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

pub async fn measure(url: &str, together: usize) -> Result<Measured> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("SET synchronous_commit = on").execute(&mut connection).await?;
    let rows = sqlx::query("SELECT * FROM event").fetch_all(&mut connection).await?;
    let rows = rows.iter().map(cells).collect::<Result<Vec<_>>>()?;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        sqlx::raw_sql("CREATE TABLE raw_event (LIKE event INCLUDING ALL)").execute(&mut connection).await?;
        times.push(insert(&mut connection, &rows, together).await?);
        sqlx::raw_sql("DROP TABLE raw_event").execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(Measured { rows: rows.len(), times })
}

async fn insert(connection: &mut PgConnection, rows: &[Vec<Cell>], together: usize) -> Result<Duration> {
    let columns = rows.first().map_or(0, Vec::len);
    let start = Instant::now();
    for batch in rows.chunks(together) {
        let mut transaction = connection.begin().await?;
        let text = AssertSqlSafe(insert_of(batch.len(), columns));
        let query = batch.iter().flatten().fold(sqlx::query(text), bound);
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(start.elapsed())
}

fn insert_of(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> =
            (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO raw_event VALUES {}", rows.join(", "))
}

fn bound<'a>(query: Query<'a, Postgres, PgArguments>, cell: &'a Cell) -> Query<'a, Postgres, PgArguments> {
    match cell {
        Cell::Text(text) => query.bind(text.as_deref()),
        Cell::Number(number) => query.bind(number),
        Cell::Bytes(bytes) => query.bind(bytes.as_deref()),
    }
}

fn cells(row: &PgRow) -> Result<Vec<Cell>> {
    let cell = |(place, column): (usize, &sqlx::postgres::PgColumn)| {
        Ok(match column.type_info().name() {
            "TEXT" => Cell::Text(row.try_get(place)?),
            "INT8" => Cell::Number(row.try_get(place)?),
            "BYTEA" => Cell::Bytes(row.try_get(place)?),
            other => bail!("a column is {other}"),
        })
    };
    row.columns().iter().enumerate().map(cell).collect()
}
