//! Photos of a provider: how far each has arrived, and the parts on their way.
//! The bytes of a whole photo lie elsewhere; see `photos::keeping`.

use super::{
    Reading, StoreError, Writing,
    row::{FromRow, Row},
    values,
};
use domain::time::Instant;
use sync::Hash;

/// One photo, or its small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Bytes, as the device said.
    pub size: u64,
    /// Bytes that are here.
    pub received: u64,
    /// Verified, and durable where photos lie.
    pub complete: bool,
}

impl FromRow for Blob {
    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { size: row.take()?, received: row.take()?, complete: row.take()? })
    }
}

impl Reading<'_> {
    pub async fn blob(&self, sha256: Hash) -> Result<Option<Blob>, StoreError> {
        let sql = "SELECT size, received, complete FROM blob WHERE tenant = $1 AND sha256 = $2";
        self.first(sql, values![sha256]).await
    }

    /// The parts that have arrived, one after the other.
    pub async fn blob_parts(&self, sha256: Hash) -> Result<Vec<u8>, StoreError> {
        let sql = "SELECT bytes FROM blob_part WHERE tenant = $1 AND sha256 = $2 ORDER BY place";
        let parts: Vec<(Vec<u8>,)> = self.all(sql, values![sha256]).await?;
        Ok(parts.into_iter().flat_map(|(bytes,)| bytes).collect())
    }

    /// How many photos a device has begun since then.
    pub async fn blobs_begun(&self, device: &str, since: Instant) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM blob WHERE tenant = $1 AND device = $2 AND begun_at >= $3";
        let count: Option<(u64,)> = self.first(sql, values![device, since]).await?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// Verified, and where photos lie; each with its bytes.
    pub async fn whole_blobs(&self) -> Result<Vec<(Hash, u64)>, StoreError> {
        let sql = "SELECT sha256, size FROM blob WHERE tenant = $1 AND complete = 1 ORDER BY sha256";
        self.all(sql, values![]).await
    }

    /// Begun before then, whole or not; each with the device that brought it.
    pub async fn blobs_before(&self, before: Instant) -> Result<Vec<(Hash, String)>, StoreError> {
        let sql = "SELECT sha256, device FROM blob WHERE tenant = $1 AND begun_at < $2 ORDER BY sha256";
        self.all(sql, values![before]).await
    }

    pub async fn blob_key(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> =
            self.first("SELECT secret FROM blob_key WHERE tenant = $1", values![]).await?;
        Ok(row.map(|(secret,)| secret))
    }
}

impl Writing {
    /// Only the first key of a provider counts.
    pub async fn add_blob_key(&mut self, secret: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO blob_key (tenant, secret) VALUES ($1, $2) ON CONFLICT (tenant) DO NOTHING";
        self.execute(sql, values![secret]).await.map(drop)
    }

    pub async fn begin_blob(
        &mut self,
        sha256: Hash,
        size: u64,
        device: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO blob (tenant, sha256, size, received, complete, device, begun_at) \
                   VALUES ($1, $2, $3, 0, 0, $4, $5) ON CONFLICT (tenant, sha256) DO NOTHING";
        self.execute(sql, values![sha256, size, device, at]).await.map(drop)
    }

    /// `false` when it does not go on from what is here: nothing was taken.
    pub async fn take_blob_part(
        &mut self,
        sha256: Hash,
        place: u64,
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        let after = place.saturating_add(bytes.len() as u64);
        let sql = "UPDATE blob SET received = $4 WHERE tenant = $1 AND sha256 = $2 AND received = $3 \
                   AND complete = 0 AND size >= $4";
        if self.execute(sql, values![sha256, place, after]).await? == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO blob_part (tenant, sha256, place, bytes) VALUES ($1, $2, $3, $4)";
        self.execute(sql, values![sha256, place, bytes]).await?;
        Ok(true)
    }

    pub async fn complete_blob(&mut self, sha256: Hash) -> Result<(), StoreError> {
        let sql = "UPDATE blob SET complete = 1 WHERE tenant = $1 AND sha256 = $2";
        self.execute(sql, values![sha256]).await?;
        self.drop_blob_parts(sha256).await
    }

    /// What has not arrived whole: it begins anew.
    pub async fn drop_blob(&mut self, sha256: Hash) -> Result<(), StoreError> {
        self.drop_blob_parts(sha256).await?;
        let sql = "DELETE FROM blob WHERE tenant = $1 AND sha256 = $2 AND complete = 0";
        self.execute(sql, values![sha256]).await.map(drop)
    }

    /// Whole or not, it counts as not begun: from now on a device that has it sends it again. Its bytes lie elsewhere,
    /// see `photos::keeping`, and go next.
    pub async fn empty_blob(&mut self, sha256: Hash) -> Result<(), StoreError> {
        self.drop_blob_parts(sha256).await?;
        let sql = "UPDATE blob SET received = 0, complete = 0 WHERE tenant = $1 AND sha256 = $2";
        self.execute(sql, values![sha256]).await.map(drop)
    }

    /// The words that named it are gone: nobody waits for others, and no device keeps it any longer. It goes with the
    /// next look, unless another entry names it.
    pub async fn unname_blob(&mut self, sha256: Hash) -> Result<(), StoreError> {
        let sql = "UPDATE blob SET begun_at = 0, device = '' WHERE tenant = $1 AND sha256 = $2";
        self.execute(sql, values![sha256]).await.map(drop)
    }

    /// `false` when it is not empty any more. After `true` nobody begins it before this has ended.
    pub async fn hold_empty_blob(&mut self, sha256: Hash) -> Result<bool, StoreError> {
        let sql = "UPDATE blob SET received = 0 WHERE tenant = $1 AND sha256 = $2 AND received = 0 AND complete = 0";
        Ok(self.execute(sql, values![sha256]).await? > 0)
    }

    async fn drop_blob_parts(&mut self, sha256: Hash) -> Result<(), StoreError> {
        let sql = "DELETE FROM blob_part WHERE tenant = $1 AND sha256 = $2";
        self.execute(sql, values![sha256]).await.map(drop)
    }
}
