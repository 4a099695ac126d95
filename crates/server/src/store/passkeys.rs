//! Passkeys of people, and what a passkey is asked to sign: for a few minutes, once.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use sync::Hash;

#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Hash of the id that the passkey has at its keeper.
    pub id: Hash,
    pub name: String,
    /// What it proves itself with, as JSON.
    pub credential: String,
    pub added_at: Instant,
    pub last_used_at: Option<Instant>,
}

/// What one passkey of a person has to sign on one device.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub purpose: &'static str,
    pub device: String,
    pub staff: String,
    /// Hash of what only the asker was told.
    pub ticket: Hash,
    /// As JSON.
    pub state: String,
    pub expires_at: Instant,
}

impl FromRow for PasskeyRow {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            name: row.take()?,
            credential: row.take()?,
            added_at: row.take()?,
            last_used_at: row.take()?,
        })
    }
}

impl Reading<'_> {
    /// The oldest first.
    pub async fn passkeys(&self, staff: &str) -> Result<Vec<PasskeyRow>, StoreError> {
        self.all(
            "SELECT id, name, credential, added_at, last_used_at FROM passkey \
             WHERE tenant = $1 AND staff = $2 ORDER BY added_at, id",
            values![staff],
        )
        .await
    }
}

impl Writing {
    /// `false` when it is somebody's already.
    pub async fn add_passkey(&mut self, staff: &str, new: &PasskeyRow) -> Result<bool, StoreError> {
        let done = self
            .execute(
                "INSERT INTO passkey (tenant, id, staff, name, credential, added_at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                values![new.id, staff, new.name, new.credential, new.added_at],
            )
            .await?;
        Ok(done == 1)
    }

    /// It was used: what it proves itself with may have changed. `false` when it is not there any more.
    pub async fn use_passkey(
        &mut self,
        id: Hash,
        credential: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE passkey SET credential = $3, last_used_at = $4 WHERE tenant = $1 AND id = $2";
        Ok(self.execute(sql, values![id, credential, now]).await? == 1)
    }

    /// `false` when this person has no such passkey.
    pub async fn remove_passkey(&mut self, staff: &str, id: Hash) -> Result<bool, StoreError> {
        let sql = "DELETE FROM passkey WHERE tenant = $1 AND staff = $2 AND id = $3";
        Ok(self.execute(sql, values![staff, id]).await? == 1)
    }

    /// Answers how many there were.
    pub async fn remove_passkeys_of(&mut self, staff: &str) -> Result<u64, StoreError> {
        self.execute("DELETE FROM passkey WHERE tenant = $1 AND staff = $2", values![staff]).await
    }

    /// In place of the one before, for the same purpose on the same device.
    pub async fn open_challenge(&mut self, new: &Challenge) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO passkey_challenge (tenant, device, purpose, staff, ticket, state, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, device, purpose) DO UPDATE SET \
             staff = excluded.staff, ticket = excluded.ticket, state = excluded.state, \
             expires_at = excluded.expires_at",
            values![new.device, new.purpose, new.staff, new.ticket, new.state, new.expires_at],
        )
        .await
        .map(drop)
    }

    /// Takes a challenge away, so that nobody uses it again. Gives whose it is and its state, when it is not over.
    pub async fn take_challenge(
        &mut self,
        purpose: &str,
        device: &str,
        ticket: Hash,
        now: Instant,
    ) -> Result<Option<(String, String)>, StoreError> {
        let found: Option<(String, String)> = self
            .first(
                "SELECT staff, state FROM passkey_challenge \
                 WHERE tenant = $1 AND device = $2 AND purpose = $3 AND ticket = $4 AND expires_at > $5",
                values![device, purpose, ticket, now],
            )
            .await?;
        if found.is_some() {
            let sql = "DELETE FROM passkey_challenge WHERE tenant = $1 AND device = $2 AND purpose = $3";
            self.execute(sql, values![device, purpose]).await?;
        }
        Ok(found)
    }
}
