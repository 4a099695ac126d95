//! Open sessions: only the hash of the token is kept, bound to one device and one person.

use super::{StoreError, Writing, values};
use domain::time::Instant;
use sync::Hash;

/// An old invite is kept for a while: who used it is worth knowing.
const INVITE_KEPT: chrono::TimeDelta = chrono::TimeDelta::days(30);

impl Writing {
    /// Opens one, and ends those before it on the same device: a browser holds one cookie.
    pub async fn open_session(
        &mut self,
        hash: Hash,
        device: &str,
        staff: &str,
        now: Instant,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE tenant = $1 AND device = $2", values![device]).await?;
        self.execute(
            "INSERT INTO session (tenant, hash, device, staff, started_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            values![hash, device, staff, now, expires_at],
        )
        .await
        .map(drop)
    }

    /// It was used: its end moves on.
    pub async fn extend_session(&mut self, hash: Hash, expires_at: Instant) -> Result<(), StoreError> {
        let sql = "UPDATE session SET expires_at = $3 WHERE tenant = $1 AND hash = $2";
        self.execute(sql, values![hash, expires_at]).await.map(drop)
    }

    pub async fn close_session(&mut self, hash: Hash) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE tenant = $1 AND hash = $2", values![hash]).await.map(drop)
    }

    /// Every session of a person: after a new password, older ones are void.
    pub async fn close_sessions_of(&mut self, staff: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE tenant = $1 AND staff = $2", values![staff]).await.map(drop)
    }

    /// Sessions, challenges and invites that are long over.
    pub async fn sweep(&mut self, now: Instant) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE tenant = $1 AND expires_at < $2", values![now]).await?;
        let sql = "DELETE FROM passkey_challenge WHERE tenant = $1 AND expires_at < $2";
        self.execute(sql, values![now]).await?;
        self.execute("DELETE FROM invite WHERE tenant = $1 AND expires_at < $2", values![now - INVITE_KEPT])
            .await
            .map(drop)
    }
}
