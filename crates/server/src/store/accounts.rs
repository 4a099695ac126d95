//! Who can sign in to a provider: sign-in names and password hashes.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;

#[derive(Clone, Debug)]
pub struct Account {
    pub staff: String,
    pub sign_in: String,
    pub password_hash: String,
}

impl FromRow for Account {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { staff: row.take()?, sign_in: row.take()?, password_hash: row.take()? })
    }
}

impl Reading<'_> {
    /// Phones like to begin with a capital letter.
    pub async fn account_by_sign_in(&self, sign_in: &str) -> Result<Option<Account>, StoreError> {
        self.first(
            "SELECT staff, sign_in, password_hash FROM account \
             WHERE tenant = $1 AND lower(sign_in) = lower($2)",
            values![sign_in],
        )
        .await
    }

    pub async fn account(&self, staff: &str) -> Result<Option<Account>, StoreError> {
        self.first(
            "SELECT staff, sign_in, password_hash FROM account WHERE tenant = $1 AND staff = $2",
            values![staff],
        )
        .await
    }
}

impl Reading<'_> {
    /// When the set-up token was used; none while it waits.
    pub async fn set_up_at(&self) -> Result<Option<Instant>, StoreError> {
        let row: Option<(Option<Instant>,)> =
            self.first("SELECT set_up_at FROM provider WHERE tenant = $1", values![]).await?;
        Ok(row.and_then(|(at,)| at))
    }

    /// Who set the provider up: the author of the first lists.
    pub async fn first_person(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT changed_by FROM directory_change WHERE tenant = $1 ORDER BY version LIMIT 1";
        Ok(self.first(sql, values![]).await?.map(|(staff,): (String,)| staff))
    }
}

impl Writing {
    /// Makes the account of a member of staff, or gives it a new password. The sign-in name stays.
    pub async fn set_password(
        &mut self,
        staff: &str,
        sign_in: &str,
        password_hash: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO account (tenant, staff, sign_in, password_hash, changed_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, staff) DO UPDATE \
             SET password_hash = excluded.password_hash, changed_at = excluded.changed_at",
            values![staff, sign_in, password_hash, now],
        )
        .await
        .map(drop)
    }

    /// The set-up token is used, once: `false` when it was used before.
    pub async fn use_set_up(&mut self, now: Instant) -> Result<bool, StoreError> {
        let done = self
            .execute(
                "UPDATE provider SET set_up_at = $2 WHERE tenant = $1 AND set_up_at IS NULL",
                values![now],
            )
            .await?;
        Ok(done == 1)
    }
}
