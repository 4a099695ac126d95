//! Open sessions: only the hash of the token is kept, bound to one device and one person.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use sync::Hash;

/// An old invite is kept for a while: who used it is worth knowing.
const INVITE_KEPT: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// Where somebody is signed in.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub device: String,
    pub label: String,
    pub shared: bool,
    pub started_at: Instant,
    pub expires_at: Instant,
}

impl FromRow for SessionRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            device: row.take()?,
            label: row.take()?,
            shared: row.take()?,
            started_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// Those that are open, the latest first.
    pub async fn sessions_of(&self, staff: &str, now: Instant) -> Result<Vec<SessionRow>, StoreError> {
        self.all(
            "SELECT session.device, device.label, device.shared, session.started_at, session.expires_at \
             FROM session JOIN device ON device.tenant = session.tenant AND device.id = session.device \
             WHERE session.tenant = $1 AND session.staff = $2 AND session.expires_at > $3 \
             ORDER BY session.started_at DESC, session.device",
            values![staff, now],
        )
        .await
    }

    /// Who is signed in on a device: one at most.
    pub async fn signed_in_on(&self, device: &str, now: Instant) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT staff FROM session WHERE tenant = $1 AND device = $2 AND expires_at > $3";
        let rows: Vec<(String,)> = self.all(sql, values![device, now]).await?;
        Ok(rows.into_iter().map(|(staff,)| staff).collect())
    }
}

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

    /// Those of a person but this one: on one device, or on all others.
    pub async fn close_other_sessions(
        &mut self,
        staff: &str,
        but: Hash,
        device: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE tenant = $1 AND staff = $2 AND hash <> $3 \
                   AND device = COALESCE($4, device)";
        self.execute(sql, values![staff, but, device]).await.map(drop)
    }

    /// What a device signed to sign in, once: `false` when it was used before.
    pub async fn use_proof(&mut self, hash: Hash, expires_at: Instant) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO used_proof (tenant, hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        Ok(self.execute(sql, values![hash, expires_at]).await? == 1)
    }

    /// Sessions, challenges, proofs and invites that are long over.
    pub async fn sweep(&mut self, now: Instant) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE tenant = $1 AND expires_at < $2", values![now]).await?;
        let sql = "DELETE FROM passkey_challenge WHERE tenant = $1 AND expires_at < $2";
        self.execute(sql, values![now]).await?;
        let sql = "DELETE FROM used_proof WHERE tenant = $1 AND expires_at < $2";
        self.execute(sql, values![now]).await?;
        self.execute("DELETE FROM invite WHERE tenant = $1 AND expires_at < $2", values![now - INVITE_KEPT])
            .await
            .map(drop)
    }
}
