//! Invites: a code that enrols one person or one shared device, once, for a short time.

use super::{Reading, StoreError, Writing};
use crate::clock::{from_micros, micros};
use domain::time::Instant;
use sync::Hash;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    Person { staff: String },
    Device { label: String, site: String },
}

#[derive(Clone, Debug)]
pub struct Invite {
    pub invited: Invited,
    pub expires_at: Instant,
    /// The device that used it.
    pub used_by: Option<String>,
}

type Row = (Option<String>, Option<String>, Option<String>, i64, Option<String>);

impl Reading<'_> {
    pub async fn invite(&self, hash: Hash) -> Result<Option<Invite>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT staff, device_label, site, expires_at, used_device FROM invite WHERE tenant = ? AND hash = ?",
        )
        .bind(self.tenant.as_str())
        .bind(hash.as_bytes().as_slice())
        .fetch_optional(self.pool)
        .await?;
        let Some((staff, label, site, expires_at, used_by)) = row else { return Ok(None) };
        let invited = match (staff, label, site) {
            (Some(staff), _, _) => Invited::Person { staff },
            (None, Some(label), Some(site)) => Invited::Device { label, site },
            _ => return Err(StoreError::Damaged("an invite is for nobody".into())),
        };
        Ok(Some(Invite { invited, expires_at: from_micros(expires_at), used_by }))
    }
}

impl Writing {
    pub async fn add_invite(
        &mut self,
        hash: Hash,
        invited: &Invited,
        by: &str,
        now: Instant,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        let (staff, label, site) = match invited {
            Invited::Person { staff } => (Some(staff), None, None),
            Invited::Device { label, site } => (None, Some(label), Some(site)),
        };
        sqlx::query(
            "INSERT INTO invite (tenant, hash, staff, device_label, site, made_by, made_at, expires_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.tenant.as_str())
        .bind(hash.as_bytes().as_slice())
        .bind(staff)
        .bind(label)
        .bind(site)
        .bind(by)
        .bind(micros(now))
        .bind(micros(expires_at))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Uses an invite, once: `false` when somebody was quicker.
    pub async fn use_invite(&mut self, hash: Hash, device: &str, now: Instant) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE invite SET used_at = ?, used_device = ? WHERE tenant = ? AND hash = ? AND used_at IS NULL",
        )
        .bind(micros(now))
        .bind(device)
        .bind(self.tenant.as_str())
        .bind(hash.as_bytes().as_slice())
        .execute(&mut *self.transaction)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
