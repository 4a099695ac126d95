//! Enrolled phones, tablets and browsers, and who has signed in on them.

use super::{
    Reading, StoreError, Tenant, Writing,
    database::Connection,
    row::{FromRow, Row},
    values, with_tenant,
};
use domain::time::Instant;

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

/// The clock of a device was measured against ours.
#[derive(Clone, Debug)]
pub struct LastContact {
    pub device: String,
    /// Device clock minus server clock.
    pub offset_ms: i64,
    pub at: Instant,
}

#[derive(Clone, Debug)]
pub struct NewDevice {
    pub label: String,
    pub shared: bool,
    pub site: Option<String>,
    pub public_key: Vec<u8>,
}

const FIRST_EPOCH: u32 = 1;

macro_rules! select {
    ($end:literal) => {
        concat!(
            "SELECT id, label, shared, site, public_key, epoch, enrolled_at, last_contact_at, revoked_at \
             FROM device WHERE tenant = $1 ",
            $end
        )
    };
}

impl FromRow for Device {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            label: row.take()?,
            shared: row.take()?,
            site: row.take()?,
            public_key: row.take()?,
            epoch: row.take()?,
            enrolled_at: row.take()?,
            last_contact_at: row.take()?,
            revoked_at: row.take()?,
        })
    }
}

impl Reading<'_> {
    pub async fn device(&self, id: &str) -> Result<Option<Device>, StoreError> {
        self.first(select!("AND id = $2"), values![id]).await
    }

    pub async fn device_by_key(&self, public_key: &[u8]) -> Result<Option<Device>, StoreError> {
        self.first(select!("AND public_key = $2"), values![public_key]).await
    }

    pub async fn devices(&self) -> Result<Vec<Device>, StoreError> {
        self.all(select!("ORDER BY enrolled_at, id"), values![]).await
    }

    /// Staff who have signed in on a device at some time.
    pub async fn people_of(&self, device: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = self
            .all(
                "SELECT staff FROM device_person WHERE tenant = $1 AND device = $2 ORDER BY first_at",
                values![device],
            )
            .await?;
        Ok(rows.into_iter().map(|(staff,)| staff).collect())
    }
}

impl LastContact {
    pub(super) async fn write(
        &self,
        connection: &mut dyn Connection,
        tenant: &Tenant,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE device SET last_contact_at = $2, offset_ms = $3 WHERE tenant = $1 AND id = $4";
        let values = with_tenant(tenant, values![self.at, self.offset_ms, self.device]);
        connection.execute(sql, &values).await.map(drop)
    }
}

impl Writing {
    /// Enrols a device, or finds the one that holds this key already.
    pub async fn enrol(&mut self, new: &NewDevice, now: Instant) -> Result<Device, StoreError> {
        let id = uuid::Uuid::new_v4().to_string();
        self.execute(
            "INSERT INTO device (tenant, id, label, shared, site, public_key, epoch, enrolled_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, public_key) DO NOTHING",
            values![id, new.label, new.shared, new.site, new.public_key, FIRST_EPOCH, now],
        )
        .await?;
        let found = self.device_by_key(&new.public_key).await?;
        found.ok_or_else(|| StoreError::Damaged("a new device is not there".into()))
    }

    pub async fn add_person(&mut self, device: &str, staff: &str, now: Instant) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO device_person (tenant, device, staff, first_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            values![device, staff, now],
        )
        .await
        .map(drop)
    }

    /// The device may no longer read; its sessions end. What it still sends is quarantined.
    pub async fn revoke(&mut self, device: &str, by: &str, now: Instant) -> Result<(), StoreError> {
        self.execute(
            "UPDATE device SET revoked_at = $2, revoked_by = $3 \
             WHERE tenant = $1 AND id = $4 AND revoked_at IS NULL",
            values![now, by, device],
        )
        .await?;
        self.execute("DELETE FROM session WHERE tenant = $1 AND device = $2", values![device]).await.map(drop)
    }
}
