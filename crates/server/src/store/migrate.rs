//! Brings the database up to date. Each step runs once, in order, whole or not at all.

use super::StoreError;
use sqlx::SqlitePool;

/// Only ever added to. The place in the list is the version.
const STEPS: [&str; 2] = [
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_read_only_links.sql"),
];

pub async fn run(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let (version,): (i64,) = sqlx::query_as("PRAGMA user_version").fetch_one(&mut *transaction).await?;
    let done = usize::try_from(version).map_err(|_| StoreError::Damaged("the version is negative".into()))?;
    if done > STEPS.len() {
        return Err(StoreError::Newer);
    }
    for step in STEPS.iter().skip(done) {
        sqlx::raw_sql(*step).execute(&mut *transaction).await?;
    }
    if done < STEPS.len() {
        let version = format!("PRAGMA user_version = {}", STEPS.len());
        sqlx::raw_sql(sqlx::AssertSqlSafe(version)).execute(&mut *transaction).await?;
    }
    sqlx::query("INSERT INTO server (only_row, epoch) VALUES (1, ?) ON CONFLICT (only_row) DO NOTHING")
        .bind(uuid::Uuid::new_v4().to_string())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    /// Tables that belong to no provider.
    const OF_NO_PROVIDER: [&str; 1] = ["server"];

    #[test]
    fn every_table_is_strict_and_has_the_provider_first_in_its_key() {
        let all = STEPS.concat();
        let mut tables = 0;
        for part in all.split("CREATE TABLE ").skip(1) {
            let (table, rest) = part.split_once(' ').expect("a name");
            let (body, _) = part.split_once(";\n").expect("an end");
            assert!(body.contains(") STRICT"), "{table} is not STRICT");
            let key = body.split_once("PRIMARY KEY (").map(|(_, key)| key.to_owned());
            let fine = match key {
                Some(key) => key.starts_with("tenant"),
                None => rest.contains("tenant TEXT NOT NULL PRIMARY KEY"),
            };
            assert!(fine || OF_NO_PROVIDER.contains(&table), "{table} has no tenant first in its key");
            tables += 1;
        }
        assert!(tables >= 14, "only {tables} tables were looked at");
    }
}
