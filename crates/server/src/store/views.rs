//! Every look at a sensitive record.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// Made on the device.
    pub id: String,
    pub record: String,
    pub staff: String,
    pub device: String,
    pub viewed_at: Instant,
    pub received_at: Instant,
}

impl FromRow for ViewRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            record: row.take()?,
            staff: row.take()?,
            device: row.take()?,
            viewed_at: row.take()?,
            received_at: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// Of one record, the latest first.
    pub async fn views_of(&self, record: &str, limit: u32) -> Result<Vec<ViewRow>, StoreError> {
        let sql = "SELECT id, record, staff, device, viewed_at, received_at FROM record_view \
             WHERE tenant = $1 AND record = $2 ORDER BY viewed_at DESC, id LIMIT $3";
        self.all(sql, values![record, limit]).await
    }
}

impl Writing {
    /// The same look again changes nothing.
    pub async fn add_view(&mut self, row: &ViewRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO record_view (tenant, id, record, staff, device, viewed_at, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, id) DO NOTHING";
        let values = values![row.id, row.record, row.staff, row.device, row.viewed_at, row.received_at];
        self.execute(sql, values).await.map(drop)
    }
}
