//! The key of each provider that rescue files are encrypted to.

use super::{Reading, StoreError, Writing, values};
use domain::time::Instant;
use sync::Hash;

impl Reading<'_> {
    /// The private scalar.
    pub async fn rescue_key(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>,)> =
            self.first("SELECT private FROM rescue_key WHERE tenant = $1", values![]).await?;
        Ok(found.map(|(private,)| private))
    }
}

impl Writing {
    /// Keeps a new key, unless there is one already: the first one stays for ever.
    pub async fn add_rescue_key(&mut self, id: Hash, private: &[u8], now: Instant) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO rescue_key (tenant, id, private, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            values![id, private, now],
        )
        .await
        .map(drop)
    }
}
