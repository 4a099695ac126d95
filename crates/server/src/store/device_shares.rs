//! What opens the things of a person on a device after a sign-in: 32 random bytes, one value for each person.

use super::{Reading, StoreError, Writing, values};
use domain::time::Instant;

impl Reading<'_> {
    pub async fn device_share(&self, staff: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>,)> = self
            .first("SELECT share FROM device_share WHERE tenant = $1 AND staff = $2", values![staff])
            .await?;
        Ok(found.map(|(share,)| share))
    }
}

impl Writing {
    /// Keeps a share, unless the person has one: the first one stays.
    pub async fn add_device_share(
        &mut self,
        staff: &str,
        share: &[u8],
        now: Instant,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO device_share (tenant, staff, share, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            values![staff, share, now],
        )
        .await
        .map(drop)
    }
}
