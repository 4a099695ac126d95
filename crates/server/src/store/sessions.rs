//! Open sessions: only the hash of the token is kept, bound to one device and one person.

use super::{StoreError, Writing};
use crate::clock::micros;
use domain::time::Instant;
use sync::Hash;

impl Writing {
    pub async fn open_session(
        &mut self,
        hash: Hash,
        device: &str,
        staff: &str,
        now: Instant,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO session (tenant, hash, device, staff, started_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(self.tenant.as_str())
        .bind(hash.as_bytes().as_slice())
        .bind(device)
        .bind(staff)
        .bind(micros(now))
        .bind(micros(expires_at))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    pub async fn close_session(&mut self, hash: Hash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE tenant = ? AND hash = ?")
            .bind(self.tenant.as_str())
            .bind(hash.as_bytes().as_slice())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Every session of a person: after a new password, older ones are void.
    pub async fn close_sessions_of(&mut self, staff: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE tenant = ? AND staff = ?")
            .bind(self.tenant.as_str())
            .bind(staff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
