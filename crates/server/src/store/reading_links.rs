//! Read-only links for people outside, and each time that one was opened.

use super::{Reading, StoreError, Writing};
use crate::clock::{from_micros, micros};
use domain::time::Instant;
use sync::Hash;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingLink {
    pub id: String,
    pub reader: String,
    /// What it shows, as JSON.
    pub pack: String,
    pub made_by: String,
    pub made_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
    pub views: u64,
    pub last_view: Option<Instant>,
}

type Row = (String, String, String, String, i64, i64, Option<i64>, i64, Option<i64>);

macro_rules! select {
    ($end:literal) => {
        concat!(
            "SELECT id, reader, pack, made_by, made_at, expires_at, revoked_at, \
             (SELECT COUNT(*) FROM reading_link_view AS v WHERE v.tenant = l.tenant AND v.link = l.id) AS views, \
             (SELECT MAX(at) FROM reading_link_view AS v WHERE v.tenant = l.tenant AND v.link = l.id) AS last_view \
             FROM reading_link AS l WHERE l.tenant = ? ",
            $end
        )
    };
}

impl Reading<'_> {
    /// The newest first.
    pub async fn reading_links(&self) -> Result<Vec<ReadingLink>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(select!("ORDER BY made_at DESC, id"))
            .bind(self.tenant.as_str())
            .fetch_all(self.pool)
            .await?;
        Ok(rows.into_iter().map(link).collect())
    }

    pub async fn reading_link(&self, hash: Hash) -> Result<Option<ReadingLink>, StoreError> {
        let row: Option<Row> = sqlx::query_as(select!("AND l.hash = ?"))
            .bind(self.tenant.as_str())
            .bind(hash.as_bytes().as_slice())
            .fetch_optional(self.pool)
            .await?;
        Ok(row.map(link))
    }
}

impl Writing {
    pub async fn add_reading_link(&mut self, link: &ReadingLink, hash: Hash) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO reading_link (tenant, id, hash, reader, pack, made_by, made_at, expires_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.tenant.as_str())
        .bind(&link.id)
        .bind(hash.as_bytes().as_slice())
        .bind(&link.reader)
        .bind(&link.pack)
        .bind(&link.made_by)
        .bind(micros(link.made_at))
        .bind(micros(link.expires_at))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// `false` when it had ended before.
    pub async fn revoke_reading_link(&mut self, id: &str, by: &str, at: Instant) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE reading_link SET revoked_at = ?, revoked_by = ? WHERE tenant = ? AND id = ? AND revoked_at IS NULL",
        )
        .bind(micros(at))
        .bind(by)
        .bind(self.tenant.as_str())
        .bind(id)
        .execute(&mut *self.transaction)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    pub async fn note_view(&mut self, id: &str, at: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO reading_link_view (tenant, link, at, number) SELECT ?1, ?2, ?3, \
             COALESCE(MAX(number), 0) + 1 FROM reading_link_view WHERE tenant = ?1 AND link = ?2",
        )
        .bind(self.tenant.as_str())
        .bind(id)
        .bind(micros(at))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

fn link(row: Row) -> ReadingLink {
    let (id, reader, pack, made_by, made_at, expires_at, revoked_at, views, last_view) = row;
    ReadingLink {
        id,
        reader,
        pack,
        made_by,
        made_at: from_micros(made_at),
        expires_at: from_micros(expires_at),
        revoked_at: revoked_at.map(from_micros),
        views: super::unsigned(views),
        last_view: last_view.map(from_micros),
    }
}
