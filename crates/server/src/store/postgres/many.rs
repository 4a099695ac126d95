//! Many rows in one statement: a list of values for each column, so that one statement is prepared for any number.

use super::words::{failed, marked};
use crate::store::{StoreError, Tenant, Value, database::Table};
use sqlx::{AssertSqlSafe, PgConnection, Postgres, postgres::PgArguments, query::Query};

type Insert<'q> = Query<'q, Postgres, PgArguments>;

pub async fn add(
    connection: &mut PgConnection,
    tenant: &Tenant,
    table: &Table,
    cells: &[Value<'_>],
) -> Result<(), StoreError> {
    let columns = table.columns.len();
    let Some(first) = cells.get(..columns) else { return Ok(()) };
    let query = sqlx::query(AssertSqlSafe(insert(table, first))).bind(marked(tenant.as_str()));
    let query = (0..columns).try_fold(query, |query, column| {
        column_of(query, &cells[column], || cells[column..].iter().step_by(columns))
    })?;
    query.execute(connection).await.map_err(failed).map(drop)
}

fn insert(table: &Table, row: &[Value<'_>]) -> String {
    let Table { name, columns } = table;
    let lists: Vec<String> =
        (2..).zip(row).map(|(place, value)| format!("${place}::{}[]", kind(value))).collect();
    let (columns, lists) = (columns.join(", "), lists.join(", "));
    format!("INSERT INTO {name} (tenant, {columns}) SELECT $1, * FROM unnest({lists})")
}

fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::Text(_) => "text",
        Value::Number(_) => "bigint",
        Value::Bytes(_) => "bytea",
    }
}

/// One column of all rows, of the kind of its first value.
fn column_of<'q, 'a, I: Iterator<Item = &'a Value<'a>>>(
    query: Insert<'q>,
    first: &Value<'_>,
    all: impl Fn() -> I,
) -> Result<Insert<'q>, StoreError> {
    fn list<T>(values: impl Iterator<Item = Option<T>>) -> Result<Vec<T>, StoreError> {
        values.collect::<Option<_>>().ok_or_else(|| StoreError::Damaged("a column is of two kinds".into()))
    }
    Ok(match first {
        Value::Text(_) => query.bind(list(all().map(|value| match value {
            Value::Text(text) => Some(text.map(marked)),
            _ => None,
        }))?),
        Value::Number(_) => query.bind(list(all().map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }))?),
        Value::Bytes(_) => query.bind(list(all().map(|value| match value {
            Value::Bytes(bytes) => Some(*bytes),
            _ => None,
        }))?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_a_list_of_its_kind() {
        let table = Table { name: "thing", columns: &["a", "b", "c"] };
        let row = [Value::Text(None), Value::Number(None), Value::Bytes(None)];
        assert_eq!(
            insert(&table, &row),
            "INSERT INTO thing (tenant, a, b, c) SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bytea[])"
        );
    }
}
