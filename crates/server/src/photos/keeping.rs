//! Where photos lie: a folder, or an S3-compatible service. The name of a photo is made with a key of its provider,
//! so that nobody who sees the names learns that two providers have the same photo.

use crate::{
    error::{AppError, Why},
    private,
    store::{Store, Tenant},
};
use hmac::{Hmac, KeyInit, Mac};
use object_store::{
    BackoffConfig, ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path,
};
use sha2::Sha256;
use std::{io, path::PathBuf, sync::Arc, time::Duration};
use sync::Hash;

/// A service that does not answer is asked again so often, and no longer: the phone waits for its answer, keeps the
/// photo, and comes again.
const RETRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(15);

/// Chosen at start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoPlace {
    Folder(PathBuf),
    /// `s3://bucket/prefix`. Keys, region and endpoint come from the environment (`AWS_...`).
    S3(String),
}

#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error("the folder cannot be used: {0}")]
    Folder(io::Error),
    #[error("{0}")]
    Store(#[from] object_store::Error),
}

#[derive(Clone, Debug)]
pub struct Keeping {
    photos: Arc<dyn ObjectStore>,
}

impl Keeping {
    /// Makes the folder when it is not there.
    /// # Errors  why the place cannot be used.
    pub fn open(place: &PhotoPlace) -> Result<Keeping, PlaceError> {
        let photos: Arc<dyn ObjectStore> = match place {
            PhotoPlace::Folder(folder) => {
                private::folder(folder).map_err(PlaceError::Folder)?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
            }
            PhotoPlace::S3(url) => {
                use_ring();
                let (bucket, prefix) = url.trim_start_matches("s3://").split_once('/').unwrap_or((url, ""));
                let bucket = bucket.trim_start_matches("s3://");
                let again = RetryConfig {
                    backoff: BackoffConfig::default(),
                    max_retries: RETRIES,
                    retry_timeout: PATIENCE,
                };
                // One photo goes at a time, and not every service knows how to delete many.
                let service = AmazonS3Builder::from_env()
                    .with_bucket_name(bucket)
                    .with_retry(again)
                    .with_disable_bulk_delete(true)
                    .build()?;
                Arc::new(object_store::prefix::PrefixStore::new(service, prefix))
            }
        };
        Ok(Keeping { photos })
    }

    /// Durable when it returns.
    pub async fn put(
        &self,
        store: &Store,
        tenant: &Tenant,
        sha256: Hash,
        bytes: Vec<u8>,
    ) -> Result<(), AppError> {
        let place = self.place(store, tenant, sha256).await?;
        self.photos.put(&place, bytes.into()).await.map(drop).map_err(|error| {
            tracing::error!(%error, "a photo could not be kept");
            AppError::from(Why::NotSaved).retry_after(30)
        })
    }

    /// `None` when it is not there, or is no longer what it was.
    pub async fn get(
        &self,
        store: &Store,
        tenant: &Tenant,
        sha256: Hash,
    ) -> Result<Option<Vec<u8>>, AppError> {
        let place = self.place(store, tenant, sha256).await?;
        let found = match self.photos.get(&place).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) if Hash::of(&[&bytes]) == sha256 => Ok(Some(bytes.to_vec())),
            Ok(_) => {
                tracing::error!("a photo was changed where it lies");
                Ok(None)
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => {
                tracing::error!(%error, "a photo could not be read");
                Err(AppError::from(Why::Broken).retry_after(30))
            }
        }
    }

    /// Fine when it is away already, or never was here.
    pub async fn remove(&self, store: &Store, tenant: &Tenant, sha256: Hash) -> Result<(), AppError> {
        if store.read(tenant).blob_key().await?.is_none() {
            return Ok(());
        }
        let place = self.place(store, tenant, sha256).await?;
        match self.photos.delete(&place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => {
                tracing::error!(%error, "a photo could not be removed");
                Err(AppError::from(Why::Broken))
            }
        }
    }

    /// Under which name it lies, here and in every other place.
    pub async fn name(&self, store: &Store, tenant: &Tenant, sha256: Hash) -> Result<String, AppError> {
        Ok(self.place(store, tenant, sha256).await?.to_string())
    }

    async fn place(&self, store: &Store, tenant: &Tenant, sha256: Hash) -> Result<Path, AppError> {
        let key = key_of(store, tenant).await?;
        let mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| AppError::from(Why::Broken))?;
        let name: [u8; 32] = mac.chain_update(sha256.as_bytes()).finalize().into_bytes().into();
        let name = Hash::from_bytes(name).to_string();
        Ok(Path::from(format!("{}/{}/{name}.jpg", tenant.as_str(), &name[..2])))
    }
}

/// The cryptography with which this process asks others. Whoever was first has set it; it is the same one.
pub fn use_ring() {
    drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default());
}

/// Made at the first photo of a provider.
async fn key_of(store: &Store, tenant: &Tenant) -> Result<Vec<u8>, AppError> {
    if let Some(key) = store.read(tenant).blob_key().await? {
        return Ok(key);
    }
    let mut made = [0; 32];
    crate::door::secrets::fill(&mut made)?;
    let mut writing = store.write(tenant).await?;
    writing.add_blob_key(&made).await?;
    writing.commit().await?;
    store.read(tenant).blob_key().await?.ok_or_else(|| Why::Broken.into())
}
