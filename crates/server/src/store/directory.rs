//! The provider's lists and the history of their changes.

use super::{Reading, StoreError, Writing, signed, unsigned};
use crate::clock::micros;
use domain::time::Instant;

/// One entry as it is now.
#[derive(Clone, Debug)]
pub struct EntryRow {
    pub kind: String,
    pub id: String,
    /// JSON of the entry.
    pub value: String,
}

/// One changed entry.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub kind: String,
    pub id: String,
    pub before: Option<String>,
    pub after: String,
}

impl Reading<'_> {
    pub async fn directory_entries(&self) -> Result<Vec<EntryRow>, StoreError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT kind, id, value FROM directory_entry WHERE tenant = ?")
                .bind(self.tenant.as_str())
                .fetch_all(self.pool)
                .await?;
        Ok(rows.into_iter().map(|(kind, id, value)| EntryRow { kind, id, value }).collect())
    }

    pub async fn directory_version(&self) -> Result<u64, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT directory_version FROM provider WHERE tenant = ?")
            .bind(self.tenant.as_str())
            .fetch_optional(self.pool)
            .await?;
        Ok(row.map_or(0, |(version,)| unsigned(version)))
    }
}

impl Writing {
    /// Saves changed entries and their history; answers the new version.
    pub async fn change_directory(
        &mut self,
        changes: &[ChangeRow],
        by: &str,
        now: Instant,
    ) -> Result<u64, StoreError> {
        let (version,): (i64,) = sqlx::query_as(
            "UPDATE provider SET directory_version = directory_version + 1 WHERE tenant = ? \
             RETURNING directory_version",
        )
        .bind(self.tenant.as_str())
        .fetch_one(&mut *self.transaction)
        .await?;
        for (line, change) in changes.iter().enumerate() {
            sqlx::query(
                "INSERT INTO directory_entry (tenant, kind, id, value) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (tenant, kind, id) DO UPDATE SET value = excluded.value",
            )
            .bind(self.tenant.as_str())
            .bind(&change.kind)
            .bind(&change.id)
            .bind(&change.after)
            .execute(&mut *self.transaction)
            .await?;
            sqlx::query(
                "INSERT INTO directory_change \
                 (tenant, version, line, changed_at, changed_by, kind, id, before, after) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(self.tenant.as_str())
            .bind(version)
            .bind(signed(line as u64))
            .bind(micros(now))
            .bind(by)
            .bind(&change.kind)
            .bind(&change.id)
            .bind(&change.before)
            .bind(&change.after)
            .execute(&mut *self.transaction)
            .await?;
        }
        Ok(unsigned(version))
    }
}
