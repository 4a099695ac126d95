//! What managers did about entries that are kept apart. The first words stand, until the entry is disposed of.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use sync::Hash;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealtRow {
    /// `held`, `quarantined` or `set_aside`.
    pub kind: String,
    /// Of the frozen bytes of the entry.
    pub hash: Hash,
    /// None where the entry names no known site.
    pub site: Option<String>,
    /// Empty once the words of the entry are gone.
    pub said: String,
    pub staff: String,
    pub dealt_at: Instant,
}

impl FromRow for DealtRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            kind: row.take()?,
            hash: row.take()?,
            site: row.take()?,
            said: row.take()?,
            staff: row.take()?,
            dealt_at: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// Of all sites, the latest first.
    pub async fn dealt_with(&self) -> Result<Vec<DealtRow>, StoreError> {
        let sql = "SELECT kind, hash, site, said, staff, dealt_at FROM dealt_with \
                   WHERE tenant = $1 ORDER BY dealt_at DESC, kind, hash";
        self.all(sql, values![]).await
    }

    /// The bytes of what was quarantined and dealt with since a time, and when that was; the latest first.
    pub async fn quarantined_and_dealt_with(
        &self,
        since: Instant,
    ) -> Result<Vec<(String, Instant)>, StoreError> {
        let sql = "SELECT DISTINCT quarantine.bytes, dealt_with.dealt_at FROM dealt_with \
                   JOIN quarantine ON quarantine.tenant = dealt_with.tenant AND quarantine.hash = dealt_with.hash \
                   WHERE dealt_with.tenant = $1 AND dealt_with.kind = 'quarantined' AND dealt_with.dealt_at >= $2 \
                   ORDER BY dealt_with.dealt_at DESC";
        self.all(sql, values![since]).await
    }
}

impl Writing {
    /// Gives what stands: this, or what somebody said before.
    pub async fn deal_with(&mut self, row: DealtRow) -> Result<DealtRow, StoreError> {
        let DealtRow { kind, hash, site, said, staff, dealt_at } = &row;
        let sql = "INSERT INTO dealt_with (tenant, kind, hash, site, said, staff, dealt_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, kind, hash) DO NOTHING";
        self.execute(sql, values![kind, hash, site, said, staff, dealt_at]).await?;
        let sql = "SELECT kind, hash, site, said, staff, dealt_at FROM dealt_with \
                   WHERE tenant = $1 AND kind = $2 AND hash = $3";
        let stands = self.first(sql, values![kind, hash]).await?;
        Ok(stands.unwrap_or(row))
    }
}
