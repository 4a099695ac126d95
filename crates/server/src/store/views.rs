//! Every look at a sensitive record, and every sealed name that was opened.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// Made on the device; of an opened name by the server.
    pub id: String,
    pub record: String,
    pub staff: String,
    pub device: String,
    pub viewed_at: Instant,
    pub received_at: Instant,
    /// Why the name of the reporter was opened; none where somebody only looked.
    pub reason: Option<String>,
    /// Taken along in a file, with its words.
    pub in_file: bool,
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
            reason: row.take()?,
            in_file: row.take::<u32>()? != 0,
        })
    }
}

impl Reading<'_> {
    /// Of one record: opened names first, then looks, the latest first. Of each person the latest `limit` looks: no
    /// number of them hides the look of somebody else.
    pub async fn views_of(&self, record: &str, limit: u32) -> Result<Vec<ViewRow>, StoreError> {
        let sql = "SELECT id, record, staff, device, viewed_at, received_at, reason, in_file FROM (\
                 SELECT *, ROW_NUMBER() OVER \
                     (PARTITION BY staff, in_file, reason IS NULL ORDER BY viewed_at DESC, id) AS place \
                 FROM record_view WHERE tenant = $1 AND record = $2) AS placed \
             WHERE reason IS NOT NULL OR place <= $3 ORDER BY reason IS NULL, viewed_at DESC, id";
        self.all(sql, values![record, limit]).await
    }

    /// Every sealed name that was opened, the latest first.
    pub async fn opened_names(&self) -> Result<Vec<ViewRow>, StoreError> {
        let sql = "SELECT id, record, staff, device, viewed_at, received_at, reason, in_file FROM record_view \
             WHERE tenant = $1 AND reason IS NOT NULL ORDER BY viewed_at DESC, id";
        self.all(sql, values![]).await
    }
}

impl Writing {
    /// The same look again changes nothing.
    pub async fn add_view(&mut self, row: &ViewRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO record_view \
             (tenant, id, record, staff, device, viewed_at, received_at, reason, in_file) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, id) DO NOTHING";
        let ViewRow { id, record, staff, device, viewed_at, received_at, reason, in_file } = row;
        let in_file = u32::from(*in_file);
        let values = values![id, record, staff, device, viewed_at, received_at, reason, in_file];
        self.execute(sql, values).await.map(drop)
    }
}
