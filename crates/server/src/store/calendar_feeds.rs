//! The secret address of a person's calendar: one each, and a new one ends the old one.

use super::{Reading, StoreError, Writing, values};
use domain::{ids::StaffId, time::Instant};
use sync::Hash;

impl Reading<'_> {
    /// Whose calendar it is.
    pub async fn calendar_of(&self, hash: Hash) -> Result<Option<StaffId>, StoreError> {
        let found: Option<(String,)> = self
            .first("SELECT staff FROM calendar_feed WHERE tenant = $1 AND hash = $2", values![hash])
            .await?;
        Ok(found.map(|(staff,)| staff.into()))
    }

    /// Since when a person has one.
    pub async fn calendar_since(&self, staff: &str) -> Result<Option<Instant>, StoreError> {
        let found: Option<(Instant,)> = self
            .first("SELECT made_at FROM calendar_feed WHERE tenant = $1 AND staff = $2", values![staff])
            .await?;
        Ok(found.map(|(at,)| at))
    }
}

impl Writing {
    pub async fn set_calendar(&mut self, staff: &str, hash: Hash, at: Instant) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO calendar_feed (tenant, staff, hash, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (tenant, staff) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at",
            values![staff, hash, at],
        )
        .await
        .map(drop)
    }

    pub async fn end_calendar(&mut self, staff: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM calendar_feed WHERE tenant = $1 AND staff = $2", values![staff])
            .await
            .map(drop)
    }
}
