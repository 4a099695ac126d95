//! Many rows in one statement. Few numbers of rows, so that few statements are prepared.

use super::failed;
use crate::store::{
    StoreError, Tenant, Value,
    database::{ROWS_TOGETHER, Table},
};
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};
use std::sync::Arc;

const TOGETHER: [usize; 4] = [ROWS_TOGETHER, 40, 8, 1];

pub async fn add(
    connection: &mut SqliteConnection,
    tenant: &Tenant,
    table: &Table,
    cells: &[Value<'_>],
) -> Result<(), StoreError> {
    let columns = table.columns.len();
    let mut rest = cells;
    while !rest.is_empty() {
        let rows = TOGETHER.into_iter().find(|rows| rows * columns <= rest.len()).unwrap_or(1);
        let (group, after) = rest.split_at((rows * columns).min(rest.len()));
        let query = sqlx::query(AssertSqlSafe(insert(table, rows)));
        let query = group
            .chunks(columns)
            .fold(query, |query, row| row.iter().copied().fold(query.bind(tenant.0.clone()), bound));
        query.execute(&mut *connection).await.map_err(failed)?;
        rest = after;
    }
    Ok(())
}

fn insert(table: &Table, rows: usize) -> String {
    let Table { name, columns } = table;
    let row = format!("(?{})", ", ?".repeat(columns.len()));
    let rows = vec![row; rows].join(", ");
    format!("INSERT INTO {name} (tenant, {}) VALUES {rows}", columns.join(", "))
}

pub fn bound<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    value: Value<'_>,
) -> Query<'q, Sqlite, SqliteArguments> {
    match value {
        Value::Text(text) => query.bind(text.map(Arc::<str>::from)),
        Value::Number(number) => query.bind(number),
        Value::Bytes(bytes) => query.bind(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provider_stands_first_in_every_row() {
        let table = Table { name: "thing", columns: &["a", "b"] };
        assert_eq!(insert(&table, 2), "INSERT INTO thing (tenant, a, b) VALUES (?, ?, ?), (?, ?, ?)");
    }
}
