//! The secret address of a person's calendar: one each, and a new one ends the old one.

use super::{Reading, StoreError, Writing};
use crate::clock::{from_micros, micros};
use domain::{ids::StaffId, time::Instant};
use sync::Hash;

impl Reading<'_> {
    /// Whose calendar it is.
    pub async fn calendar_of(&self, hash: Hash) -> Result<Option<StaffId>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT staff FROM calendar_feed WHERE tenant = ? AND hash = ?")
                .bind(self.tenant.as_str())
                .bind(hash.as_bytes().as_slice())
                .fetch_optional(self.pool)
                .await?;
        Ok(row.map(|(staff,)| staff.into()))
    }

    /// Since when a person has one.
    pub async fn calendar_since(&self, staff: &str) -> Result<Option<Instant>, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT made_at FROM calendar_feed WHERE tenant = ? AND staff = ?")
                .bind(self.tenant.as_str())
                .bind(staff)
                .fetch_optional(self.pool)
                .await?;
        Ok(row.map(|(at,)| from_micros(at)))
    }
}

impl Writing {
    pub async fn set_calendar(&mut self, staff: &str, hash: Hash, at: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO calendar_feed (tenant, staff, hash, made_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (tenant, staff) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at",
        )
        .bind(self.tenant.as_str())
        .bind(staff)
        .bind(hash.as_bytes().as_slice())
        .bind(micros(at))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    pub async fn end_calendar(&mut self, staff: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM calendar_feed WHERE tenant = ? AND staff = ?")
            .bind(self.tenant.as_str())
            .bind(staff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
