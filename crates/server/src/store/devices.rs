//! Enrolled phones, tablets and browsers, and who has signed in on them.

use super::{Reading, StoreError, Writing};
use crate::clock::{from_micros, micros};
use domain::time::Instant;
use sqlx::{Row, sqlite::SqliteRow};

#[derive(Clone, Debug)]
pub struct Device {
    pub id: String,
    pub label: String,
    /// Nobody's own; the stricter rules apply.
    pub shared: bool,
    /// Where a shared device stays.
    pub site: Option<String>,
    /// P-256 point, uncompressed.
    pub public_key: Vec<u8>,
    pub epoch: u32,
    pub enrolled_at: Instant,
    pub last_contact_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

#[derive(Clone, Debug)]
pub struct NewDevice {
    pub label: String,
    pub shared: bool,
    pub site: Option<String>,
    pub public_key: Vec<u8>,
}

const FIRST_EPOCH: u32 = 1;

impl Device {
    fn of(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            label: row.try_get("label")?,
            shared: row.try_get("shared")?,
            site: row.try_get("site")?,
            public_key: row.try_get("public_key")?,
            epoch: row.try_get("epoch")?,
            enrolled_at: from_micros(row.try_get("enrolled_at")?),
            last_contact_at: row.try_get::<Option<i64>, _>("last_contact_at")?.map(from_micros),
            revoked_at: row.try_get::<Option<i64>, _>("revoked_at")?.map(from_micros),
        })
    }

    fn of_all(rows: &[SqliteRow]) -> Result<Vec<Self>, StoreError> {
        Ok(rows.iter().map(Device::of).collect::<Result<_, _>>()?)
    }
}

impl Reading<'_> {
    pub async fn device(&self, id: &str) -> Result<Option<Device>, StoreError> {
        let row = sqlx::query("SELECT * FROM device WHERE tenant = ? AND id = ?")
            .bind(self.tenant.as_str())
            .bind(id)
            .fetch_optional(self.pool)
            .await?;
        Ok(row.as_ref().map(Device::of).transpose()?)
    }

    pub async fn device_by_key(&self, public_key: &[u8]) -> Result<Option<Device>, StoreError> {
        let row = sqlx::query("SELECT * FROM device WHERE tenant = ? AND public_key = ?")
            .bind(self.tenant.as_str())
            .bind(public_key)
            .fetch_optional(self.pool)
            .await?;
        Ok(row.as_ref().map(Device::of).transpose()?)
    }

    pub async fn devices(&self) -> Result<Vec<Device>, StoreError> {
        let rows = sqlx::query("SELECT * FROM device WHERE tenant = ? ORDER BY enrolled_at, id")
            .bind(self.tenant.as_str())
            .fetch_all(self.pool)
            .await?;
        Device::of_all(&rows)
    }

    /// Staff who have signed in on a device at some time.
    pub async fn people_of(&self, device: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT staff FROM device_person WHERE tenant = ? AND device = ? ORDER BY first_at",
        )
        .bind(self.tenant.as_str())
        .bind(device)
        .fetch_all(self.pool)
        .await?;
        Ok(rows.into_iter().map(|(staff,)| staff).collect())
    }
}

impl Writing {
    /// Enrols a device, or finds the one that holds this key already.
    pub async fn enrol(&mut self, new: &NewDevice, now: Instant) -> Result<Device, StoreError> {
        sqlx::query(
            "INSERT INTO device (tenant, id, label, shared, site, public_key, epoch, enrolled_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, public_key) DO NOTHING",
        )
        .bind(self.tenant.as_str())
        .bind(uuid::Uuid::new_v4().to_string())
        .bind(&new.label)
        .bind(new.shared)
        .bind(&new.site)
        .bind(&new.public_key)
        .bind(FIRST_EPOCH)
        .bind(micros(now))
        .execute(&mut *self.transaction)
        .await?;
        let row = sqlx::query("SELECT * FROM device WHERE tenant = ? AND public_key = ?")
            .bind(self.tenant.as_str())
            .bind(&new.public_key)
            .fetch_one(&mut *self.transaction)
            .await?;
        Ok(Device::of(&row)?)
    }

    pub async fn add_person(&mut self, device: &str, staff: &str, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO device_person (tenant, device, staff, first_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(self.tenant.as_str())
        .bind(device)
        .bind(staff)
        .bind(micros(now))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// The clock of the device was measured against ours.
    pub async fn contact(&mut self, device: &str, offset_ms: i64, now: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE device SET last_contact_at = ?, offset_ms = ? WHERE tenant = ? AND id = ?")
            .bind(micros(now))
            .bind(offset_ms)
            .bind(self.tenant.as_str())
            .bind(device)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// The device may no longer read; its sessions end. What it still sends is quarantined.
    pub async fn revoke(&mut self, device: &str, by: &str, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE device SET revoked_at = ?, revoked_by = ? WHERE tenant = ? AND id = ? AND revoked_at IS NULL",
        )
        .bind(micros(now))
        .bind(by)
        .bind(self.tenant.as_str())
        .bind(device)
        .execute(&mut *self.transaction)
        .await?;
        sqlx::query("DELETE FROM session WHERE tenant = ? AND device = ?")
            .bind(self.tenant.as_str())
            .bind(device)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
