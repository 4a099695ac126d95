//! Invites: a code that enrols one person or one shared device, once, for a short time.

use super::{Reading, StoreError, Writing, values};
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
    /// The member of staff who gave it out.
    pub made_by: String,
    pub expires_at: Instant,
    /// The device that used it.
    pub used_by: Option<String>,
}

type Row = (Option<String>, Option<String>, Option<String>, String, Instant, Option<String>);

impl Reading<'_> {
    pub async fn invite(&self, hash: Hash) -> Result<Option<Invite>, StoreError> {
        let found: Option<Row> = self
            .first(
                "SELECT staff, device_label, site, made_by, expires_at, used_device FROM invite \
                 WHERE tenant = $1 AND hash = $2",
                values![hash],
            )
            .await?;
        let Some((staff, label, site, made_by, expires_at, used_by)) = found else { return Ok(None) };
        let invited = match (staff, label, site) {
            (Some(staff), _, _) => Invited::Person { staff },
            (None, Some(label), Some(site)) => Invited::Device { label, site },
            _ => return Err(StoreError::Damaged("an invite is for nobody".into())),
        };
        Ok(Some(Invite { invited, made_by, expires_at, used_by }))
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
        self.execute(
            "INSERT INTO invite (tenant, hash, staff, device_label, site, made_by, made_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![hash, staff, label, site, by, now, expires_at],
        )
        .await
        .map(drop)
    }

    /// Uses an invite, once: `false` when somebody was quicker.
    pub async fn use_invite(&mut self, hash: Hash, device: &str, now: Instant) -> Result<bool, StoreError> {
        let done = self
            .execute(
                "UPDATE invite SET used_at = $2, used_device = $3 \
                 WHERE tenant = $1 AND hash = $4 AND used_at IS NULL",
                values![now, device, hash],
            )
            .await?;
        Ok(done == 1)
    }
}
