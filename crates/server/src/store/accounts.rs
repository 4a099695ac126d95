//! Who can sign in to a provider: sign-in names and password hashes.

use super::{Reading, StoreError, Writing};
use crate::clock::micros;
use domain::time::Instant;

#[derive(Clone, Debug)]
pub struct Account {
    pub staff: String,
    pub sign_in: String,
    pub password_hash: String,
}

type Row = (String, String, String);

impl Account {
    fn of((staff, sign_in, password_hash): Row) -> Self {
        Self { staff, sign_in, password_hash }
    }
}

impl Reading<'_> {
    pub async fn account_by_sign_in(&self, sign_in: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT staff, sign_in, password_hash FROM account WHERE tenant = ? AND sign_in = ?",
        )
        .bind(self.tenant.as_str())
        .bind(sign_in)
        .fetch_optional(self.pool)
        .await?;
        Ok(row.map(Account::of))
    }

    pub async fn account(&self, staff: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT staff, sign_in, password_hash FROM account WHERE tenant = ? AND staff = ?",
        )
        .bind(self.tenant.as_str())
        .bind(staff)
        .fetch_optional(self.pool)
        .await?;
        Ok(row.map(Account::of))
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
        sqlx::query(
            "INSERT INTO account (tenant, staff, sign_in, password_hash, changed_at) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (tenant, staff) DO UPDATE SET password_hash = excluded.password_hash, \
             changed_at = excluded.changed_at",
        )
        .bind(self.tenant.as_str())
        .bind(staff)
        .bind(sign_in)
        .bind(password_hash)
        .bind(micros(now))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// The set-up token is used, once: `false` when it was used before.
    pub async fn use_set_up(&mut self, now: Instant) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE provider SET set_up_at = ? WHERE tenant = ? AND set_up_at IS NULL")
            .bind(micros(now))
            .bind(self.tenant.as_str())
            .execute(&mut *self.transaction)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
