//! Read-only links for people outside, and each time that one was opened.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
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

macro_rules! select {
    ($end:literal) => {
        concat!(
            "SELECT id, reader, pack, made_by, made_at, expires_at, revoked_at, \
             (SELECT COUNT(*) FROM reading_link_view AS v WHERE v.tenant = l.tenant AND v.link = l.id) AS views, \
             (SELECT MAX(at) FROM reading_link_view AS v WHERE v.tenant = l.tenant AND v.link = l.id) AS last_view \
             FROM reading_link AS l WHERE l.tenant = $1 ",
            $end
        )
    };
}

impl FromRow for ReadingLink {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            reader: row.take()?,
            pack: row.take()?,
            made_by: row.take()?,
            made_at: row.take()?,
            expires_at: row.take()?,
            revoked_at: row.take()?,
            views: row.take()?,
            last_view: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// The newest first.
    pub async fn reading_links(&self) -> Result<Vec<ReadingLink>, StoreError> {
        self.all(select!("ORDER BY made_at DESC, id"), values![]).await
    }

    pub async fn reading_link(&self, hash: Hash) -> Result<Option<ReadingLink>, StoreError> {
        self.first(select!("AND l.hash = $2"), values![hash]).await
    }
}

impl Writing {
    pub async fn add_reading_link(&mut self, link: &ReadingLink, hash: Hash) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO reading_link (tenant, id, hash, reader, pack, made_by, made_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![link.id, hash, link.reader, link.pack, link.made_by, link.made_at, link.expires_at],
        )
        .await
        .map(drop)
    }

    /// `false` when it had ended before.
    pub async fn revoke_reading_link(&mut self, id: &str, by: &str, at: Instant) -> Result<bool, StoreError> {
        let done = self
            .execute(
                "UPDATE reading_link SET revoked_at = $2, revoked_by = $3 \
                 WHERE tenant = $1 AND id = $4 AND revoked_at IS NULL",
                values![at, by, id],
            )
            .await?;
        Ok(done == 1)
    }

    pub async fn note_view(&mut self, id: &str, at: Instant) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO reading_link_view (tenant, link, at, number) SELECT $1, $2, $3, \
             COALESCE(MAX(number), 0) + 1 FROM reading_link_view WHERE tenant = $1 AND link = $2",
            values![id, at],
        )
        .await
        .map(drop)
    }
}
