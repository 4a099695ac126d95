//! The provider's lists and the history of their changes.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
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

/// One changed entry in the history of the lists.
#[derive(Clone, Debug)]
pub struct PastChange {
    pub at: Instant,
    pub by: String,
    pub kind: String,
    pub id: String,
    pub before: Option<String>,
    pub after: String,
}

impl FromRow for PastChange {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            at: row.take()?,
            by: row.take()?,
            kind: row.take()?,
            id: row.take()?,
            before: row.take()?,
            after: row.take()?,
        })
    }
}

impl FromRow for EntryRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { kind: row.take()?, id: row.take()?, value: row.take()? })
    }
}

impl Reading<'_> {
    pub async fn directory_entries(&self) -> Result<Vec<EntryRow>, StoreError> {
        self.all("SELECT kind, id, value FROM directory_entry WHERE tenant = $1", values![]).await
    }

    /// The latest first.
    pub async fn directory_changes(&self, most: u32) -> Result<Vec<PastChange>, StoreError> {
        let sql = "SELECT changed_at, changed_by, kind, id, before, after FROM directory_change \
             WHERE tenant = $1 ORDER BY version DESC, line LIMIT $2";
        self.all(sql, values![most]).await
    }

    pub async fn directory_version(&self) -> Result<u64, StoreError> {
        let found: Option<(u64,)> =
            self.first("SELECT directory_version FROM provider WHERE tenant = $1", values![]).await?;
        Ok(found.map_or(0, |(version,)| version))
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
        self.execute(
            "UPDATE provider SET directory_version = directory_version + 1 WHERE tenant = $1",
            values![],
        )
        .await?;
        let version = self.directory_version().await?;
        for (line, ChangeRow { kind, id, before, after }) in changes.iter().enumerate() {
            self.execute(
                "INSERT INTO directory_entry (tenant, kind, id, value) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (tenant, kind, id) DO UPDATE SET value = excluded.value",
                values![kind, id, after],
            )
            .await?;
            self.execute(
                "INSERT INTO directory_change \
                 (tenant, version, line, changed_at, changed_by, kind, id, before, after) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                values![version, line as u64, now, by, kind, id, before, after],
            )
            .await?;
        }
        Ok(version)
    }
}
